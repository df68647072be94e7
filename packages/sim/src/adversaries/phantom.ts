import { limits } from '@hansa/protocol';
import type { CarriedBlock, LaneAdvance } from '@hansa/protocol/consensus';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { inTurns, word } from './options.ts';
import { plotting } from './plot.ts';
import { inventedBlock } from './saying.ts';

const kinds = ['missing', 'beyond-window', 'backwards'] as const;
type Kind = (typeof kinds)[number];

export const phantom = defineStrategy(
  {
    name: 'phantom',
    does: 'As the leader it moves every honest lane to an entry that nobody has: the next one, one beyond the window of a lane, or one before the final tip.',
    attacks: 'C3 R5 G2',
    seenBy: ['valid-vote', 'one-branch', 'convergence'],
    options: {
      tips: word(['turns', ...kinds], 'turns', 'Which entries it names; turns: one after the other.'),
    },
  },
  (city, { tips }) => {
    const nextKind = inTurns(kinds, tips);
    return plotting(city, {
      votes: true,
      invent: (block) => {
        const kind = nextKind();
        const frame = city.coordinator.voice.proposal(block.bytes, { advances: phantoms(city, block, kind) });
        return frame === undefined ? undefined : [frame, frame];
      },
    });
  },
);

function phantoms({ coordinator }: Corrupted, block: CarriedBlock, kind: Kind): LaneAdvance[] {
  const { honest, world } = coordinator;
  // Where the lanes stand: as the first honest city has them.
  const lanes = world.nodes[honest[0] ?? 0]?.replica?.status().lanes ?? [];
  return honest.map((lane) => {
    const final = lanes[lane]?.finalized ?? 0;
    const next = Math.max(final, block.advances.find((advance) => advance.lane === lane)?.sequence ?? 0) + 1;
    const beyond = final + limits.laneWindowEntries + 1;
    const sequence = kind === 'missing' ? next : kind === 'beyond-window' ? beyond : Math.max(1, final);
    return { lane, sequence, digest: inventedBlock(coordinator, sequence) };
  });
}
