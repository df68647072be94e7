import { VoteKind } from '@hansa/protocol/consensus';
import { defineStrategy } from './define.ts';
import { number } from './options.ts';
import { honestNodes } from './saying.ts';

export const ambusher = defineStrategy(
  {
    name: 'ambusher',
    does: 'Keeps its votes back until a share of the honest cities holds the notarization of a view. Those cities get its Finalize; all others, at that moment, its Nullify and, if it leads the view, a second block, so that they do not finalize.',
    attacks: 'C4 C5 C6',
    seenBy: ['no-final-beside-null', 'agreement', 'liveness'],
    proof: 'conflicting-votes, conflicting-proposals',
    options: {
      share: number({ from: 0, to: 1 }, 1 / 3, 'Share of the honest cities that is waited for.'),
    },
  },
  (city, { share }) => {
    const { coordinator, authority } = city;
    const { knowledge, voice } = coordinator;
    const honestOnes = new Set(honestNodes(city));
    const ambush = (view: number) => {
      const notarized = knowledge.notarizedBy(view);
      const nullify = voice.vote(authority, VoteKind.NULLIFY, view, undefined);
      const [block] = knowledge.blocks(view);
      const leads = knowledge.leaderOf(view) === authority;
      const second =
        block !== undefined && leads ? voice.proposal(block.bytes, { timestampMs: block.timestampMs + 1 }) : undefined;
      const finalize = block === undefined ? undefined : voice.vote(authority, VoteKind.FINALIZE, view, block.digest);
      for (const to of honestNodes(city)) {
        const frames = notarized.has(to) ? [finalize] : [second, nullify];
        for (const bytes of frames) if (bytes !== undefined) city.say({ to, path: 'consensus', bytes });
      }
    };
    return {
      onStart() {
        knowledge.whenNotarized(share, ambush);
      },
      onSend(_, message) {
        return coordinator.understand(message).kind === 'vote' && honestOnes.has(message.to) ? [] : undefined;
      },
    };
  },
);
