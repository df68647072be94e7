import type { CarriedBlock } from './block.ts';
import type { BlockTree } from './block-tree.ts';
import type { CarriedProposal } from './round.ts';
import type { RoundBook } from './round-book.ts';
import type { CarriedCertificate, CarriedVote } from './votes.ts';

/** What the journal gives back after a restart: everything above the newest final block. */
export interface SimplexJournal {
  /** Of the newest final block. */
  readonly finalization: CarriedCertificate | undefined;
  /** Blocks that this city notarized. */
  readonly blocks: readonly CarriedBlock[];
  /** Own ones. */
  readonly proposals: readonly CarriedProposal[];
  /** Own ones. */
  readonly votes: readonly CarriedVote[];
  readonly certificates: readonly CarriedCertificate[];
  /** Code of the alarm that stopped this city for good (C11). */
  readonly halted?: string | undefined;
}

/** Of a city that has said nothing yet. */
export const emptyJournal: SimplexJournal = {
  finalization: undefined,
  ...{ blocks: [], proposals: [], votes: [], certificates: [] },
};

/** C9: puts back the whole journal, not only its last record (traps 2 and 3 of Simplex in practice). */
export function replayJournal(journal: SimplexJournal, rounds: RoundBook, tree: BlockTree): void {
  for (const block of journal.blocks) tree.add(block);
  for (const proposal of journal.proposals) {
    const round = rounds.open(proposal.block.view);
    if (round === undefined) continue;
    round.proposal = proposal;
    round.proposed = true; // guard: C9 a leader remembers that it proposed
    tree.add(proposal.block);
  }
  for (const vote of journal.votes) rounds.open(vote.statement.view)?.restoreVote(vote);
  for (const certificate of journal.certificates) rounds.open(certificate.statement.view)?.setCertificate(certificate);
}
