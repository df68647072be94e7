import { equalBytes, toHex } from '../bytes.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { RecordLocation } from '../records/index.ts';
import { sameLocation } from '../records/index.ts';
import { type AccessBatch, type BatchContent, batchOf, checkBatchContent } from './batch.ts';
import { type AccessContext, isPartyOf, type VerifiedAccess, verifyAccessReceipt } from './receipt.ts';
import { readerOf } from './request.ts';

/** Times in milliseconds since 1970: from the first, until before the second. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One city's answer to "who read what in this period", with all that shows it to be complete. */
export interface Testimony extends Period {
  readonly city: AuthorityIndex;
  /** Of the city's lane, one after the other, each with all its leaves. */
  readonly batches: readonly BatchContent[];
  /** `AccessReceipt` bytes: every leaf's. */
  readonly receipts: readonly Uint8Array[];
}

/** What a testimony proves. */
export interface CheckedTestimony {
  /** The part of the period that the batches cover: accesses in it are all here. */
  readonly covered: Period | undefined;
  /** Within the period. */
  readonly accesses: readonly VerifiedAccess[];
  /** Ids of leaves whose receipt the city did not show. */
  readonly withheld: readonly Uint8Array[];
}

/**
 * Checks a city's answer against the batches that the ledger accepted of its lane (`agreed`, by location).
 *
 * Errors: ACCESS_BATCH_UNKNOWN (not what the ledger has), ACCESS_BATCH_GAP (they do not follow each other),
 * ACCESS_BATCH_UNSORTED, ACCESS_BATCH_OTHER_ROOT, ACCESS_LEAF_UNKNOWN (a receipt that is no leaf of them, or of another
 * time than its batch) and those of receipts.
 */
export function checkTestimony(
  context: AccessContext,
  testimony: Testimony,
  agreed: readonly AccessBatch[],
): Result<CheckedTestimony> {
  const { batches, city } = testimony;
  for (const [index, content] of batches.entries()) {
    const known = agreed.find(({ location }) => sameLocation(location, content.location));
    // guard: P3 the ledger's batches of this city
    if (known === undefined || content.location.lane !== city || !sameBatch(known, content)) {
      return refuse('ACCESS_BATCH_UNKNOWN');
    }
    const previous = batches[index - 1];
    // guard: P3 no time between two batches
    if (previous !== undefined && previous.toMs !== content.fromMs) return refuse('ACCESS_BATCH_GAP');
    const refused = checkBatchContent(context.crypto, content);
    if (refused !== undefined) return refused;
  }
  const unshown = new Map(batches.flatMap(({ ids }) => ids.map((id) => [toHex(id), id] as const)));
  const leaves = new Map(batches.map((batch) => [batch, new Set(batch.ids.map(toHex))] as const));
  const accesses: VerifiedAccess[] = [];
  for (const bytes of testimony.receipts) {
    const verified = verifyAccessReceipt(context, bytes);
    if (!verified.ok) return verified;
    const access = verified.value;
    const batch = isPartyOf(access, city) ? batchOf(batches, access) : undefined;
    // guard: P3 a receipt is a leaf of the batch of its time
    if (batch === undefined || leaves.get(batch)?.has(toHex(access.id)) !== true) return refuse('ACCESS_LEAF_UNKNOWN');
    // guard: P3 an access that is shown twice happened once
    if (!unshown.delete(toHex(access.id))) continue;
    if (isWithin(access, testimony)) accesses.push(access);
  }
  return accept({ covered: coveredBy(testimony), accesses, withheld: [...unshown.values()] });
}

/** Accesses to one record, and who saw or would have seen it. */
export function accessesOf(accesses: readonly VerifiedAccess[], record: RecordLocation) {
  return accesses
    .filter(({ asked }) => sameLocation(asked.record, record))
    .map((access) => ({ access, reader: readerOf(access.asked) }));
}

/**
 * Receipts that the other cities hold, and that a city's batches ought to have and have not. A city that signed the
 * answer had both signatures: it hides the access. One that only asked may never have got the answer.
 */
export function missingFrom(
  testimony: Pick<Testimony, 'city' | 'batches'>,
  others: readonly VerifiedAccess[],
): readonly { readonly access: VerifiedAccess; readonly batch: BatchContent; readonly hidden: boolean }[] {
  const { city, batches } = testimony;
  return others.flatMap((access) => {
    const batch = isPartyOf(access, city) ? batchOf(batches, access) : undefined;
    if (batch === undefined || batch.ids.some((id) => equalBytes(id, access.id))) return [];
    return [{ access, batch, hidden: access.asked.answerer === city }];
  });
}

function sameBatch(a: AccessBatch, b: AccessBatch): boolean {
  return a.fromMs === b.fromMs && a.toMs === b.toMs && a.count === b.count && equalBytes(a.root, b.root);
}

function coveredBy({ batches, fromMs, toMs }: Testimony): Period | undefined {
  const [first] = batches;
  const last = batches[batches.length - 1];
  if (first === undefined || last === undefined) return undefined;
  const covered = { fromMs: Math.max(fromMs, first.fromMs), toMs: Math.min(toMs, last.toMs) };
  return covered.fromMs < covered.toMs ? covered : undefined;
}

function isWithin({ answered }: VerifiedAccess, { fromMs, toMs }: Period): boolean {
  return answered.answeredAtMs >= fromMs && answered.answeredAtMs < toMs;
}
