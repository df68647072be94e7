import { firstSeed } from '../run/seeds.ts';
import { exitCodes } from './exit-codes.ts';
import { collect, timeRange, wholeNumber } from './options.ts';
import { type AddCommand, runs } from './terminal.ts';

interface RunOptions {
  readonly seed?: number;
  readonly check?: boolean;
  readonly set?: readonly string[];
  readonly out?: string;
  readonly force?: boolean;
  readonly trace?: boolean;
  readonly plugin?: readonly string[];
  readonly window?: { readonly fromUs: number; readonly toUs: number };
}

/** `hansa-sim run` */
export const addRun: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('run <scenario>')
    .summary('run one scenario with one seed')
    .description('Runs one scenario (the name of a shipped one, or a YAML or JSON file) with one seed.')
    .option('--seed <number>', 'the seed (default: the first of the scenario, else 1)', wholeNumber)
    .option('--check', 'run twice, and fail unless both runs have the same trace')
    .option('--set <path=value>', 'another value for a field, may be repeated: topology.cities=7', collect)
    .option('--out <directory>', 'write result.json, cities.csv, series.csv and report.html there')
    .option('--force', 'replace the result of another run in that directory')
    .option('--trace', 'write every event to trace.jsonl.gz in that directory too')
    .option('--window <from..to>', 'what the space-time diagram of the report shows: 12s..14.5s', timeRange)
    .option('--plugin <file>', 'a module with strategies or checks of your own, may be repeated', collect)
    .addHelpText(
      'after',
      '\nExamples:\n  hansa-sim run capital-cut-off\n  hansa-sim run lossy-winter --seed 7 --set topology.cities=7 --out seven',
    );
  runs<RunOptions>(command, terminal, exit, async (options, [name = '']) => {
    const [{ loadScenario }, { loadPlugIns }, { runOnce }, { runJson, runText }, { usage }] = await Promise.all([
      import('./scenario-files.ts'),
      import('./plug-in-files.ts'),
      import('./run-once.ts'),
      import('./summary.ts'),
      import('./terminal.ts'),
    ]);
    if (options.trace === true && options.out === undefined) throw usage('--trace needs --out DIRECTORY to write to.');
    const plugIns = await loadPlugIns(options.plugin);
    const scenario = loadScenario(name, { plugIns, set: options.set ?? [] });
    const seed = options.seed ?? firstSeed(scenario);
    const made = await runOnce({ scenario, seed, plugIns, terminal, ...options });
    const { result, files } = made;
    if (made.interrupted) {
      const again = `hansa-sim run ${name} --seed ${seed}`;
      const text = `${runText(result)}\n\nInterrupted. A run cannot go on from the middle; start it again: ${again}`;
      return { text, json: { ...runJson(result), interrupted: true, files }, exitCode: exitCodes.interrupted };
    }
    const lines = [runText(result)];
    if (made.secondHash !== undefined) {
      const same = made.secondHash === result.traceHash;
      lines.push(
        '',
        same ? 'The second run had the same trace.' : `The second run had another trace: ${made.secondHash}.`,
      );
    }
    if (files.length > 0) lines.push('', ...files.map((file) => `wrote ${file}`));
    const differs = made.secondHash !== undefined && made.secondHash !== result.traceHash;
    const failed = result.verdict === 'failed' || differs;
    const named = (options.plugin ?? []).map((file) => ` --plugin ${file}`).join('');
    if (result.verdict === 'failed') lines.push('', `Smaller: hansa-sim shrink ${name} --seed ${seed}${named}`);
    return {
      text: lines.join('\n'),
      json: { ...runJson(result), ...(made.secondHash === undefined ? {} : { secondHash: made.secondHash }), files },
      exitCode: failed ? exitCodes.failed : exitCodes.ok,
    };
  });
};
