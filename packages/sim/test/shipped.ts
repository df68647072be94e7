import { readdirSync, readFileSync } from 'node:fs';
import { type Run, simulate } from '../src/run/simulate.ts';
import { checkScenario } from '../src/scenario/check/check.ts';
import { type FieldValue, parsePath, withValue } from '../src/scenario/field-paths.ts';
import { parseScenario } from '../src/scenario/parse.ts';
import { pathText, problemText } from '../src/scenario/problem.ts';
import type { Scenario } from '../src/scenario/schema.ts';
import type { NodeIndex, Probe } from '../src/world/contract.ts';
import type { SimWorld } from '../src/world/sim-world.ts';

const folder = new URL('../scenarios/', import.meta.url);

export const shippedNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length))
  .sort();

export function shippedText(name: string): string {
  return readFileSync(new URL(`${name}.yaml`, folder), 'utf8');
}

/** A shipped scenario with some fields changed: shorter, or for fewer cities, and still valid. */
export function shipped(name: string, changes: Readonly<Record<string, FieldValue>> = {}): Scenario {
  const parsed = parseScenario(shippedText(name));
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => problemText(problem, name)).join('\n'));
  const scenario = Object.entries(changes).reduce<Scenario>(
    (changed, [path, value]) => withValue(changed, parsePath(path), value) as Scenario,
    parsed.scenario,
  );
  for (const { path, message } of checkScenario(scenario)) throw new Error(`${name}: ${pathText(path)}: ${message}`);
  return scenario;
}

export async function play(scenario: Scenario, observe?: (world: SimWorld) => readonly Probe[]): Promise<Run> {
  return simulate(scenario, 1, observe === undefined ? {} : { observe });
}

/** From the submission of each city's records until that city executed them, in milliseconds; without disks and crashes in between. */
export class Finality implements Probe {
  readonly #world: SimWorld;
  readonly #submitted = new Map<string, { readonly atUs: number; readonly records: number }>();
  readonly #sealed = new Map<string, { readonly atUs: number; readonly records: number }>();
  readonly samples: {
    readonly node: NodeIndex;
    readonly atUs: number;
    readonly ms: number;
    readonly records: number;
  }[] = [];

  constructor(world: SimWorld) {
    this.#world = world;
  }

  onSubmitted(node: NodeIndex, submission: number, records: readonly Uint8Array[]): void {
    this.#submitted.set(`${node}/${submission}`, { atUs: this.#world.nowUs, records: records.length });
  }

  onCarriedOut(node: NodeIndex, effect: Parameters<NonNullable<Probe['onCarriedOut']>>[1]): void {
    if (effect.kind === 'sealed') {
      const sample = this.#submitted.get(`${node}/${effect.id}`);
      const { lane, sequence, position } = effect.first;
      if (sample !== undefined) this.#sealed.set(`${node}/${lane}/${sequence}/${position}`, sample);
    }
    if (effect.kind !== 'executed') return;
    for (const { location } of effect.outcomes) {
      if (location.lane !== node) continue;
      const name = `${node}/${location.lane}/${location.sequence}/${location.position}`;
      const sample = this.#sealed.get(name);
      if (sample === undefined) continue;
      this.#sealed.delete(name);
      this.samples.push({ ...sample, node, ms: (this.#world.nowUs - sample.atUs) / 1e3 });
    }
  }

  /** Nearest rank, of the submissions that pass. */
  percentile(share: number, passes: (sample: Finality['samples'][number]) => boolean = () => true): number {
    const sorted = this.samples.filter(passes).map(({ ms }) => ms);
    sorted.sort((a, b) => a - b);
    if (sorted.length < 10) throw new Error(`${sorted.length} submissions are too few for a percentile`);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
  }
}
