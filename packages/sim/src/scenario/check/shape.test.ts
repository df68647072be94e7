import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../error-codes.ts';
import { pathText } from '../problem.ts';
import { type Scenario, ScenarioSchema } from '../schema.ts';
import { isScenario, shapeFindings } from './shape.ts';

/** A field of nearly every kind. */
const rich: Scenario = {
  format: 'hansa-scenario/1',
  name: 'rich',
  shows: 'A field of every kind.',
  topology: {
    cities: 7,
    observers: 1,
    placement: 'none',
    link: { latency: { kind: 'uniform', min: '5ms', max: '20ms' }, loss: 0.1 },
    gossip: { kind: 'mesh', degree: 4 },
  },
  protocol: { crypto: 'cost', processing: { message: '10us' } },
  workload: { recordsPerSecond: 2, from: [0, 'city-1'], bursts: [{ at: '5s', records: 9, cities: { random: 2 } }] },
  faults: [
    { at: '10s', action: { kind: 'partition', groups: [[0, 1], { share: 0.3 }], for: '5s' } },
    { every: '20s', action: { kind: 'crash', cities: 'leader', for: '3s', lose: 'nothing' } },
    { when: { height: 9, cities: 0.5 }, action: { kind: 'heal' } },
  ],
  adversary: [{ strategy: 'silent', cities: { random: 1 }, options: { views: 3, loud: false } }],
  stop: { at: '2m', converged: true },
  seeds: { from: 1, count: 5 },
  sweep: { 'topology.link.loss': [0, 0.1] },
};

/** Every place of a value, the whole included. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]))];
}

function mutate(value: unknown, path: readonly (string | number)[], by: (old: unknown) => unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return by(value);
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const changed = mutate(copy[part], rest, by);
  if (changed === undefined) delete copy[part];
  else copy[part] = changed;
  return copy;
}

const anyPlace = fc.constantFrom(...places(rich));
const anyValue = fc.oneof(
  fc.constantFrom('all', 'leader', '10ms', 'at', 'crash', {}, [], [[]], null, -1, 0, 1.5, 1e9, true, ''),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
);
const mutation = fc.oneof(
  anyValue.map((value) => () => value),
  fc.constant(() => undefined),
  fc.tuple(fc.constantFrom('for', 'kind', 'cities', 'at', 'when', 'lose', '__proto__', 'x'), anyValue).map(
    ([key, value]) =>
      (old: unknown) =>
        typeof old === 'object' && old !== null && !Array.isArray(old)
          ? Object.fromEntries([...Object.entries(old), [key, value]])
          : value,
  ),
);

const plainly = new Ajv({ strict: true }).compile(ScenarioSchema);

describe('the shape of a scenario', () => {
  it('has nothing wrong with it when the schema takes it, and something whenever the schema refuses it', () => {
    expect(shapeFindings(rich)).toEqual([]);
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(anyPlace, mutation), { minLength: 1, maxLength: 3 }), (mutations) => {
        let value: unknown = rich;
        for (const [path, change] of mutations) {
          try {
            value = mutate(value, path, change);
          } catch {
            // An earlier change took the place away.
          }
        }
        const findings = shapeFindings(value);
        expect(isScenario(value)).toBe(plainly(value));
        expect(findings.length === 0).toBe(plainly(value));
        for (const { code, message, path } of findings) {
          expect(Object.keys(errorCodes)).toContain(code);
          expect(message).toMatch(/^\S.* .*[.?]$/s);
          expect(pathText(path)).not.toContain('undefined');
        }
        refused += Math.min(findings.length, 1);
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(refused).toBeGreaterThan(60);
  });
});
