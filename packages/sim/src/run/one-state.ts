import { equalBytes } from '@hansa/protocol';
import { isVoter } from '@hansa/protocol/genesis';
import type { NodeView, World } from '../world/contract.ts';

/**
 * Whether all honest cities that are up and vote stand at one state, with all that was sealed by them executed: equal final and
 * executed heights, equal roots, no own entry that waits. Cheap answers first: it is asked often, and mostly in vain.
 */
export function standAtOneState(world: World): boolean {
  const { present } = world.epochs;
  const standing = world.nodes.filter(
    ({ role, state, authority }) => role === 'honest' && state === 'up' && isVoter(present, authority ?? -1),
  );
  const [first] = standing;
  const replica = first?.replica;
  if (replica === undefined) return false;
  const { finalizedHeight } = replica;
  if (!standing.every((node) => node.replica?.finalizedHeight === finalizedHeight)) return false;
  if (!standing.every((node) => node.replica?.ledger.height === finalizedHeight)) return false;
  const roots = replica.ledger.checkpoint();
  return standing.every((node) => {
    const own = node.replica?.ledger.checkpoint();
    if (own === undefined || roots === undefined) return false;
    const alike = equalBytes(own.historyRoot, roots.historyRoot) && equalBytes(own.stateRoot, roots.stateRoot);
    return alike && nothingWaits(node);
  });
}

function nothingWaits({ replica, authority }: NodeView): boolean {
  const status = replica?.status();
  if (status === undefined || !status.joined || status.behind) return false;
  const lane = authority === undefined ? undefined : status.lanes[authority];
  return lane === undefined || lane.held === lane.executed;
}
