import { concatBytes, equalBytes, HansaError, toHex, u32be } from '@hansa/protocol';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { decodeRecord } from '@hansa/protocol/records';
import { type RecordLocation, readU48, type Store, type Write, writeU48 } from '@hansa/protocol/replica';
import { locationKey, privateKey, privateRange } from './tables.ts';
import type { OwnLane } from './types.ts';

export interface PreparedRequest {
  readonly requestId: Uint8Array;
  /** 16-byte pseudonym of the whole content: the same request with other content is an error, not a repetition. */
  readonly content: Uint8Array;
  readonly commitment: Uint8Array;
  /** `Record` bytes. */
  readonly record: Uint8Array;
}

/** What the city once asked of its lane. */
export type KnownRequest =
  | { readonly state: 'located'; readonly content: Uint8Array; readonly location: RecordLocation }
  /** Its record may not be on the lane. */
  | { readonly state: 'pending'; readonly content: Uint8Array; readonly prepared: PreparedRequest };

const ID_BYTES = 16;
const CONTENT_BYTES = 16;
const COMMITMENT_BYTES = 32;
const retryAfterMs = 1000;
const stateByte = { pending: 0, located: 1 } as const;

/**
 * R2 across crashes: a request is written down, with its record, before the record is submitted, and gets its location
 * afterwards. What is found pending later is looked for on the lane.
 *
 * A request's row: state, content(16), then pending: commitment(32), record; located: lane, position (u32be), sequence
 * (u48). A batch's row, while it is not written down as located: the lane's tip before it (u48), its requestIds.
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
    const row = await this.#store.get(privateKey('requests', requestId));
    return row === undefined ? undefined : readRow(requestId, row);
  }

  /**
   * To be flushed before a batch is submitted: `again` are its requests that are pending from an earlier one. Only what
   * may be on the lane needs to be in a batch's row.
   */
  async pendingWrites(again: readonly PreparedRequest[], fresh: readonly PreparedRequest[]): Promise<Write[]> {
    const all = [...again, ...fresh];
    const [first] = all;
    if (first === undefined) return [];
    const batch = concatBytes(u48(await this.#tip()), ...all.map(({ requestId }) => requestId));
    const rows = fresh.map(({ requestId, content, commitment, record }) => ({
      key: privateKey('requests', requestId),
      value: concatBytes(new Uint8Array([stateByte.pending]), content, commitment, record),
    }));
    return [...rows, { key: privateKey('pending', first.requestId), value: batch }];
  }

  /** After the records are sealed: their places, and which payload stands behind each listing. */
  locatedWrites(requests: readonly PreparedRequest[], locations: readonly RecordLocation[]): Write[] {
    return requests.flatMap(({ requestId, content, commitment }, i) => {
      const location = locations[i] as RecordLocation;
      const place = concatBytes(u32be(location.lane), u32be(location.position), u48(location.sequence));
      return [
        {
          key: privateKey('requests', requestId),
          value: concatBytes(new Uint8Array([stateByte.located]), content, place),
        },
        // The batch's row goes with its first request; a batch is located in one commit.
        { key: privateKey('pending', requestId), value: undefined },
        { key: locationKey(location), value: commitment },
      ];
    });
  }

  /**
   * Finds pending requests on the own lane, once before an import: a crash lay between sealing and writing it down.
   * Errors: NOT_JOINED while the lane may have entries that are not here; what is pending stays so.
   */
  async settle(): Promise<void> {
    const lane = this.#lane;
    if (lane === undefined) return;
    const waiting = new Map<string, PreparedRequest>();
    let after = Number.MAX_SAFE_INTEGER;
    const writes: Write[] = [];
    for await (const [key, batch] of this.#store.range(privateRange('pending'))) {
      writes.push({ key, value: undefined });
      after = Math.min(after, readU48(batch, 0));
      for (let at = 6; at < batch.length; at += ID_BYTES) {
        const requestId = batch.slice(at, at + ID_BYTES);
        const known = await this.get(requestId);
        if (known?.state === 'pending') waiting.set(toHex(requestId), known.prepared);
      }
    }
    // guard: R6 what is not here is not yet known to be nowhere
    if (waiting.size > 0 && !lane.ready()) {
      throw new HansaError(
        'NOT_JOINED',
        'The city is still asking the others for its newest entries, and rows of an earlier import may be among them.',
        { retryAfterMs },
      );
    }
    const found: PreparedRequest[] = [];
    const locations: RecordLocation[] = [];
    const tip = waiting.size === 0 ? 0 : await lane.tip();
    for (let sequence = after + 1; sequence <= tip; sequence++) {
      for (const [position, bytes] of ((await lane.records(sequence)) ?? []).entries()) {
        const record = decodeRecord(bytes);
        const name = record.ok ? toHex(record.value.requestId) : '';
        const prepared = waiting.get(name);
        if (prepared === undefined || !equalBytes(bytes, prepared.record)) continue;
        // Were it there twice, the first would be the one with the effect (R2).
        waiting.delete(name);
        found.push(prepared);
        locations.push({ lane: this.#self, sequence, position });
      }
    }
    // What was not found is not on the lane; it stays pending, and goes again when its row comes again.
    if (writes.length > 0) await this.#store.commit([...writes, ...this.locatedWrites(found, locations)], true);
  }

  async #tip(): Promise<number> {
    return (await this.#lane?.tip()) ?? 0;
  }
}

function readRow(requestId: Uint8Array, row: Uint8Array): KnownRequest {
  const content = row.slice(1, 1 + CONTENT_BYTES);
  const rest = row.subarray(1 + CONTENT_BYTES);
  if (row[0] === stateByte.located) {
    const view = new DataView(rest.buffer, rest.byteOffset);
    const location = { lane: view.getUint32(0), position: view.getUint32(4), sequence: readU48(rest, 8) };
    return { state: 'located', content, location };
  }
  const [commitment, record] = [rest.slice(0, COMMITMENT_BYTES), rest.slice(COMMITMENT_BYTES)];
  return { state: 'pending', content, prepared: { requestId, content, commitment, record } };
}

function u48(value: number): Uint8Array {
  const out = new Uint8Array(6);
  writeU48(out, 0, value);
  return out;
}
