import { exitCodes } from './exit-codes.ts';
import { collect, timeRange, wholeNumber } from './options.ts';
import { type AddCommand, runs } from './terminal.ts';

interface ReplayOptions {
  readonly seed?: number;
  readonly hash?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly trace?: boolean;
  readonly plugin?: readonly string[];
  readonly window?: { readonly fromUs: number; readonly toUs: number };
}

/** `hansa-sim replay` */
export const addReplay: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('replay <result-or-scenario>')
    .summary('run again what a result came from, and check that it is the same run')
    .description(
      'Runs again the scenario and seed of a result, and fails unless the trace is the same, event by event. ' +
        'With a scenario instead of a result give its seed, and the trace hash to expect with --hash.',
    )
    .option('--seed <number>', 'seed of a scenario', wholeNumber)
    .option('--hash <hex>', 'the trace hash to expect (default: that of the result)')
    .option('--out <directory>', 'write the files of the new run there')
    .option('--force', 'replace the result of another run in that directory')
    .option('--trace', 'write every event to trace.jsonl.gz in that directory too')
    .option('--window <from..to>', 'what the space-time diagram of the report shows: 12s..14.5s', timeRange)
    .option('--plugin <file>', 'a module with strategies or checks of your own, may be repeated', collect)
    .addHelpText(
      'after',
      '\nExamples:\n  hansa-sim replay seven\n  hansa-sim replay hansa-sim-failures/seed-610.yaml --seed 610',
    );
  runs<ReplayOptions>(command, terminal, exit, async (options, [path = '']) => {
    const [{ isResult, loadRun }, { loadScenario }, { loadPlugIns }, { runOnce }, { runJson, runText }, { usage }] =
      await Promise.all([
        import('./result-files.ts'),
        import('./scenario-files.ts'),
        import('./plug-in-files.ts'),
        import('./run-once.ts'),
        import('./summary.ts'),
        import('./terminal.ts'),
      ]);
    if (options.trace === true && options.out === undefined) throw usage('--trace needs --out DIRECTORY to write to.');
    const plugIns = await loadPlugIns(options.plugin);
    const recorded = isResult(path) ? loadRun(path) : undefined;
    const scenario = recorded?.scenario ?? loadScenario(path, { plugIns });
    const seed = recorded?.seed ?? options.seed;
    if (seed === undefined) throw usage('A scenario is replayed with its seed: add --seed NUMBER.');
    if (recorded !== undefined && options.seed !== undefined && options.seed !== seed) {
      throw usage(`The result has seed ${seed}; leave --seed out, or give the scenario.`);
    }
    const expected = options.hash ?? recorded?.traceHash;
    const { result, files, interrupted } = await runOnce({ scenario, seed, plugIns, terminal, ...options });
    const lines = [runText(result), ''];
    const same = expected === undefined ? undefined : result.traceHash === expected;
    if (interrupted) lines.push('Interrupted: nothing was compared.');
    else if (same === undefined) lines.push('No trace hash was given to compare with.');
    else if (same) lines.push(`The same run: its trace is ${expected} again.`);
    else lines.push(differs(expected, recorded?.version, result.version));
    lines.push(...files.map((file) => `wrote ${file}`));
    const failed = same === false || result.verdict === 'failed';
    return {
      text: lines.join('\n'),
      json: { ...runJson(result), same: same ?? null, files },
      exitCode: interrupted ? exitCodes.interrupted : failed ? exitCodes.failed : exitCodes.ok,
    };
  });
};

function differs(expected: string | undefined, was: string | undefined, is: string): string {
  const versions =
    was === undefined || was === is ? 'The code has changed since' : `That was version ${was}, this is ${is}`;
  return `Another run: its trace was ${expected}. ${versions}, or a plug-in differs; the same version gives the same trace.`;
}
