import { HansaError } from '@hansa/protocol';
import type { Command } from 'commander';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';

/** What a command sees of its process, so that a test can run it and read the transcript. */
export interface Terminal {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard error is a terminal: progress may be drawn there. */
  readonly interactive: boolean;
  /** Asks for a line that is not shown; absent: on the process's standard input. */
  ask?(prompt: string): Promise<string>;
}

export const processTerminal: Terminal = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  environment: process.env,
  interactive: process.stderr.isTTY === true,
};

/** What a command answers: the same content for people and, with --json, for programs. */
export interface Answer {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly exitCode?: ExitCode;
}

/** Commander stores its options on the command; every command of Hansa has --json. */
export function wantsJson(command: Command): boolean {
  return command.opts<{ json?: boolean }>().json === true;
}

/** Says where the exit code goes: commander has no return value. */
export interface Exit {
  code: ExitCode;
}

/** Adds one command (or a group of them) to the program. Its work is imported when it runs, so that --help is quick. */
export type AddCommand = (program: Command, terminal: Terminal, exit: Exit) => void;

/** A group that another file added before, for more commands in it. */
export function groupOf(program: Command, name: string): Command {
  const group = program.commands.find((command) => command.name() === name);
  if (group === undefined) throw new Error(`no command ${name}`);
  return group;
}

/**
 * Ends a command's definition: adds --json, runs `run` with the arguments, the options and the command, and prints what
 * it answers or refuses. With --json exactly one JSON object goes to standard output, refusals included. Never a stack
 * trace.
 */
export function runs<Options extends object>(
  command: Command,
  terminal: Terminal,
  exit: Exit,
  run: (options: Options, args: readonly string[]) => Promise<Answer>,
): void {
  command.option('--json', 'print one JSON object instead of text');
  command.action(async () => {
    try {
      const answer = await run(command.opts<Options>(), command.args);
      const text = wantsJson(command)
        ? JSON.stringify({ ok: (answer.exitCode ?? 0) === 0, ...answer.json })
        : answer.text;
      if (text !== '') terminal.stdout(`${text}\n`);
      exit.code = answer.exitCode ?? exitCodes.ok;
    } catch (error) {
      exit.code = printError(terminal, error, wantsJson(command));
    }
  });
}

/** Prints a refusal and returns its exit code. */
export function printError(terminal: Terminal, error: unknown, json: boolean): ExitCode {
  const { code, message, retryAfterMs } = refusalOf(error);
  if (json) {
    const retry = retryAfterMs === undefined ? {} : { retryAfterMs };
    terminal.stdout(`${JSON.stringify({ ok: false, error: { code, message, ...retry } })}\n`);
  } else {
    terminal.stderr(`hansa: ${message} [${code}]\n`);
  }
  return exitCodeOf(error);
}

function refusalOf(error: unknown): { code: string; message: string; retryAfterMs?: number | undefined } {
  if (error instanceof HansaError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `Unexpected: ${text.split('\n', 1)[0]}. This is a bug of Hansa; nothing acknowledged is lost. Please report it with the command that you ran.`,
  };
}
