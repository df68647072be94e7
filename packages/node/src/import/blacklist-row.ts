import type { Rejection } from '@hansa/protocol';
import { addMonths, Severity } from '@hansa/protocol/families';
import type { ListingPolicy } from '@hansa/protocol/genesis';
import type { Subject } from '@hansa/protocol/subjects';
import { CellReader, type Refusal } from './cells.ts';
import type { IdentityContext } from './citizen-number.ts';
import { checkSubject, identityTypeMisfit } from './identity.ts';
import type { BlacklistFields, ColumnField, ConstantField } from './mapping.ts';
import type { SourceRow } from './rows.ts';
import type { Behaviour, SeverityName } from './vocabulary.ts';

export interface ListingContext extends IdentityContext {
  readonly policy: ListingPolicy;
}

/** One decision of a centre, checked. Dates are days since 1970-01-01. All of it is private until it is a record (P1). */
export interface BlacklistDraft {
  readonly subject: Subject;
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly severity: SeverityName;
  readonly amountFen: number | undefined;
  readonly judgementNumber: string;
  readonly noticeDate: number;
  readonly objectionUntil: number;
  readonly decidedOn: number;
  readonly effectiveFrom: number;
  readonly publishUntil: number;
  readonly shareUntil: number;
  readonly restrictUntil: number;
  readonly handler: string;
  readonly approver: string;
  readonly catalogueRef: string;
}

export type RowResult<T> =
  | { readonly line: number; readonly value: T }
  | { readonly line: number; readonly refusal: Refusal };

