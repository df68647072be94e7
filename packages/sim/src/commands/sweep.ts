import { exitCodes } from './exit-codes.ts';
import { collect, positiveNumber, range } from './options.ts';
import { type AddCommand, runs } from './terminal.ts';

interface SweepOptions {
  readonly seeds?: { readonly from: number; readonly to: number };
  readonly vary?: readonly string[];
  readonly set?: readonly string[];
  readonly out?: string;
  readonly jobs?: number;
  readonly metric?: readonly string[];
  readonly plugin?: readonly string[];
}

/** `hansa-sim sweep` */
export const addSweep: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('sweep <scenario>')
    .summary('run a grid of parameters with many seeds; means, intervals, differences')
    .description(
      'Runs every combination of the scenario’s sweep (or of --vary) with every seed, on all cores. Prints means with ' +
        '95% bootstrap intervals over seeds, and differences to the first combination on common seeds.',
    )
    .option('--seeds <from..to>', 'the seeds (default: those of the scenario, else 1..10)', range)
    .option('--vary <path=values>', 'a field and its values, may be repeated: topology.link.loss=0,0.05,0.1', collect)
    .option('--set <path=value>', 'another value for a field in all runs, may be repeated', collect)
    .option('--metric <name>', 'a figure to show, may be repeated; the files have all of them', collect)
    .option('--out <directory>', 'write sweep.json, runs.csv and estimates.csv there; makes the sweep resumable')
    .option('--jobs <number>', 'threads (default: as many as the machine runs at once)', positiveNumber)
    .option('--plugin <file>', 'a module with strategies or checks of your own, may be repeated', collect)
    .addHelpText(
      'after',
      '\nExample:\n  hansa-sim sweep capital-cut-off --vary topology.link.loss=0,0.05,0.1 --seeds 1..20 --out loss',
    );
  runs<SweepOptions>(command, terminal, exit, async (options, [name = '']) => {
    const [{ runSweep }, { sweepText, shownByDefault }, { knownMetrics }] = await Promise.all([
      import('./run-sweep.ts'),
      import('./sweep-text.ts'),
      import('./known-metrics.ts'),
    ]);
    const shown = options.metric === undefined ? shownByDefault : knownMetrics(options.metric);
    const { sweep, files, left } = await runSweep({ name, terminal, ...options });
    const failed = sweep.runs.filter(({ verdict }) => verdict === 'failed');
    // A table of nothing says less than the line below it.
    const lines = sweep.runs.length === 0 ? [] : [sweepText(sweep, shown)];
    const [first] = failed;
    if (first !== undefined) {
      const cell = sweep.cells[first.cell]?.parameters ?? {};
      const set = Object.entries(cell).map(([path, value]) => ` --set ${path}=${value}`);
      lines.push(
        '',
        `${failed.length} of ${sweep.runs.length} runs failed (${first.failedChecks.join(', ')}). The first one again:`,
      );
      lines.push(`  hansa-sim run ${name}${set.join('')} --seed ${first.seed}`);
    }
    if (left > 0) {
      const how =
        options.out === undefined ? 'give --out DIRECTORY next time to keep what is done' : 'the same command goes on';
      if (lines.length > 0) lines.push('');
      lines.push(`Interrupted with ${left} runs left: ${how}.`);
    }
    if (files.length > 0) lines.push('', ...files.map((file) => `wrote ${file}`));
    const { runs: all, ...rest } = sweep;
    return {
      text: lines.join('\n'),
      json: { ...rest, runs: all.length, failed: failed.length, left, files },
      exitCode: left > 0 ? exitCodes.interrupted : failed.length > 0 ? exitCodes.failed : exitCodes.ok,
    };
  });
};
