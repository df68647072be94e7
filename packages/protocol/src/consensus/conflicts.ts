import { equalBytes } from '../bytes.ts';
import type { SimplexPorts } from './ports.ts';
import type { Round } from './round.ts';
import { type CarriedVote, VoteKind } from './votes.ts';

/**
 * C10: a leader who shows each half of the cities another block is found out by those who vote: whoever notarizes
 * another block than the one seen here is shown this one, once, and then holds both.
 */
export function showProposal(round: Round, ports: Pick<SimplexPorts, 'send'>): void {
  if (round.proposal === undefined) return;
  const { block, bytes } = round.proposal;
  for (const { statement, voter } of round.firstVotes.values()) {
    if (statement.kind !== VoteKind.NOTARIZE || equalBytes(statement.block, block.digest)) continue;
    if (round.shownTo.has(voter)) continue;
    round.shownTo.add(voter);
    ports.send(voter, 'proposal', bytes); // guard: C10 whoever voted for another block sees both
  }
}

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
