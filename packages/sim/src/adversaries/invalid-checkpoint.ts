import type { CarriedBlock } from '@hansa/protocol/consensus';
import { defineStrategy } from './define.ts';
import { inTurns, word } from './options.ts';
import { plotting } from './plot.ts';
import type { BlockChange } from './voice.ts';

const fields = ['state-root', 'history-root', 'ahead', 'behind'] as const;
type Field = (typeof fields)[number];

export const invalidCheckpoint = defineStrategy(
  {
    name: 'invalid-checkpoint',
    does: 'As the leader it claims a ledger state that nobody has: another state root, another history root, or the roots of another height.',
    attacks: 'C11 L3',
    seenBy: ['checkpoint-true', 'valid-vote', 'equal-roots'],
    options: {
      field: word(['turns', ...fields], 'turns', 'What is false of the checkpoint; turns: one after the other.'),
    },
  },
  (city, { field }) => {
    const nextField = inTurns(fields, field);
    return plotting(city, {
      votes: true,
      invent: (block) => {
        const wrong = nextField();
        const frame = city.coordinator.voice.proposal(block.bytes, { checkpoint: falseCheckpoint(block, wrong) });
        return frame === undefined ? undefined : [frame, frame];
      },
    });
  },
);

function falseCheckpoint({ checkpoint, height }: CarriedBlock, wrong: Field): NonNullable<BlockChange['checkpoint']> {
  if (wrong === 'history-root') return { historyRoot: flipped(checkpoint.historyRoot) };
  if (wrong === 'ahead') return { height };
  // The roots of today for the start, which every chain has left.
  if (wrong === 'behind' && checkpoint.height > 0) return { height: 0 };
  return { stateRoot: flipped(checkpoint.stateRoot) };
}

function flipped(root: Uint8Array): Uint8Array {
  const other = root.slice();
  other[0] = (other[0] ?? 0) ^ 1;
  return other;
}
