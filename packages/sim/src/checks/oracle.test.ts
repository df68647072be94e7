import { describe, expect, it } from 'vitest';
import { checkedRun } from '../../test/checked-run.ts';
import { quick } from '../../test/fault-run.ts';
import type { Scenario } from '../scenario/schema.ts';

const busy: Scenario = {
  ...quick,
  disks: { flush: '2ms' },
  workload: { recordsPerSecond: 2, end: '8s', doubleUses: { every: '2s' } },
  stop: { at: '40s' },
};

describe('the oracle of a real run', () => {
  it.each<[string, Partial<Scenario>]>([
    ['that is calm', {}],
    [
      'of one city',
      { topology: { ...quick.topology, cities: 1 }, faults: [{ at: '5s', action: { kind: 'crash-all', for: '1s' } }] },
    ],
    [
      'with loss, crashes and a partition',
      {
        topology: {
          cities: 7,
          observers: 1,
          link: { latency: { kind: 'exponential', mean: '10ms' }, loss: 0.03, duplication: 0.1 },
        },
        faults: [
          { every: '2s', until: '9s', action: { kind: 'crash', cities: { random: 2 }, for: '700ms' } },
          { at: '4s', action: { kind: 'partition', groups: [[0, 1, 2]], for: '3s' } },
          { at: '9s', action: { kind: 'crash-all', for: '100ms' } },
        ],
      },
    ],
    [
      'with a lost disk',
      { faults: [{ at: '4s', action: { kind: 'crash', cities: [1], lose: 'everything', for: '1s' } }] },
    ],
    [
      'with an equivocating leader',
      { adversary: [{ strategy: 'equivocator', cities: [2] }], checks: { every: 'event' } },
    ],
  ])('%s finds nothing, and measures when the cities were together again', async (_, change) => {
    const { oracle } = await checkedRun({ ...busy, ...change }, 1);
    expect(oracle.violations).toEqual([]);
    const { excuse, convergedUs, firstFinalityUs } = oracle.liveness();
    expect(excuse).toBeUndefined();
    expect(firstFinalityUs).toBeGreaterThanOrEqual(0);
    expect(convergedUs).toBeGreaterThanOrEqual(firstFinalityUs as number);
  });

  it('excuses liveness where two of four lie, and goes on to check what honest cities do', async () => {
    const { oracle } = await checkedRun({ ...busy, adversary: [{ strategy: 'silent', cities: [0, 1] }] }, 1);
    expect(oracle.violations).toEqual([]);
    expect(oracle.liveness().excuse).toMatch(/more than f = 1/);
    expect(oracle.excuses().length).toBeGreaterThan(5);
  });
});
