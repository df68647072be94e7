import { Command, CommanderError } from 'commander';
import { addCompare } from './compare.ts';
import { type ExitCode, exitCodeHelp, exitCodes } from './exit-codes.ts';
import { addList } from './list.ts';
import { addReal } from './real.ts';
import { addReplay } from './replay.ts';
import { addReport } from './report.ts';
import { addRun } from './run.ts';
import { addShrink } from './shrink.ts';
import { addSwarm } from './swarm.ts';
import { addSweep } from './sweep.ts';
import { type AddCommand, type Exit, printError, processTerminal, type Terminal, usage } from './terminal.ts';
import { addTrace } from './trace.ts';
import { addValidate } from './validate.ts';
import { packageVersion } from './version.ts';

/** In the order of --help. */
const commands: readonly AddCommand[] = [
  addRun,
  addList,
  addReplay,
  addReport,
  addTrace,
  addSweep,
  addCompare,
  addSwarm,
  addShrink,
  addReal,
  addValidate,
];

/** Runs `hansa-sim ARGUMENTS`; for bin/hansa-sim.js. */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads may have enough: `hansa-sim trace … | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  process.exitCode = await runCommand(argv.slice(2), processTerminal);
}

/** Runs one command line (without node and script) and returns its exit code. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const exit: Exit = { code: exitCodes.ok };
  const program = new Command('hansa-sim')
    .description('The simulator of Hansa: many cities, every fault, the same code as the daemon, in virtual time.')
    .version(packageVersion(), '--version', 'print the version')
    .addHelpText('after', exitCodeHelp);
  for (const add of commands) add(program, terminal, exit);
  for (const command of [program, ...program.commands]) {
    command
      .helpOption('--help', 'print this help')
      .exitOverride()
      .allowExcessArguments(false)
      .configureOutput({
        writeOut: (text) => terminal.stdout(text),
        writeErr: () => undefined,
        getOutHelpWidth: () => 110,
        getErrHelpWidth: () => 110,
      });
  }
  if (args.length === 0) {
    terminal.stderr(`${program.helpInformation()}${exitCodeHelp}\n`);
    return exitCodes.usage;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return printError(terminal, error, args.includes('--json'));
    if (error.exitCode === 0) return exitCodes.ok;
    const said = error.message
      .replace(/^error: /, '')
      .replaceAll('\n', ' ')
      .replace(/[^.]$/, '$&.');
    const known = program.commands.some((command) => command.name() === args[0]);
    const help = usage(`${said} See: hansa-sim${known ? ` ${args[0]}` : ''} --help`);
    return printError(terminal, help, args.includes('--json'));
  }
  return exit.code;
}
