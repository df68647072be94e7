import { equalBytes } from '../bytes.ts';
import type { SimplexPorts } from './ports.ts';
import type { Round } from './round.ts';
import { type CarriedVote, VoteKind } from './votes.ts';

/**
 * C10: conflicting votes of one voter in one view: two Notarize, two Finalize, or Finalize and Nullify. Statements are
 * compared, not signature bytes. Returns whether the voter said another thing of the same kind before.
 */
export function noticeConflict(
  round: Round,
  vote: CarriedVote,
  ports: Pick<SimplexPorts, 'conflictingVotes'>,
): boolean {
  const { statement, voter } = vote;
  const first = round.firstVotes.get(`${statement.kind}:${voter}`);
  const differs = first !== undefined && !equalBytes(first.statement.block, statement.block);
  if (first === undefined) round.firstVotes.set(`${statement.kind}:${voter}`, vote);
  if (first !== undefined && differs) ports.conflictingVotes(first, vote); // guard: C10 two votes of a kind
  if (statement.kind === VoteKind.NOTARIZE) return differs;
  const opposite = statement.kind === VoteKind.FINALIZE ? VoteKind.NULLIFY : VoteKind.FINALIZE;
  const other = round.firstVotes.get(`${opposite}:${voter}`);
  if (other !== undefined) ports.conflictingVotes(other, vote); // guard: C10 Finalize and Nullify in one view
  return differs;
}
