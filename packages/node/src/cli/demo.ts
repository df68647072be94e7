import { exitCodes } from './exit-codes.ts';
import type { AddCommand } from './output.ts';

/** `hansa demo`: four cities at work on this machine. */
export const addDemo: AddCommand = (program, terminal, exit) => {
  program
    .command('demo')
    .summary('show four cities at work on this machine')
    .description('run four daemons as four processes in a temporary directory, and check every step')
    .option('--exit', 'stop the federation at the end, also on a terminal')
    .option('--json', 'print one JSON object instead of text')
    .addHelpText(
      'after',
      '\nExample:\n  hansa demo --exit\n\nOn a terminal without --exit the cities keep running at the end, for a look around.',
    )
    .action(async (options: { exit?: boolean; json?: boolean }) => {
      const { runDemo } = await import('../demo/demo.ts');
      const ok = await runDemo({
        json: options.json === true,
        exit: options.exit === true,
        write: (text) => terminal.stdout(text),
        interactive: process.stdout.isTTY === true,
      });
      exit.code = ok ? exitCodes.ok : exitCodes.refused;
    });
};
