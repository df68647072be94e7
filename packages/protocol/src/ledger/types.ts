import type { Digest } from '../crypto/index.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { RecordOutcome } from '../replica/effects.ts';

export type { RecordOutcome };

/** One entry of a final block, verified: its records hash to its header. */
export interface LedgerEntry {
  readonly lane: AuthorityIndex;
  readonly sequence: number;
  /** entryDigest: what the history tree is over. */
  readonly digest: Uint8Array;
  /** The carried bytes, in the entry's order. */
  readonly records: readonly Uint8Array[];
}

/** A final block as the ledger executes it. */
export interface LedgerBlock {
  /** One above the last executed. */
  readonly height: number;
  /** L4: the legal time. */
  readonly timestampMs: number;
  /** C12: that of the last executed block unless said otherwise, or the next. */
  readonly epoch?: number;
  /** L1: ascending by lane, then by sequence. */
  readonly entries: readonly LedgerEntry[];
}

/** The ledger's state after executing a height: what a block's checkpoint says, and how its state root is made. */
export interface CheckpointState {
  readonly height: number;
  /** Number of entry digests in the history tree. */
  readonly historySize: number;
  readonly historyRoot: Digest;
  /** digest('state', factsRoot || requestsDigest). */
  readonly stateRoot: Digest;
  readonly factsRoot: Digest;
  /** Chain over the applied request keys of all blocks. */
  readonly requestsDigest: Digest;
}

export interface ExecutedBlock {
  readonly height: number;
  readonly checkpoint: CheckpointState;
  /** History index of the block's first entry; the others follow. */
  readonly firstHistoryIndex: number;
  /** L1: one outcome per record, in order, rejected ones included. */
  readonly outcomes: RecordOutcome[];
  /** `ExecutionLog` bytes: all that `restore` needs. */
  readonly log: Uint8Array;
}
