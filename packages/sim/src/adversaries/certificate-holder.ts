import { VoteKind } from '@hansa/protocol/consensus';
import { quorumOf } from '@hansa/protocol/genesis';
import type { NodeIndex, Outgoing } from '../world/contract.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { number } from './options.ts';
import { shared } from './saying.ts';

export const certificateHolder = defineStrategy(
  {
    name: 'certificate-holder',
    does: 'Makes views in which only the corrupted hold a notarization while everybody else nullifies: as the leader it shows its block to just so few cities that the corrupted votes decide, keeps its votes and certificates back, and releases all of them together, some views later, to one half of the cities.',
    attacks: 'C1 C2 C4 C7',
    seenBy: ['ancestry', 'agreement', 'liveness'],
    options: {
      hold: number({ from: 1, to: 64, whole: true }, 3, 'Views after which it releases what it holds.'),
    },
  },
  (city, { hold }) => {
    const { coordinator, authority } = city;
    const { knowledge, honest } = coordinator;
    const honestOnes: ReadonlySet<NodeIndex> = new Set(coordinator.nodesOf(honest));
    const held = new Map<number, Outgoing[]>();
    return {
      onView(_, view) {
        for (const [of, messages] of held) {
          if (of > view - hold) continue;
          held.delete(of);
          for (const message of messages) if (coordinator.halfOf(message.to) === 0) city.say(message);
        }
      },
      onSend(_, message) {
        // Among themselves the corrupted hide nothing.
        if (!honestOnes.has(message.to)) return undefined;
        const speech = coordinator.understand(message);
        if (speech.kind === 'proposal') {
          const isOwn = knowledge.leaderOf(speech.block.view) === authority;
          return isOwn && !shownTo(city, speech.block.view).has(message.to) ? [] : undefined;
        }
        const statement =
          speech.kind === 'vote' ? speech.vote.statement : speech.kind === 'certificate' ? speech.statement : undefined;
        if (statement === undefined || statement.kind === VoteKind.NULLIFY) return undefined;
        held.set(statement.view, [...(held.get(statement.view) ?? []), message]);
        return [];
      },
    };
  },
);

/** So few honest cities that a quorum needs every corrupted vote, the same for all that is said in a view. */
function shownTo({ coordinator, random }: Corrupted, view: number): ReadonlySet<NodeIndex> {
  const chosen = shared(coordinator, 'shown blocks', () => new Map<number, ReadonlySet<NodeIndex>>());
  let cities = chosen.get(view);
  if (cities === undefined) {
    const { honest, corrupted, world } = coordinator;
    const few = quorumOf(world.epochs.present) - corrupted.length;
    cities = new Set(coordinator.nodesOf(random.sample(honest, Math.max(0, Math.min(few, honest.length)))));
    chosen.set(view, cities);
    chosen.delete(view - 256);
  }
  return cities;
}
