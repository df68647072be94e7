import { Check } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { type Scenario, ScenarioSchema } from '../scenario/schema.ts';
import { minimalSublist } from './minimise.ts';
import { shrink } from './shrink.ts';
import { durationText, smallerDurations, smallerNumbers } from './smaller-values.ts';

describe('delta debugging', () => {
  test.each([
    [[3, 17], 20],
    [[0], 64],
    [[], 9],
    [[0, 1, 2, 3, 4], 5],
    [[5, 6, 30], 31],
  ])('finds exactly %j of %d', async (guilty, count) => {
    let runs = 0;
    const items = Array.from({ length: count }, (_, index) => index);
    const found = await minimalSublist(items, async (sublist) => {
      runs++;
      return guilty.every((each) => sublist.includes(each));
    });
    expect(found).toEqual(guilty);
    expect(runs).toBeLessThan(8 * (guilty.length + 1) * Math.log2(count + 2));
  });
});

describe('smaller values', () => {
  test('are bold first, and never larger', () => {
    expect(smallerDurations('13.7s')).toEqual(['0s', '13s', '6850ms']);
    expect(smallerDurations('0s')).toEqual([]);
    expect(smallerNumbers(100)).toEqual([0, 1, 50, 99]);
    expect(smallerNumbers(0.25)).toEqual([0, 0.13]);
    expect([3_600_000_000, 1500, 2_500_000].map(durationText)).toEqual(['1h', '1500us', '2500ms']);
  });
});

describe('the shrinker', () => {
  const crash = (at: string, cities: number[]) =>
    ({ at, action: { kind: 'crash', cities, for: '3.5s', lose: 'unflushed' } }) as const;
  const large: Scenario = {
    format: 'hansa-scenario/1',
    name: 'large',
    shows: 'A planted bug among much that has nothing to do with it.',
    topology: {
      cities: 31,
      observers: 2,
      link: { latency: { kind: 'exponential', mean: '12ms' }, loss: 0.05, jitter: '3ms' },
    },
    clocks: { offset: '20ms' },
    workload: { recordsPerSecond: 4, bursts: [{ at: '4s', records: 30, cities: [3, 9] }], end: '40s' },
    faults: [
      crash('1s', [4]),
      { at: '5.2s', action: { kind: 'isolate', cities: [2, 11, 20], for: '7s' } },
      crash('9s', [1]),
      crash('20.25s', [7, 2]),
      { every: '3s', action: { kind: 'heal' } },
    ],
    adversary: [{ strategy: 'silent', cities: { random: 3 } }],
    stop: { at: '60s', converged: true },
    sweep: { 'topology.cities': [4, 7] },
  };
  /** The bug: city 2 is both isolated and crashed in one run, among more than five cities that lose messages. */
  const isBroken = ({ topology, faults = [] }: Scenario) => {
    const hit = (kind: string) =>
      faults.some(({ action }) => {
        return action.kind === kind && 'cities' in action && Array.isArray(action.cities) && action.cities.includes(2);
      });
    return topology.cities > 5 && (topology.link?.loss ?? 0) > 0 && hit('isolate') && hit('crash');
  };

  const isValid = (each: Scenario) => Check(ScenarioSchema, each);

  test('leaves of a large scenario what the failure needs, and nothing else', async () => {
    const shrunk = await shrink(large, { isValid, fails: async (each) => isBroken(each), runsMax: 5000 });
    expect(shrunk.minimal).toBe(true);
    expect(shrunk.scenario).toEqual({
      format: 'hansa-scenario/1',
      name: 'large',
      shows: large.shows,
      topology: { cities: 6, link: { loss: 0.01 } },
      faults: [
        { at: '0s', action: { kind: 'isolate', cities: [2] } },
        { at: '0s', action: { kind: 'crash', cities: [2] } },
      ],
      stop: { at: '0s' },
    });
  });

  test('never runs what is no scenario', async () => {
    const ran: Scenario[] = [];
    const fails = async (each: Scenario) => {
      ran.push(each);
      return isBroken(each);
    };
    await shrink(large, { isValid, fails, runsMax: 5000 });
    expect(ran.filter((each) => !isValid(each))).toEqual([]);
  });

  test('stops when its runs are used up, with the smallest that it found', async () => {
    const sizes: number[] = [];
    const shrunk = await shrink(large, {
      isValid,
      fails: async (each) => isBroken(each),
      runsMax: 25,
      onSmaller: (each) => sizes.push(JSON.stringify(each).length),
    });
    expect(shrunk).toMatchObject({ runs: 25, minimal: false });
    expect(isBroken(shrunk.scenario)).toBe(true);
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.at(-1)).toBe(JSON.stringify(shrunk.scenario).length);
  });

  test('tries nothing twice that did not fail', async () => {
    const seen = new Map<string, number>();
    await shrink(large, {
      isValid,
      fails: async (each) => {
        const text = JSON.stringify(each);
        seen.set(text, (seen.get(text) ?? 0) + 1);
        return isBroken(each);
      },
      runsMax: 5000,
    });
    expect([...seen.values()].filter((times) => times > 1)).toEqual([]);
  });
});
