import { limits } from '@hansa/protocol';
import { VoteKind } from '@hansa/protocol/consensus';
import type { NodeIndex } from '../world/contract.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { number } from './options.ts';

export const leaderHunter = defineStrategy(
  {
    name: 'leader-hunter',
    does: 'Tells the next leader nothing that would help it, and floods it with votes for views to come.',
    attacks: 'C2 C7 G1',
    seenBy: ['liveness', 'valid-proposal'],
    proof: 'conflicting-votes',
    options: {
      flood: number(
        { from: 0, to: 1000, whole: true },
        16,
        'Votes with which the next leader is flooded in each view.',
      ),
    },
  },
  (city, { flood }) => {
    const { coordinator, authority, random } = city;
    const prey = nextLeader(city);
    return {
      onView(_, view) {
        for (const to of prey()) {
          for (let count = 0; count < flood; count++) {
            // Within the views for which a city still keeps what it hears, and a little beyond.
            const ahead = view + 1 + random.integer(limits.futureViewsMax + 8);
            const kind = random.pick([VoteKind.NOTARIZE, VoteKind.FINALIZE]);
            const bytes = coordinator.voice.vote(authority, kind, ahead, random.bytes(32));
            city.say({ to, path: 'consensus', bytes });
          }
        }
      },
      onSend: (_, message) => (prey().includes(message.to) ? [] : undefined),
    };
  },
);

/** Nodes of the next honest leader. */
function nextLeader({ coordinator }: Corrupted): () => readonly NodeIndex[] {
  const { knowledge, honest } = coordinator;
  return () => {
    const leader = knowledge.leaderOf(knowledge.newestView + 1);
    return honest.includes(leader) ? coordinator.nodesOf([leader]) : [];
  };
}
