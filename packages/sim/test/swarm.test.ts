import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunSwarmOptions, runSwarm } from '../src/commands/run-swarm.ts';
import { markDone, newSwarm } from '../src/commands/swarm-state.ts';
import type { Terminal } from '../src/commands/terminal.ts';
import { parseScenario } from '../src/scenario/parse.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hansa-sim-swarm-'));
  writeFileSync(
    join(directory, 'planted.mjs'),
    `export const checks = {
       planted: (world, violated) => ({ onEnd: () => { if (world.seed === 4 || world.seed === 6) violated('seed ' + world.seed); } }),
     };`,
  );
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const quiet: Terminal = {
  stdout: () => undefined,
  stderr: () => undefined,
  interactive: false,
  quiet: true,
  onInterrupt: () => () => undefined,
};
const inside = (name: string) => join(directory, name);
const swarm = (options: Partial<RunSwarmOptions>) =>
  runSwarm({ terminal: quiet, seeds: { from: 1, to: 8 }, jobs: 1, out: inside('failures'), ...options });

describe('the swarm', () => {
  test('finds no failing check in its first scenarios', async () => {
    const { failure, ended, state } = await swarm({ seeds: { from: 1, to: 40 } });
    expect(failure).toBeUndefined();
    expect([ended, state.runs, state.next, state.failed]).toEqual(['done', 40, 41, []]);
  });

  test('stops at the lowest failing seed, and writes its scenario', async () => {
    const { failure, ended, state } = await swarm({ plugin: [inside('planted.mjs')] });
    expect(ended).toBe('failure');
    expect(failure?.outcome).toMatchObject({ seed: 4, verdict: 'failed' });
    expect(failure?.outcome.violations[0]).toMatchObject({ check: 'planted', message: 'seed 4' });
    expect([state.next, state.failed]).toEqual([4, [4]]);
    const text = readFileSync(failure?.file ?? '', 'utf8');
    expect(text.startsWith('# planted: seed 4\n')).toBe(true);
    expect(parseScenario(text)).toMatchObject({ ok: true });
  });

  test('finds the same seed with two threads', async () => {
    const { failure, state } = await swarm({ plugin: [inside('planted.mjs')], jobs: 2 });
    expect(failure?.outcome.seed).toBe(4);
    expect(state.next).toBe(4);
  });

  test('goes on from its state, and runs no seed twice', async () => {
    const state = inside('state.json');
    const plugin = [inside('planted.mjs')];
    const first = await swarm({ state, plugin });
    expect(first.ended).toBe('failure');
    expect(existsSync(state)).toBe(true);
    // The planted bug is mended: the seed that failed is run again, those before it are not.
    const second = await swarm({ state });
    expect(second.ended).toBe('done');
    expect(second.state).toMatchObject({ next: 9, runs: first.state.runs + 5, failed: [] });
    const third = await swarm({ state });
    expect(third.state.runs).toBe(second.state.runs);
  });

  test('does not go on from a file that is no state of its own', async () => {
    writeFileSync(inside('other.json'), '{}');
    await expect(swarm({ state: inside('other.json') })).rejects.toMatchObject({ code: 'SWARM_STATE_UNREADABLE' });
  });
});

test('seeds may end in any order: the next one is the lowest that is not done', () => {
  const state = newSwarm('1.0.0', 5);
  for (const seed of [7, 6]) markDone(state, seed);
  expect([state.next, state.beyond]).toEqual([5, [6, 7]]);
  markDone(state, 5);
  expect([state.next, state.beyond]).toEqual([8, []]);
});
