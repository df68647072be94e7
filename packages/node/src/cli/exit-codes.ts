import { HansaError } from '@hansa/protocol';

/** Exit codes of every command; documented in `docs/operating/README.md`. */
export const exitCodes = {
  /** Done. */
  ok: 0,
  /** Refused or failed: the message says what to do. */
  refused: 1,
  /** The command line is wrong: unknown option, missing argument. */
  usage: 2,
  /** The daemon cannot be reached: is it running, is it this port? */
  unreachable: 3,
  /** Not yet when the time to wait was over: accepted but not final, or a city that does not take part yet. */
  pending: 4,
  /** A broken invariant: a bug of Hansa. The data is intact; report it. */
  internal: 70,
} as const;

/** For the end of `hansa --help`. */
export const exitCodeHelp = `
Exit codes: ${exitCodes.ok} done, ${exitCodes.refused} refused or failed, ${exitCodes.usage} wrong command line, ${exitCodes.unreachable} daemon not reached, ${exitCodes.pending} not final or not ready yet, ${exitCodes.internal} a bug.
Every command has --help with an example, and --json for programs. An error says what to do and ends with its code.`;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byErrorCode: Readonly<Record<string, ExitCode>> = {
  USAGE: exitCodes.usage,
  DAEMON_CUT_OFF: exitCodes.unreachable,
  DAEMON_UNREACHABLE: exitCodes.unreachable,
  NOT_READY: exitCodes.pending,
  STILL_PENDING: exitCodes.pending,
  INTERNAL: exitCodes.internal,
};

/** A `HansaError` is a refusal unless its code says otherwise; anything else is a bug. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof HansaError)) return exitCodes.internal;
  return byErrorCode[error.code] ?? exitCodes.refused;
}
