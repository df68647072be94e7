import { create } from '@bufbuild/protobuf';
import { encodeMessage } from '../codec/index.ts';
import { SyncRequestSchema } from '../gen/hansa/v1/sync_pb.ts';
import type { AuthorityIndex } from '../genesis/types.ts';

/** Entries of one lane that are asked for: `from` to `to`, both included; `digest` names the branch at `to`. */
export interface EntryRange {
  readonly lane: AuthorityIndex;
  readonly from: number;
  readonly to: number;
  readonly digest: Uint8Array;
  /** R5: a block, or the own lane, needs exactly these; they are taken however far they are ahead. */
  readonly isNeeded: boolean;
}

/** Bytes of the `SyncRequest`. */
export function encodeEntriesRequest({ lane, from, to, digest }: Omit<EntryRange, 'isNeeded'>): Uint8Array {
  const value = { lane, from: BigInt(from), to: BigInt(to), digest };
  return encodeMessage(SyncRequestSchema, create(SyncRequestSchema, { kind: { case: 'entries', value } }));
}