const CATALOGUE_REF = /^(?!.*\d{9})[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$/;

export const severityNumbers: Readonly<Record<SeverityName, Severity>> = {
  minor: Severity.MINOR,
  general: Severity.GENERAL,
  serious: Severity.SERIOUS,
};

/**
 * A row of the blacklist as a draft, or the first thing that is wrong with it.
 *
 * The file says until when the restriction lasts; publicity and sharing end with it, or with the policy's longest term
 * for the severity if that is earlier. A listing takes effect on the day of the decision.
 */
export function readBlacklistRow(
  row: SourceRow,
  fields: BlacklistFields,
  context: ListingContext,
): RowResult<BlacklistDraft> {
  const cells = new CellReader(row);
  const subject = readSubject(cells, fields, context);
  const name = cells.text(fields.name);
  const behaviour = cells.code(fields.behaviour, 'BEHAVIOUR_UNKNOWN');
  const severity = cells.code(fields.severity, 'SEVERITY_UNKNOWN');
  const amountFen = cells.optionalMoney(fields.amount);
  const judgementNumber = cells.text(fields.judgementNumber);
  const dates = {
    noticeDate: cells.date(fields.noticeDate),
    objectionUntil: cells.date(fields.objectionUntil),
    decidedOn: cells.date(fields.decidedOn),
    restrictUntil: cells.date(fields.restrictUntil),
  };
  const handler = cells.text(fields.handler);
  const approver = cells.text(fields.approver);
  const catalogueRef = cells.text(fields.catalogueRef);
  if (cells.refusal === undefined) {
    if (handler === approver) cells.refuse(fields.approver, approversNotDistinct);
    else if (!CATALOGUE_REF.test(catalogueRef)) cells.refuse(fields.catalogueRef, catalogueRefInvalid);
    else if (severity !== undefined) checkDates(cells, fields, dates, severity, context);
  }
  if (cells.refusal !== undefined || subject === undefined || behaviour === undefined || severity === undefined) {
    return { line: row.line, refusal: cells.refusal as Refusal };
  }
  const { policy } = context;
  const at = severityNumbers[severity] - Severity.MINOR;
  const { decidedOn, restrictUntil } = dates;
  // As long as it restricts, and no longer than the policy lets it; what would be shorter than the policy wants is not done at all.
  const within = (monthsMin = 0, monthsMax: number): number => {
    const until = Math.min(restrictUntil, addMonths(decidedOn, monthsMax));
    return until < addMonths(decidedOn, monthsMin) ? 0 : until;
  };
  return {
    line: row.line,
    value: {
      ...{ subject, name, behaviour, severity, amountFen, judgementNumber, handler, approver, catalogueRef },
      ...dates,
      effectiveFrom: decidedOn,
      publishUntil: within(policy.publishMonthsMin?.[at], policy.publishMonthsMax[at] as number),
      shareUntil: within(policy.shareMonthsMin?.[at], policy.shareMonthsMax[at] as number),
    },
  };
}

function readSubject(cells: CellReader, fields: BlacklistFields, context: ListingContext): Subject | undefined {
  const kind = cells.code(fields.subjectKind, 'SUBJECT_KIND_UNKNOWN');
  if (kind === undefined) return undefined;
  // An organisation has no card: exports leave the type of it empty.
  const untyped = kind === 'organisation' && cells.optionalText(fields.identityType) === undefined;
  const type = untyped ? 'credit-code' : cells.code(fields.identityType, 'ID_TYPE_UNKNOWN');
  if (type === undefined) return undefined;
  if ((type === 'citizen-number') !== (kind === 'person')) {
    const misfit = identityTypeMisfit();
    if (!misfit.ok) cells.refuse(fields.identityType, misfit.error);
    return undefined;
  }
  const checked = checkSubject(kind, cells.text(fields.identityNumber), context);
  if (checked.ok) return checked.value;
  cells.refuse(fields.identityNumber, checked.error);
  return undefined;
}

interface RowDates {
  readonly noticeDate: number;
  readonly objectionUntil: number;
  readonly decidedOn: number;
  readonly restrictUntil: number;
}

/** The same rules as the ledger's, told by column before anything is sealed. */
function checkDates(
  cells: CellReader,
  fields: BlacklistFields,
  dates: RowDates,
  severity: SeverityName,
  context: ListingContext,
): void {
  const { policy, today } = context;
  const { noticeDate, objectionUntil, decidedOn, restrictUntil } = dates;
  const refuse = (field: ColumnField | ConstantField, code: string, message: string) =>
    cells.refuse(field, { code, message });
  const at = severityNumbers[severity] - Severity.MINOR;
  const restrictMonthsMax = policy.restrictMonthsMax[at] as number;
  const restrictMonthsMin = policy.restrictMonthsMin?.[at] ?? 0;
  if (noticeDate <= 0) {
    refuse(fields.noticeDate, 'DATE_OUT_OF_RANGE', 'The date is before 1970. Correct it in the source system.');
  } else if (noticeDate >= objectionUntil) {
    refuse(
      fields.objectionUntil,
      'DATES_OUT_OF_ORDER',
      'The objection window ends before it begins with the notice. Correct the dates.',
    );
  } else if (objectionUntil - noticeDate < policy.objectionDaysMin) {
    refuse(
      fields.objectionUntil,
      'OBJECTION_WINDOW_SHORT',
      `The objection window is shorter than ${policy.objectionDaysMin} days. Give notice again.`,
    );
  } else if (decidedOn <= objectionUntil) {
    refuse(
      fields.decidedOn,
      'OBJECTION_WINDOW_OPEN',
      'The decision is not after the end of the objection window. Decide when the window has ended.',
    );
  } else if (decidedOn > today) {
    refuse(fields.decidedOn, 'DECISION_IN_FUTURE', 'The decision is dated after today. Import it on that day.');
  } else if (restrictUntil < decidedOn) {
    refuse(fields.restrictUntil, 'DATES_OUT_OF_ORDER', 'The restriction ends before the decision. Correct the dates.');
  } else if (restrictUntil > addMonths(decidedOn, restrictMonthsMax)) {
    refuse(
      fields.restrictUntil,
      'RESTRICT_TOO_LONG',
      `The restriction lasts longer than the ${restrictMonthsMax} months that the policy allows for this severity. Shorten it.`,
    );
  } else if (restrictUntil < addMonths(decidedOn, restrictMonthsMin)) {
    refuse(
      fields.restrictUntil,
      'RESTRICT_TOO_SHORT',
      `The restriction lasts shorter than the ${restrictMonthsMin} months that the policy wants for this severity. Correct it.`,
    );
  } else if (restrictUntil < today) {
    refuse(
      fields.restrictUntil,
      'ALREADY_EXPIRED',
      'The restriction is over, and what no longer counts is not published. Nothing needs to be done.',
    );
  }
}

const approversNotDistinct: Rejection = {
  code: 'APPROVERS_NOT_DISTINCT',
  message: 'Handler and approver are the same officer. A second officer must approve.',
};

const catalogueRefInvalid: Rejection = {
  code: 'CATALOGUE_REF_INVALID',
  message:
    'The catalogue reference is not 1 to 32 of A-Z a-z 0-9 . _ / - without long numbers. Name the item of the public catalogue.',
};
