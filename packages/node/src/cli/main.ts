import { HansaError } from '@hansa/protocol';
import { Command, CommanderError, Help, type Option } from 'commander';
import { registerCommands } from './commands/index.ts';
import { addDemo } from './demo.ts';
import { type ExitCode, exitCodeHelp, exitCodes } from './exit-codes.ts';
import { addGenesis } from './genesis.ts';
import { addInit } from './init.ts';
import { addJoin } from './join.ts';
import { addKeys } from './keys.ts';
import { type AddCommand, type Exit, printError, processTerminal, type Terminal } from './output.ts';
import { addStart } from './start.ts';
import { packageVersion } from './version.ts';

/** In the order of --help. */
const commands: readonly AddCommand[] = [addInit, addGenesis, addJoin, addKeys, addStart, registerCommands, addDemo];

/** Runs `hansa ARGUMENTS`; for bin/hansa.js. */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads may have seen enough: `hansa blocks | head -1`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  process.exitCode = await runCommand(argv.slice(2), processTerminal);
  // What a library forgot to close must not keep a finished command alive.
  setTimeout(() => process.exit(), 500).unref();
}

/** Runs one command line (without node and script) and returns its exit code. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const exit: Exit = { code: exitCodes.ok };
  const json = args.includes('--json');
  const program = new Command('hansa')
    .description('The city daemon of Hansa and its command line.')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .addHelpText('after', exitCodeHelp);
  for (const add of commands) add(program, terminal, exit);
  forEachCommand(program, (command) => {
    command
      .configureHelp({ optionDescription: described })
      .helpOption('--help', 'print this help')
      .exitOverride()
      .allowExcessArguments(false)
      .configureOutput({
        writeOut: (text) => terminal.stdout(text),
        writeErr: () => undefined,
        getOutHelpWidth: () => 110,
        getErrHelpWidth: () => 110,
      });
  });
  if (args.length === 0) {
    terminal.stderr(`${program.helpInformation()}${exitCodeHelp}\n`);
    return exitCodes.usage;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return printError(terminal, error, json);
    if (error.exitCode === 0) return exitCodes.ok;
    return printError(terminal, usageError(program, args, error), json);
  }
  return exit.code;
}

/** Commander tells which options are required only when one is missing. */
function described(option: Option): string {
  const help = new Help().optionDescription(option);
  return option.mandatory && option.defaultValue === undefined ? `${help} (required)` : help;
}

function usageError(program: Command, args: readonly string[], error: CommanderError): HansaError {
  // A group without its command ("hansa genesis") prints its help and no message.
  const said = error.code === 'commander.help' ? 'a command is missing' : error.message.replace(/^error: /, '');
  const plain = said.replace(/^command-argument value '(.*?)' is invalid for argument '(.*?)'/, "$2 cannot be '$1'");
  const sentence = plain.replaceAll('\n', ' ').replace(/\.$/, '');
  return new HansaError('USAGE', `${sentence}. See: ${[...commandPath(program, args), '--help'].join(' ')}`);
}

/** `hansa genesis create` of the arguments: as far as they name commands. */
function commandPath(program: Command, args: readonly string[]): string[] {
  const path = [program.name()];
  let command: Command | undefined = program;
  for (const name of args) {
    command = command?.commands.find((child) => child.name() === name);
    if (command === undefined) break;
    path.push(name);
  }
  return path;
}

function forEachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) forEachCommand(child, visit);
}
