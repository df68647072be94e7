import { accept, type Rejection, type Result, reject } from '@hansa/protocol';
import type { Domains } from '@hansa/protocol/crypto';
import type { ApplyContext, CheckContext, FactState, Family } from '@hansa/protocol/families';
import type { Record as HansaRecord, RecordDraft } from '@hansa/protocol/records';

export const APPROVAL_FAMILY = 1001;
export const approvalTypes = { open: 1, confirm: 2 } as const;

const CASE_ID_BYTES = 16;
const COMMITMENT_BYTES = 32;
/** As many departments as a matter passes through at most. */
const STEPS_MAX = 16;

/** Body of `open`: case id, then the authority index of each step, one byte each. */
export interface OpenCase {
  readonly type: 'open';
  readonly caseId: Uint8Array;
  readonly steps: Uint8Array;
}

/** Body of `confirm`: case id, then SHA-256(salt256 || papers): the papers stay with the city that confirms (P1). */
export interface ConfirmStep {
  readonly type: 'confirm';
  readonly caseId: Uint8Array;
  readonly commitment: Uint8Array;
}

/** How far a case is. On the ledger: the number of steps done, then the steps. */
export interface ApprovalFact {
  readonly done: number;
  readonly steps: Uint8Array;
}

const refusals = {
  APPROVAL_MALFORMED:
    'The body has not the layout of an approval record. Encode it with the functions of this package.',
  APPROVAL_STEP_UNKNOWN: 'A step names no city of the federation. Correct the order of the case.',
  APPROVAL_NOT_FIRST: 'A case is opened by the city of its first step. Let that city open it.',
  APPROVAL_EXISTS: 'A case of this id exists. Open the new one under a fresh random id.',
  APPROVAL_CASE_UNKNOWN: 'No case of this id was opened. Compare the id with the papers.',
  APPROVAL_COMPLETE: 'Every step of the case is confirmed. Nothing needs to be done.',
  APPROVAL_NOT_YOUR_TURN: 'Another city has the next step of the case. Wait until it has confirmed.',
} as const;

function rejection(code: keyof typeof refusals): Rejection {
  return { code, message: refusals[code] };
}

function refuse(code: keyof typeof refusals): { readonly ok: false; readonly error: Rejection } {
  return reject(code, refusals[code]);
}

/** The opening is the first step's confirmation. `caseId`: 16 random bytes. */
export function openCase(requestId: Uint8Array, caseId: Uint8Array, steps: readonly number[]): RecordDraft {
  return draft(approvalTypes.open, requestId, caseId, Uint8Array.from(steps));
}

export function confirmStep(requestId: Uint8Array, caseId: Uint8Array, commitment: Uint8Array): RecordDraft {
  return draft(approvalTypes.confirm, requestId, caseId, commitment);
}

function draft(type: number, requestId: Uint8Array, caseId: Uint8Array, rest: Uint8Array): RecordDraft {
  const body = new Uint8Array(caseId.length + rest.length);
  body.set(caseId);
  body.set(rest, caseId.length);
  return { family: APPROVAL_FAMILY, type, requestId, body };
}

export function approvalFactKey(domains: Domains, caseId: Uint8Array): Uint8Array {
  return domains.digest('fact/approval', caseId);
}

export function readApprovalFact(value: Uint8Array): ApprovalFact {
  return { done: value[0] ?? 0, steps: value.subarray(1) };
}

export const approval: Family<OpenCase | ConfirmStep> = {
  number: APPROVAL_FAMILY,
  name: 'approval',
  types: { 1: 'open', 2: 'confirm' },
  query: { key: approvalFactKey, read: readApprovalFact },
  check,
  apply,
  concerns: ({ caseId }, { domains }) => [approvalFactKey(domains, caseId)],
};

/** What needs no state: the same on every city, for ever. */
function check({ type, body }: HansaRecord, { genesis }: CheckContext): Result<OpenCase | ConfirmStep> {
  const caseId = body.subarray(0, CASE_ID_BYTES);
  const rest = body.subarray(CASE_ID_BYTES);
  if (type === approvalTypes.confirm) {
    if (rest.length !== COMMITMENT_BYTES) return refuse('APPROVAL_MALFORMED');
    return accept({ type: 'confirm', caseId, commitment: rest });
  }
  if (rest.length === 0 || rest.length > STEPS_MAX) return refuse('APPROVAL_MALFORMED');
  if (rest.some((step) => step >= genesis.authorities.length)) return refuse('APPROVAL_STEP_UNKNOWN');
  return accept({ type: 'open', caseId, steps: rest });
}

/** What needs the facts, in the agreed order: a function of its arguments and of nothing else (L1). */
function apply(state: FactState, body: OpenCase | ConfirmStep, context: ApplyContext): Rejection | undefined {
  const key = approvalFactKey(context.domains, body.caseId);
  const value = state.get(key);
  if (body.type === 'open') {
    if (value !== undefined) return rejection('APPROVAL_EXISTS');
    if (body.steps[0] !== context.lane) return rejection('APPROVAL_NOT_FIRST');
    state.set(key, Uint8Array.of(1, ...body.steps));
    return undefined;
  }
  if (value === undefined) return rejection('APPROVAL_CASE_UNKNOWN');
  const { done, steps } = readApprovalFact(value);
  if (done === steps.length) return rejection('APPROVAL_COMPLETE');
  if (steps[done] !== context.lane) return rejection('APPROVAL_NOT_YOUR_TURN');
  state.set(key, Uint8Array.of(done + 1, ...steps));
  return undefined;
}
