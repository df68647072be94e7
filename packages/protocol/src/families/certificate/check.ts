import { equalBytes } from '../../bytes.ts';
import { decodeStrict } from '../../codec/index.ts';
import { refuse, rejection } from '../../error-codes.ts';
import type { Rejection, Result } from '../../errors.ts';
import {
  type CertificateIssue,
  CertificateIssueSchema,
  type CertificateRevoke,
  CertificateRevokeSchema,
  type CertificateSupersede,
  CertificateSupersedeSchema,
  type CertificateUse,
  CertificateUseSchema,
  RevokeReason,
} from '../../gen/hansa/v1/families_pb.ts';
import type { Genesis } from '../../genesis/types.ts';
import { isActorKey, type Record } from '../../records/index.ts';
import { addMonths } from '../calendar.ts';
import { COMMITMENT_BYTES, daysInRange, OFFICER_BYTES, SUBJECT_TAG_BYTES } from '../checks.ts';
import type { CheckContext } from '../family.ts';
import { type CertificateBody, certificateTypes } from './body.ts';

export const CERTIFICATE_ID_BYTES = 16;

export function checkCertificate(record: Record, { genesis }: CheckContext): Result<CertificateBody> {
  switch (record.type) {
    case certificateTypes.issue:
      return checked(decodeStrict(CertificateIssueSchema, record.body), genesis, checkIssue);
    case certificateTypes.supersede:
      return checked(decodeStrict(CertificateSupersedeSchema, record.body), genesis, checkSupersede);
    case certificateTypes.revoke:
      return checked(decodeStrict(CertificateRevokeSchema, record.body), genesis, checkRevoke);
    case certificateTypes.use:
      return checked(decodeStrict(CertificateUseSchema, record.body), genesis, checkUse);
    default:
      return refuse('TYPE_UNKNOWN');
  }
}

function checked<B extends CertificateBody>(
  decoded: Result<B>,
  genesis: Genesis,
  check: (body: B, genesis: Genesis) => Rejection | undefined,
): Result<B> {
  if (!decoded.ok) return decoded;
  const error = check(decoded.value, genesis);
  return error === undefined ? decoded : { ok: false, error };
}

function checkIssue(body: CertificateIssue, genesis: Genesis): Rejection | undefined {
  const wellFormed =
    body.certificateId.length === CERTIFICATE_ID_BYTES &&
    body.subjectTag.length === SUBJECT_TAG_BYTES &&
    body.commitment.length === COMMITMENT_BYTES &&
    (body.holderKey.length === 0 || isActorKey(body.holderKey)) &&
    body.handler.length === OFFICER_BYTES;
  if (!wellFormed) return rejection('MALFORMED');
  if (body.addressedTo > genesis.authorities.length) return rejection('ADDRESSEE_UNKNOWN');
  const { issuedOn, validUntil } = body;
  if (issuedOn === 0 || validUntil === 0) return rejection('DATE_MISSING');
  if (!daysInRange(issuedOn, validUntil)) return rejection('DATE_OUT_OF_RANGE');
  if (validUntil < issuedOn) return rejection('DATES_OUT_OF_ORDER');
  const lastDay = addMonths(issuedOn, genesis.policy.certificate.validityMonthsMax);
  return validUntil > lastDay ? rejection('VALIDITY_TOO_LONG') : undefined;
}

function checkSupersede(body: CertificateSupersede, genesis: Genesis): Rejection | undefined {
  const { certificateId, replacement } = body;
  if (certificateId.length !== CERTIFICATE_ID_BYTES || replacement === undefined) return rejection('MALFORMED');
  // A certificate cannot replace itself: its code is taken.
  if (equalBytes(certificateId, replacement.certificateId)) return rejection('CERTIFICATE_EXISTS');
  return checkIssue(replacement, genesis);
}

function checkRevoke(body: CertificateRevoke): Rejection | undefined {
  const wellFormed =
    body.certificateId.length === CERTIFICATE_ID_BYTES &&
    body.handler.length === OFFICER_BYTES &&
    body.reason !== RevokeReason.UNSPECIFIED;
  return wellFormed ? undefined : rejection('MALFORMED');
}

function checkUse(body: CertificateUse): Rejection | undefined {
  const wellFormed =
    body.certificateId.length === CERTIFICATE_ID_BYTES &&
    body.handler.length === OFFICER_BYTES &&
    body.commitment.length === COMMITMENT_BYTES;
  return wellFormed ? undefined : rejection('MALFORMED');
}
