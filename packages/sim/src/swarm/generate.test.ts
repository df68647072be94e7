import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { strategies } from '../adversaries/catalogue.ts';
import { readOptions } from '../adversaries/options.ts';
import { simulate } from '../run/simulate.ts';
import { checkScenario } from '../scenario/check/check.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import { CHANGES_FROM_SEED, randomScenario, SCHEMERS_FROM_SEED } from './generate.ts';

const many = Array.from({ length: 1500 }, (_, seed) => randomScenario(seed));

describe('random scenarios', () => {
  it('are valid, each of them, and the options of their adversaries too', () => {
    expect(many.flatMap((scenario) => checkScenario(scenario))).toEqual([]);
    for (const { adversary = [] } of many) {
      for (const { strategy, options = {} } of adversary) {
        const known = strategies.find(({ description }) => description.name === strategy);
        expect(() => readOptions(strategy, options, known?.description.options ?? {})).not.toThrow();
      }
    }
  });

  it('follow from their seed', () => {
    expect(randomScenario(7)).toEqual(many[7]);
    expect(new Set(many.map((scenario) => JSON.stringify({ ...scenario, name: '', shows: '' }))).size).toBe(
      many.length,
    );
  });

  it('have every strategy, every kind of fault, of latency and of moment', () => {
    const drawn = (values: readonly (string | undefined)[]) => [...new Set(values)].sort();
    const faults = many.flatMap((scenario) => scenario.faults ?? []);
    const names = strategies.map(({ description }) => description.name);
    const schemers = Array.from({ length: 100 }, (_, place) => randomScenario(SCHEMERS_FROM_SEED + place));
    expect(schemers.flatMap((scenario) => checkScenario(scenario))).toEqual([]);
    const strategiesOf = (scenarios: readonly Scenario[]) =>
      scenarios.flatMap(({ adversary = [] }) => adversary.map(({ strategy }) => strategy));
    expect(strategiesOf(many)).not.toContain('schemer');
    expect(drawn(strategiesOf([...many, ...schemers]))).toEqual(names.sort());
    expect(drawn(faults.map(({ action }) => action.kind))).toEqual(
      ['clock', 'crash', 'crash-all', 'degrade', 'disk', 'isolate', 'partition', 'pause', 'restore-backup'].sort(),
    );
    expect(drawn(many.map(({ topology }) => topology.link?.latency?.kind))).toHaveLength(6);
    expect(drawn(faults.map((fault) => ('at' in fault ? 'at' : 'every' in fault ? 'every' : 'when')))).toHaveLength(3);
    expect(drawn(many.map(({ topology }) => `${topology.cities}`))).toHaveLength(10);
  });

  it('change the authority set in some scenarios from a seed on, in every way, and in none of those before', () => {
    const changesOf = (scenarios: readonly Scenario[]) =>
      scenarios.flatMap(({ faults = [] }) =>
        faults.flatMap(({ action }) => (action.kind === 'membership' ? action.change : [])),
      );
    expect(changesOf(many)).toEqual([]);
    const later = Array.from({ length: 400 }, (_, place) => randomScenario(CHANGES_FROM_SEED + place));
    expect(later.flatMap((scenario) => checkScenario(scenario))).toEqual([]);
    const changed = later.filter((scenario) => changesOf([scenario]).length > 0);
    expect(changed.length).toBeGreaterThan(later.length / 5);
    expect(changed.length).toBeLessThan(later.length / 3);
    expect([...new Set(changesOf(later))].sort()).toEqual(['newKeys', 'recover', 'remove', 'suspend']);
  });

  it('corrupt at most f cities, but for a few that show what is excused', () => {
    const beyond = many.filter(({ topology, adversary = [] }) => {
      const corrupted = new Set(adversary.flatMap(({ cities }) => (Array.isArray(cities) ? cities : [])));
      return corrupted.size > Math.floor((topology.cities - 1) / 3);
    });
    expect(beyond.length).toBeGreaterThan(many.length / 100);
    expect(beyond.length).toBeLessThan(many.length / 10);
  });

  it('break no check', async () => {
    // Those above 2000 change the authority set, those above 4000 have schemers.
    for (const seed of [2, 3, 4, 5, 6, 8, 9, 10, 12, 13, 14, 20, 2002, 2010, 2018, 2021, 4003, 4021]) {
      const { result } = await simulate(randomScenario(seed), seed);
      expect(result.violations, `seed ${seed}`).toEqual([]);
    }
  });
});

// `test/found/`: scenarios of earlier swarms in which a check failed, as they were drawn then. Their names have the seeds.
const found = new URL('../../test/found/', import.meta.url);

describe('scenarios in which a check failed once', () => {
  it.each(readdirSync(found))('%s', async (name) => {
    const parsed = parseScenario(readFileSync(new URL(name, found), 'utf8'));
    if (!parsed.ok) throw new Error(`${name} is no scenario`);
    const { result } = await simulate(parsed.scenario, Number(/\d+/.exec(name)?.[0]));
    expect(result.violations).toEqual([]);
  });
});
