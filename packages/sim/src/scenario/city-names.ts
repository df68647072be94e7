import { placesOf } from '../places/places.ts';
import { settle } from './defaults.ts';
import type { Scenario } from './schema.ts';

/** Names of all that a scenario may name, by their index: the authorities, then the observers. */
export function cityNames(scenario: Scenario): string[] {
  const { cities, observers, placed } = settle(scenario);
  const places = placesOf(cities, observers, placed);
  return [...places.authorities, ...places.observers].map(({ name }) => name);
}
