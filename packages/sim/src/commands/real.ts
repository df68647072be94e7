import { firstSeed } from '../run/seeds.ts';
import { exitCodes } from './exit-codes.ts';
import { collect, wholeNumber } from './options.ts';
import { type AddCommand, runs } from './terminal.ts';

interface RealCommandOptions {
  readonly seed?: number;
  readonly set?: readonly string[];
}

/** `hansa-sim real` */
export const addReal: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('real <scenario>')
    .summary('run one scenario on real daemons too, and compare')
    .description(
      'Runs one scenario on real daemons on this machine (each city a process; libp2p on loopback with links made slow, ' +
        'lossy and cut; in real time), then in virtual time, and prints how far the two differ in time to final. Refuses ' +
        'what reality cannot be made to do.',
    )
    .option('--seed <number>', 'the seed (default: the first of the scenario, else 1)', wholeNumber)
    .option('--set <path=value>', 'another value for a field, may be repeated: stop.at=20s', collect)
    .addHelpText('after', '\nExample:\n  hansa-sim real four-cities --set stop.at=20s');
  runs<RealCommandOptions>(command, terminal, exit, async (options, [name = '']) => {
    const [{ loadScenario }, { runAndCompare }, { realText }] = await Promise.all([
      import('./scenario-files.ts'),
      import('./run-real-and-simulated.ts'),
      import('./real-text.ts'),
    ]);
    const scenario = loadScenario(name, { set: options.set ?? [] });
    const compared = await runAndCompare(scenario, options.seed ?? firstSeed(scenario), terminal);
    if (compared === 'interrupted') {
      const text = 'Interrupted: the daemons are stopped. A run cannot go on from the middle; start it again.';
      return { text, json: { interrupted: true }, exitCode: exitCodes.interrupted };
    }
    const good = compared.real.converged && compared.real.failures.length === 0;
    return { text: realText(compared), json: { ...compared }, exitCode: good ? exitCodes.ok : exitCodes.failed };
  });
};
