import type { Scenario } from '../scenario/schema.ts';

/** The seeds that a scenario names; 1 when it names none. */
export function seedsOf({ seeds }: Scenario): readonly number[] {
  if (seeds === undefined) return [1];
  if (Array.isArray(seeds)) return seeds;
  const { from, count } = seeds as { readonly from: number; readonly count: number };
  return Array.from({ length: count }, (_, index) => from + index);
}

export function firstSeed(scenario: Scenario): number {
  return seedsOf(scenario)[0] ?? 1;
}
