import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { RunOutcome } from '../run/outcome.ts';
import { scenarioYaml } from '../scenario/write.ts';
import { randomScenario } from '../swarm/generate.ts';
import type { Job } from './jobs.ts';
import type { Range } from './options.ts';
import { showProgress } from './progress.ts';
import { markDone, newSwarm, readSwarm, type SwarmState, writeSwarm } from './swarm-state.ts';
import type { Terminal } from './terminal.ts';
import { packageVersion } from './version.ts';
import { runJobs } from './worker-pool.ts';

export interface RunSwarmOptions {
  readonly terminal: Terminal;
  /** Undefined: until the time is over. */
  readonly seeds: Range | undefined;
  readonly forUs?: number;
  readonly jobs?: number;
  readonly state?: string;
  readonly out: string;
  readonly plugin?: readonly string[];
}

export interface Failure {
  readonly outcome: RunOutcome;
  /** The scenario that failed. */
  readonly file: string;
}

export interface Swarmed {
  readonly state: SwarmState;
  /** Of the lowest seed that failed. Every seed below it passed. */
  readonly failure: Failure | undefined;
  readonly ended: 'done' | 'failure' | 'time' | 'interrupted';
}

/** How often the state is written; what is lost at a power cut is run again. */
const STATE_EVERY_MS = 2000;

/**
 * Runs random scenarios, seed after seed. After a failure no further seed is started, but those that run end: as seeds
 * start in order, the lowest failing seed is the same with any number of threads.
 */
export async function runSwarm(options: RunSwarmOptions): Promise<Swarmed> {
  const { terminal, seeds, forUs = Number.POSITIVE_INFINITY, plugin = [] } = options;
  const startedMs = performance.now();
  const version = packageVersion();
  const state = startOf(options, version);
  const before = { wallMs: state.wallMs, runs: state.runs };
  let [interrupted, savedMs] = [false, startedMs];
  let failure: RunOutcome | undefined;
  const listening = terminal.onInterrupt(() => {
    interrupted = true;
  });
  const isTimeOver = () => (performance.now() - startedMs) * 1000 >= forUs;
  const save = () => {
    state.wallMs = before.wallMs + performance.now() - startedMs;
    if (options.state !== undefined) writeSwarm(options.state, state);
  };
  const total = seeds === undefined ? Math.round(forUs / 1e6) : seeds.to - seeds.from + 1;
  const line = showProgress(terminal, seeds === undefined ? 'swarm: seconds' : 'swarm: seeds', total);
  try {
    await runJobs({
      jobs: jobsFrom(state, seeds?.to ?? Number.POSITIVE_INFINITY),
      threads: options.jobs ?? availableParallelism(),
      plugIns: plugin,
      enough: () => failure !== undefined || isTimeOver(),
      interrupted: () => interrupted,
      onDone: ({ outcome }) => {
        state.runs++;
        state.events += outcome.events;
        state.virtualUs += outcome.endedAtUs;
        if (outcome.verdict === 'failed') {
          state.failed = [...state.failed, outcome.seed].sort((a, b) => a - b);
          if (failure === undefined || outcome.seed < failure.seed) failure = outcome;
        } else {
          markDone(state, outcome.seed);
        }
        const seconds = (performance.now() - startedMs) / 1000;
        const rate = `${((state.runs - before.runs) / seconds).toFixed(1)} a second`;
        line.update(seeds === undefined ? Math.floor(seconds) : state.next - seeds.from, rate);
        if (performance.now() - savedMs > STATE_EVERY_MS) {
          savedMs = performance.now();
          save();
        }
      },
    });
  } finally {
    line.stop();
    listening();
    save();
  }
  const isDone = seeds !== undefined && state.next > seeds.to;
  const ended = failure !== undefined ? 'failure' : isDone ? 'done' : interrupted ? 'interrupted' : 'time';
  return { state, failure: failure === undefined ? undefined : writeFailure(options.out, failure), ended };
}

/** A new swarm, or the one that the state file has; a failing seed of before is run again. */
function startOf({ state: file, seeds }: RunSwarmOptions, version: string): SwarmState {
  const known = file === undefined ? undefined : readSwarm(file, version);
  if (known === undefined) return newSwarm(version, seeds?.from ?? 1);
  // Another range than before: what it leaves out stays left out.
  return { ...known, next: Math.max(known.next, seeds?.from ?? 0), failed: [] };
}

function* jobsFrom(state: SwarmState, to: number): Generator<Job> {
  const skipped = new Set(state.beyond);
  for (let seed = state.next; seed <= to; seed++) {
    if (!skipped.has(seed)) yield { id: seed, seed, scenario: randomScenario(seed) };
  }
}

function writeFailure(directory: string, outcome: RunOutcome): Failure {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `seed-${outcome.seed}.yaml`);
  const said = outcome.violations.map(({ check, message }) => `# ${check}: ${message.split('\n', 1)[0]}\n`).join('');
  writeFileSync(file, `${said}${scenarioYaml(randomScenario(outcome.seed))}`);
  return { outcome, file };
}
