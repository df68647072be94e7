import { REQUEST_KEY_BYTES } from '../records/index.ts';

const WORDS = REQUEST_KEY_BYTES / 4;
/** 1 KiB. */
const FIRST_SLOTS = 64;
/** At most three slots of four are taken; then the table grows by half, because at a million keys its room counts. */
const TAKEN_MAX = 0.75;
const GROWTH = 1.5;
const FIRST_WORD_RANGE = 2 ** 32;

/**
 * The applied requests: a set of 16-byte keys (R2) in one typed array, 21 to 32 bytes a key once grown, because an object per
 * request would not fit a million of them. Keys are digests, so their first word is hash enough.
 */
export class RequestSet {
  /**
   * Open addressing with linear probing; a slot of zeros is free. Keys stand nearly in the order of their first words, so
   * that a larger table is filled from one end to the other, as the processor's caches like it.
   */
  #slots = new Uint32Array(FIRST_SLOTS * WORDS);
  #slotCount = FIRST_SLOTS;
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
    return isZeroAt(this.#scratch, 0) ? this.#hasZero : this.#find() < 0;
  }

  add(key: Uint8Array): void {
    this.#load(key);
    if (isZeroAt(this.#scratch, 0)) {
      if (!this.#hasZero) this.#size++;
      this.#hasZero = true;
      return;
    }
    const slot = this.#find();
    if (slot < 0) return;
    this.#put(slot, this.#scratch, 0);
    this.#size++;
    if (this.#size > this.#slotCount * TAKEN_MAX) this.#grow();
  }

  #load(key: Uint8Array): void {
    this.#scratchBytes.set(key.length === REQUEST_KEY_BYTES ? key : key.subarray(0, REQUEST_KEY_BYTES));
  }

  /** Free slot for the loaded key, or -1 when it is there. */
  #find(): number {
    const slots = this.#slots;
    const key = this.#scratch;
    for (let slot = this.#home(key[0] as number); ; slot = this.#next(slot)) {
      if (this.#isFree(slot)) return slot;
      const at = slot * WORDS;
      const isEqual = slots[at] === key[0] && slots[at + 1] === key[1];
      if (isEqual && slots[at + 2] === key[2] && slots[at + 3] === key[3]) return -1;
    }
  }

  #home(firstWord: number): number {
    return Math.floor((firstWord / FIRST_WORD_RANGE) * this.#slotCount);
  }

  #next(slot: number): number {
    return slot + 1 === this.#slotCount ? 0 : slot + 1;
  }

  #isFree(slot: number): boolean {
    return isZeroAt(this.#slots, slot * WORDS);
  }

  #put(slot: number, from: Uint32Array, at: number): void {
    for (let word = 0; word < WORDS; word++) this.#slots[slot * WORDS + word] = from[at + word] as number;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slotCount = Math.ceil(this.#slotCount * GROWTH);
    this.#slots = new Uint32Array(this.#slotCount * WORDS);
    for (let at = 0; at < old.length; at += WORDS) {
      if (isZeroAt(old, at)) continue;
      let slot = this.#home(old[at] as number);
      while (!this.#isFree(slot)) slot = this.#next(slot);
      this.#put(slot, old, at);
    }
  }
}

function isZeroAt(words: Uint32Array, at: number): boolean {
  if (words[at] !== 0) return false;
  return ((words[at + 1] as number) | (words[at + 2] as number) | (words[at + 3] as number)) === 0;
}
