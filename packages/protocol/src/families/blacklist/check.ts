import { decodeStrict } from '../../codec/index.ts';
import { type ErrorCode, refuse, rejection } from '../../error-codes.ts';
import { accept, type Rejection, type Result } from '../../errors.ts';
import {
  type BlacklistAmend,
  BlacklistAmendSchema,
  type BlacklistDispute,
  BlacklistDisputeSchema,
  type BlacklistLift,
  BlacklistLiftSchema,
  type BlacklistList,
  BlacklistListSchema,
  DisputeEffect,
  DisputeState,
  LiftReason,
  Severity,
} from '../../gen/hansa/v1/families_pb.ts';
import type { RecordRef } from '../../gen/hansa/v1/record_pb.ts';
import type { Genesis } from '../../genesis/types.ts';
import { limits } from '../../limits.ts';
import { fromRecordRef, type Record } from '../../records/index.ts';
import { COMMITMENT_BYTES, checkApprovers, daysInRange, OFFICER_BYTES, SUBJECT_TAG_BYTES } from '../checks.ts';
import type { CheckContext } from '../family.ts';
import { type BlacklistBody, blacklistTypes } from './body.ts';
import { checkDurations } from './policy.ts';
import { readPlainList } from './quick-list.ts';

/** The item of a public catalogue. A run of nine digits or more could be a person's or an account's number (P1). */
const CATALOGUE_REF = /^(?!.*\d{9})[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$/;

export function checkBlacklist(record: Record, { genesis }: CheckContext): Result<BlacklistBody> {
  switch (record.type) {
    case blacklistTypes.list:
      return checked(readList(record.body), genesis, checkList);
    case blacklistTypes.amend:
      return checked(decodeStrict(BlacklistAmendSchema, record.body), genesis, checkAmend);
    case blacklistTypes.dispute:
      return checked(decodeStrict(BlacklistDisputeSchema, record.body), genesis, checkDispute);
    case blacklistTypes.lift:
      return checked(decodeStrict(BlacklistLiftSchema, record.body), genesis, checkLift);
    default:
      return refuse('TYPE_UNKNOWN');
  }
}

/** The common case at once; what is not plain goes the strict way. */
function readList(body: Uint8Array): Result<BlacklistList> {
  const quick = readPlainList(body);
  return quick === undefined ? decodeStrict(BlacklistListSchema, body) : accept(quick);
}

function checked<B extends BlacklistBody>(
  decoded: Result<B>,
  genesis: Genesis,
  check: (body: B, genesis: Genesis) => Rejection | undefined,
): Result<B> {
  if (!decoded.ok) return decoded;
  const error = check(decoded.value, genesis);
  return error === undefined ? decoded : { ok: false, error };
}

/** Notice, an objection window that has ended, a decision by two officers, dates within the legal maxima. */
function checkList(body: BlacklistList, genesis: Genesis): Rejection | undefined {
  const { noticeDate, objectionUntil, decidedOn, effectiveFrom } = body;
  if (
    body.subjectTag.length !== SUBJECT_TAG_BYTES ||
    body.commitment.length !== COMMITMENT_BYTES ||
    body.documentCommitments.length > limits.documentCommitmentsMax ||
    body.documentCommitments.some((commitment) => commitment.length !== COMMITMENT_BYTES) ||
    body.severity === Severity.UNSPECIFIED
  ) {
    return rejection('MALFORMED');
  }
  const approvers = checkApprovers(body.handler, body.approver);
  if (approvers !== undefined) return approvers;
  if (!CATALOGUE_REF.test(body.catalogueRef)) return rejection('CATALOGUE_REF_INVALID');
  if (noticeDate === 0 || objectionUntil === 0 || decidedOn === 0 || effectiveFrom === 0) {
    return rejection('DATE_MISSING');
  }
  if (!daysInRange(noticeDate, objectionUntil, decidedOn, effectiveFrom)) return rejection('DATE_OUT_OF_RANGE');
  if (!daysInRange(body.publishUntil, body.shareUntil, body.restrictUntil)) return rejection('DATE_OUT_OF_RANGE');
  const order = checkProcedure(genesis, noticeDate, objectionUntil, decidedOn);
  if (order !== undefined) return rejection(order);
  if (effectiveFrom < decidedOn) return rejection('DATES_OUT_OF_ORDER');
  return checkDurations(genesis.policy.listing, body);
}

/** Notice, then a window of the demanded length, then the decision. */
function checkProcedure(
  genesis: Genesis,
  noticeDate: number,
  objectionUntil: number,
  decidedOn: number,
): ErrorCode | undefined {
  if (noticeDate >= objectionUntil) return 'DATES_OUT_OF_ORDER';
  if (objectionUntil - noticeDate < genesis.policy.listing.objectionDaysMin) return 'OBJECTION_WINDOW_SHORT';
  return decidedOn <= objectionUntil ? 'OBJECTION_WINDOW_OPEN' : undefined;
}

function checkAmend(body: BlacklistAmend): Rejection | undefined {
  const target = checkTarget(body);
  if (target !== undefined) return target;
  if (!isCommitmentOrAbsent(body.commitment)) return rejection('MALFORMED');
  const approvers = checkApprovers(body.handler, body.approver);
  if (approvers !== undefined) return approvers;
  const { severity, publishUntil, shareUntil, restrictUntil, commitment } = body;
  if (!daysInRange(publishUntil, shareUntil, restrictUntil)) return rejection('DATE_OUT_OF_RANGE');
  const changesSomething =
    severity !== Severity.UNSPECIFIED || publishUntil + shareUntil + restrictUntil + commitment.length > 0;
  return changesSomething ? undefined : rejection('AMEND_EMPTY');
}

function checkDispute(body: BlacklistDispute): Rejection | undefined {
  const target = checkTarget(body);
  if (target !== undefined) return target;
  const wellFormed =
    body.handler.length === OFFICER_BYTES &&
    isCommitmentOrAbsent(body.commitment) &&
    body.state !== DisputeState.UNSPECIFIED &&
    // A dispute that is closed does nothing.
    (body.state === DisputeState.OPEN || body.effect === DisputeEffect.UNSPECIFIED);
  return wellFormed ? undefined : rejection('MALFORMED');
}

function checkLift(body: BlacklistLift): Rejection | undefined {
  const target = checkTarget(body);
  if (target !== undefined) return target;
  if (body.reason === LiftReason.UNSPECIFIED) return rejection('MALFORMED');
  return checkApprovers(body.handler, body.approver);
}

function checkTarget(body: { subjectTag: Uint8Array; listing?: RecordRef | undefined }): Rejection | undefined {
  const wellFormed = body.subjectTag.length === SUBJECT_TAG_BYTES && fromRecordRef(body.listing) !== undefined;
  return wellFormed ? undefined : rejection('MALFORMED');
}

function isCommitmentOrAbsent(commitment: Uint8Array): boolean {
  return commitment.length === 0 || commitment.length === COMMITMENT_BYTES;
}
