import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { HansaError } from '@hansa/protocol';
import { percentiles } from '../testbed/checks.ts';
import { submitBurst } from './load.ts';
import { cityRow, type DemoReport, renderInvitation, renderTable, type StepResult } from './report.ts';
import type { DemoState } from './state.ts';
import { steps } from './steps.ts';

export interface DemoOptions {
  /** One JSON object on stdout, nothing else. */
  readonly json: boolean;
  /** Stop the federation at the end, also on a terminal. */
  readonly exit: boolean;
  readonly write: (text: string) => void;
  readonly interactive: boolean;
}

const stopSignals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Four daemons as four processes in a temporary directory, doing what the README promises, each step checked by the
 * demo itself. Resolves to true when every step was true.
 */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const say = (text: string) => {
    if (!options.json) options.write(`${text}\n`);
  };
  const state: DemoState = {
    ...{ world: undefined, refusedRows: 0, ceremonyRecords: 0, finalityMs: [] },
    ...{ listing: undefined, wronged: undefined, papers: undefined },
  };
  const stopped = new AbortController();
  const stop = () => stopped.abort(new HansaError('DEMO_FAILED', 'The demo was stopped before its end.'));
  for (const signal of stopSignals) process.on(signal, stop);
  try {
    const results = await runSteps(state, options, stopped.signal);
    const report = await makeReport(state, results);
    if (options.json) options.write(`${JSON.stringify(report)}\n`);
    else if (report.ok) say(`\n${renderTable(report)}`);
    if (report.ok && state.world !== undefined && options.interactive && !options.exit && !options.json) {
      say(`\n${await renderInvitation(state.world)}`);
      if (!stopped.signal.aborted) await once(stopped.signal, 'abort');
    }
    // Whoever stopped it wants it gone.
    if (stopped.signal.aborted) state.failed = false;
    else if (!report.ok) say(`\nThe demo failed. Logs are kept in ${state.world?.directory ?? 'no directory'}.`);
    return report.ok;
  } finally {
    await state.world?.stopAll();
    const failed = state.failed === true;
    if (state.world !== undefined && !failed) await rm(state.world.directory, { recursive: true, force: true });
    // Only now: a second signal while it clears up must not leave daemons behind.
    for (const signal of stopSignals) process.off(signal, stop);
  }
}

async function runSteps(
  state: DemoState,
  { json, interactive, write }: DemoOptions,
  stopped: AbortSignal,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const interrupted = new Promise<never>((_, reject) => {
    stopped.addEventListener('abort', () => reject(stopped.reason), { once: true });
  });
  interrupted.catch(() => undefined);
  for (const [index, step] of steps.entries()) {
    const startMs = performance.now();
    const title = `(${index + 1}/${steps.length}) ${step.name}`;
    if (interactive && !json) write(`… ${title}`);
    let ok = true;
    let detail: string;
    try {
      detail = await Promise.race([step.run(state), interrupted]);
    } catch (error) {
      ok = false;
      detail = error instanceof Error ? error.message : String(error);
    }
    const ms = Math.round(performance.now() - startMs);
    results.push({ name: step.name, ok, ms, detail });
    // Over the line that told of its start.
    if (!json) write(`${interactive ? '\r\u001b[K' : ''}${ok ? '✔' : '✘'} ${title}  [${ms} ms]\n      ${detail}\n`);
    if (!ok) {
      state.failed = true;
      break;
    }
  }
  return results;
}

async function makeReport(state: DemoState, results: readonly StepResult[]): Promise<DemoReport> {
  const ok = results.length === steps.length && results.every((result) => result.ok);
  const finalityMs = percentiles(state.finalityMs);
  if (!ok || state.world === undefined) return { ok, cities: [], steps: results, finalityMs, recordsPerSecond: 0 };
  // Danzhou is in quarantine: its own daemon refuses what it would submit now.
  const speaking = state.world.daemons.filter(({ name }) => name !== 'danzhou');
  const recordsPerSecond = await submitBurst(speaking, 4, 500);
  const cities = (await state.world.converged()).map(cityRow);
  return { ok, cities, steps: results, finalityMs, recordsPerSecond };
}
