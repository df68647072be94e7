/**
 * Legal dates are days since 1970-01-01 in the federation's time zone; months are calendar months. Whole-number
 * arithmetic on the proleptic Gregorian calendar: no clock and no `Date`.
 */

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

const DAY_MS = 86_400_000;
/** Days of the 400 years after which the calendar repeats. */
const ERA_DAYS = 146_097;
/** Days from 0000-03-01, where the eras begin, to 1970-01-01. */
const EPOCH_OFFSET = 719_468;

/** February: n months later is at least n times so many days later. */
export const SHORTEST_MONTH_DAYS = 28;
/** n months later is at most n times so many days later. */
export const LONGEST_MONTH_DAYS = 31;

/** 9999-12-31: what four digits can write. */
export const DAY_MAX = 2_932_896;

/** L4: the legal day of a block's timestamp. */
export function legalDay(timestampMs: number, utcOffsetMinutes: number): number {
  return Math.floor((timestampMs + utcOffsetMinutes * 60_000) / DAY_MS);
}

/** Days since 1970-01-01. Years are counted from March, so that the leap day ends them. */
export function dayNumber({ year, month, day }: CivilDate): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - EPOCH_OFFSET;
}

/** The date of a day number. */
export function civilDate(dayNumber: number): CivilDate {
  const shifted = dayNumber + EPOCH_OFFSET;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / (ERA_DAYS - 1));
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The same day of a later month, or that month's last day when it has no such day: 31 January + 1 = 28 February. */
export function addMonths(day: number, months: number): number {
  const date = civilDate(day);
  const index = date.year * 12 + (date.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return dayNumber({ year, month, day: Math.min(date.day, daysInMonth(year, month)) });
}

/** `2026-11-23`. */
export function formatDay(day: number): string {
  const { year, month, day: dayOfMonth } = civilDate(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

/** Day number of `2026-11-23`, or undefined when that is no date of 1970 to 9999. */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return dayNumber({ year, month, day });
}
