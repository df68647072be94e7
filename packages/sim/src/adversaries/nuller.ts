import { VoteKind } from '@hansa/protocol/consensus';
import { defineStrategy } from './define.ts';
import { flag } from './options.ts';
import { honestNodes, tell } from './saying.ts';

export const nuller = defineStrategy(
  {
    name: 'nuller',
    does: 'Votes Nullify in every view, besides whatever else it says there.',
    attacks: 'C4 C5 C10',
    seenBy: ['no-final-beside-null', 'liveness', 'evidence-true'],
    proof: 'conflicting-votes',
    options: {
      eager: flag(true, 'Nullifies a view the moment its replica enters it; else with its own first vote there.'),
    },
  },
  (city, { eager }) => {
    const { coordinator, authority } = city;
    const nullify = (view: number) => coordinator.voice.vote(authority, VoteKind.NULLIFY, view, undefined);
    return {
      onView(_, view) {
        if (eager) tell(city, honestNodes(city), 'consensus', nullify(view));
      },
      onSend(_, message) {
        const speech = coordinator.understand(message);
        if (speech.kind !== 'vote' || speech.vote.statement.kind === VoteKind.NULLIFY) return undefined;
        return [message, { ...message, bytes: nullify(speech.vote.statement.view) }];
      },
    };
  },
);
