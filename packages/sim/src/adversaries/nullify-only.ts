import { VoteKind } from '@hansa/protocol/consensus';
import { defineStrategy } from './define.ts';
import { honestNodes, tell } from './saying.ts';

export const nullifyOnly = defineStrategy(
  {
    name: 'nullify-only',
    does: 'Says nothing in agreement but Nullify, in every view, at once. Its lane goes on.',
    attacks: 'C5 C8',
    seenBy: ['liveness', 'convergence'],
    options: {},
  },
  (city) => {
    const { coordinator, authority } = city;
    return {
      onView(_, view) {
        const nullify = coordinator.voice.vote(authority, VoteKind.NULLIFY, view, undefined);
        tell(city, honestNodes(city), 'consensus', nullify);
      },
      onSend(_, message) {
        const speech = coordinator.understand(message);
        if (speech.kind === 'proposal' || speech.kind === 'certificate') return [];
        if (speech.kind !== 'vote') return undefined;
        return speech.vote.statement.kind === VoteKind.NULLIFY ? undefined : [];
      },
    };
  },
);
