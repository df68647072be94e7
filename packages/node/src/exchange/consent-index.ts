import { CONSENT_ID_BYTES, type ConsentFact } from '@hansa/protocol/families';
import type { Store } from '@hansa/protocol/replica';
import { privateRange } from '../registry/tables.ts';
import { exchangeKeys } from './keys.ts';

/** Which consents there are for a certificate: the ledger finds each by its id alone, which only its holder knows by heart. */
export class ConsentIndex {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Of a grant that is final. Adding one again changes nothing. */
  async add(consentId: Uint8Array, { certificateId, grantedAtMs }: ConsentFact): Promise<void> {
    const key = exchangeKeys.consentOf(certificateId, grantedAtMs, consentId);
    await this.#store.commit([{ key, value: new Uint8Array(0) }], false);
  }

  /** Ids of the newest `limit`, newest first. */
  async of(certificateId: Uint8Array, limit: number): Promise<Uint8Array[]> {
    const range = { ...privateRange('consentsOf', certificateId), limit, reverse: true };
    const ids: Uint8Array[] = [];
    for await (const [key] of this.#store.range(range)) ids.push(key.slice(-CONSENT_ID_BYTES));
    return ids;
  }
}
