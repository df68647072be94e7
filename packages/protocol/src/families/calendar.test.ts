import { describe, expect, it } from 'vitest';
import { addMonths, civilDate, DAY_MAX, dayNumber, daysInMonth, formatDay, legalDay, parseDay } from './calendar.ts';

const day = (text: string): number => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new Error(`no date: ${text}`);
  return parsed;
};

describe('calendar days (L4)', () => {
  it('numbers every day from 1970 to 2400 as the platform does', () => {
    for (let number = 0; number < 157_000; number++) {
      const date = new Date(number * 86_400_000);
      const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      if (dayNumber(civil) !== number) expect(dayNumber(civil)).toBe(number);
      const back = civilDate(number);
      if (back.year !== civil.year || back.month !== civil.month || back.day !== civil.day) {
        expect(back).toEqual(civil);
      }
    }
  });

  it('ends with the year 9999', () => {
    expect(formatDay(DAY_MAX)).toBe('9999-12-31');
    expect(day('9999-12-31')).toBe(DAY_MAX);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-06-01', 0, '2026-06-01'],
    ['2026-03-31', 36, '2029-03-31'],
    ['1999-12-31', 2, '2000-02-29'],
    ['2099-12-31', 2, '2100-02-28'],
  ])('adds calendar months: %s and %d months is %s', (from, months, to) => {
    expect(formatDay(addMonths(day(from), months))).toBe(to);
  });

  it('knows the lengths of months, also of centuries', () => {
    expect([1900, 2000, 2024, 2026].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 29, 28]);
    expect(Array.from({ length: 12 }, (_, index) => daysInMonth(2026, index + 1))).toEqual([
      31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]);
  });

  it('takes the legal day from the timestamp in the federation’s time zone', () => {
    const midnight = day('2026-06-01') * 86_400_000;
    expect(formatDay(legalDay(midnight, 480))).toBe('2026-06-01');
    expect(formatDay(legalDay(midnight - 1, 480))).toBe('2026-06-01');
    expect(formatDay(legalDay(midnight - 8 * 3_600_000 - 1, 480))).toBe('2026-05-31');
    expect(formatDay(legalDay(midnight - 8 * 3_600_000, 480))).toBe('2026-06-01');
  });

  it('refuses what is no date', () => {
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-01', '2026-01-00', '1969-12-31', '26-01-01', '2026-1-1']) {
      expect(parseDay(text)).toBeUndefined();
    }
  });
});
