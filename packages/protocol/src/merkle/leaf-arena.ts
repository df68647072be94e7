import { copyBytes } from '../bytes.ts';
import { invariant } from '../errors.ts';
import { KeyFilter } from './key-filter.ts';
import type { SortedChanges } from './map-changes.ts';

/** Words of one page: 1 MiB. */
const PAGE_BITS = 18;
const PAGE_WORDS = 2 ** PAGE_BITS;
const PAGE_MASK = PAGE_WORDS - 1;
/** Words of a new map's page, 8 KiB; it doubles until it is a whole one, so that hundreds of small maps fit one machine. */
const FIRST_WORDS = 2 ** 11;
/** Addresses stay small integers when doubled: 4 GiB of leaves. */
const PAGES_MAX = 2 ** (30 - PAGE_BITS);
const KEY_WORDS = 8;
const HEAD_WORDS = KEY_WORDS + 1;
const KEY_BYTES = KEY_WORDS * 4;
/** Up to here copying byte by byte is quicker. */
const SHORT_BYTES = 96;

/**
 * Leaves of the sparse Merkle map in large pages, with no object per leaf. A leaf is a key (8 words), the value's length
 * (1 word) and the value, rounded up to words; its address is the index of its first word and never 0. Leaves never
 * change; the place of a released one is reused by a leaf of the same number of words.
 */
export class LeafArena {
  readonly #words: Uint32Array[] = [];
  readonly #bytes: Uint8Array[] = [];
  /** Next unused address. */
  #end = 1;
  /** Addresses below have a place. */
  #room = 0;
  /** Newest released address by size in words; its first word names the next one, 0 ends the list. */
  readonly #released = new Map<number, number>();
  #filter = new KeyFilter(0);
  /** Places of leaves, in use or released. */
  #places = 0;

  /** Bytes reserved, used or not. */
  get reservedBytes(): number {
    return this.#bytes.reduce((sum, page) => sum + page.length, this.#filter.reservedBytes);
  }

  /** The leaf that change number `at` makes. */
  create(changes: SortedChanges, at: number): number {
    const { keys, values } = changes;
    const length = changes.valueLength(at);
    const address = this.#allocate(HEAD_WORDS + Math.ceil(length / 4));
    const page = address >>> PAGE_BITS;
    const word = address & PAGE_MASK;
    const bytes = this.#bytes[page] as Uint8Array;
    copyBytes(keys, at * KEY_BYTES, bytes, word * 4, KEY_BYTES);
    (this.#words[page] as Uint32Array)[word + KEY_WORDS] = length;
    const place = (word + HEAD_WORDS) * 4;
    if (length <= SHORT_BYTES) copyBytes(values, changes.valueStart(at), bytes, place, length);
    else bytes.set(changes.valueAt(at), place);
    this.#filter.add(keys, at * KEY_BYTES);
    if (this.#filter.isFull) this.#refillFilter();
    return address;
  }

  /** False when no leaf of the key was ever made; true says nothing. */
  mayHoldKey(key: Uint8Array): boolean {
    return this.#filter.mayHold(key);
  }

  release(address: number): void {
    const words = this.#words[address >>> PAGE_BITS] as Uint32Array;
    const word = address & PAGE_MASK;
    const size = HEAD_WORDS + Math.ceil((words[word + KEY_WORDS] as number) / 4);
    words[word] = this.#released.get(size) ?? 0;
    this.#released.set(size, address);
  }

  /** A copy. */
  key(address: number): Uint8Array {
    const start = (address & PAGE_MASK) * 4;
    return (this.#bytes[address >>> PAGE_BITS] as Uint8Array).slice(start, start + KEY_WORDS * 4);
  }

  /** A copy. */
  value(address: number): Uint8Array {
    const page = address >>> PAGE_BITS;
    const word = address & PAGE_MASK;
    const length = (this.#words[page] as Uint32Array)[word + KEY_WORDS] as number;
    const start = (word + HEAD_WORDS) * 4;
    return (this.#bytes[page] as Uint8Array).slice(start, start + length);
  }

  hasValue(address: number, value: Uint8Array): boolean {
    const page = address >>> PAGE_BITS;
    const word = address & PAGE_MASK;
    if ((this.#words[page] as Uint32Array)[word + KEY_WORDS] !== value.length) return false;
    const bytes = this.#bytes[page] as Uint8Array;
    const start = (word + HEAD_WORDS) * 4;
    for (let i = 0; i < value.length; i++) if (bytes[start + i] !== value[i]) return false;
    return true;
  }

  /** Order of the leaf's key against the 32 bytes of `keys` from `at`, as `compareBytes`. */
  compareKey(address: number, keys: Uint8Array, at = 0): number {
    const bytes = this.#bytes[address >>> PAGE_BITS] as Uint8Array;
    const start = (address & PAGE_MASK) * 4;
    for (let i = 0; i < KEY_WORDS * 4; i++) {
      const difference = (bytes[start + i] as number) - (keys[at + i] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Bit `depth` of the leaf's key, most significant first. */
  keyBit(address: number, depth: number): number {
    const bytes = this.#bytes[address >>> PAGE_BITS] as Uint8Array;
    return ((bytes[(address & PAGE_MASK) * 4 + (depth >>> 3)] as number) >>> (7 - (depth & 7))) & 1;
  }

  /** Walks over all leaves, page by page. What is left of a released leaf's key does no harm. */
  #refillFilter(): void {
    this.#filter = new KeyFilter(2 * this.#places);
    for (let page = 0; page < this.#words.length; page++) {
      const words = this.#words[page] as Uint32Array;
      const start = page * PAGE_WORDS;
      const end = Math.min(words.length, this.#end - start);
      let word = page === 0 ? 1 : 0;
      while (word + HEAD_WORDS < end) {
        this.#filter.add(this.#bytes[page] as Uint8Array, word * 4);
        word += HEAD_WORDS + Math.ceil((words[word + KEY_WORDS] as number) / 4);
      }
    }
  }

  #allocate(size: number): number {
    const reused = this.#released.get(size) ?? 0;
    if (reused !== 0) {
      this.#released.set(size, (this.#words[reused >>> PAGE_BITS] as Uint32Array)[reused & PAGE_MASK] as number);
      return reused;
    }
    if (this.#end + size > this.#room) this.#makeRoom(size);
    const address = this.#end;
    this.#places++;
    // Behind a large leaf its page has no addresses left.
    this.#end = Math.min(address + size, this.#words.length * PAGE_WORDS);
    return address;
  }

  #makeRoom(size: number): void {
    const [first] = this.#words;
    if (this.#words.length <= 1 && this.#end + size <= PAGE_WORDS) {
      let length = Math.max(FIRST_WORDS, this.#room);
      while (length < this.#end + size) length *= 2;
      const words = new Uint32Array(length);
      if (first !== undefined) words.set(first);
      this.#words[0] = words;
      this.#bytes[0] = new Uint8Array(words.buffer);
      this.#room = length;
      return;
    }
    invariant(this.#words.length < PAGES_MAX, 'the facts outgrew 4 GiB');
    const start = this.#words.length * PAGE_WORDS;
    // A leaf larger than a page gets a page of its own size. Address 0 stays unused.
    const unused = start === 0 ? 1 : 0;
    const words = new Uint32Array(Math.max(PAGE_WORDS, unused + size));
    this.#words.push(words);
    this.#bytes.push(new Uint8Array(words.buffer));
    this.#end = start + unused;
    this.#room = this.#words.length * PAGE_WORDS;
  }
}
