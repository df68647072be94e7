import { describe, expect, it } from 'vitest';
import { HourlyCounts, shareOfQuota } from './quotas.ts';

describe('the share of a quota that one evaluator grants', () => {
  it.each([
    [50, 1, 3, 17],
    [50, 1, 1, 50],
    [50, 3, 9, 17],
    [1, 1, 3, 1],
    [50, 0, 0, 50],
  ])('of %d lookups that take %d of %d others is %d (P2)', (quota, needed, others, share) => {
    expect(shareOfQuota(quota, needed, others)).toBe(share);
  });

  it('is enough for the whole quota, and all shares together for no more than one lookup more at each (P2)', () => {
    for (let others = 1; others <= 12; others++) {
      for (let needed = 1; needed <= others; needed++) {
        const lookups = (shareOfQuota(50, needed, others) * others) / needed;
        expect(lookups).toBeGreaterThanOrEqual(50);
        expect(lookups).toBeLessThan(50 + others / needed);
      }
    }
  });
});

describe('hourly counts', () => {
  const hourMs = 3_600_000;

  it('forget after the hour, and leave out the last minutes when they are told to', () => {
    const counts = new HourlyCounts();
    counts.add('a', 3, hourMs);
    counts.add('a', 4, hourMs + 600_000);
    expect(counts.count('a', hourMs + 600_000)).toBe(7);
    expect(counts.count('a', hourMs + 600_000, 300_000)).toBe(3);
    expect(counts.count('a', 2 * hourMs + 60_000)).toBe(4);
    expect(counts.count('a', 3 * hourMs)).toBe(0);
  });

  it('keep no name that had none in the last hour', () => {
    const counts = new HourlyCounts();
    for (let i = 0; i < 1000; i++) counts.add(`matter ${i}`, 1, hourMs);
    counts.add('another', 1, 3 * hourMs);
    expect(counts.size).toBe(1);
  });
});
