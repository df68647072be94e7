import { describe, expect, test } from 'vitest';
import { readDay, readSpan } from './days.ts';

describe('a day', () => {
  test.each(['2026-11-03', '20261103', ' 2026/11/3 ', '2026.11.03', '2026年11月3日', '２０２６－１１－０３'])(
    'is read from %s',
    (text) => {
      expect(readDay(text)).toBe('2026-11-03');
    },
  );

  test.each([
    '',
    '2026',
    '11/03/2026',
    '2026-13-01',
    '2026-02-29',
    '2026-11-31',
    '0026-11-03',
    '2026-11-03x',
    '2026113',
  ])('is not read from "%s"', (text) => {
    expect(readDay(text)).toBeUndefined();
  });

  test('of a leap year has its 29th of February', () => {
    expect(readDay('2028-02-29')).toBe('2028-02-29');
  });
});

describe('a span of time', () => {
  test('is a day of the reader from its first to its last millisecond', () => {
    expect(readSpan('2026-11-03')).toEqual({
      fromMs: new Date(2026, 10, 3).getTime(),
      toMs: new Date(2026, 10, 4).getTime() - 1,
    });
  });

  test.each(['2026-11-03 14:05', '20261103 14:05', '2026-11-03T14:05', '2026年11月3日 14：05'])(
    'is a whole minute for %s',
    (text) => {
      const fromMs = new Date(2026, 10, 3, 14, 5).getTime();
      expect(readSpan(text)).toEqual({ fromMs, toMs: fromMs + 59_999 });
    },
  );

  test.each(['', 'x', '2026-11-03 24:00', '2026-11-03 14:60', '2026-11-31 14:05', '14:05'])(
    'is none for "%s"',
    (text) => {
      expect(readSpan(text)).toBeUndefined();
    },
  );
});
