import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { HansaError } from '@hansa/protocol';
import Type, { type Static } from 'typebox';
import { Check } from 'typebox/value';

/** What a swarm has done so far; the file of `--state`. */
const SwarmStateSchema = Type.Object(
  {
    format: Type.Literal('hansa-sim-swarm/1'),
    version: Type.String(),
    /** Every seed below it, from the first one, is done. */
    next: Type.Integer({ minimum: 0 }),
    /** Seeds from `next` on that are done too. */
    beyond: Type.Array(Type.Integer({ minimum: 0 })),
    runs: Type.Integer({ minimum: 0 }),
    events: Type.Integer({ minimum: 0 }),
    virtualUs: Type.Integer({ minimum: 0 }),
    wallMs: Type.Number({ minimum: 0 }),
    failed: Type.Array(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
);

export type SwarmState = Static<typeof SwarmStateSchema>;

export function newSwarm(version: string, from: number): SwarmState {
  const format = 'hansa-sim-swarm/1';
  return { format, version, next: from, beyond: [], runs: 0, events: 0, virtualUs: 0, wallMs: 0, failed: [] };
}

/**
 * The state of a swarm that is to go on; undefined: there is none yet.
 *
 * Errors: SWARM_STATE_UNREADABLE.
 */
export function readSwarm(file: string, version: string): SwarmState | undefined {
  if (!existsSync(file)) return undefined;
  const state = parsed(readFileSync(file, 'utf8'));
  if (!Check(SwarmStateSchema, state)) throw unreadable(file, 'it is no state of a swarm');
  if (state.version !== version) throw unreadable(file, `it is of version ${state.version}, and this is ${version}`);
  return state;
}

/** In one step: an end at any moment leaves the old state or the new one. */
export function writeSwarm(file: string, state: SwarmState): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`);
  renameSync(`${file}.new`, file);
}

/** A seed is done. */
export function markDone(state: SwarmState, seed: number): void {
  const beyond = new Set([...state.beyond, seed]);
  while (beyond.delete(state.next)) state.next++;
  state.beyond = [...beyond].sort((a, b) => a - b);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(file: string, why: string): HansaError {
  const advice = 'Delete it to begin anew, or give another --state.';
  return new HansaError('SWARM_STATE_UNREADABLE', `The swarm cannot go on from ${file}: ${why}. ${advice}`);
}
