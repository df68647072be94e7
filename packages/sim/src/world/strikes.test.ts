import { expect, it } from 'vitest';
import { Strikes } from './strikes.ts';

it('keeps an authority away for a second, twice as long at each repetition up to a minute, and forgets it in the end', () => {
  const strikes = new Strikes();
  const awayUs = (nowUs: number) => {
    strikes.strike(3, nowUs);
    let untilUs = nowUs;
    while (strikes.refuses(3, untilUs)) untilUs += 500_000;
    return untilUs - nowUs;
  };
  expect(strikes.refuses(3, 0)).toBe(false);
  const times = Array.from({ length: 8 }, (_, step) => awayUs(step * 70e6) / 1e6);
  expect(times).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect(awayUs(8 * 70e6 + 601e6)).toBe(1e6);
  expect(strikes.refuses(2, 0)).toBe(false);
  strikes.strike(2, 0);
  strikes.clear();
  expect(strikes.refuses(2, 0)).toBe(false);
});
