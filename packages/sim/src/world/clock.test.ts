import { describe, expect, it } from 'vitest';
import { createRandom } from '../kernel/seeded-random.ts';
import { NodeClock } from './clock.ts';

const START_MS = 1_780_243_200_000;

describe('a city’s clock', () => {
  it('has an offset and runs at its own rate', () => {
    const clock = new NodeClock({ startMs: START_MS, offsetUs: 2500, driftPpm: 100 });
    expect(clock.nowMs(0)).toBe(START_MS + 2);
    // 100 ppm: 0.1 s in 1000 s.
    expect(clock.wallUs(1000e6) - START_MS * 1000).toBe(2500 + 1000.1e6);
    clock.setDrift(1000e6, 0);
    expect(clock.wallUs(1001e6) - START_MS * 1000).toBeCloseTo(2500 + 1001.1e6, 0);
  });

  it('never tells its replica an earlier time, whatever steps and drifts come', () => {
    const random = createRandom(1, 'clock');
    const clock = new NodeClock({ startMs: START_MS, offsetUs: 0, driftPpm: 0 });
    let newest = 0;
    let backwards = 0;
    for (let nowUs = 0; nowUs < 60e6; nowUs += 10_000) {
      if (random.chance(0.05)) clock.step(nowUs, random.integer(4e6) - 2e6);
      if (random.chance(0.05)) clock.setDrift(nowUs, random.integer(2000) - 1000);
      if (random.chance(0.05)) clock.reach(newest + random.integer(50));
      const nowMs = clock.nowMs(nowUs);
      expect(Number.isInteger(nowMs)).toBe(true);
      expect(nowMs).toBeGreaterThanOrEqual(newest);
      if (clock.wallUs(nowUs) < newest * 1000) backwards += 1;
      newest = nowMs;
    }
    expect(backwards).toBeGreaterThan(10);
  });

  it('lets a timer wait for an interval that no step of the wall clock changes', () => {
    const clock = new NodeClock({ startMs: START_MS, offsetUs: 0, driftPpm: 0 });
    const atMs = START_MS + 250;
    expect(clock.fireUs(0, atMs)).toBe(250_000);
    clock.step(10_000, -5e6);
    // The replica was told START_MS: seen from there the timer is 250 ms away.
    expect(clock.fireUs(10_000, atMs)).toBe(260_000);
    clock.reach(atMs);
    expect(clock.nowMs(260_000)).toBe(atMs);
    expect(clock.fireUs(260_000, atMs)).toBe(260_000);
  });

  it('of another rate waits as long as it says, not as long as it is', () => {
    const fast = new NodeClock({ startMs: START_MS, offsetUs: 0, driftPpm: 500_000 });
    expect(fast.fireUs(0, START_MS + 300)).toBe(200_000);
  });
});
