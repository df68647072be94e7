import { VoteKind } from '@hansa/protocol/consensus';
import { defineStrategy } from './define.ts';
import { number } from './options.ts';
import { type Speech, viewOf } from './speech.ts';

/** Views that are remembered. */
const MEMORY = 64;

export const outdated = defineStrategy(
  {
    name: 'outdated',
    does: 'Lives some views in the past: says its old proposals, votes and certificates instead of the new ones, and votes in old views for new blocks.',
    attacks: 'C3 C4 C6 C10',
    seenBy: ['one-notarization', 'agreement', 'liveness'],
    proof: 'conflicting-votes, where a view is still open',
    options: {
      age: number({ from: 1, to: MEMORY - 1, whole: true }, 5, 'How many views it lags.'),
    },
  },
  (city, { age }) => {
    const { coordinator, authority } = city;
    const said = new Map<string, Uint8Array>();
    return {
      onSend(_, message) {
        const speech = coordinator.understand(message);
        const view = viewOf(speech);
        if (view === undefined) return undefined;
        const kind = kindOf(speech);
        said.set(`${kind} ${view}`, message.bytes);
        said.delete(`${kind} ${view - MEMORY}`);
        const frames: Uint8Array[] = [];
        const old = said.get(`${kind} ${view - age}`);
        if (old !== undefined) frames.push(old);
        if (speech.kind === 'vote' && speech.vote.statement.kind !== VoteKind.NULLIFY && view > age) {
          const { statement } = speech.vote;
          frames.push(coordinator.voice.vote(authority, statement.kind, view - age, statement.block));
        }
        return frames.map((bytes) => ({ ...message, bytes }));
      },
    };
  },
);

function kindOf(speech: Speech): string {
  if (speech.kind === 'vote') return `vote ${speech.vote.statement.kind}`;
  return speech.kind === 'certificate' ? `certificate ${speech.statement.kind}` : speech.kind;
}
