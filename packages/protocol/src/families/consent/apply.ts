import { equalBytes } from '../../bytes.ts';
import { type ErrorCode, refuse, rejection } from '../../error-codes.ts';
import { accept, type Rejection, type Result } from '../../errors.ts';
import type { ConsentGrant, ConsentUse, ConsentWithdraw } from '../../gen/hansa/v1/families_pb.ts';
import { activeCertificate } from '../certificate/active.ts';
import type { ApplyContext, FactReader, FactState } from '../family.ts';
import type { ConsentBody, Signed } from './body.ts';
import {
  type ConsentFact,
  type ConsentStatus,
  consentFactKey,
  consentStatus,
  encodeConsentFact,
  readConsentFact,
} from './fact.ts';

export function applyConsent(state: FactState, body: ConsentBody, context: ApplyContext): Rejection | undefined {
  switch (body.$typeName) {
    case 'hansa.v1.ConsentGrant':
      return grant(state, body, context);
    case 'hansa.v1.ConsentWithdraw':
      return withdraw(state, body, context);
    case 'hansa.v1.ConsentUse':
      return use(state, body, context);
  }
}

/** Any city carries it to the ledger; only the holder's key makes it a consent. */
function grant(state: FactState, body: ConsentGrant & Signed, context: ApplyContext): Rejection | undefined {
  const key = consentFactKey(context.domains, body.consentId);
  if (state.get(key) !== undefined) return rejection('CONSENT_EXISTS'); // guard: P3 a consent is granted once
  const certificate = activeCertificate(state, body.certificateId, context);
  if (!certificate.ok) return certificate.error;
  const { holderKey } = certificate.value;
  if (holderKey.length === 0) return rejection('CERTIFICATE_WITHOUT_HOLDER');
  if (!isSignedBy(body, holderKey)) return rejection('CONSENT_NOT_BY_HOLDER'); // guard: P3 the holder signed it
  const fact: ConsentFact = {
    location: context.location,
    certificateId: body.certificateId,
    grantee: body.grantee - 1,
    purpose: body.purpose,
    mode: body.mode,
    fromMs: Number(body.fromMs),
    toMs: Number(body.toMs),
    maxUses: body.maxUses,
    uses: 0,
    withdrawnBy: undefined,
    withdrawnAtMs: 0,
    // L4: legal time is the block's.
    grantedAtMs: context.timestampMs,
    holderKey,
  };
  if (consentStatus(fact, context.timestampMs) === 'expired') return rejection('CONSENT_EXPIRED');
  state.set(key, encodeConsentFact(fact));
  return undefined;
}

/** The key that granted withdraws, whatever became of the certificate since. */
function withdraw(state: FactState, body: ConsentWithdraw & Signed, context: ApplyContext): Rejection | undefined {
  const found = consentOf(state, body.consentId, context);
  if (!found.ok) return found.error;
  const fact = found.value;
  if (!isSignedBy(body, fact.holderKey)) return rejection('CONSENT_NOT_BY_HOLDER'); // guard: P3 nobody else withdraws
  if (fact.withdrawnBy !== undefined) return rejection('CONSENT_WITHDRAWN');
  const withdrawn = { ...fact, withdrawnBy: context.location, withdrawnAtMs: context.timestampMs };
  state.set(consentFactKey(context.domains, body.consentId), encodeConsentFact(withdrawn));
  return undefined;
}

const REFUSAL_OF_STATUS: Readonly<Record<Exclude<ConsentStatus, 'active'>, ErrorCode>> = {
  'not-yet': 'CONSENT_NOT_YET',
  expired: 'CONSENT_EXPIRED',
  withdrawn: 'CONSENT_WITHDRAWN',
  exhausted: 'CONSENT_EXHAUSTED',
};

/** Uses count in the agreed order: of several for the last one that is left, the first in the order gets it. */
function use(state: FactState, body: ConsentUse, context: ApplyContext): Rejection | undefined {
  const found = consentOf(state, body.consentId, context);
  if (!found.ok) return found.error;
  const fact = found.value;
  if (context.lane !== fact.grantee) return rejection('CONSENT_NOT_GRANTEE'); // guard: P3 only whom the holder named
  if (body.purpose !== fact.purpose) return rejection('CONSENT_WRONG_PURPOSE'); // guard: P3 only for what the holder said
  const status = consentStatus(fact, context.timestampMs);
  if (status !== 'active') return rejection(REFUSAL_OF_STATUS[status]); // guard: P3 within its bounds, L4 by the block's time
  const uses = Math.min(fact.uses + 1, USES_COUNTED_MAX);
  state.set(consentFactKey(context.domains, body.consentId), encodeConsentFact({ ...fact, uses }));
  return undefined;
}

/** A uint32: a consent without COUNT is not bounded by it. */
const USES_COUNTED_MAX = 0xffff_ffff;

function isSignedBy({ signers }: Signed, key: Uint8Array): boolean {
  return signers.some((signer) => equalBytes(signer, key));
}

function consentOf(state: FactReader, consentId: Uint8Array, { domains }: ApplyContext): Result<ConsentFact> {
  const value = state.get(consentFactKey(domains, consentId));
  return value === undefined ? refuse('CONSENT_UNKNOWN') : accept(readConsentFact(value));
}
