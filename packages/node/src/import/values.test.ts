import { dayNumber } from '@hansa/protocol/families';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMonth, monthsBefore, parseDate, parseMonth } from './dates.ts';
import { parseFen } from './money.ts';
import { formatRate, parseRate } from './rate.ts';

describe('a date', () => {
  it.each([
    ['2026-03-02', 'YYYY-MM-DD'],
    ['20260302', 'YYYYMMDD'],
    ['2026/3/2', 'YYYY/MM/DD'],
    ['2026.03.02', 'YYYY.MM.DD'],
    ['2026年3月2日', 'YYYY年MM月DD日'],
  ] as const)('%s is read as %s', (text, format) => {
    expect(parseDate(text, format)).toEqual({ ok: true, value: dayNumber({ year: 2026, month: 3, day: 2 }) });
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '1899-12-31', '2100-02-29'])(
    'that the calendar does not have is refused: %s',
    (text) => expect(parseDate(text, 'YYYY-MM-DD')).toMatchObject({ ok: false, error: { code: 'DATE_IMPOSSIBLE' } }),
  );

  it.each(['20260302', '2026-3-2', '02-03-2026', '2026-03-02T00:00:00Z', '', '２０２６-03-02'])(
    'in another format than the mapping says is refused, not guessed: %s',
    (text) => expect(parseDate(text, 'YYYY-MM-DD')).toMatchObject({ ok: false, error: { code: 'DATE_MALFORMED' } }),
  );
});

describe('a month', () => {
  it('is read by its format and counted back over years', () => {
    expect(parseMonth('2026-11', 'YYYY-MM')).toEqual({ ok: true, value: { year: 2026, month: 11 } });
    expect(parseMonth('2026-13', 'YYYY-MM')).toMatchObject({ ok: false, error: { code: 'DATE_IMPOSSIBLE' } });
    expect(parseMonth('2026-11', 'YYYYMM')).toMatchObject({ ok: false, error: { code: 'DATE_MALFORMED' } });
    expect(formatMonth(monthsBefore({ year: 2026, month: 11 }, 141))).toBe('2015-02');
    expect(formatMonth(monthsBefore({ year: 2026, month: 1 }, 1))).toBe('2025-12');
    expect(formatMonth(monthsBefore({ year: 2026, month: 12 }, 0))).toBe('2026-12');
  });
});

describe('an amount', () => {
  it.each([
    ['0', 0],
    ['0.00', 0],
    ['0.1', 10],
    ['20110.00', 2_011_000],
    ['1.10', 110],
    ['1.1000', 110],
    ['1,234,567.89', 123_456_789],
    ['10000000000000.00', 1_000_000_000_000_000],
  ])('of %s yuan is %d fen', (text, fen) => expect(parseFen(text, 'yuan')).toEqual({ ok: true, value: fen }));

  it('in fen is a whole number', () => {
    expect(parseFen('1872000', 'fen')).toEqual({ ok: true, value: 1_872_000 });
    expect(parseFen('18720.00', 'fen')).toMatchObject({ ok: false, error: { code: 'MONEY_MALFORMED' } });
  });

  it('has distinct errors with distinct causes', () => {
    for (const text of ['1.005', '1e3', '0x10', '1,23', '.5', '5.', '１２', '12元', 'NaN', 'Infinity', '1 000', '']) {
      expect(parseFen(text, 'yuan')).toMatchObject({ ok: false, error: { code: 'MONEY_MALFORMED' } });
    }
    expect(parseFen('-1.00', 'yuan')).toMatchObject({ ok: false, error: { code: 'MONEY_NEGATIVE' } });
    expect(parseFen('10000000000000.01', 'yuan')).toMatchObject({ ok: false, error: { code: 'MONEY_TOO_LARGE' } });
    expect(parseFen('999999999999999999', 'fen')).toMatchObject({ ok: false, error: { code: 'MONEY_TOO_LARGE' } });
  });

  it('comes back exactly, whatever it is: no binary fraction is involved', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000_000 }), (fen) => {
        expect(parseFen(`${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`, 'yuan')).toEqual({
          ok: true,
          value: fen,
        });
        expect(parseFen(String(fen), 'fen')).toEqual({ ok: true, value: fen });
      }),
    );
  });
});

describe('a rate', () => {
  it.each([
    ['12%', 'percent', 1200],
    ['7.5％', 'percent', 750],
    ['5', 'percent', 500],
    ['0.12', 'fraction', 1200],
    ['0.0750', 'fraction', 750],
    ['1', 'fraction', 10_000],
    ['1', 'percent', 100],
  ] as const)('of %s as a %s is %d hundredths of a percent', (text, unit, rate) => {
    expect(parseRate(text, unit)).toEqual({ ok: true, value: rate });
  });

  it('is refused in the unit of the other, above 100 %, or finer than it can be', () => {
    expect(parseRate('12%', 'fraction')).toMatchObject({ ok: false, error: { code: 'RATE_MALFORMED' } });
    expect(parseRate('7.125%', 'percent')).toMatchObject({ ok: false, error: { code: 'RATE_MALFORMED' } });
    expect(parseRate('101%', 'percent')).toMatchObject({ ok: false, error: { code: 'RATE_TOO_LARGE' } });
    expect(formatRate(750)).toBe('7.5%');
  });
});
