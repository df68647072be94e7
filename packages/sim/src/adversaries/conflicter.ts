import { VoteKind } from '@hansa/protocol/consensus';
import { defineStrategy } from './define.ts';
import { word } from './options.ts';
import { inventedBlock } from './saying.ts';

export const conflicter = defineStrategy(
  {
    name: 'conflicter',
    does: 'Casts every vote twice, for everybody to hear: Notarize and Finalize for two blocks, Finalize beside Nullify.',
    attacks: 'C3 C4 C5 C10',
    seenBy: ['agreement', 'one-notarization', 'evidence-true'],
    proof: 'conflicting-votes',
    options: {
      votes: word(['all', 'notarize', 'finalize'], 'all', 'Which votes it contradicts.'),
    },
  },
  (city, { votes }) => {
    const { coordinator, authority } = city;
    return {
      onSend(_, message) {
        const speech = coordinator.understand(message);
        if (speech.kind !== 'vote' || speech.vote.voter !== authority) return undefined;
        const { kind, view } = speech.vote.statement;
        const isNotarize = kind === VoteKind.NOTARIZE;
        if (votes === (isNotarize ? 'finalize' : 'notarize')) return undefined;
        const second = isNotarize ? VoteKind.NOTARIZE : VoteKind.FINALIZE;
        const bytes = coordinator.voice.vote(authority, second, view, inventedBlock(coordinator, view));
        const both = [message, { ...message, bytes }];
        // Half of the cities hear the lie first.
        return coordinator.halfOf(message.to) === 0 ? both : both.reverse();
      },
    };
  },
);
