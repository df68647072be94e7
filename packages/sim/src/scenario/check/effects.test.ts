import { expect, it } from 'vitest';
import { at } from '../fault-builder.ts';
import type { Fault } from '../schema.ts';
import { checkScenario } from './check.ts';

const found = (cities: number, fault: Fault) =>
  checkScenario({
    ...{ format: 'hansa-scenario/1', name: 'few', shows: 'Few cities.', topology: { cities }, faults: [fault] },
  }).map(({ code }) => code);

it('a change of the set that can never be decided is named: a lost key where f = 0, and nobody left to vote', () => {
  expect(found(3, at('1s').membership('recover', [1]))).toEqual(['SCENARIO_NO_EFFECT']);
  expect(found(4, at('1s').membership('recover', [1]))).toEqual([]);
  expect(found(3, at('1s').membership('newKeys', [1]))).toEqual([]);
  expect(found(2, at('1s').membership('remove', 'all'))).toEqual(['SCENARIO_NO_EFFECT']);
  expect(found(2, at('1s').membership('suspend', [0]))).toEqual([]);
  expect(found(4, at('1s').membership('remove', 'leader'))).toEqual(['SCENARIO_CITY_UNFIT']);
});
