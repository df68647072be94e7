import type { Cut } from '../consensus/block.ts';
import type { BlockNode } from '../consensus/block-tree.ts';
import type { FinalBlock } from '../consensus/final-chain.ts';
import type { SimplexJournal } from '../consensus/journal.ts';
import type { Crypto, Domains } from '../crypto/index.ts';
import type { FamilyRegistry } from '../families/index.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import type { CarriedHeader, VerifiedEntry } from '../lanes/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { FrameReader } from './frame.ts';
import type { ProofBase } from './proof-keeper.ts';
import type { SealRecord } from './seal.ts';

export interface ReplicaOptions {
  readonly genesis: Genesis;
  readonly crypto: Crypto;
  /**
   * Undefined for an observer. While the set has another lane key at that index the city follows and says nothing (C12):
   * its keys were replaced, or are yet to be.
   */
  readonly self:
    | {
        readonly index: AuthorityIndex;
        readonly laneSecret: Uint8Array;
        readonly voteSecret: Uint8Array;
      }
    | undefined;
  /** L2: instead of the families that Hansa has. Every city of a federation must run the same. */
  readonly families?: FamilyRegistry;
  /** How frames are read; left out by all who do not host many cities in one process. */
  readonly reader?: FrameReader;
}

/** Everything that a replica had made durable. */
export interface RecoveredState {
  readonly domains: Domains;
  readonly ledger: Ledger;
  readonly root: BlockNode;
  /** Newest final blocks, oldest first, the root last. */
  readonly finals: readonly FinalBlock[];
  readonly finalizedCut: Cut;
  readonly executedCut: Cut;
  /** Final blocks that were not executed, oldest first. */
  readonly unexecuted: readonly BlockNode[];
  /** Entries above the executed tips. */
  readonly entries: readonly VerifiedEntry[];
  /** C12: entries of the epoch before above its sealed tips. */
  readonly dropped: readonly VerifiedEntry[];
  /** Headers of recently executed entries, so that a late fork is noticed. */
  readonly headers: readonly CarriedHeader[];
  /** C12: the epoch that the city stands in; `ledger.genesisOf` has its set. */
  readonly epoch: number;
  /** C12: proves the newest seal. */
  readonly seal: SealRecord | undefined;
  readonly evidence: readonly Uint8Array[];
  readonly proofBase: ProofBase | undefined;
  readonly journal: SimplexJournal;
}
