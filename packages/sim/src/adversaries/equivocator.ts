import { VoteKind } from '@hansa/protocol/consensus';
import { defineStrategy } from './define.ts';
import { word } from './options.ts';
import { plotting } from './plot.ts';
import { inventedBlock } from './saying.ts';
import { proposalFrame } from './speech.ts';

export const equivocator = defineStrategy(
  {
    name: 'equivocator',
    does: 'As the leader it shows each half of the honest cities another block; as a voter it tells each half another vote. Accomplices vote for both blocks the moment they exist.',
    attacks: 'C3 C4 C10',
    seenBy: ['agreement', 'one-notarization', 'no-contradiction'],
    proof: 'conflicting-proposals',
    options: {
      as: word(['both', 'leader', 'voter'], 'both', 'In which role it says two things.'),
    },
  },
  (city, { as }) => {
    const { coordinator, authority } = city;
    const plot = plotting(city, {
      votes: as !== 'leader',
      ...(as === 'voter'
        ? {}
        : {
            invent: (block) => {
              const other = coordinator.voice.proposal(block.bytes, { timestampMs: block.timestampMs + 1 });
              const own = proposalFrame(coordinator.world.federation.domains, block, (statement) =>
                coordinator.voice.signature(authority, 'proposal', statement),
              );
              return other === undefined ? undefined : [own, other];
            },
          }),
    });
    return {
      onSend(_, message) {
        const plotted = plot.onSend(city, message);
        if (plotted !== undefined || as === 'leader') return plotted;
        const speech = coordinator.understand(message);
        if (speech.kind !== 'vote' || coordinator.halfOf(message.to) === 0) return undefined;
        // An honest leader made one block only: the other half hears of one that nobody made.
        const { kind, view } = speech.vote.statement;
        if (kind === VoteKind.NULLIFY) return undefined;
        const bytes = coordinator.voice.vote(authority, kind, view, inventedBlock(coordinator, view));
        return [{ ...message, bytes }];
      },
    };
  },
);
