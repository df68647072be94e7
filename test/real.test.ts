import type { Scenario } from '@hansa/sim';
import { runReal } from '@hansa/sim/real';
import { describe, expect, test } from 'vitest';

const base: Scenario = {
  format: 'hansa-scenario/1',
  name: 'reality',
  shows: 'Real daemons go through what the simulator goes through.',
  topology: { cities: 4, link: { latency: { kind: 'constant', delay: '10ms' }, jitter: '5ms', loss: 0.02 } },
  protocol: { delta: '500ms', idleInterval: '1s', resend: '300ms', resync: '600ms' },
  workload: { recordsPerSecond: 10, end: '4s' },
  stop: { at: '4m', converged: true },
};

describe('a scenario on real daemons', () => {
  test('goes through loss, a cut and a kill -9, and ends with all cities at one state', async () => {
    const seen: string[] = [];
    const run = await runReal(
      {
        ...base,
        faults: [
          { at: '500ms', action: { kind: 'isolate', cities: [2], for: '1s' } },
          { at: '1s', action: { kind: 'crash', cities: [3], for: '1s' } },
          { at: '2500ms', action: { kind: 'pause', cities: [1], for: '500ms' } },
        ],
      },
      1,
      { onFault: ({ kind, phase }) => seen.push(`${kind} ${phase}`) },
    );
    expect(run.failures).toEqual([]);
    expect(run.converged).toBe(true);
    expect(seen).toEqual(
      expect.arrayContaining(['isolate begin', 'isolate end', 'crash begin', 'crash end', 'pause begin', 'pause end']),
    );
    const roots = new Set(
      run.cities.map(({ status }) => `${status?.executedHeight} ${status?.historyRoot} ${status?.stateRoot}`),
    );
    expect(roots.size).toBe(1);
    // Every record that a city acknowledged as final is in the history; those of the killed city may be in it, too.
    const records = run.cities[0]?.status?.records ?? 0;
    expect(run.latenciesMs.length).toBeGreaterThan(0);
    expect(records).toBeGreaterThanOrEqual(run.latenciesMs.length);
    expect(records).toBeLessThanOrEqual(run.recordsSubmitted);
    expect(run.latenciesMs.length + run.recordsLostSight).toBe(run.recordsSubmitted);
    // Three trips of a message of 10 ms each, less what timers are early, whatever the machine does besides.
    expect(Math.min(...run.latenciesMs)).toBeGreaterThanOrEqual(25);
  });

  test('is refused with every reason where reality cannot follow', async () => {
    const impossible: Scenario = {
      ...base,
      topology: { ...base.topology, cities: 40, observers: 1 },
      adversary: [{ strategy: 'nuller', cities: [0] }],
      faults: [
        { at: '1s', action: { kind: 'disk', cities: [0], slow: 3 } },
        { when: { height: 3 }, action: { kind: 'crash', cities: 'leader' } },
      ],
    };
    const refused = runReal(impossible, 1);
    await expect(refused).rejects.toMatchObject({ code: 'REAL_UNSUPPORTED' });
    for (const reason of [
      'topology.cities',
      'topology.observers',
      'adversary',
      'faults.0.action',
      'faults.1.when',
      'faults.1.action',
    ]) {
      await expect(refused).rejects.toThrow(reason);
    }
  });
});
