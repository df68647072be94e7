import { decodeStrict, safeNumber } from '../../codec/index.ts';
import { refuse, rejection } from '../../error-codes.ts';
import { accept, type Rejection, type Result } from '../../errors.ts';
import {
  type ConsentGrant,
  ConsentGrantSchema,
  ConsentMode,
  ConsentPurpose,
  type ConsentUse,
  ConsentUseSchema,
  type ConsentWithdraw,
  ConsentWithdrawSchema,
} from '../../gen/hansa/v1/families_pb.ts';
import type { Genesis } from '../../genesis/types.ts';
import { limits } from '../../limits.ts';
import type { Record } from '../../records/index.ts';
import { CERTIFICATE_ID_BYTES } from '../certificate/check.ts';
import { COMMITMENT_BYTES, OFFICER_BYTES } from '../checks.ts';
import type { CheckContext } from '../family.ts';
import { type ConsentBody, consentTypes, type Signed } from './body.ts';

export const CONSENT_ID_BYTES = 16;

export function checkConsent(record: Record, { genesis }: CheckContext): Result<ConsentBody> {
  switch (record.type) {
    case consentTypes.grant:
      return checked(decodeStrict(ConsentGrantSchema, record.body), record, (body) => checkGrant(body, genesis));
    case consentTypes.withdraw:
      return checked(decodeStrict(ConsentWithdrawSchema, record.body), record, checkWithdraw);
    case consentTypes.use:
      return checked(decodeStrict(ConsentUseSchema, record.body), record, checkUse);
    default:
      return refuse('TYPE_UNKNOWN');
  }
}

function checked<B extends ConsentGrant | ConsentWithdraw | ConsentUse>(
  decoded: Result<B>,
  record: Record,
  check: (body: B) => Rejection | undefined,
): Result<B & Signed> {
  if (!decoded.ok) return decoded;
  const error = check(decoded.value);
  if (error !== undefined) return { ok: false, error };
  return accept({ ...decoded.value, signers: record.actors.map(({ publicKey }) => publicKey) });
}

function checkGrant(body: ConsentGrant, genesis: Genesis): Rejection | undefined {
  const wellFormed =
    body.consentId.length === CONSENT_ID_BYTES &&
    body.certificateId.length === CERTIFICATE_ID_BYTES &&
    body.purpose !== ConsentPurpose.UNSPECIFIED &&
    body.mode !== ConsentMode.UNSPECIFIED;
  if (!wellFormed) return rejection('MALFORMED');
  if (body.grantee < 1 || body.grantee > genesis.authorities.length) return rejection('CONSENT_GRANTEE_UNKNOWN');
  const boundsHold = checkTime(body) && checkCount(body);
  return boundsHold ? undefined : rejection('CONSENT_BOUNDS_INVALID');
}

/** With TIME: a moment after another, at most a year later; without: none. */
function checkTime({ mode, fromMs, toMs }: ConsentGrant): boolean {
  if (mode === ConsentMode.COUNT) return fromMs === 0n && toMs === 0n;
  const [from, to] = [safeNumber(fromMs), safeNumber(toMs)];
  return from !== undefined && to !== undefined && to > from && to - from <= limits.consentMsMax;
}

function checkCount({ mode, maxUses }: ConsentGrant): boolean {
  if (mode === ConsentMode.TIME) return maxUses === 0;
  return maxUses >= 1 && maxUses <= limits.consentUsesMax;
}

function checkWithdraw(body: ConsentWithdraw): Rejection | undefined {
  return body.consentId.length === CONSENT_ID_BYTES ? undefined : rejection('MALFORMED');
}

function checkUse(body: ConsentUse): Rejection | undefined {
  const wellFormed =
    body.consentId.length === CONSENT_ID_BYTES &&
    body.purpose !== ConsentPurpose.UNSPECIFIED &&
    body.caseCommitment.length === COMMITMENT_BYTES &&
    body.handler.length === OFFICER_BYTES;
  return wellFormed ? undefined : rejection('MALFORMED');
}
