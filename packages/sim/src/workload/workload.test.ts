import { describe, expect, it } from 'vitest';
import { createRandom } from '../kernel/seeded-random.ts';
import type { Scenario, Workload as WorkloadSettings } from '../scenario/schema.ts';
import type { NodeIndex } from '../world/contract.ts';
import { createWorld } from '../world/sim-world.ts';
import { ListingFactory } from './listings.ts';
import { DayRate } from './rate.ts';
import { installWorkload } from './workload.ts';

function scenarioOf(workload: WorkloadSettings): Scenario {
  return {
    format: 'hansa-scenario/1',
    name: 'work',
    shows: 'what cities submit',
    topology: { cities: 4, link: { latency: { kind: 'constant', delay: '5ms' } } },
    protocol: { processing: 'free', delta: '100ms', idleInterval: '500ms' },
    workload,
    stop: { at: '1m' },
  };
}

interface Seen {
  /** [node, second] of each submission, with its records. */
  readonly submissions: { readonly node: NodeIndex; readonly atUs: number; readonly records: readonly Uint8Array[] }[];
  readonly rejected: string[];
  accepted: number;
  readonly refused: string[];
}

async function run(workload: WorkloadSettings, seed = 1) {
  const seen: Seen = { submissions: [], rejected: [], accepted: 0, refused: [] };
  const world = await createWorld({ scenario: scenarioOf(workload), seed });
  world.addProbe({
    onSubmitted: (node, _, records) => seen.submissions.push({ node, atUs: world.nowUs, records }),
    onCarriedOut: (node, effect) => {
      if (effect.kind === 'refused') seen.refused.push(effect.error.code);
      if (effect.kind !== 'executed' || node !== 0) return;
      for (const { rejected } of effect.outcomes) {
        if (rejected === undefined) seen.accepted += 1;
        else seen.rejected.push(rejected);
      }
    },
  });
  const load = installWorkload(world);
  await world.start();
  await world.run({ untilUs: 60e6 });
  return { world, load, seen };
}

describe('a workload', () => {
  it('submits valid listings of the wanted size, all of them accepted', async () => {
    const { load, seen } = await run({ recordsPerSecond: 2, recordBytes: 300, batch: 4, end: '40s' });
    const records = seen.submissions.flatMap((submission) => submission.records);
    expect(load.recordsSubmitted).toBe(records.length);
    expect(new Set(records.map((record) => record.join())).size).toBe(records.length);
    for (const record of records) expect(Math.abs(record.length - 300)).toBeLessThanOrEqual(4);
    expect(seen.submissions.every(({ atUs }) => atUs >= 2e6 && atUs <= 40e6)).toBe(true);
    expect([seen.accepted, seen.rejected, seen.refused]).toEqual([records.length, [], []]);
  });

  it('keeps its pace: steady to the record, Poisson within its spread', async () => {
    const steady = await run({ recordsPerSecond: 5, arrivals: 'steady', start: '10s', end: '50s' });
    for (const node of [0, 1, 2, 3]) {
      expect(steady.seen.submissions.filter((submission) => submission.node === node)).toHaveLength(200);
    }
    const poisson = await run({ recordsPerSecond: 5, arrivals: 'poisson', start: '10s', end: '50s' });
    const count = poisson.seen.submissions.length;
    expect(Math.abs(count - 800)).toBeLessThan(5 * Math.sqrt(800));
    expect(count).not.toBe(800);
  });

  it('bursts in the cities that are named', async () => {
    const { seen } = await run({ recordsPerSecond: 0, bursts: [{ at: '5s', records: 100, cities: [1, 'city-2'] }] });
    expect(seen.submissions.map(({ node, atUs, records }) => [node, atUs, records.length])).toEqual([
      [1, 5e6, 100],
      [2, 5e6, 100],
    ]);
    expect(seen.accepted).toBe(200);
  });

  it('imports a large burst in batches that fit into entries, so that none is refused', async () => {
    const { seen } = await run({ recordsPerSecond: 0, bursts: [{ at: '5s', records: 5500, cities: [1] }] });
    expect(seen.submissions.map(({ records }) => records.length)).toEqual([1000, 1000, 1000, 1000, 1000, 500]);
    expect(seen.accepted).toBe(5500);
  });

  it('races for certificates: of each, one use wins and the others are rejected', async () => {
    const { seen } = await run({ recordsPerSecond: 0, doubleUses: { every: '5s', cities: 3 }, end: '50s' });
    expect(seen.submissions.filter(({ records }) => records.length === 1)).toHaveLength(10 * (1 + 3));
    expect(seen.accepted).toBe(10 * 2);
    expect(seen.rejected).toEqual(Array(20).fill('CERTIFICATE_USED'));
  });
});

describe('the day’s curve', () => {
  it('moves records from quiet hours to busy ones and keeps their number', () => {
    const dayCurve = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 0 : 2));
    const rate = new DayRate({ recordsPerSecond: 1, dayCurve, dayLengthUs: 24e6 });
    expect(rate.after(0, 1)).toBe(12.5e6);
    expect(rate.after(12e6, 24)).toBe(24e6);
    expect(rate.after(20e6, 10)).toBe(37e6);
    expect(rate.after(0, 24 * 100 + 2)).toBeCloseTo(2413e6, 0);
  });

  it('is flat unless drawn, and without records never comes to one', () => {
    expect(new DayRate({ recordsPerSecond: 4, dayCurve: [], dayLengthUs: 24e6 }).after(3, 2)).toBe(500_003);
    expect(new DayRate({ recordsPerSecond: 0, dayCurve: [], dayLengthUs: 24e6 }).after(0, 1)).toBeUndefined();
  });
});

describe('a listing factory', () => {
  it('makes records from about 165 to 470 bytes, and no larger or smaller ones', () => {
    const sizeOf = (bytes: number) =>
      new ListingFactory({ random: createRandom(1, 'size'), bytes }).next(20_605).length;
    expect(sizeOf(64)).toBe(sizeOf(150));
    expect(sizeOf(8192)).toBe(sizeOf(1000));
    for (let bytes = 165; bytes <= 465; bytes++) expect(Math.abs(sizeOf(bytes) - bytes)).toBeLessThanOrEqual(4);
  });
});
