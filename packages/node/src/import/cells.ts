import { type Rejection, type Result, reject } from '@hansa/protocol';
import { type CalendarMonth, parseDate, parseMonth } from './dates.ts';
import type { CodeField, ColumnField, ConstantField, DateField, MoneyField, MonthField, RateField } from './mapping.ts';
import { parseFen } from './money.ts';
import { parseRate } from './rate.ts';
import type { SourceRow } from './rows.ts';

/** Why a row was refused. It never holds the value. */
export interface Refusal extends Rejection {
  /** From 1. */
  readonly line: number;
  /** Name of the column in the file; absent when the row as a whole is wrong. */
  readonly column?: string;
}

const TEXT_CHARACTERS_MAX = 100;
/** Control and formatting characters, lone surrogates, private use: nothing that a name or a document number has. */
const NOT_TEXT = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u;
const COUNT = /^\d{1,4}$/;

/**
 * Reads one row by the mapping's fields. The first thing that is wrong is kept as the row's refusal; what is read after
 * it has stand-in values, and the row is dropped by whoever asks for `refusal`.
 */
export class CellReader {
  refusal: Refusal | undefined;
  readonly #row: SourceRow;

  constructor(row: SourceRow) {
    this.#row = row;
  }

  refuse(field: ColumnField | ConstantField | undefined, error: Rejection): void {
    if (this.refusal !== undefined) return;
    const column = field !== undefined && 'column' in field ? { column: field.column } : {};
    this.refusal = { line: this.#row.line, ...column, code: error.code, message: error.message };
  }

  text(field: ColumnField | ConstantField): string {
    if ('constant' in field) return field.constant;
    const text = this.optionalText(field);
    if (text === undefined) this.#refuseMissing(field);
    return text ?? '';
  }

  /** Undefined when the cell is empty or the row has none. */
  optionalText(field: ColumnField): string | undefined {
    const text = this.#row.cell(field.column);
    if (text === undefined || text === '') return undefined;
    if (text.length > TEXT_CHARACTERS_MAX || NOT_TEXT.test(text)) {
      this.refuse(field, {
        code: 'TEXT_MALFORMED',
        message: `The text is longer than ${TEXT_CHARACTERS_MAX} characters or has invisible ones. Correct it in the source system.`,
      });
    }
    return text;
  }

  date(field: DateField): number {
    return this.#parsed(field, (text) => parseDate(text, field.format), 0);
  }

  month(field: MonthField): CalendarMonth {
    return this.#parsed(field, (text) => parseMonth(text, field.format), { year: 1970, month: 1 });
  }

  /** Fen. */
  money(field: MoneyField): number {
    return this.#parsed(field, (text) => parseFen(text, field.unit), 0);
  }

  /** Fen; undefined when the mapping or the row has none. */
  optionalMoney(field: MoneyField | undefined): number | undefined {
    if (field === undefined || (this.#row.cell(field.column) ?? '') === '') return undefined;
    return this.money(field);
  }

  /** Hundredths of a percent. */
  rate(field: RateField): number {
    return this.#parsed(field, (text) => parseRate(text, field.unit), 0);
  }

  count(field: ColumnField): number {
    const parse = (text: string): Result<number> =>
      COUNT.test(text)
        ? { ok: true, value: Number(text) }
        : reject('COUNT_MALFORMED', 'This is not a whole number from 0 to 9999. Correct it in the source system.');
    return this.#parsed(field, parse, 0);
  }

  /** The word that the mapping gives to the code; `unknown` is the code of the refusal for any other. */
  code<Word extends string>(field: CodeField<Word> | ConstantField<Word>, unknown: string): Word | undefined {
    if ('constant' in field) return field.constant;
    const code = this.text(field);
    if (Object.hasOwn(field.values, code)) return field.values[code];
    this.refuse(field, {
      code: unknown,
      message:
        'The mapping gives no meaning to this code. Ask the centre what it means, then add it to the mapping; do not guess.',
    });
    return undefined;
  }

  /** A cell checked by a rule of its own. */
  checked(field: ColumnField, check: (text: string) => Result<string>): string {
    return this.#parsed(field, check, '');
  }

  #parsed<T>(field: ColumnField, parse: (text: string) => Result<T>, standIn: T): T {
    const text = this.#row.cell(field.column);
    if (text === undefined || text === '') {
      this.#refuseMissing(field);
      return standIn;
    }
    const result = parse(text);
    if (result.ok) return result.value;
    this.refuse(field, result.error);
    return standIn;
  }

  #refuseMissing(field: ColumnField): void {
    this.refuse(field, {
      code: 'VALUE_MISSING',
      message: 'The cell is empty, absent, or neither a text nor a number. Fill it in the source system.',
    });
  }
}
