import type { Result } from '../results/schema.ts';
import type { ChosenWindow } from '../results/space-time.ts';
import { traceProbe } from '../results/trace.ts';
import type { PlugIn } from '../run/plug-in.ts';
import type { SimulateOptions } from '../run/simulate.ts';
import type { Scenario } from '../scenario/schema.ts';
import { breath } from './jobs.ts';
import { measured } from './measured.ts';
import { makeRoomFor, TraceFile, writeRun } from './output-files.ts';
import { showProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface RunOnceOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly plugIns: readonly PlugIn[];
  readonly terminal: Terminal;
  /** Runs a second time. */
  readonly check?: boolean;
  readonly out?: string;
  /** Replaces the result of another run in `out`. */
  readonly force?: boolean;
  readonly trace?: boolean;
  readonly window?: ChosenWindow;
}

export interface RanOnce {
  readonly result: Result;
  /** Of the second run. */
  readonly secondHash: string | undefined;
  readonly files: readonly string[];
  readonly interrupted: boolean;
}

/**
 * One run of one scenario, with progress, a way to stop it, and its files.
 *
 * Errors: RESULT_EXISTS, REPORT_NOT_BUILT; before anything is run.
 */
export async function runOnce(options: RunOnceOptions): Promise<RanOnce> {
  const { scenario, seed, terminal, out } = options;
  if (out !== undefined) makeRoomFor(out, { scenario, seed }, options.force === true);
  let interrupted = false;
  const listening = terminal.onInterrupt(() => {
    interrupted = true;
  });
  const progress = showProgress(terminal, scenario.name, 100);
  const pause: SimulateOptions['pause'] = async ({ nowUs, endUs, events }) => {
    progress.update(Math.floor((100 * nowUs) / endUs), `${Math.round(events / 1000)}k events`);
    await breath();
    return interrupted ? 'stop' : 'go-on';
  };
  const file = options.trace === true && out !== undefined ? new TraceFile(out) : undefined;
  try {
    const { plugIns, window } = options;
    const shared = { plugIns, pause, ...(window === undefined ? {} : { window }) };
    const { result } = await measured(scenario, seed, {
      ...shared,
      ...(file === undefined ? {} : { observe: (world) => [traceProbe(world, (line) => file.write(line))] }),
    });
    const second = options.check === true && !interrupted ? await measured(scenario, seed, shared) : undefined;
    progress.stop();
    file?.close();
    const files = out === undefined ? [] : [...writeRun(out, result), ...(file === undefined ? [] : [file.path])];
    return { result, secondHash: interrupted ? undefined : second?.result.traceHash, files, interrupted };
  } finally {
    progress.stop();
    listening();
  }
}
