import { exitCodes } from './exit-codes.ts';
import { collect, durationUs, positiveNumber, wholeNumber } from './options.ts';
import { type AddCommand, runs } from './terminal.ts';

interface ShrinkCommandOptions {
  readonly seed?: number;
  readonly check?: string;
  readonly runs: number;
  readonly for?: number;
  readonly out?: string;
  readonly plugin?: readonly string[];
}

/** `hansa-sim shrink` */
export const addShrink: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('shrink <scenario>')
    .summary('find a small scenario that still fails the same check')
    .description(
      'Takes away faults, cities, adversaries, workload and time from a scenario that fails, as long as the same check ' +
        'fails with the same seed, and writes what is left.',
    )
    .option('--seed <number>', 'the seed with which it fails (default: the first of the scenario, else 1)', wholeNumber)
    .option('--check <name>', 'the check that is to go on failing (default: the first that fails)')
    .option('--runs <number>', 'runs at most', positiveNumber, 1000)
    .option('--for <time>', 'stop after so long: 10m', durationUs)
    .option('--out <file>', 'the small scenario (default: NAME-seed-SEED.min.yaml)')
    .option('--plugin <file>', 'a module with strategies or checks of your own, may be repeated', collect)
    .addHelpText('after', '\nExample:\n  hansa-sim shrink hansa-sim-failures/seed-610.yaml --seed 610');
  runs<ShrinkCommandOptions>(command, terminal, exit, async (options, [name = '']) => {
    const [{ runShrink }, { counted, duration }] = await Promise.all([import('./run-shrink.ts'), import('./words.ts')]);
    const { for: forUs, ...rest } = options;
    const shrunk = await runShrink({ name, terminal, ...rest, ...(forUs === undefined ? {} : { forUs }) });
    if (shrunk.violation === undefined) {
      const check = options.check === undefined ? 'No check fails' : `The check ${options.check} does not fail`;
      const text = `${check} in ${name} with seed ${shrunk.seed}: there is nothing to shrink.`;
      return { text, json: { failed: false, seed: shrunk.seed }, exitCode: exitCodes.failed };
    }
    const { check, atUs, message } = shrunk.violation;
    const plugins = (options.plugin ?? []).map((file) => ` --plugin ${file}`).join('');
    const lines = [
      `${check} still fails at ${duration(atUs)}: ${message}`,
      '',
      shrunk.text.trimEnd(),
      '',
      `${shrunk.linesBefore} lines became ${shrunk.linesAfter} in ${counted(shrunk.runs, 'run')}; ` +
        (shrunk.minimal ? 'nothing that is tried makes it smaller.' : 'there was no time to try everything.'),
      `wrote ${shrunk.file}`,
      `again: hansa-sim run ${shrunk.file} --seed ${shrunk.seed}${plugins}`,
    ];
    return {
      text: lines.join('\n'),
      json: { failed: true, ...shrunk },
      exitCode: shrunk.interrupted ? exitCodes.interrupted : exitCodes.ok,
    };
  });
};
