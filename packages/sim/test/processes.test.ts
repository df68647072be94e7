import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulate } from '../src/run/simulate.ts';
import type { Scenario } from '../src/scenario/schema.ts';

/** The commands as processes, with their threads: what a test from the sources alone cannot show. */
const program = fileURLToPath(new URL('../bin/hansa-sim.js', import.meta.url));
let directory: string;

const scenario: Scenario = {
  format: 'hansa-scenario/1',
  name: 'stormy',
  shows: 'loss, a crash and a liar',
  topology: { cities: 4, link: { latency: { kind: 'exponential', mean: '8ms' }, loss: 0.03 } },
  clocks: { offset: '10ms', driftPpm: 50 },
  workload: { recordsPerSecond: 2, arrivals: 'poisson', end: '4s' },
  faults: [{ at: '2500ms', action: { kind: 'crash', cities: { random: 1 }, for: '1s' } }],
  adversary: [{ strategy: 'equivocator', cities: [3] }],
  stop: { at: '6s' },
  sweep: { 'topology.link.loss': [0, 0.05] },
};

beforeAll(() => {
  const built = fileURLToPath(new URL('../dist/commands/main.js', import.meta.url));
  expect(existsSync(built), 'run pnpm build first').toBe(true);
  directory = mkdtempSync(join(tmpdir(), 'hansa-sim-processes-'));
  writeFileSync(join(directory, 'stormy.json'), JSON.stringify(scenario));
});
afterAll(() => rm(directory));

const rm = (path: string) => rmSync(path, { recursive: true, force: true });

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function start(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...args], { cwd: directory });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, output })));
  return { child, ended };
}

const file = (...path: readonly string[]) => readFileSync(join(directory, ...path), 'utf8');

describe('determinism', () => {
  test('one seed has one trace: here, in another process, and in a thread of another process', async () => {
    const { sweep, ...single } = scenario;
    const here = (await simulate(single, 11)).result.traceHash;
    const other = await start(['run', 'stormy.json', '--seed', '11', '--json']).ended;
    expect(JSON.parse(other.output)).toMatchObject({ traceHash: here });
    await start([
      'sweep',
      'stormy.json',
      '--seeds',
      '11..12',
      '--jobs',
      '2',
      '--vary',
      'topology.cities=4,5',
      '--out',
      'threads',
    ]).ended;
    const { runs } = JSON.parse(file('threads', 'sweep.json'));
    expect(runs[0]).toMatchObject({ cell: 0, seed: 11, traceHash: here });
  });

  test('a sweep is the same to the byte with one thread and with three', async () => {
    const sweep = (jobs: number) =>
      start(['sweep', 'stormy.json', '--seeds', '1..3', '--jobs', String(jobs), '--out', `jobs-${jobs}`]).ended;
    expect((await sweep(1)).code).toBe(0);
    expect((await sweep(3)).code).toBe(0);
    for (const name of ['sweep.json', 'runs.csv', 'estimates.csv']) {
      expect(file('jobs-3', name)).toBe(file('jobs-1', name));
    }
  });
});

describe('Ctrl-C', () => {
  async function interruptedWhen(args: readonly string[], condition: () => boolean): Promise<Ended> {
    const { child, ended } = start(args);
    const looking = setInterval(() => {
      if (!condition()) return;
      clearInterval(looking);
      child.kill('SIGINT');
    }, 5);
    const result = await ended;
    clearInterval(looking);
    return result;
  }

  /** Interrupts when so many runs of a sweep are kept. */
  const interruptedAfter = (runs: number, args: readonly string[], kept: string) => {
    const path = join(directory, kept);
    const lines = () => (existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').length : 0);
    return interruptedWhen(args, () => lines() > runs);
  };

  test('keeps what a sweep has done; the same command goes on, and ends with the same result', async () => {
    const args = ['sweep', 'stormy.json', '--seeds', '1..8', '--jobs', '2'];
    const whole = await start([...args, '--out', 'whole']).ended;
    expect(whole.code).toBe(0);
    const interrupted = await interruptedAfter(3, [...args, '--out', 'parts'], 'parts/sweep-progress.jsonl');
    expect(interrupted.code, interrupted.output).toBe(130);
    expect(interrupted.output).toMatch(/Interrupted with \d+ runs left: the same command goes on\./);
    expect(existsSync(join(directory, 'parts/sweep.json'))).toBe(false);
    const resumed = await start([...args, '--out', 'parts']).ended;
    expect(resumed.code, resumed.output).toBe(0);
    expect(file('parts', 'sweep.json')).toBe(file('whole', 'sweep.json'));
    expect(existsSync(join(directory, 'parts/sweep-progress.jsonl'))).toBe(false);
  });

  test('does not mix one sweep with another', async () => {
    const args = ['sweep', 'stormy.json', '--seeds', '1..8', '--jobs', '2', '--out', 'mixed'];
    expect((await interruptedAfter(1, args, 'mixed/sweep-progress.jsonl')).code).toBe(130);
    const other = await start([...args, '--set', 'topology.cities=5']).ended;
    expect(other.code).toBe(3);
    expect(other.output).toContain('[SWEEP_DIFFERS]');
  });

  test('ends a run, and says that it cannot go on from the middle', async () => {
    const endless = [
      'run',
      'stormy.json',
      '--set',
      'stop.at=1h',
      '--set',
      'workload.end=1h',
      '--out',
      'endless',
      '--trace',
    ];
    const { code, output } = await interruptedWhen(endless, () =>
      existsSync(join(directory, 'endless/trace.jsonl.gz')),
    );
    expect(code, output).toBe(130);
    expect(output).toContain('start it again: hansa-sim run stormy.json --seed 1');
  });
});
