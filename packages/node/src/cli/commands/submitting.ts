import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { HansaError } from '@hansa/protocol';
import type { Command } from 'commander';
import { joinPatienceMs } from '../../patience.ts';
import type { Terminal } from '../output.ts';
import { type Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';

export interface SubmittingOptions extends DaemonOptions {
  readonly idempotencyKey?: string;
}

/** Options of every command that puts a record on the lane. */
export function submittingOptions(command: Command): Command {
  return daemonOptions(command).option(
    '--idempotency-key <key>',
    'name of this request, for instance a UUID: repeated under the same name it is done once',
  );
}

/** Two officers, by the names that the centre knows them by. */
export interface OfficerOptions extends SubmittingOptions {
  readonly handler: string;
  readonly approver: string;
}

/** The last options of a command that two officers stand behind. */
export function officerOptions(command: Command): Command {
  return command
    .requiredOption('--handler <officer>', 'officer who handles the matter')
    .requiredOption('--approver <officer>', 'another officer, who approved it');
}

/** Codes that say: nothing was decided, and the same will do later (R5, R6). Their `retryAfterMs` says when. */
const takenLater = new Set([
  'NOT_JOINED',
  'NOT_READY',
  'LANE_WINDOW_FULL',
  'STOPPING',
  'STORE_CLOSED',
  'IDEMPOTENCY_KEY_IN_USE',
]);
/** After these the request may have been done. */
const undecided = new Set(['STOPPING', 'STORE_CLOSED', 'INTERNAL', 'DAEMON_CUT_OFF']);
const pauseMs = 1000;

/**
 * Has a record sealed, once: the request has a key, and whatever cuts it off it is sent again under that key, for
 * `joinPatienceMs` in all. Throws the daemon's refusals.
 */
export async function submit<T>(
  daemon: Daemon,
  terminal: Terminal,
  options: SubmittingOptions,
  path: string,
  body: unknown,
): Promise<T> {
  const key = options.idempotencyKey ?? randomUUID();
  let waitedMs = 0;
  let mayBeDone = false;
  for (;;) {
    try {
      return await daemon.post<T>(path, body, { 'idempotency-key': key });
    } catch (error) {
      if (!(error instanceof HansaError)) throw error;
      mayBeDone ||= undecided.has(error.code);
      const pause = pauseAfter(error, mayBeDone);
      if (pause === undefined || waitedMs + pause > joinPatienceMs) throw mayBeDone ? withKey(error, key) : error;
      if (waitedMs === 0) terminal.stderr(`hansa: ${error.message} Waiting.\n`);
      waitedMs += pause;
      await delay(pause);
    }
  }
}

/** Milliseconds until the same is sent again; undefined: it was refused for good. */
function pauseAfter({ code, retryAfterMs }: HansaError, mayBeDone: boolean): number | undefined {
  if (takenLater.has(code)) return retryAfterMs ?? pauseMs;
  // A daemon that took the request comes back; one that never did is not waited for.
  if (code === 'DAEMON_CUT_OFF' || (code === 'DAEMON_UNREACHABLE' && mayBeDone)) return pauseMs;
  return undefined;
}

function withKey({ code, message }: HansaError, key: string): HansaError {
  return new HansaError(
    code,
    `${message} It is not known whether the request was done: repeat the command with --idempotency-key ${key}, and it is done once.`,
  );
}
