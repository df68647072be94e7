import { measured } from '../commands/measured.ts';
import { listShipped, loadScenario } from '../commands/scenario-files.ts';
import { firstSeed } from '../run/seeds.ts';
import type { Figures } from './figures.ts';

/** A shipped scenario to its end, with everything that watches it. */
export async function shippedScenario(name: string): Promise<Figures> {
  const scenario = loadScenario(name);
  const { result } = await measured(scenario, firstSeed(scenario), {});
  return { ...result.performance, endedAtUs: result.endedAtUs, events: result.events };
}

export function shippedNames(): readonly string[] {
  return listShipped().map(({ name }) => name);
}
