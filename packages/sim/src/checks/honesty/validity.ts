import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import type { SeenBlock } from '../decode.ts';
import { epochView, viewAt } from '../epoch-view.ts';
import { short } from '../safety/agreement.ts';

/** R5: entries that one block may advance a lane by. */
const WINDOW_ENTRIES = 256;
/** C3: lane bytes that one block may add. */
const CUT_BYTES_MAX = 4 * 1024 * 1024;
/** C3: how far a block's time may lie ahead of the voter's, unless it is as early as its parent admits. */
const DRIFT_MS_MAX = 5 * 60 * 1000;

/** What executing a height gave, as the honest cities have it; undefined: nobody has executed it, or it is forgotten. */
export type StateAt = (
  height: number,
) => { readonly historySize: number; readonly historyRoot: string; readonly stateRoot: string } | undefined;

/**
 * C3 and C11, from the specification: why a city may not vote for a block (or, C2, propose it) with what its disk has;
 * undefined: it may. `nowMs`: its clock.
 */
export function faultOf(chronicle: Chronicle, city: City, block: SeenBlock, stateAt: StateAt): string | undefined {
  if (block.epoch !== chronicle.epochOf(city)) return 'is of another epoch';
  const parent = parentOf(chronicle, city, block);
  if (typeof parent === 'string') return parent;
  if (block.timestampMs <= parent.timestampMs) return 'is not later than its parent';
  const latestMs = Math.max(city.nowMs + DRIFT_MS_MAX, parent.timestampMs + 1);
  if (block.timestampMs > latestMs) return 'is too far in the future';
  return checkpointFault(chronicle, city, block, parent, stateAt) ?? advancesFault(chronicle, city, block);
}

type Parent = Pick<SeenBlock, 'view' | 'height' | 'timestampMs'> & { readonly checkpointHeight: number };

function parentOf(chronicle: Chronicle, city: City, block: SeenBlock): Parent | string {
  const { parentView, view } = block;
  if (parentView >= view) return `names a parent of view ${parentView}, which is not before its own`;
  if (parentView < floorIn(city, block.epoch))
    return `stands on view ${parentView}, below the final view ${city.floor.view}`;
  const parent = block.parent === chronicle.genesisDigest ? genesisOf(chronicle) : known(chronicle, block);
  if (parent === undefined) return `stands on ${short(block.parent)}, which nobody knows`;
  if (parent.view !== parentView || parent.height + 1 !== block.height) {
    return `names view ${parentView} and height ${block.height} on a parent of view ${parent.view} and height ${parent.height}`;
  }
  const own = city.views.get(parentView);
  const isCertified = own?.notarization === block.parent || own?.finalization === block.parent;
  if (!isCertified && city.floor.digest !== block.parent) return 'stands on a block without a notarization';
  for (let skipped = parentView + 1; skipped < view; skipped++) {
    if (city.views.get(skipped)?.nullification !== true) return `skips view ${skipped}, which is not nullified`;
  }
  return parent;
}

function known(chronicle: Chronicle, { parent, epoch }: SeenBlock): Parent | undefined {
  const block = chronicle.blocks.get(parent);
  if (block === undefined) return undefined;
  const { height, timestampMs, checkpoint } = block;
  // C12: the seal is the first parent of the next epoch, whose views go on from there.
  const isSeal = epoch > 0 && chronicle.sets.sealOf(epoch - 1)?.digest === parent;
  const view = isSeal ? epochView(epoch, viewAt(block.view)) : block.view;
  return { view, height, timestampMs, checkpointHeight: checkpoint.height };
}

function genesisOf({ world }: Chronicle): Parent {
  return { view: 0, height: 0, timestampMs: world.federation.genesis.createdAtMs, checkpointHeight: 0 };
}

function checkpointFault(
  chronicle: Chronicle,
  city: City,
  { checkpoint, epoch }: SeenBlock,
  parent: Parent,
  stateAt: StateAt,
): string | undefined {
  const { height } = checkpoint;
  if (height > parent.height) return `has a checkpoint of height ${height}, above its parent`;
  if (height < parent.checkpointHeight) return `has a checkpoint of height ${height}, behind its parent's`;
  if (height > city.executedHeight) return `has a checkpoint of height ${height}, which is not executed here`;
  if (checkpoint.nextAuthoritySet !== chronicle.sets.nextSetAt(epoch, height)) {
    return `has a checkpoint of height ${height} that does not name the set which was decided there`;
  }
  const own = stateAt(height);
  if (own === undefined) return undefined;
  const isEqual =
    own.historySize === checkpoint.historySize &&
    own.historyRoot === checkpoint.historyRoot &&
    own.stateRoot === checkpoint.stateRoot;
  return isEqual ? undefined : `has a checkpoint of height ${height} that is not the state there`;
}

function advancesFault(chronicle: Chronicle, city: City, block: SeenBlock): string | undefined {
  if (block.advances.length > 0 && standsOnSeal(chronicle, block)) return 'moves lanes on the seal of its epoch';
  let bytes = 0;
  let lastLane = -1;
  for (const advance of block.advances) {
    const { lane, sequence } = advance;
    if (lane <= lastLane || lane >= (chronicle.sets.at(block.epoch)?.seats.length ?? 0))
      return 'has lanes out of order';
    lastLane = lane;
    const tip = chronicle.blocks.tipIn(block.parent, lane);
    if (tip === undefined) return undefined;
    if (sequence <= tip.sequence) return `moves lane ${lane} back from ${tip.sequence} to ${sequence}`;
    if (sequence > tip.sequence + WINDOW_ENTRIES) return `moves lane ${lane} by more than ${WINDOW_ENTRIES} entries`;
    const added = chronicle.entries.chain(lane, tip, advance);
    if (added === 'broken') return `moves lane ${lane} to an entry that does not continue entry ${tip.sequence}`;
    const isHeld = added !== 'missing' && (!city.knowsHeld || added.every(({ id }) => city.held.has(id)));
    if (added === 'missing' || !isHeld) return `names entries of lane ${lane} that are not held here`;
    for (const { byteLength } of added) bytes += byteLength;
  }
  return bytes > CUT_BYTES_MAX ? `adds ${bytes} bytes of entries` : undefined;
}

/** The final view of a city, in an epoch that may begin with it. */
function floorIn({ floor }: City, epoch: number): number {
  return Math.max(floor.view, epochView(epoch, viewAt(floor.view)));
}

/** C12: whether an ancestor of a block, in its own epoch, named the next set. */
function standsOnSeal(chronicle: Chronicle, { parent, epoch }: SeenBlock): boolean {
  if (chronicle.sets.decisionOf(epoch) === undefined) return false;
  let block = chronicle.blocks.get(parent);
  while (block !== undefined && block.epoch === epoch) {
    if (block.checkpoint.nextAuthoritySet !== '') return true;
    block = chronicle.blocks.get(block.parent);
  }
  return false;
}
