import { limits } from '@hansa/protocol';
import type { CarriedBlock } from '@hansa/protocol/consensus';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { inTurns, word } from './options.ts';
import { plotting } from './plot.ts';
import { trueMs } from './saying.ts';

const lies = ['latest', 'earliest', 'future', 'past'] as const;
type Lie = (typeof lies)[number];

export const clockLiar = defineStrategy(
  {
    name: 'clock-liar',
    does: 'As the leader it gives its block a false time: the latest or the earliest that is still admitted, or one beyond.',
    attacks: 'C3 L4',
    seenBy: ['valid-vote', 'liveness'],
    options: {
      time: word(
        ['turns', ...lies],
        'turns',
        'latest and earliest are just admitted, future and past just not; turns: one after the other.',
      ),
    },
  },
  (city, { time }) => {
    const nextLie = inTurns(lies, time);
    return plotting(city, {
      votes: true,
      invent: (block) => {
        const lie = nextLie();
        const frame = city.coordinator.voice.proposal(block.bytes, { timestampMs: falseTime(city, block, lie) });
        return frame === undefined ? undefined : [frame, frame];
      },
    });
  },
);

/** In milliseconds since 1970, against perfect clocks. */
function falseTime({ coordinator }: Corrupted, block: CarriedBlock, lie: Lie): number {
  const { world, knowledge } = coordinator;
  const parentMs = knowledge.block(block.parent)?.timestampMs ?? world.federation.genesis.createdAtMs;
  if (lie === 'earliest') return parentMs + 1;
  if (lie === 'past') return parentMs;
  const latestMs = Math.max(parentMs + 1, trueMs(coordinator) + limits.clockDriftMsMax);
  // Voters judge some time later than now, so one step beyond the bound is beyond it by the time of a message at least.
  return lie === 'latest' ? latestMs : latestMs + 10 * world.federation.genesis.parameters.deltaMs;
}
