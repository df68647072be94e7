import { equalBytes } from '../bytes.ts';
import { limits } from '../limits.ts';
import type { CarriedBlock } from './block.ts';
import type { BlockNode, BlockTree } from './block-tree.ts';
import type { SimplexPorts } from './ports.ts';
import type { Round } from './round.ts';

/** `wait-*`: not decidable yet; ask again when something arrives. `wait-parent`: and fetch the parent. */
export type Verdict = 'valid' | 'invalid' | 'wait' | 'wait-parent';

export interface ValidityContext {
  readonly block: CarriedBlock;
  readonly tree: BlockTree;
  readonly finalizedView: number;
  readonly round: (view: number) => Round | undefined;
  readonly ports: Pick<SimplexPorts, 'checkAdvances' | 'checkpointAt'>;
  readonly nowMs: number;
}

/**
 * C3: is this proposal one that an honest authority may notarize now? The leader's signature, the federation, the
 * epoch and the canonical form were checked when it arrived.
 */
export function validateProposal(context: ValidityContext): Verdict {
  const { block, tree } = context;
  if (block.parentView >= block.view) return 'invalid'; // guard: C3 the parent is of an earlier view
  if (block.parentView < context.finalizedView) return 'invalid'; // guard: C3 the parent is not below the final block
  const parent = tree.node(block.parent);
  if (parent === undefined) return 'wait-parent';
  if (parent.view !== block.parentView || block.height !== parent.height + 1) return 'invalid'; // guard: C3 height and view follow the parent
  if (!isNotarized(context, parent)) return 'wait'; // guard: C3 the parent is notarized
  for (let view = parent.view + 1; view < block.view; view++) {
    if (context.round(view)?.nullification === undefined) return 'wait'; // guard: C3 all skipped views are nullified
  }
  if (block.timestampMs <= parent.timestampMs) return 'invalid'; // guard: C3 time moves forward
  // What a quorum admitted in the parent is not held against its children: else one leader who dates a block as late as is
  // admitted would stop all cities whose clocks are behind, until their clocks get there.
  const latestMs = Math.max(context.nowMs + limits.clockDriftMsMax, parent.timestampMs + 1);
  if (block.timestampMs > latestMs) return 'invalid'; // guard: C3 not from the future
  if (parent.sealed && block.advances.length > 0) return 'invalid'; // guard: C12 what follows a seal in its epoch carries nothing
  const checkpoint = validateCheckpoint(context, parent);
  if (checkpoint !== 'valid') return checkpoint;
  const advances = context.ports.checkAdvances(block, parent);
  if (advances === 'missing') return 'wait'; // guard: C3 all lane bytes are held and verified
  return advances === 'held' ? 'valid' : 'invalid';
}

function isNotarized(context: ValidityContext, parent: BlockNode): boolean {
  if (parent === context.tree.root) return true;
  const notarized = context.round(parent.view)?.notarizedDigest;
  return notarized !== undefined && equalBytes(notarized, parent.digest);
}

/** C11: about an already final height, never behind the parent's, and equal to the own executed state. */
function validateCheckpoint(context: ValidityContext, parent: BlockNode): Verdict {
  const { checkpoint } = context.block;
  if (checkpoint.height > parent.height) return 'invalid'; // guard: C11 not beyond the parent
  if (checkpoint.height < parent.checkpointHeight) return 'invalid'; // guard: C11 never behind the parent's
  const own = context.ports.checkpointAt(checkpoint.height);
  if (own === undefined) return 'wait'; // guard: C11 what is not executed here yet is not judged yet
  const equal =
    own.historySize === checkpoint.historySize &&
    equalBytes(own.historyRoot, checkpoint.historyRoot) &&
    equalBytes(own.stateRoot, checkpoint.stateRoot) &&
    equalBytes(own.nextAuthoritySet, checkpoint.nextAuthoritySet); // guard: C12 the next set is the one that the ledger decided
  return equal ? 'valid' : 'invalid'; // guard: C11 equals the own executed state
}
