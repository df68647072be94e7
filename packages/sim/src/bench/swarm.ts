import { tmpdir } from 'node:os';
import { runSwarm } from '../commands/run-swarm.ts';
import type { Figures } from './figures.ts';

/** As many as the example of the command's help has; a swarm without options runs the first hundred. */
const SEEDS = 1000;
const DEFAULT_SEEDS = 100;

/**
 * Random scenarios on two threads. Each swarm has threads of its own, which compile the simulator in their first sixty
 * scenarios: `first` are those of a swarm without options, slower by that.
 */
export async function swarmOnTwoCores(): Promise<Figures> {
  const first = await swarm(DEFAULT_SEEDS);
  const all = await swarm(SEEDS);
  return { ...all, firstPerSecond: first.scenariosPerSecond ?? 0 };
}

async function swarm(to: number): Promise<Figures> {
  const terminal = {
    stdout: () => undefined,
    stderr: () => undefined,
    interactive: false,
    onInterrupt: () => () => undefined,
  };
  const { state, ended } = await runSwarm({ terminal, jobs: 2, out: tmpdir(), seeds: { from: 1, to } });
  return {
    scenariosPerSecond: state.runs / (state.wallMs / 1000),
    virtualSecondsPerSecond: state.virtualUs / 1e3 / state.wallMs,
    passed: ended === 'done' ? 1 : 0,
  };
}
