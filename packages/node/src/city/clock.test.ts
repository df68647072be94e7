import { limits } from '@hansa/protocol';
import { expect, test } from 'vitest';
import { Clock } from './clock.ts';

test('the city’s time follows the wall clock and never goes back', () => {
  let wallMs = 5000.7;
  const clock = new Clock(() => wallMs);
  expect(clock.nowMs()).toBe(5000);
  wallMs = 4000;
  expect(clock.nowMs()).toBe(5000);
  clock.reach(5600.2);
  expect(clock.nowMs()).toBe(5601);
  wallMs = 6000;
  expect(clock.nowMs()).toBe(6000);
});

test('C3: that own blocks are from the future for the others is told once, and again when it comes again', () => {
  const told: number[] = [];
  let wallMs = 1_000_000_000;
  const clock = new Clock(
    () => wallMs,
    (aheadMs) => told.push(aheadMs),
  );
  clock.nowMs();
  wallMs -= limits.clockDriftMsMax;
  clock.nowMs();
  expect(told, 'the others accept that much').toEqual([]);
  wallMs -= 1;
  clock.nowMs();
  clock.nowMs();
  expect(told).toEqual([limits.clockDriftMsMax + 1]);
  wallMs = 1_000_000_000;
  clock.nowMs();
  wallMs -= 2 * limits.clockDriftMsMax;
  clock.nowMs();
  expect(told).toEqual([limits.clockDriftMsMax + 1, 2 * limits.clockDriftMsMax]);
});
