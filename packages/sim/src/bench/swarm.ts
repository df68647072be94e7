import { tmpdir } from 'node:os';
import { runSwarm } from '../commands/run-swarm.ts';
import type { Figures } from './figures.ts';

const WARM_UP_SEEDS = 8;
const SEEDS = 200;

/** Random scenarios on two threads. */
export async function swarmOnTwoCores(): Promise<Figures> {
  const terminal = {
    stdout: () => undefined,
    stderr: () => undefined,
    interactive: false,
    onInterrupt: () => () => undefined,
  };
  const shared = { terminal, jobs: 2, out: tmpdir() };
  await runSwarm({ ...shared, seeds: { from: 1, to: WARM_UP_SEEDS } });
  const { state, ended } = await runSwarm({ ...shared, seeds: { from: 1, to: SEEDS } });
  return {
    scenariosPerSecond: state.runs / (state.wallMs / 1000),
    virtualSecondsPerSecond: state.virtualUs / 1e3 / state.wallMs,
    passed: ended === 'done' ? 1 : 0,
  };
}
