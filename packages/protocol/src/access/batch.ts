import { create } from '@bufbuild/protobuf';
import { concatBytes, equalBytes } from '../bytes.ts';
import { decodeStrict, encodeMessage, safeNumber } from '../codec/index.ts';
import { DIGEST_BYTES, type Hasher } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { AccessBatchContentSchema } from '../gen/hansa/v1/exchange_pb.ts';
import { limits } from '../limits.ts';
import { merkleRootOfDigests } from '../merkle/index.ts';
import { fromRecordRef, type RecordLocation, toRecordRef } from '../records/index.ts';
import type { VerifiedAccess } from './receipt.ts';
import { isAscending } from './tree.ts';

/** An `access` batch of a lane, as the ledger accepted it. Times in milliseconds since 1970. */
export interface AccessBatch {
  readonly location: RecordLocation;
  /** All receipts of the lane's city, on either side, with a time in [from, to). */
  readonly fromMs: number;
  readonly toMs: number;
  readonly root: Uint8Array;
  readonly count: number;
}

/** All receipts of one batch by their ids: complete, because their tree has the batch's root. */
export interface BatchContent extends AccessBatch {
  /** Ascending. */
  readonly ids: readonly Uint8Array[];
}

/** Bytes of an `AccessBatchContent`. */
export function encodeBatchContent({ location, fromMs, toMs, root, ids }: BatchContent): Uint8Array {
  return encodeMessage(
    AccessBatchContentSchema,
    create(AccessBatchContentSchema, {
      batch: toRecordRef(location),
      fromMs: BigInt(fromMs),
      toMs: BigInt(toMs),
      root,
      receiptIds: concatBytes(...ids),
    }),
  );
}

/** Errors: MALFORMED, ACCESS_BATCH_UNSORTED, ACCESS_BATCH_OTHER_ROOT. What the ledger says of the batch is to be compared. */
export function decodeBatchContent(hasher: Hasher, bytes: Uint8Array): Result<BatchContent> {
  const decoded = decodeStrict(AccessBatchContentSchema, bytes, limits.accessBatchReceiptsMax * DIGEST_BYTES + 256);
  if (!decoded.ok) return decoded;
  const { receiptIds, root } = decoded.value;
  const location = fromRecordRef(decoded.value.batch);
  const [fromMs, toMs] = [safeNumber(decoded.value.fromMs), safeNumber(decoded.value.toMs)];
  if (location === undefined || fromMs === undefined || toMs === undefined) return refuse('MALFORMED');
  if (receiptIds.length % DIGEST_BYTES !== 0) return refuse('MALFORMED');
  const count = receiptIds.length / DIGEST_BYTES;
  const ids = Array.from({ length: count }, (_, index) =>
    receiptIds.slice(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES),
  );
  const content = { location, fromMs, toMs, root, count, ids };
  const refused = checkBatchContent(hasher, content);
  return refused ?? accept(content);
}

/** Undefined when these are all receipts of the batch. Errors: ACCESS_BATCH_UNSORTED, ACCESS_BATCH_OTHER_ROOT. */
export function checkBatchContent(hasher: Hasher, { ids, root, count }: BatchContent) {
  // guard: P3 ascending leaves, so that two neighbours prove that nothing is between them
  if (!isAscending(ids)) return refuse('ACCESS_BATCH_UNSORTED');
  // guard: P3 all of them, and no others
  if (ids.length !== count || !equalBytes(merkleRootOfDigests(hasher, concatBytes(...ids)), root)) {
    return refuse('ACCESS_BATCH_OTHER_ROOT');
  }
  return undefined;
}

/** The receipt's one batch among those of a lane that its city is a party of; undefined when none covers its time yet. */
export function batchOf<Batch extends AccessBatch>(
  batches: readonly Batch[],
  { answered }: VerifiedAccess,
): Batch | undefined {
  const { answeredAtMs } = answered;
  return batches.find(({ fromMs, toMs }) => answeredAtMs >= fromMs && answeredAtMs < toMs);
}
