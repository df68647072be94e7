import { accept, type Result, reject } from '@hansa/protocol';
import { dayNumber, daysInMonth } from '@hansa/protocol/families';

/**
 * Legal dates are days since 1970-01-01, months are `{year, month}`. Dates are read by the format that the mapping
 * names, never guessed: 03/04/2024 means two things.
 */

export const dateFormats = ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/MM/DD', 'YYYY.MM.DD', 'YYYY年MM月DD日'] as const;
export type DateFormat = (typeof dateFormats)[number];

export const monthFormats = ['YYYY-MM', 'YYYYMM', 'YYYY/MM', 'YYYY年MM月'] as const;
export type MonthFormat = (typeof monthFormats)[number];

/** A calendar month; `month` from 1. */
export interface CalendarMonth {
  readonly year: number;
  readonly month: number;
}

const datePatterns: Readonly<Record<DateFormat, RegExp>> = {
  'YYYY-MM-DD': /^(\d{4})-(\d{2})-(\d{2})$/,
  YYYYMMDD: /^(\d{4})(\d{2})(\d{2})$/,
  'YYYY/MM/DD': /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  'YYYY.MM.DD': /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  YYYY年MM月DD日: /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
};

const monthPatterns: Readonly<Record<MonthFormat, RegExp>> = {
  'YYYY-MM': /^(\d{4})-(\d{2})$/,
  YYYYMM: /^(\d{4})(\d{2})$/,
  'YYYY/MM': /^(\d{4})\/(\d{1,2})$/,
  YYYY年MM月: /^(\d{4})年(\d{1,2})月$/,
};

/** Day number of a date of 1900 to 9999 (negative before 1970), or undefined when the calendar has no such day. */
export function calendarDay(year: number, month: number, day: number): number | undefined {
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return dayNumber({ year, month, day });
}

/** Errors: DATE_MALFORMED; DATE_IMPOSSIBLE for a day that the calendar does not have. */
export function parseDate(text: string, format: DateFormat): Result<number> {
  const match = datePatterns[format].exec(text);
  if (match === null) {
    return reject('DATE_MALFORMED', `The date is not written as ${format}. Correct it, or the format in the mapping.`);
  }
  const day = calendarDay(Number(match[1]), Number(match[2]), Number(match[3]));
  if (day === undefined) {
    return reject('DATE_IMPOSSIBLE', 'The calendar has no such day. Correct the date in the source system.');
  }
  return accept(day);
}

/** Errors: DATE_MALFORMED, DATE_IMPOSSIBLE. */
export function parseMonth(text: string, format: MonthFormat): Result<CalendarMonth> {
  const match = monthPatterns[format].exec(text);
  if (match === null) {
    return reject('DATE_MALFORMED', `The month is not written as ${format}. Correct it, or the format in the mapping.`);
  }
  const month = { year: Number(match[1]), month: Number(match[2]) };
  if (calendarDay(month.year, month.month, 1) === undefined) {
    return reject('DATE_IMPOSSIBLE', 'The calendar has no such month. Correct it in the source system.');
  }
  return accept(month);
}

/** `2026-03`. */
export function formatMonth(month: CalendarMonth): string {
  return `${String(month.year).padStart(4, '0')}-${String(month.month).padStart(2, '0')}`;
}

/** The month `count` months before. */
export function monthsBefore(month: CalendarMonth, count: number): CalendarMonth {
  const index = month.year * 12 + month.month - 1 - count;
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
}
