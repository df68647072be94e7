import type { VoteKind } from '@hansa/protocol/consensus';
import type { Digest } from '@hansa/protocol/crypto';
import type { AuthorityIndex } from '@hansa/protocol/genesis';

/** A lane position to seal an entry at. `previous` undefined: the first of the lane. */
export interface EntryPlace {
  readonly lane: AuthorityIndex;
  readonly previous: { readonly sequence: number; readonly digest: Digest } | undefined;
  readonly createdAtMs: number;
}

/** Says anything in the name of a corrupted authority; every method throws for an honest one. Frames are `PeerMessage` bytes. */
export interface Voice {
  vote(voter: AuthorityIndex, kind: VoteKind, view: number, block: Digest | undefined): Uint8Array;
  /** The same block with other contents, or a block of one's own, signed by its view's leader. `change` gets the decoded fields. */
  proposal(block: Uint8Array, change: BlockChange): Uint8Array | undefined;
  entry(place: EntryPlace, records: readonly Uint8Array[]): { readonly frame: Uint8Array; readonly digest: Digest };
  /** A certificate of the votes that were gathered (any voter's); undefined: fewer than a quorum of valid ones. */
  certificate(votes: readonly Uint8Array[]): Uint8Array | undefined;
}

/** What differs from the block that the own replica made. */
export interface BlockChange {
  readonly timestampMs?: number;
  readonly checkpoint?: {
    readonly historyRoot?: Uint8Array;
    readonly stateRoot?: Uint8Array;
    readonly height?: number;
  };
  /** Leaves out the advances of these lanes. */
  readonly withoutLanes?: readonly AuthorityIndex[];
  readonly view?: number;
}
