import { randomBytes } from 'node:crypto';
import { concatBytes } from '@hansa/protocol';
import type { Digest, Hasher } from '@hansa/protocol/crypto';
import type { Store, Write } from '@hansa/protocol/replica';
import { privateKey } from './tables.ts';

const SALT_BYTES = 32;

export interface SealedPayload {
  /** P1: SHA-256(salt256 || payload), all that the lane sees of it. */
  readonly commitment: Digest;
  /** To be committed with a flush before the record that carries the commitment is submitted. */
  readonly write: Write;
}

/** Private payloads and their salts, by commitment. Deleting a row erases the payload: its commitment then says nothing. */
export class Vault {
  readonly #hasher: Hasher;
  readonly #store: Store;

  constructor(hasher: Hasher, store: Store) {
    this.#hasher = hasher;
    this.#store = store;
  }

  seal(payload: Uint8Array): SealedPayload {
    // Random, never derived: a salt that could be made again could not be erased.
    const value = concatBytes(randomBytes(SALT_BYTES), payload);
    const commitment = this.#hasher.sha256(value);
    return { commitment, write: { key: privateKey('payloads', commitment), value } };
  }

  async keep(payload: Uint8Array): Promise<Digest> {
    const { commitment, write } = this.seal(payload);
    await this.#store.commit([write], true);
    return commitment;
  }

  /** Undefined when it was never here or is erased. */
  async open(commitment: Uint8Array): Promise<{ readonly salt: Uint8Array; readonly payload: Uint8Array } | undefined> {
    const value = await this.#store.get(privateKey('payloads', commitment));
    return value === undefined ? undefined : { salt: value.slice(0, SALT_BYTES), payload: value.slice(SALT_BYTES) };
  }

  /** What was made of a payload for the citizen to carry; it goes when the payload is erased. */
  async copyOf(commitment: Uint8Array): Promise<string | undefined> {
    const copy = await this.#store.get(privateKey('copies', commitment));
    return copy === undefined ? undefined : new TextDecoder().decode(copy);
  }

  async keepCopy(commitment: Uint8Array, copy: string): Promise<void> {
    await this.#store.commit([{ key: privateKey('copies', commitment), value: new TextEncoder().encode(copy) }], true);
  }

  async erase(commitment: Uint8Array): Promise<void> {
    // The citizen's copy is made of the payload: with that, this city's copy of it goes, too.
    const rows = [privateKey('payloads', commitment), privateKey('copies', commitment)];
    await this.#store.commit(
      rows.map((key) => ({ key, value: undefined })),
      true,
    );
  }

  /** The same of a payload that no copy was made of, to be committed together with other changes. */
  erasedWrite(commitment: Uint8Array): Write {
    return { key: privateKey('payloads', commitment), value: undefined };
  }
}
