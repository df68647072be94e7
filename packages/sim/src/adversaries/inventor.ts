import type { CarriedBlock } from '@hansa/protocol/consensus';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { inTurns, word } from './options.ts';
import { plotting } from './plot.ts';
import type { BlockChange } from './voice.ts';

const flaws = [
  'same-view',
  'below-final',
  'height',
  'skipped',
  'unnotarized',
  'nobodys',
  'past',
  'future',
  'ahead',
  'behind',
  'state',
] as const;
type Flaw = (typeof flaws)[number];

/** Beyond any drift that is admitted. */
const HOUR_MS = 3_600_000;

export const inventor = defineStrategy(
  {
    name: 'inventor',
    does: 'As the leader it makes up a block with one flaw: its place in the chain, a parent that may not be one, its time, or its checkpoint.',
    attacks: 'C3 C11',
    seenBy: ['valid-vote', 'ancestry', 'nullify-due', 'checkpoint-true'],
    options: {
      flaw: word(
        ['turns', ...flaws],
        'turns',
        'same-view: the parent is said to be of the block’s own view; below-final: the parent lies below the newest final block; height: it is one too high; skipped: ' +
          'the parent is older than one that was notarized; unnotarized: the parent is a block of a view that was nullified; nobodys: nobody made the parent; past, future: its ' +
          'time; ahead, behind, state: its checkpoint; turns: one after the other.',
      ),
    },
  },
  (city, { flaw }) => {
    const nextFlaw = inTurns(flaws, flaw, city.random.integer(flaws.length));
    return plotting(city, {
      votes: true,
      invent: (block) => {
        // What is seldom possible is done whenever it is.
        const seldom = flaw === 'turns' ? flawed(city, block, 'unnotarized') : undefined;
        const wrong = nextFlaw();
        const change = seldom ?? flawed(city, block, wrong);
        const frame = change && city.coordinator.voice.proposal(block.bytes, change);
        return frame === undefined ? undefined : [frame, frame];
      },
    });
  },
);

/** Undefined: the chain is too short for this flaw. */
function flawed({ coordinator }: Corrupted, block: CarriedBlock, flaw: Flaw): BlockChange | undefined {
  const { knowledge } = coordinator;
  const parent = knowledge.block(block.parent);
  switch (flaw) {
    case 'same-view':
      // Nobody can have the parent: who asks for it instead of seeing at once that it cannot be right waits for ever.
      return { parent: block.digest, parentView: block.view };
    case 'height':
      return { height: block.height + 1 };
    case 'nobodys':
      return { parent: block.digest };
    case 'past':
      return { timestampMs: parent?.timestampMs ?? 1 };
    case 'future':
      return { timestampMs: block.timestampMs + HOUR_MS };
    case 'ahead':
      return { checkpoint: { height: block.height } };
    case 'behind':
      return parent && behind(coordinator, parent);
    case 'state':
      return { checkpoint: { stateRoot: block.parent } };
    case 'unnotarized': {
      const skipped = knowledge.blocks(block.view - 1).find(({ view }) => view > block.parentView);
      const change = skipped && older(coordinator, skipped.digest);
      return change && { ...change, timestampMs: Math.max(block.timestampMs, (skipped?.timestampMs ?? 0) + 1) };
    }
    case 'skipped':
      return parent && older(coordinator, parent.parent);
    case 'below-final': {
      let ancestor = parent;
      while (ancestor !== undefined && ancestor.view >= knowledge.finalView)
        ancestor = knowledge.block(ancestor.parent);
      return ancestor && older(coordinator, ancestor.digest);
    }
  }
}

/** A block right on an older one, that moves no lane: all else about it is as it should be. */
function older({ knowledge }: Corrupted['coordinator'], digest: Uint8Array): BlockChange | undefined {
  const parent = knowledge.block(digest);
  if (parent === undefined) return undefined;
  const { view, height, checkpoint } = parent;
  return { parent: digest, parentView: view, height: height + 1, advances: [], checkpoint };
}

/** The checkpoint of an ancestor, which is true of its height, and lower than the parent's. */
function behind({ knowledge }: Corrupted['coordinator'], parent: CarriedBlock): BlockChange | undefined {
  let ancestor: CarriedBlock | undefined = parent;
  while (ancestor !== undefined && ancestor.checkpoint.height >= parent.checkpoint.height)
    ancestor = knowledge.block(ancestor.parent);
  return ancestor && { checkpoint: ancestor.checkpoint };
}
