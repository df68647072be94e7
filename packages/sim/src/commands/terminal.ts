import { HansaError } from '@hansa/protocol';
import type { Command } from 'commander';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';

/** What a command sees of its process, so that a test can run it and read the transcript. */
export interface Terminal {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Standard error is a terminal: progress may be drawn there. */
  readonly interactive: boolean;
  /** No progress at all: the output does not depend on how long something takes. */
  readonly quiet?: boolean;
  /** Calls this when the user asks for an end (Ctrl-C); returns what stops listening. A second one ends the process. */
  onInterrupt(stop: () => void): () => void;
}

export const processTerminal: Terminal = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  onInterrupt(stop) {
    // Once: a second Ctrl-C finds Node's own behaviour again, which ends the process at once.
    const signals = ['SIGINT', 'SIGTERM'] as const;
    for (const signal of signals) process.once(signal, stop);
    return () => {
      for (const signal of signals) process.off(signal, stop);
    };
  },
};

/** What a command answers: the same content for people and, with --json, for programs. */
export interface Answer {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly exitCode?: ExitCode;
}

/** Says where the exit code goes: commander has no return value. */
export interface Exit {
  code: ExitCode;
}

/** Adds one command to the program. Its work is imported when it runs, so that --help is quick. */
export type AddCommand = (program: Command, terminal: Terminal, exit: Exit) => void;

/**
 * Ends a command's definition: adds --json, runs `run` with the options and the arguments, and prints what it answers or
 * refuses. With --json exactly one JSON object goes to standard output, refusals included. Never a stack trace.
 */
export function runs<Options extends object>(
  command: Command,
  terminal: Terminal,
  exit: Exit,
  run: (options: Options, args: readonly string[]) => Promise<Answer>,
): void {
  command.option('--json', 'print one JSON object instead of text');
  command.action(async () => {
    const json = command.opts<{ json?: boolean }>().json === true;
    try {
      const answer = await run(command.opts<Options>(), command.args);
      const text = json ? JSON.stringify({ ok: (answer.exitCode ?? 0) === 0, ...answer.json }) : answer.text;
      if (text !== '') terminal.stdout(`${text}\n`);
      exit.code = answer.exitCode ?? exitCodes.ok;
    } catch (error) {
      exit.code = printError(terminal, error, json);
    }
  });
}

/** Prints a refusal and returns its exit code. */
export function printError(terminal: Terminal, error: unknown, json: boolean): ExitCode {
  const { code, message } = refusalOf(error);
  // Of scenarios (`ScenarioError`, whose module would make --help slow).
  const problems = error instanceof HansaError && 'problems' in error ? { problems: error.problems } : {};
  if (json) terminal.stdout(`${JSON.stringify({ ok: false, error: { code, message, ...problems } })}\n`);
  else if (!message.includes('\n')) terminal.stderr(`hansa-sim: ${message} [${code}]\n`);
  else terminal.stderr(`hansa-sim: The scenario cannot be run. [${code}]\n  ${message.replaceAll('\n', '\n  ')}\n`);
  return exitCodeOf(error);
}

function refusalOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof HansaError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `Unexpected: ${text.split('\n', 1)[0]}. This is a bug of the simulator; report it with the command that you ran.`,
  };
}

/** A wrong command line. */
export function usage(message: string): HansaError {
  return new HansaError('USAGE', message);
}
