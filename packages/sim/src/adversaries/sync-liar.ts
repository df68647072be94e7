import type { Random } from '../kernel/random.ts';
import type { Outgoing } from '../world/contract.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { later } from './delayer.ts';
import { inTurns, word } from './options.ts';
import { type ReplyKind, readReply, refusal, writeReply } from './sync-words.ts';
import { type Field, readFields, writeFields } from './wire.ts';

const lies = ['wrong', 'empty', 'refused', 'stale', 'slow'] as const;
type Lie = (typeof lies)[number];

export const syncLiar = defineStrategy(
  {
    name: 'sync-liar',
    does: 'Answers what it is asked wrongly, with nothing, with an old answer, or too late.',
    attacks: 'G2 G3 R6',
    seenBy: ['convergence', 'equal-roots', 'nothing-lost'],
    options: {
      answers: word(['turns', ...lies], 'turns', 'How it answers; turns: one after the other.'),
    },
  },
  (city, { answers }) => {
    const nextLie = inTurns(lies, answers);
    const first = new Map<ReplyKind, Uint8Array>();
    return {
      onSend(_, message) {
        if (message.path !== 'reply') return undefined;
        const lie = nextLie();
        return [answer(city, message, lie, first)];
      },
    };
  },
);

function answer(city: Corrupted, message: Outgoing, lie: Lie, first: Map<ReplyKind, Uint8Array>): Outgoing {
  const reply = readReply(message.bytes);
  if (lie === 'slow') return later(message, patienceUs(city) * (city.random.chance(0.5) ? 0.9 : 1.1));
  if (lie === 'empty' || reply === undefined) return { ...message, bytes: new Uint8Array(0) };
  if (lie === 'refused') return { ...message, bytes: refusal('NOT_HELD') };
  if (lie === 'stale') {
    const old = first.get(reply.kind) ?? message.bytes;
    first.set(reply.kind, old);
    return { ...message, bytes: old };
  }
  return { ...message, bytes: writeReply(reply.kind, distorted(city.random, reply.fields)) };
}

/** How long a city waits for an answer, in microseconds. */
function patienceUs({ coordinator }: Corrupted): number {
  const { deltaMs, resendMs } = coordinator.world.federation.genesis.parameters;
  return 1000 * Math.max(4 * deltaMs, resendMs);
}

/** One field, at some depth, has another value, is gone, or stands there twice. */
function distorted(random: Random, fields: readonly Field[], depth = 0): Field[] {
  if (fields.length === 0) return [{ number: 1, value: random.bytes(32) }];
  const place = random.integer(fields.length);
  const { number, value } = fields[place] as Field;
  const others = fields.slice();
  const inner = value instanceof Uint8Array && depth < 4 && random.chance(0.8) ? readFields(value) : undefined;
  if (inner !== undefined && inner.length > 0) {
    others[place] = { number, value: writeFields(distorted(random, inner, depth + 1)) };
    return others;
  }
  const what = random.integer(3);
  if (what === 0) others.splice(place, 1);
  else if (what === 1) others.splice(place, 0, { number, value });
  else others[place] = { number, value: distortedValue(random, value) };
  return others;
}

function distortedValue(random: Random, value: Field['value']): Field['value'] {
  if (!(value instanceof Uint8Array)) return value + BigInt(random.pick([1, 2, 1000, 1_000_000]));
  const other = value.slice();
  if (other.length === 0) return random.bytes(8);
  const place = random.integer(other.length);
  other[place] = (other[place] ?? 0) ^ (1 << random.integer(8));
  return other;
}
