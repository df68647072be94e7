import { reject } from '@hansa/protocol';
import type { RowResult } from './blacklist-row.ts';
import { CellReader, type Refusal } from './cells.ts';
import type { IdentityContext } from './citizen-number.ts';
import { checkCreditCode } from './credit-code.ts';
import { formatMonth } from './dates.ts';
import { checkSubject, identityTypeMisfit } from './identity.ts';
import type { AccountFields } from './mapping.ts';
import type { SourceRow } from './rows.ts';
import type { AccountStatus } from './vocabulary.ts';

/** A deposit account of this centre, as its private store holds it. Money in fen, rates in hundredths of a percent. */
export interface Account {
  readonly accountNumber: string;
  readonly name: string;
  /** GB 11643, checked, upper case. */
  readonly citizenNumber: string;
  readonly employerName: string;
  /** GB 32100, checked, upper case. */
  readonly employerCode: string;
  /** Day since 1970-01-01. */
  readonly openedOn: number;
  readonly baseFen: number;
  readonly employerRate: number;
  readonly personalRate: number;
  readonly monthlyDepositFen: number;
  readonly balanceFen: number;
  readonly status: AccountStatus;
  /** `2026-11`: the last month paid. */
  readonly paidThrough: string;
  readonly continuousMonths: number;
  readonly loanCount: number;
  readonly loanOutstandingFen: number;
  /** Sum of all loans ever; null when the centre's export does not have it. */
  readonly loanTotalFen: number | null;
}

const ACCOUNT_NUMBER = /^[0-9A-Za-z-]{1,32}$/;

/** A row of the accounts, or the first thing that is wrong with it. */
export function readAccountRow(row: SourceRow, fields: AccountFields, context: IdentityContext): RowResult<Account> {
  const cells = new CellReader(row);
  const accountNumber = cells.checked(fields.accountNumber, checkAccountNumber);
  const name = cells.text(fields.name);
  if (cells.code(fields.identityType, 'ID_TYPE_UNKNOWN') === 'credit-code') {
    const misfit = identityTypeMisfit();
    if (!misfit.ok) cells.refuse(fields.identityType, misfit.error);
  }
  const citizenNumber = cells.checked(fields.identityNumber, (text) => {
    const subject = checkSubject('person', text, context);
    return subject.ok ? { ok: true, value: subject.value.number } : subject;
  });
  const employerName = cells.text(fields.employerName);
  const employerCode = cells.checked(fields.employerCode, (text) => checkCreditCode(text, context));
  const openedOn = cells.date(fields.openedOn);
  if (openedOn > context.today) {
    cells.refuse(fields.openedOn, {
      code: 'DATE_IN_FUTURE',
      message: 'The account is opened after today. Correct the date in the source system.',
    });
  }
  const account: Omit<Account, 'status'> = {
    ...{ accountNumber, name, citizenNumber, employerName, employerCode, openedOn },
    baseFen: cells.money(fields.base),
    employerRate: cells.rate(fields.employerRate),
    personalRate: cells.rate(fields.personalRate),
    monthlyDepositFen: cells.money(fields.monthlyDeposit),
    balanceFen: cells.money(fields.balance),
    paidThrough: formatMonth(cells.month(fields.paidThrough)),
    continuousMonths: cells.count(fields.continuousMonths),
    loanCount: cells.count(fields.loanCount),
    loanOutstandingFen: cells.money(fields.loanOutstanding),
    loanTotalFen: cells.optionalMoney(fields.loanTotal) ?? null,
  };
  const status = cells.code(fields.status, 'ACCOUNT_STATUS_UNKNOWN');
  if (cells.refusal !== undefined || status === undefined) return { line: row.line, refusal: cells.refusal as Refusal };
  return { line: row.line, value: { ...account, status } };
}

function checkAccountNumber(text: string) {
  if (ACCOUNT_NUMBER.test(text)) return { ok: true as const, value: text };
  return reject(
    'ACCOUNT_NUMBER_MALFORMED',
    'An account number is 1 to 32 digits, letters or hyphens. Correct it in the source system.',
  );
}
