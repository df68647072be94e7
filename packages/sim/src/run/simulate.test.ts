import { Errors } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { type Result, ResultSchema } from '../results/schema.ts';
import type { TraceLine } from '../results/trace.ts';
import { traceProbe } from '../results/trace.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { PlugIn } from './plug-in.ts';
import { simulate } from './simulate.ts';

const scenario = (fields: Partial<Scenario> = {}): Scenario => ({
  format: 'hansa-scenario/1',
  name: 'four',
  shows: 'four cities at work',
  topology: { cities: 4, link: { latency: { kind: 'constant', delay: '10ms' } } },
  protocol: { processing: 'free', delta: '100ms', idleInterval: '500ms' },
  workload: { recordsPerSecond: 5, start: '1s', end: '4s' },
  stop: { at: '60s', converged: true },
  ...fields,
});

const withPerformance = (result: Omit<Result, 'performance'>): Result => ({
  ...result,
  performance: { wallMs: 1, eventsPerSecond: 1, virtualSecondsPerSecond: 1, residentMegabytes: 1 },
});

describe('a simulated run', () => {
  test('has a result that the published schema admits, and that adds up', async () => {
    const faults: Scenario['faults'] = [
      { at: '1.5s', action: { kind: 'crash', cities: [3], for: '1s' } },
      { at: '2s', action: { kind: 'partition', groups: [[0, 1]], for: '500ms' } },
    ];
    const { result } = await simulate(scenario({ faults }), 3);
    expect([...Errors(ResultSchema, withPerformance(result))]).toEqual([]);
    const { totals, finalityMs, provableMs, series, cities, traffic } = result;
    expect(result.endedBecause).toBe('converged');
    expect(totals.recordsSubmitted).toBeGreaterThan(40);
    expect(totals.recordsFinal).toBe(totals.recordsSealed);
    expect(finalityMs.count).toBe(totals.recordsFinal);
    expect(provableMs.count).toBe(totals.recordsFinal);
    expect(finalityMs.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(finalityMs.count);
    expect(provableMs.p50).toBeGreaterThan(finalityMs.p50);
    expect(series.recordsFinal.at(-1)).toBe(totals.recordsFinal);
    expect(series.bytes.reduce((sum, each) => sum + each, 0)).toBe(totals.bytes);
    expect(traffic.reduce((sum, each) => sum + each.messages, 0)).toBe(totals.messages);
    expect(cities.reduce((sum, each) => sum + each.bytesOut, 0)).toBe(totals.bytes);
    expect(cities.reduce((sum, each) => sum + each.recordsSealed, 0)).toBe(totals.recordsSealed);
    expect(cities.map(({ crashes }) => crashes)).toEqual([0, 0, 0, 1]);
    expect(new Set(cities.map(({ stateRoot }) => stateRoot)).size).toBe(1);
    expect(series.lag.some((row) => row[3] === -1)).toBe(true);
    expect(result.faults.map(({ kind, toUs }) => [kind, toUs])).toEqual([
      ['crash', 2_500_000],
      ['partition', 2_500_000],
    ]);
    // Around the first fault.
    expect(result.window.fromUs).toBeLessThanOrEqual(1_500_000);
    expect(result.window.toUs).toBeGreaterThan(1_500_000);
    expect(result.window.messages.some(({ arrivedUs }) => arrivedUs === null)).toBe(true);
    expect(result.views.finalized.filter((each) => each)).toHaveLength(totals.blocks);
  });

  test('of constant delay δ makes records final 3δ after the leader has them, as the recorder measures it', async () => {
    const latencies = [];
    for (const city of [0, 1, 2, 3]) {
      const bursts = [{ at: '1.2s', records: 1, cities: [city] }];
      const { result } = await simulate(scenario({ workload: { recordsPerSecond: 0, bursts } }), 1);
      latencies.push(result.finalityMs.max);
      expect(result.totals.nullifiedViews).toBe(0);
    }
    // δ until the leader hears of the entry, then 3δ; the leader itself knows it at once.
    expect(latencies.sort()).toEqual([30, 40, 40, 40]);
  });

  test('is the same again, to the byte; of another seed it is another', async () => {
    const lossy = scenario({ topology: { cities: 5, link: { loss: 0.05, jitter: '5ms' } } });
    const [first, again, other] = [await simulate(lossy, 1), await simulate(lossy, 1), await simulate(lossy, 2)];
    expect(again.result).toEqual(first.result);
    expect(other.result.traceHash).not.toBe(first.result.traceHash);
  });

  test('is not changed by whoever watches it', async () => {
    const lines: TraceLine[] = [];
    const watched = await simulate(scenario(), 1, {
      observe: (world) => [traceProbe(world, (line) => lines.push(line))],
      window: { fromUs: 1_200_000, toUs: 1_300_000 },
      pause: async () => 'go-on',
    });
    const plain = await simulate(scenario(), 1);
    expect(watched.result.traceHash).toBe(plain.result.traceHash);
    expect(watched.result.totals).toEqual(plain.result.totals);
    expect(lines.filter(({ event }) => event === 'sent')).toHaveLength(plain.result.totals.messages);
    expect([watched.result.window.fromUs, watched.result.window.toUs]).toEqual([1_200_000, 1_300_000]);
  });

  test('ends when it is told to: at a time, at a condition, after so many events, when whoever waits has enough', async () => {
    const ended = async (stop: NonNullable<Scenario['stop']>, enough = false) => {
      const { result } = await simulate(scenario({ stop }), 1, { pause: async () => (enough ? 'stop' : 'go-on') });
      return [result.endedBecause, result.endedAtUs] as const;
    };
    expect(await ended({ at: '2s' })).toEqual(['at', 2_000_000]);
    const [because, atUs] = await ended({ when: { view: 5 } });
    expect([because, atUs > 1_000_000 && atUs < 3_000_000]).toEqual(['when', true]);
    expect((await ended({ events: 1000 }))[0]).toBe('events');
    expect((await ended({ at: '10m' }, true))[0]).toBe('interrupted');
  });

  test('goes on after its cities converged for as long as the scenario says', async () => {
    const endedAtUs = async (grace: string) =>
      (await simulate(scenario({ stop: { converged: true, grace } }), 1)).result.endedAtUs;
    const apart = (await endedAtUs('3s')) - (await endedAtUs('0s'));
    expect(apart).toBeGreaterThanOrEqual(3_000_000);
    expect(apart).toBeLessThan(3_600_000);
  });
});

describe('checks and strategies of one’s own', () => {
  test('are run, and what they find fails the run', async () => {
    const plugIn: PlugIn = {
      checks: {
        'never-more-than-ten': (_, violated) => ({
          onCarriedOut: (node, effect) => {
            if (effect.kind === 'finalized' && effect.height === 11) violated(`height ${effect.height}`, [node]);
          },
        }),
      },
    };
    const { result } = await simulate(scenario(), 1, { plugIns: [plugIn] });
    expect(result.verdict).toBe('failed');
    expect(result.violations).toHaveLength(4);
    expect(result.violations[0]).toMatchObject({ check: 'never-more-than-ten', message: 'height 11' });
    const { atUs = 0 } = result.violations[0] ?? {};
    expect(result.window.fromUs).toBeLessThan(atUs);
    expect(result.window.toUs).toBeGreaterThan(atUs);
  });

  test('are named by the scenario like those that the simulator has', async () => {
    let heard = 0;
    const plugIn: PlugIn = {
      strategies: {
        deaf: () => ({
          onReceive: () => {
            heard++;
            return 'drop';
          },
        }),
      },
    };
    const deaf = scenario({ adversary: [{ strategy: 'deaf', cities: [2] }], stop: { at: '5s' } });
    const { result } = await simulate(deaf, 1, { plugIns: [plugIn] });
    expect(heard).toBeGreaterThan(100);
    expect(result.cities.map(({ role }) => role)).toEqual(['honest', 'honest', 'corrupted', 'honest']);
    expect(result.cities[2]?.finalizedHeight).toBe(0);
    expect(result.totals.recordsFinal).toBeGreaterThan(0);
  });

  test('that throw end the run, which then has failed', async () => {
    const plugIn: PlugIn = {
      checks: {
        clumsy: () => ({
          onTurn: () => {
            throw new Error('invariant broken: planted');
          },
        }),
      },
    };
    const { result } = await simulate(scenario(), 1, { plugIns: [plugIn] });
    expect([result.verdict, result.endedBecause]).toEqual(['failed', 'exception']);
    expect(result.violations[0]).toMatchObject({ check: 'exception', message: 'invariant broken: planted' });
  });
});
