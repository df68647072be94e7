import { HansaError } from '@hansa/protocol';

/** Exit codes of every command; documented in docs/simulating/commands.md. */
export const exitCodes = {
  /** Done, and every check held. */
  ok: 0,
  /** A check failed: an invariant, a hash, a tolerance. The output says which, and how to see it again. */
  failed: 1,
  /** The command line is wrong: unknown option, missing argument. */
  usage: 2,
  /** A file cannot be used: a scenario, a result, a plug-in. The message says where and why. */
  input: 3,
  /** A broken invariant of the simulator itself: a bug; report it with the command. */
  internal: 70,
  /** Ctrl-C: what was done is kept, and the output says how to go on. */
  interrupted: 130,
} as const;

/** For the end of `hansa-sim --help`. */
export const exitCodeHelp = `
Exit codes: ${exitCodes.ok} done and every check held, ${exitCodes.failed} a check failed, ${exitCodes.usage} wrong command line, ${exitCodes.input} a file cannot be used, ${exitCodes.internal} a bug, ${exitCodes.interrupted} interrupted.
Every command has --help with an example, and --json for programs. An error says what to do and ends with its code.`;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A `HansaError` is about what the command was given; anything else is a bug. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof HansaError)) return exitCodes.internal;
  return error.code === 'USAGE' ? exitCodes.usage : exitCodes.input;
}
