import { equalBytes } from '@hansa/protocol';
import { VoteKind } from '@hansa/protocol/consensus';
import type { NodeIndex } from '../world/contract.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { certificatesIn } from './knowledge.ts';

export const lateNotary = defineStrategy(
  {
    name: 'late-notary',
    does: 'Turns the order of things around for one honest city in each view that the corrupted lead: it is not shown the block, hears nobody’s Notarize but the honest ones’, learns that the block is final, and the moment it knows, that it is notarized.',
    attacks: 'C4 C6 G2',
    seenBy: ['valid-vote', 'finalize-rule', 'convergence'],
    options: {},
  },
  (city) => {
    const { coordinator, authority } = city;
    const { knowledge, corrupted, world } = coordinator;
    return {
      onStart() {
        world.addProbe({
          onEffect: (node, effect) => {
            if (effect.kind !== 'persist') return;
            for (const { kind, view } of certificatesIn(effect.writes)) {
              if (kind !== VoteKind.FINALIZE || !corrupted.includes(knowledge.leaderOf(view))) continue;
              if (node !== victimOf(city, view)) continue;
              // Probes must not change the world; and the liars' Notarize are all it takes.
              world.at(world.nowUs, () => notarize(city, view, node));
            }
          },
        });
      },
      onSend(_, message) {
        const speech = coordinator.understand(message);
        if (speech.kind === 'proposal') {
          const { view } = speech.block;
          return knowledge.leaderOf(view) === authority && message.to === victimOf(city, view) ? [] : undefined;
        }
        const statement =
          speech.kind === 'vote' ? speech.vote.statement : speech.kind === 'certificate' ? speech.statement : undefined;
        if (statement?.kind !== VoteKind.NOTARIZE) return undefined;
        const { view } = statement;
        return corrupted.includes(knowledge.leaderOf(view)) && message.to === victimOf(city, view) ? [] : undefined;
      },
    };
  },
);

function notarize(city: Corrupted, view: number, to: NodeIndex): void {
  const { knowledge, voice } = city.coordinator;
  const votes = knowledge.votes(view).filter(({ vote }) => vote.statement.kind === VoteKind.NOTARIZE);
  for (const { digest } of knowledge.blocks(view)) {
    const same = votes.filter(({ vote }) => equalBytes(vote.statement.block, digest));
    const bytes = voice.certificate(same.map(({ frame }) => frame));
    if (bytes !== undefined) city.say({ to, path: 'consensus', bytes });
  }
}

/** Another honest city in each view, the same for all liars. */
function victimOf({ coordinator }: Corrupted, view: number): NodeIndex | undefined {
  const victim = coordinator.honest[view % Math.max(1, coordinator.honest.length)];
  return victim === undefined ? undefined : coordinator.nodesOf([victim])[0];
}
