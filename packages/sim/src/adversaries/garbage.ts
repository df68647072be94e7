import { concatBytes, limits } from '@hansa/protocol';
import type { Random } from '../kernel/random.ts';
import type { Outgoing } from '../world/contract.ts';
import { defineStrategy } from './define.ts';
import { flag, number } from './options.ts';

/** One frame beyond what any door admits is sent in so many pieces of garbage. */
const OVERSIZED_SHARE = 0.02;

export const garbage = defineStrategy(
  {
    name: 'garbage',
    does: 'Sends damaged bytes to every door: bits flipped, cut short, too long, torn together from two messages, noise, nothing.',
    attacks: 'R1 G1 G2',
    seenBy: ['liveness', 'evidence-true'],
    options: {
      rate: number({ from: 0, to: 1 }, 0.5, 'Pieces of garbage for each message; a reply is damaged instead.'),
      oversized: flag(true, 'Some are longer than a frame may be.'),
    },
  },
  (city, { rate, oversized }) => {
    const { random } = city;
    const tooLong = new Uint8Array(limits.frameBytesMax + 1).fill(1);
    let before: Uint8Array = new Uint8Array(0);
    return {
      onSend(_, message) {
        if (!random.chance(rate)) return undefined;
        const bytes = oversized && random.chance(OVERSIZED_SHARE) ? tooLong : damaged(random, message.bytes, before);
        before = message.bytes;
        const junk: Outgoing = { ...message, bytes };
        // A request has one answer.
        return message.path === 'reply' || message.path === 'request' ? [junk] : [message, junk];
      },
    };
  },
);

function damaged(random: Random, bytes: Uint8Array, before: Uint8Array): Uint8Array {
  const cut = random.integer(bytes.length + 1);
  switch (random.integer(6)) {
    case 0: {
      const flipped = bytes.slice();
      const place = random.integer(Math.max(1, bytes.length));
      if (flipped.length > 0) flipped[place] = (flipped[place] ?? 0) ^ (1 << random.integer(8));
      return flipped;
    }
    case 1:
      return bytes.slice(0, cut);
    case 2:
      return concatBytes(bytes, random.bytes(1 + random.integer(64)));
    case 3:
      return concatBytes(bytes.subarray(0, cut), before.subarray(Math.min(cut, before.length)));
    case 4:
      return random.bytes(random.integer(256));
    default:
      return new Uint8Array(0);
  }
}
