import type { Result } from '../errors.ts';
import { accept } from '../errors.ts';
import {
  type ConsentBalance,
  type ConsentFact,
  type ConsentStatus,
  consentBalance,
  consentFactKey,
  consentStatus,
  readConsentFact,
} from '../families/consent/fact.ts';
import type { ReceiptContext } from './context.ts';
import { provenFact } from './proven-fact.ts';
import type { VerifiedReceipt } from './verify.ts';

/** What is proven about one consent. The state is that of `VerifiedReceipt`; only the moment is the verifier's. */
export interface ConsentStanding {
  readonly consentId: Uint8Array;
  /** `unknown`: no grant of it was accepted. */
  readonly status: ConsentStatus | 'unknown';
  /** Undefined when it is unknown. */
  readonly balance: ConsentBalance | undefined;
  readonly fact: ConsentFact | undefined;
}

/**
 * Status and balance of a consent at `atMs`, or its verified absence. Errors: RECEIPT_LACKS_FACT when the receipt says
 * nothing about the consent; FACT_MALFORMED.
 */
export function explainConsent(
  context: ReceiptContext,
  receipt: VerifiedReceipt,
  consentId: Uint8Array,
  atMs: number,
): Result<ConsentStanding> {
  const found = provenFact(context, receipt, (domains) => consentFactKey(domains, consentId), readConsentFact);
  if (!found.ok) return found;
  const fact = found.value.read;
  if (fact === undefined) return accept({ consentId, status: 'unknown', balance: undefined, fact });
  return accept({ consentId, status: consentStatus(fact, atMs), balance: consentBalance(fact, atMs), fact });
}
