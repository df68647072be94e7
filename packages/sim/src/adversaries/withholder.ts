import { quorumOf } from '@hansa/protocol/genesis';
import type { NodeIndex } from '../world/contract.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { flag, word } from './options.ts';
import { entriesOf } from './sync-words.ts';

export const withholder = defineStrategy(
  {
    name: 'withholder',
    does: 'Shows its entries to exactly q - 1 cities besides itself, or to the next leader alone, on direct streams that nobody relays, and answers nobody who asks for them.',
    attacks: 'C3 G1 G2',
    seenBy: ['valid-vote', 'convergence', 'liveness'],
    options: {
      to: word(['quorum-minus-one', 'leader'], 'quorum-minus-one', 'Who is shown an entry.'),
      answers: flag(false, 'Answers requests for entries of corrupted lanes all the same.'),
    },
  },
  (city, { to, answers }) => {
    const { coordinator, authority } = city;
    /** Who was chosen for an entry, by its sequence. */
    const chosen = new Map<number, readonly NodeIndex[]>();
    return {
      onSend(_, message) {
        if (message.path === 'reply') {
          const { corrupted, world } = coordinator;
          const isSecret = entriesOf(world.federation, message.bytes).some(({ header }) =>
            corrupted.includes(header.lane),
          );
          return isSecret && !answers ? [] : undefined;
        }
        const speech = coordinator.understand(message);
        if (speech.kind !== 'entry' || speech.entry.header.lane !== authority) return undefined;
        const { sequence } = speech.entry.header;
        const receivers = chosen.get(sequence) ?? choose(city, to);
        chosen.set(sequence, receivers);
        chosen.delete(sequence - 1024);
        // Gossip would carry it on.
        return receivers.includes(message.to) ? [{ ...message, path: 'entries' }] : [];
      },
    };
  },
);

function choose({ coordinator, random }: Corrupted, to: 'quorum-minus-one' | 'leader'): readonly NodeIndex[] {
  const { knowledge, honest, corrupted, world } = coordinator;
  if (to === 'leader') {
    const next = [1, 2, 3, 4].map((ahead) => knowledge.leaderOf(knowledge.newestView + ahead));
    return coordinator.nodesOf([next.find((leader) => honest.includes(leader)) ?? honest[0] ?? 0]);
  }
  const receivers = quorumOf(world.epochs.present) - 1;
  // Accomplices first: the fewer honest cities hold it, the better.
  const some = random.sample(honest, Math.min(honest.length, Math.max(0, receivers - (corrupted.length - 1))));
  return coordinator.nodesOf([...corrupted, ...some]);
}
