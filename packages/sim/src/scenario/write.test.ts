import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isScenario } from './check/shape.ts';
import type { JsonSchema } from './json-schema.ts';
import { type Scenario, ScenarioSchema } from './schema.ts';
import { scenarioYaml } from './write.ts';

type Bounded = JsonSchema & {
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
};

/** Texts that YAML takes for something else unless they are quoted. */
const trickyTexts = [
  'yes',
  'null',
  '~',
  'true',
  '0x1',
  '1e3',
  '- a',
  '#x',
  'a: b',
  ' a',
  '*a',
  '&a',
  '!a',
  '{',
  '[a]',
  "'",
  '"',
  '012',
  '1_000',
  'ä\n',
  '%a',
  '@a',
  '`a',
  '<<',
  '.inf',
  '2026-06-01',
];

/** Any value that a schema admits. */
function valuesOf(schema: Bounded): fc.Arbitrary<unknown> {
  const {
    anyOf,
    pattern,
    minimum = -1e6,
    exclusiveMinimum,
    maximum = 1e6,
    minItems = 0,
    maxItems = minItems + 3,
  } = schema;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((branch) => valuesOf(branch)));
  switch (schema.type) {
    case 'string':
      if (pattern?.includes('us|ms') === true) return fc.constantFrom('0s', '250us', '10ms', '2.5s', '5m', '1h', '7d');
      return pattern === undefined
        ? fc.constantFrom(...trickyTexts, 'plain')
        : fc.constantFrom('a', 'null', '1e3', '7');
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      return fc
        .double({
          min: exclusiveMinimum ?? minimum,
          minExcluded: exclusiveMinimum !== undefined,
          max: maximum,
          noNaN: true,
        })
        .map((each) => (each === 0 ? 0 : each));
    case 'array':
      return fc.array(valuesOf(schema.items as Bounded), { minLength: minItems, maxLength: maxItems });
    default: {
      const [record] = Object.values(schema.patternProperties ?? {});
      if (record !== undefined)
        return fc.dictionary(fc.constantFrom(...trickyTexts, 'a.b'), valuesOf(record), {
          maxKeys: 3,
          noNullPrototype: true,
        });
      const fields = Object.entries(schema.properties ?? {}).map(([name, child]) => [name, valuesOf(child)] as const);
      return fc.record(Object.fromEntries(fields), {
        requiredKeys: [...(schema.required ?? [])],
        noNullPrototype: true,
      });
    }
  }
}

describe('a scenario that is written', () => {
  it('is read back as the same, whatever it holds', () => {
    const scenarios = valuesOf(ScenarioSchema as unknown as Bounded) as fc.Arbitrary<Scenario>;
    fc.assert(
      fc.property(scenarios, (scenario) => {
        expect(isScenario(scenario)).toBe(true);
        expect(parse(scenarioYaml(scenario))).toEqual(scenario);
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('has no line of an object that would have fitted into one', () => {
    const text = scenarioYaml({
      format: 'hansa-scenario/1',
      name: 'long',
      shows: 'Long lists break where they must.',
      topology: {
        cities: 4,
        link: { latency: { kind: 'uniform', min: '5ms', max: '20ms' }, jitter: '2ms', loss: 0.05 },
      },
      faults: [
        {
          at: '10s',
          action: {
            kind: 'partition',
            groups: [
              [0, 1],
              [2, 3],
            ],
            flapping: { up: '1s', down: '2s' },
            for: '30s',
          },
        },
      ],
    });
    expect(text).toContain('  link:\n    latency: { kind: uniform, min: 5ms, max: 20ms }\n    jitter: 2ms\n');
    expect(text).toContain('flapping: { up: 1s, down: 2s }');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(100);
  });
});
