import type { Topology } from './schema.ts';

/** Names of all nodes that a scenario may name: the authorities, then the observers. */
export function cityNames(topology: Topology): string[] {
  const cities = Array.from({ length: topology.cities }, (_, index) => `city-${index}`);
  const observers = Array.from({ length: topology.observers ?? 0 }, (_, index) => `observer-${index}`);
  return [...cities, ...observers];
}
