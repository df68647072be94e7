import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { HansaError } from '@hansa/protocol';
import { isCommitted, type OpenedPayload, type ReadAsked, type VerifiedAccess } from '@hansa/protocol/access';
import type { Store } from '@hansa/protocol/replica';
import { encodeJson, getJson } from '../registry/tables.ts';
import { refusal } from '../services/meanings.ts';
import type { Asked, Asking } from './asking.ts';
import { exchangeKeys, locationBytes } from './keys.ts';
import type { ExchangeCity } from './ports.ts';
import type { OpenRequest } from './receipt-desk.ts';
import { requestOf, type SignedRow, signedRow } from './signed-row.ts';

/** What is to be read; the rest of the request follows. */
export type ReadWanted = Omit<ReadAsked, 'kind' | 'asker' | 'answerer' | 'nonce' | 'askedAtMs'>;

export interface ReadGiven {
  readonly opened: OpenedPayload;
  readonly receiptId: Uint8Array;
}

/** A city that is further behind than this has other troubles. */
const TRIES_MAX = 40;
const BEHIND_MS = 250;

/** The asker's side (P3): a read from the city that made the record. */
export class Reads {
  readonly #city: ExchangeCity;
  readonly #store: Store;
  readonly #asking: Asking;

  constructor(options: { readonly city: ExchangeCity; readonly store: Store; readonly asking: Asking }) {
    this.#city = options.city;
    this.#store = options.store;
    this.#asking = options.asking;
  }

  /**
   * Throws the other city's refusal, which both cities then have a receipt of, CITY_UNREACHABLE, and PAYLOAD_NOT_COMMITTED
   * when what came is not what the ledger has the commitment of. A read under a use of a consent is asked once: again with
   * the same signed request after a crash or a lost answer, and with a new one when the other city never got the first.
   */
  async read(wanted: ReadWanted, caseName: Uint8Array): Promise<ReadGiven> {
    const { basis } = wanted;
    const key = basis.kind === 'consent' ? exchangeKeys.state('read', locationBytes(basis.use)) : undefined;
    const before = await this.#before(key);
    const request = before ?? (await this.#signed(wanted, key));
    try {
      return this.#given(await this.#patiently(request, key, caseName), wanted.commitment);
    } catch (error) {
      if (before === undefined || !(error instanceof HansaError) || error.code !== 'ACCESS_REQUEST_STALE') throw error;
      // guard: P3 a request that was never answered, and never will be, does not cost the use
      return this.#given(await this.#patiently(await this.#signed(wanted, key), key, caseName), wanted.commitment);
    }
  }

  /** The other city may be some blocks behind: it hears of the use in a moment. */
  async #patiently(request: OpenRequest, key: Uint8Array | undefined, caseName: Uint8Array): Promise<Asked> {
    // A refusal takes no use, and its reason may pass: the next try is another request, with another receipt.
    const more = ({ answered }: VerifiedAccess) =>
      key === undefined || answered.refused === undefined ? [] : [{ key, value: undefined }];
    for (let tries = 1; ; tries++) {
      try {
        return await this.#asking.again(request, { caseName, more });
      } catch (error) {
        if (!(error instanceof HansaError) || error.code !== 'NOT_FINAL_YET' || tries === TRIES_MAX) throw error;
        await delay(BEHIND_MS);
      }
    }
  }

  #given({ access, opened }: Asked, commitment: Uint8Array): ReadGiven {
    const { refused } = access.answered;
    if (refused !== undefined) throw refusal(refused);
    // Granted before, and erased or withdrawn since: the answer is repeated without the payload.
    if (opened === undefined) throw refusal('PAYLOAD_ERASED');
    if (!isCommitted(this.#city.crypto, opened, commitment)) throw refusal('PAYLOAD_NOT_COMMITTED'); // guard: P1 what came is what was committed to
    return { opened, receiptId: access.id };
  }

  async #before(key: Uint8Array | undefined): Promise<OpenRequest | undefined> {
    const row = key === undefined ? undefined : await getJson<SignedRow>(this.#store, key);
    return row === undefined ? undefined : requestOf(this.#city.genesis, row);
  }

  async #signed(wanted: ReadWanted, key: Uint8Array | undefined): Promise<OpenRequest> {
    const nonce = new Uint8Array(randomBytes(16));
    const { lane } = wanted.record;
    const request = this.#asking.draft({
      ...wanted,
      kind: 'read',
      asker: this.#city.self.index,
      answerer: lane,
      nonce,
    });
    if (key === undefined) return request;
    await this.#store.commit([{ key, value: encodeJson(signedRow(request)) }], true);
    return request;
  }
}
