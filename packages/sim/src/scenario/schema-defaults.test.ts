import { describe, expect, it } from 'vitest';
import { linkModel } from '../world/link-model.ts';
import { settle } from './defaults.ts';
import { type FieldValue, withValue } from './field-paths.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Link, Scenario } from './schema.ts';
import { LinkSchema, ScenarioSchema } from './schema.ts';

const bare: Scenario = {
  format: 'hansa-scenario/1',
  name: 'bare',
  shows: 'Nothing but what must be said.',
  topology: { cities: 4, gossip: { kind: 'mesh' } },
  workload: { bursts: [{ at: '5s', records: 1 }], dayCurve: Array(24).fill(1), doubleUses: { every: '10s' } },
  stop: { converged: true },
};

interface Standard {
  readonly path: readonly (string | number)[];
  readonly value: FieldValue;
  readonly other: FieldValue;
}

/** All fields below a schema that have a default, with another value for each. */
function standards(schema: JsonSchema & { readonly default?: FieldValue }, path: readonly string[] = []): Standard[] {
  const own = schema.default === undefined ? [] : [{ path, value: schema.default, other: another(schema) }];
  const branches = (schema.anyOf ?? []).flatMap((branch) => standards(branch, path));
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => standards(child, [...path, name]));
  return [...own, ...branches, ...fields];
}

function another(schema: JsonSchema & { readonly default?: FieldValue }): FieldValue {
  const { default: value } = schema;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value === 0 ? 0.5 : value + 1;
  const word = schema.anyOf?.find((branch) => branch.const !== undefined && branch.const !== value)?.const;
  return word === undefined ? '77s' : String(word);
}

describe('the defaults that the schema names', () => {
  const sections = ['topology', 'protocol', 'clocks', 'disks', 'workload', 'stop'] as const;
  const known = sections
    .flatMap((name) => standards(ScenarioSchema.properties[name] as unknown as JsonSchema, [name]))
    .filter(({ path }) => path[1] !== 'link' && path[1] !== 'when');

  it.each(known.map((each) => [each.path.join('.'), each] as const))('%s is what the world takes', (_, standard) => {
    // A run that waits for nothing has another end of its workload.
    const start = standard.path.join('.') === 'stop.converged' ? { ...bare, stop: {} } : bare;
    const settled = settle(withValue(start, standard.path, standard.value) as Scenario);
    expect(settled).toEqual(settle(start));
    expect(settle(withValue(start, standard.path, standard.other) as Scenario)).not.toEqual(settled);
  });

  it('are there for every kind of part', () => {
    expect(known.length).toBeGreaterThan(20);
  });

  it('of links are those of the links of the world', () => {
    const ground = { place: () => undefined, row: () => 0 };
    const facts = (link: Link) => {
      const { latencyUs, ...rest } = linkModel({ latency: { kind: 'exponential', mean: '5ms' }, ...link }, ground);
      return { ...rest, us: latencyUs(0, 1, () => 0.5) };
    };
    const named = standards(LinkSchema as unknown as JsonSchema).filter(({ path }) => path.length === 1);
    expect(named.map(({ path }) => path[0])).toEqual(['jitter', 'loss', 'duplication', 'reordering']);
    for (const { path, value, other } of named) {
      expect(facts({ [path[0] as string]: value }), String(path)).toEqual(facts({}));
      expect(facts({ [path[0] as string]: other }), String(path)).not.toEqual(facts({}));
    }
    expect(facts({ latency: { kind: 'exponential', mean: '5ms', min: '0s' } })).toEqual(facts({}));
    expect(facts({ latency: { kind: 'geography', lastMile: '4ms' } })).toEqual(
      facts({ latency: { kind: 'geography' } }),
    );
  });
});
