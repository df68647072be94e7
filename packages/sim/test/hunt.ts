import { simulate } from '../src/run/simulate.ts';
import { randomScenario } from '../src/swarm/generate.ts';

// Runs the swarm's seeds from one on until a check fails, and prints what it found as JSON. `scripts/swarm-mutants.mjs`
// bundles this file with a protocol that lacks a guard.

/** A mutant may talk without end: longer runs than any of the protocol as it is are cut off. */
const EVENTS_MAX = 400_000;

const [from = 1, count = 1] = process.argv.slice(2).map(Number);

async function hunt(): Promise<object> {
  for (let seed = from; seed < from + count; seed++) {
    const drawn = randomScenario(seed);
    const scenario = { ...drawn, stop: { ...drawn.stop, events: EVENTS_MAX } };
    const { result } = await simulate(scenario, seed);
    const [first] = result.violations;
    if (first === undefined) continue;
    const checks = [...new Set(result.violations.map(({ check }) => check))];
    return { seeds: seed - from + 1, seed, check: first.check, checks, message: first.message };
  }
  return { seeds: count };
}

process.stdout.write(`${JSON.stringify(await hunt())}\n`);
