import { HansaError, invariant } from '@hansa/protocol';
import { type AccessContext, type VerifiedAccess, verifyAccessReceipt } from '@hansa/protocol/access';
import { type RecordLocation, readU48, type Store, type Write } from '@hansa/protocol/replica';
import { exchangeKeys, type IndexKind, locationBytes } from './keys.ts';

const NOTHING = new Uint8Array(0);
/** Larger than every time, and 48 bits. */
export const END_OF_TIME_MS = 2 ** 47;

/** What is looked for; times in milliseconds since 1970, from the first, until before the second. */
export interface AccessQuery {
  readonly fromMs: number;
  readonly toMs: number;
  readonly limit: number;
  readonly record?: RecordLocation;
  /** Pseudonym. */
  readonly officer?: Uint8Array;
  /** `PrivateSide.caseName` of it. */
  readonly case?: Uint8Array;
  readonly outcome?: 'granted' | 'refused';
}

/** All receipts of this city, on either side, found by time, record, officer and case. Nothing of it is ever deleted. */
export class AccessBook {
  readonly #store: Store;
  readonly #context: AccessContext;

  constructor(store: Store, context: AccessContext) {
    this.#store = store;
    this.#context = context;
  }

  /** Durable when it resolves, together with `more`. */
  async keep(access: VerifiedAccess, caseName: Uint8Array | undefined, more: readonly Write[] = []): Promise<void> {
    await this.#store.commit([...this.#writes(access, caseName), ...more], true);
  }

  /** The receipt of a request that was answered before. */
  async ofRequest(digest: Uint8Array): Promise<VerifiedAccess | undefined> {
    const id = await this.#store.get(exchangeKeys.request(digest));
    return id === undefined ? undefined : this.get(id);
  }

  async get(id: Uint8Array): Promise<VerifiedAccess | undefined> {
    const bytes = await this.#store.get(exchangeKeys.receipt(id));
    if (bytes === undefined) return undefined;
    const verified = verifyAccessReceipt(this.#context, bytes);
    if (verified.ok) return verified.value;
    throw new HansaError('STORE_DAMAGED', 'A kept access receipt does not verify. Restore the registry from a backup.');
  }

  /** Ids of the receipts of a period in the order of their times. */
  async *ids(fromMs: number, toMs: number): AsyncGenerator<{ readonly id: Uint8Array; readonly atMs: number }> {
    const range = { gte: exchangeKeys.time(fromMs), lt: exchangeKeys.time(toMs) };
    for await (const [key] of this.#store.range(range)) yield { id: key.slice(7), atMs: readU48(key, 1) };
  }

  /** In the order of their times. */
  async find(query: AccessQuery): Promise<VerifiedAccess[]> {
    const found: VerifiedAccess[] = [];
    for await (const id of this.#candidates(query)) {
      const access = await this.get(id);
      invariant(access !== undefined, 'an index names a receipt that is kept');
      if (!matches(access, query)) continue;
      found.push(access);
      if (found.length === query.limit) break;
    }
    return found;
  }

  /** By the narrowest index there is; a case is only found by it. */
  async *#candidates(query: AccessQuery): AsyncGenerator<Uint8Array> {
    const { fromMs, toMs } = query;
    const [kind, key]: readonly [IndexKind | undefined, Uint8Array] =
      query.case !== undefined
        ? ['case', query.case]
        : query.record !== undefined
          ? ['record', locationBytes(query.record)]
          : query.officer !== undefined
            ? ['officer', query.officer]
            : [undefined, NOTHING];
    if (kind === undefined) {
      for await (const { id } of this.ids(fromMs, toMs)) yield id;
      return;
    }
    const range = { gte: exchangeKeys.index(kind, key, fromMs), lt: exchangeKeys.index(kind, key, toMs) };
    for await (const [row] of this.#store.range(range)) yield row.slice(-32);
  }

  #writes(access: VerifiedAccess, caseName: Uint8Array | undefined): Write[] {
    const { id, bytes, asked, answered } = access;
    const atMs = answered.answeredAtMs;
    const index = (kind: IndexKind, key: Uint8Array) => ({
      key: exchangeKeys.index(kind, key, atMs, id),
      value: NOTHING,
    });
    return [
      { key: exchangeKeys.receipt(id), value: bytes },
      { key: exchangeKeys.time(atMs, id), value: NOTHING },
      { key: exchangeKeys.request(answered.requestDigest), value: id },
      index('record', locationBytes(asked.record)),
      ...(asked.kind === 'read' ? [index('officer', asked.operator)] : []),
      ...(caseName === undefined ? [] : [index('case', caseName)]),
    ];
  }
}

function matches({ asked, answered }: VerifiedAccess, { record, officer, outcome }: AccessQuery): boolean {
  if (outcome !== undefined && outcome !== (answered.refused === undefined ? 'granted' : 'refused')) return false;
  if (record !== undefined && !same(locationBytes(asked.record), locationBytes(record))) return false;
  return officer === undefined || (asked.kind === 'read' && same(asked.operator, officer));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
