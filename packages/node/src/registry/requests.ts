import { equalBytes, fromHex, toHex } from '@hansa/protocol';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { decodeRecord } from '@hansa/protocol/records';
import type { RecordLocation, Store, Write } from '@hansa/protocol/replica';
import { encodeJson, getJson, locationKey, privateKey, privateRange } from './tables.ts';
import type { OwnLane } from './types.ts';

/** What the city once asked of its lane, by requestId. */
export interface KnownRequest {
  /** Pseudonym of the whole content: the same request with other content is an error, not a repetition. */
  readonly content: string;
  readonly commitment: string;
  /** Where the record stands; absent while it may not be on the lane. */
  readonly location?: RecordLocation;
  /** Pending only: the record, and the own lane's tip before it was submitted. */
  readonly record?: string;
  readonly after?: number;
}

export interface PreparedRequest {
  readonly requestId: Uint8Array;
  readonly content: Uint8Array;
  readonly commitment: Uint8Array;
  readonly record: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/**
 * R2 across crashes: a request is written down, with its record, before the record is submitted, and gets its location
 * afterwards. What is found pending later is looked for on the lane.
 */
export class Requests {
  readonly #store: Store;
  readonly #self: AuthorityIndex;
  readonly #lane: OwnLane | undefined;

  constructor(store: Store, self: AuthorityIndex, lane: OwnLane | undefined) {
    this.#store = store;
    this.#self = self;
    this.#lane = lane;
  }

  async get(requestId: Uint8Array): Promise<KnownRequest | undefined> {
    return getJson<KnownRequest>(this.#store, privateKey('requests', requestId));
  }

  /** To be flushed before the records are submitted. */
  async pendingWrites(requests: readonly PreparedRequest[]): Promise<Write[]> {
    const after = await this.#lane?.tip();
    return requests.flatMap(({ requestId, content, commitment, record }) => [
      {
        key: privateKey('requests', requestId),
        value: encodeJson({
          content: toHex(content),
          commitment: toHex(commitment),
          record: toHex(record),
          ...(after === undefined ? {} : { after }),
        } satisfies KnownRequest),
      },
      { key: privateKey('pending', requestId), value: NOTHING },
    ]);
  }

  /** After the records are sealed: their places, and which payload stands behind each listing. */
  locatedWrites(
    request: Pick<PreparedRequest, 'requestId' | 'content' | 'commitment'>,
    location: RecordLocation,
  ): Write[] {
    const { requestId, content, commitment } = request;
    const known: KnownRequest = { content: toHex(content), commitment: toHex(commitment), location };
    return [
      { key: privateKey('requests', requestId), value: encodeJson(known) },
      { key: privateKey('pending', requestId), value: undefined },
      { key: locationKey(location), value: commitment },
    ];
  }

  /** A request found pending, to be submitted again as it was. */
  static prepared(requestId: Uint8Array, known: KnownRequest): PreparedRequest {
    const [content, commitment, record] = [known.content, known.commitment, known.record].map((hex) =>
      fromHex(hex ?? ''),
    );
    return { requestId, content: content ?? NOTHING, commitment: commitment ?? NOTHING, record: record ?? NOTHING };
  }

  /** Finds pending requests on the own lane, once before an import: a crash lay between sealing and writing it down. */
  async settle(): Promise<void> {
    const lane = this.#lane;
    if (lane === undefined) return;
    const waiting: { readonly requestId: Uint8Array; readonly known: KnownRequest }[] = [];
    for await (const [key] of this.#store.range(privateRange('pending'))) {
      const requestId = key.slice(1);
      const known = await this.get(requestId);
      if (known?.record !== undefined) waiting.push({ requestId, known });
    }
    if (waiting.length === 0) return;
    const byRequest = new Map(waiting.map((request) => [toHex(request.requestId), request]));
    const first = waiting.reduce((least, { known }) => Math.min(least, known.after ?? 0), Number.MAX_SAFE_INTEGER) + 1;
    const tip = await lane.tip();
    const writes: Write[] = [];
    for (let sequence = first; sequence <= tip; sequence++) {
      const records = (await lane.records(sequence)) ?? [];
      records.forEach((bytes, position) => {
        const record = decodeRecord(bytes);
        const name = record.ok ? toHex(record.value.requestId) : '';
        const request = byRequest.get(name);
        if (request === undefined || !equalBytes(bytes, fromHex(request.known.record ?? '') ?? NOTHING)) return;
        // Were it there twice, the first would be the one with the effect (R2).
        byRequest.delete(name);
        const prepared = Requests.prepared(request.requestId, request.known);
        writes.push(...this.locatedWrites(prepared, { lane: this.#self, sequence, position }));
      });
    }
    if (writes.length > 0) await this.#store.commit(writes, true);
  }
}
