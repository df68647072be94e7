import type { NodeIndex } from '../world/contract.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { number, splitWords, word, words } from './options.ts';
import { speechKinds } from './speech.ts';

export const selectiveGossip = defineStrategy(
  {
    name: 'selective-gossip',
    does: 'Tells a part of the cities and not the others: another part every few views, or everybody but the next leader.',
    attacks: 'C4 C6 G1',
    seenBy: ['convergence', 'liveness'],
    options: {
      share: number({ from: 0, to: 1 }, 0.5, 'Which share of the honest cities is told.'),
      rotate: number(
        { from: 0, to: 1_000_000, whole: true },
        4,
        'Views after which the told are drawn anew; 0: never.',
      ),
      avoids: word(['nobody', 'leader', 'next-leader'], 'nobody', 'Who is not told in any case.'),
      kinds: words(speechKinds, 'entry, certificate, evidence', 'What is told to a part only.'),
    },
  },
  (city, { share, rotate, avoids, kinds }) => {
    const { coordinator } = city;
    const partial = splitWords(kinds);
    let period = -1;
    let told: ReadonlySet<NodeIndex> = new Set();
    return {
      onSend(_, message) {
        if (!partial.includes(coordinator.understand(message).kind)) return undefined;
        const now = rotate === 0 ? 0 : Math.floor(coordinator.knowledge.newestView / rotate);
        if (now !== period) {
          period = now;
          told = draw(city, share);
        }
        return told.has(message.to) && !isAvoided(city, message.to, avoids) ? undefined : [];
      },
    };
  },
);

function draw({ coordinator, random }: Corrupted, share: number): ReadonlySet<NodeIndex> {
  const { honest } = coordinator;
  const some = random.sample(honest, Math.round(share * honest.length));
  return new Set(coordinator.nodesOf([...some, ...coordinator.corrupted]));
}

function isAvoided({ coordinator }: Corrupted, node: NodeIndex, avoids: 'nobody' | 'leader' | 'next-leader'): boolean {
  if (avoids === 'nobody') return false;
  const { knowledge } = coordinator;
  return coordinator.nodesOf([knowledge.leaderOf(knowledge.newestView + (avoids === 'leader' ? 0 : 1))]).includes(node);
}
