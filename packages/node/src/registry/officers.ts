import { utf8 } from '@hansa/protocol';
import type { Store, Write } from '@hansa/protocol/replica';
import type { CitySecret } from './city-secret.ts';
import { privateKey } from './tables.ts';

/** Officers appear on lanes under pseudonyms that only their own city can resolve (P1). */
export class Officers {
  readonly #secret: CitySecret;
  readonly #store: Store;
  /** Names whose row is durable; a centre has tens of officers. */
  readonly #kept = new Map<string, Uint8Array>();

  constructor(secret: CitySecret, store: Store) {
    this.#secret = secret;
    this.#store = store;
  }

  /** The pseudonym and, while its row may be missing, the write that keeps the name. */
  pseudonym(name: string): { readonly pseudonym: Uint8Array; readonly write: Write | undefined } {
    const kept = this.#kept.get(name);
    if (kept !== undefined) return { pseudonym: kept, write: undefined };
    const pseudonym = this.#secret.pseudonym('officer', name);
    return { pseudonym, write: { key: privateKey('officers', pseudonym), value: utf8(name) } };
  }

  /** After the write is durable. */
  markKept(name: string, pseudonym: Uint8Array): void {
    if (this.#kept.size >= 10_000) this.#kept.clear();
    this.#kept.set(name, pseudonym);
  }

  async keep(name: string): Promise<Uint8Array> {
    const { pseudonym, write } = this.pseudonym(name);
    if (write !== undefined) {
      await this.#store.commit([write], true);
      this.markKept(name, pseudonym);
    }
    return pseudonym;
  }

  /** Undefined when the pseudonym is not of this city. */
  async nameOf(pseudonym: Uint8Array): Promise<string | undefined> {
    const name = await this.#store.get(privateKey('officers', pseudonym));
    return name === undefined ? undefined : new TextDecoder().decode(name);
  }
}
