import { equalBytes } from '../bytes.ts';
import { Domains } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, HansaError, type Result } from '../errors.ts';
import type { ReceiptContext } from './context.ts';
import type { VerifiedReceipt } from './verify.ts';

/** A fact of the receipt, or its proven absence. Errors: RECEIPT_LACKS_FACT, which is neither; FACT_MALFORMED. */
export function provenFact<T>(
  context: ReceiptContext,
  receipt: VerifiedReceipt,
  keyOf: (domains: Domains) => Uint8Array,
  read: (bytes: Uint8Array) => T,
): Result<{ readonly read: T | undefined }> {
  const key = keyOf(new Domains(context.crypto, context.genesis.federationId));
  const fact = receipt.facts.find((candidate) => equalBytes(candidate.key, key));
  if (fact === undefined) return refuse('RECEIPT_LACKS_FACT');
  try {
    return accept({ read: fact.value === undefined ? undefined : read(fact.value) });
  } catch (error) {
    if (error instanceof HansaError) return { ok: false, error: { code: error.code, message: error.message } };
    throw error;
  }
}
