import { expect, test } from 'vitest';
import { isWithin, type Validation, validate } from './index.ts';

test('what is known in closed form is what is measured: view changes, finality, quorums, floods, losses, distances, bandwidth', async () => {
  const outside: Validation[] = [];
  let count = 0;
  for await (const validation of validate()) {
    count++;
    expect(validation.samples).toBeGreaterThan(0);
    if (!isWithin(validation)) outside.push(validation);
  }
  expect(outside).toEqual([]);
  expect(count).toBe(23);
});

test('a measurement outside of its tolerance is told from one within', () => {
  const exact = { name: '', formula: '', unit: 'ms', expected: 20, tolerance: 0, samples: 1 } as const;
  expect(isWithin({ ...exact, measured: 20 })).toBe(true);
  expect(isWithin({ ...exact, measured: 20.001 })).toBe(false);
  expect(isWithin({ ...exact, measured: 22, tolerance: 1.9 })).toBe(false);
});
