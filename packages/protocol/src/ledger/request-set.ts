import { REQUEST_KEY_BYTES } from '../records/index.ts';

const WORDS = REQUEST_KEY_BYTES / 4;
/** 1 KiB. */
const FIRST_SLOTS = 64;

/**
 * The applied requests: a set of 16-byte keys (R2) in one typed array, 32 bytes a key at most once grown, because an
 * object per request would not fit a million of them. Keys are digests, so their first word is hash enough.
 */
export class RequestSet {
  /** Open addressing with linear probing; a slot of zeros is free. */
  #slots = new Uint32Array(FIRST_SLOTS * WORDS);
  #mask = FIRST_SLOTS - 1;
  #size = 0;
  /** The key of zeros has no slot of its own. */
  #hasZero = false;
  readonly #scratch = new Uint32Array(WORDS);
  readonly #scratchBytes = new Uint8Array(this.#scratch.buffer);

  get size(): number {
    return this.#size;
  }

  has(key: Uint8Array): boolean {
    this.#load(key);
    return this.#isZero() ? this.#hasZero : this.#find() < 0;
  }

  add(key: Uint8Array): void {
    this.#load(key);
    if (this.#isZero()) {
      if (!this.#hasZero) this.#size++;
      this.#hasZero = true;
      return;
    }
    const slot = this.#find();
    if (slot < 0) return;
    this.#slots.set(this.#scratch, slot * WORDS);
    this.#size++;
    if (this.#size * 3 > (this.#mask + 1) * 2) this.#grow();
  }

  #load(key: Uint8Array): void {
    this.#scratchBytes.set(key.length === REQUEST_KEY_BYTES ? key : key.subarray(0, REQUEST_KEY_BYTES));
  }

  #isZero(): boolean {
    const key = this.#scratch;
    return ((key[0] as number) | (key[1] as number) | (key[2] as number) | (key[3] as number)) === 0;
  }

  /** Free slot for the loaded key, or -1 when it is there. */
  #find(): number {
    const slots = this.#slots;
    const key = this.#scratch;
    const first = key[0] as number;
    for (let slot = first & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * WORDS;
      const word = slots[at] as number;
      if (word === first && slots[at + 1] === key[1] && slots[at + 2] === key[2] && slots[at + 3] === key[3]) return -1;
      if (word === 0 && ((slots[at + 1] as number) | (slots[at + 2] as number) | (slots[at + 3] as number)) === 0) {
        return slot;
      }
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Uint32Array((this.#mask + 1) * WORDS);
    for (let at = 0; at < old.length; at += WORDS) {
      for (let word = 0; word < WORDS; word++) this.#scratch[word] = old[at + word] as number;
      if (!this.#isZero()) this.#slots.set(this.#scratch, this.#find() * WORDS);
    }
  }
}
