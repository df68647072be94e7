import { tmpdir } from 'node:os';
import { runSwarm } from '../commands/run-swarm.ts';
import type { Figures } from './figures.ts';

const SEEDS = 400;

/** Random scenarios on two threads, which compile the simulator first, as in every swarm. */
export async function swarmOnTwoCores(): Promise<Figures> {
  const terminal = {
    stdout: () => undefined,
    stderr: () => undefined,
    interactive: false,
    onInterrupt: () => () => undefined,
  };
  const { state, ended } = await runSwarm({ terminal, jobs: 2, out: tmpdir(), seeds: { from: 1, to: SEEDS } });
  return {
    scenariosPerSecond: state.runs / (state.wallMs / 1000),
    virtualSecondsPerSecond: state.virtualUs / 1e3 / state.wallMs,
    passed: ended === 'done' ? 1 : 0,
  };
}
