import { copyBytes } from '../bytes.ts';
import { invariant } from '../errors.ts';
import type { FactReader, FactState } from '../families/family.ts';
import type { MapChanges } from '../merkle/index.ts';

const KEY_BYTES = 32;
const FREE = -1;
/** Facts that there is room for from the start. */
const ROOM = 128;

/** The former state of a fact that the present record wrote. */
interface Undo {
  readonly slot: number;
  readonly start: number;
  readonly length: number;
}

/** The length of a slot whose only write was taken back. */
const UNWRITTEN = -1;

/**
 * The facts as the block being executed sees them: its own writes over the map as of the block before. The writes of
 * one record can be taken back, and at the end of the block all go to the map at once. Keys and values lie side by side
 * in two pieces of memory, because thousands of small arrays would live long enough to be the collector's main work.
 */
export class FactOverlay implements FactState {
  readonly #base: FactReader;
  /** Numbers of slots, by open addressing over the first bytes of the keys, which are digests. */
  #table = new Int32Array(2 * ROOM).fill(FREE);
  #count = 0;
  #keys = new Uint8Array(ROOM * KEY_BYTES);
  /** Where each slot's value starts in `#values`, and how long it is: 0 removes the fact. */
  #starts = new Int32Array(ROOM);
  #lengths = new Int32Array(ROOM);
  #values = new Uint8Array(ROOM * 64);
  #valuesEnd = 0;
  /** What the writes of the present record replaced, and where its values begin. */
  readonly #undo: Undo[] = [];
  #recordStart = 0;

  constructor(base: FactReader) {
    this.#base = base;
  }

  /** The value of a fact, good until the record ends. */
  get(key: Uint8Array): Uint8Array | undefined {
    const slot = this.#table[this.#probe(key, 0)] as number;
    const length = slot === FREE ? UNWRITTEN : (this.#lengths[slot] as number);
    if (length === UNWRITTEN) return this.#base.get(key);
    if (length === 0) return undefined;
    const start = this.#starts[slot] as number;
    return this.#values.subarray(start, start + length);
  }

  set(key: Uint8Array, value: Uint8Array | undefined): void {
    invariant(key.length === KEY_BYTES, 'the key of a fact is a digest');
    invariant(value === undefined || value.length > 0, 'the value of a fact is not empty');
    const place = this.#probe(key, 0);
    let slot = this.#table[place] as number;
    if (slot === FREE) {
      slot = this.#count;
      this.#table[place] = slot;
      this.#add(key);
    }
    this.#undo.push({ slot, start: this.#starts[slot] as number, length: this.#lengths[slot] as number });
    this.#starts[slot] = this.#valuesEnd;
    this.#lengths[slot] = value?.length ?? 0;
    if (value !== undefined) this.#append(value);
  }

  /** The record is accepted: its writes stay. */
  keep(): void {
    this.#undo.length = 0;
    this.#recordStart = this.#valuesEnd;
  }

  /** The record is rejected: its writes are dropped. */
  drop(): void {
    for (let write = this.#undo.pop(); write !== undefined; write = this.#undo.pop()) {
      this.#starts[write.slot] = write.start;
      this.#lengths[write.slot] = write.length;
    }
    this.#valuesEnd = this.#recordStart;
  }

  /** The block's changes in the order of their first write; the overlay is empty afterwards. */
  take(): MapChanges {
    const keys = new Uint8Array(this.#count * KEY_BYTES);
    const values = new Uint8Array(this.#valuesEnd);
    const lengths: number[] = [];
    let end = 0;
    for (let slot = 0; slot < this.#count; slot++) {
      const length = this.#lengths[slot] as number;
      if (length === UNWRITTEN) continue;
      const start = this.#starts[slot] as number;
      copyBytes(this.#keys, slot * KEY_BYTES, keys, lengths.length * KEY_BYTES, KEY_BYTES);
      copyBytes(this.#values, start, values, end, length);
      lengths.push(length);
      end += length;
    }
    this.#count = 0;
    this.#valuesEnd = 0;
    this.#recordStart = 0;
    this.#table.fill(FREE);
    return { keys: keys.subarray(0, lengths.length * KEY_BYTES), lengths, values: values.subarray(0, end) };
  }

  /** Where the number of the slot of the key at `at` stands, or the free place for it. */
  #probe(keys: Uint8Array, at: number): number {
    const mask = this.#table.length - 1;
    const first = (keys[at] as number) | ((keys[at + 1] as number) << 8) | ((keys[at + 2] as number) << 16);
    for (let place = first & mask; ; place = (place + 1) & mask) {
      const slot = this.#table[place] as number;
      if (slot === FREE || this.#isKey(slot, keys, at)) return place;
    }
  }

  #isKey(slot: number, keys: Uint8Array, at: number): boolean {
    const start = slot * KEY_BYTES;
    for (let i = 0; i < KEY_BYTES; i++) if (this.#keys[start + i] !== keys[at + i]) return false;
    return true;
  }

  #add(key: Uint8Array): void {
    const slot = this.#count++;
    if (slot === this.#lengths.length) {
      this.#keys = grown(this.#keys, 2 * this.#keys.length);
      const starts = new Int32Array(2 * slot);
      starts.set(this.#starts);
      this.#starts = starts;
      const lengths = new Int32Array(2 * slot);
      lengths.set(this.#lengths);
      this.#lengths = lengths;
    }
    this.#keys.set(key, slot * KEY_BYTES);
    this.#lengths[slot] = UNWRITTEN;
    if (this.#count * 2 > this.#table.length) {
      this.#table = new Int32Array(this.#table.length * 2).fill(FREE);
      for (let i = 0; i < this.#count; i++) this.#table[this.#probe(this.#keys, i * KEY_BYTES)] = i;
    }
  }

  #append(value: Uint8Array): void {
    const end = this.#valuesEnd + value.length;
    if (end > this.#values.length) this.#values = grown(this.#values, Math.max(end, 2 * this.#values.length));
    this.#values.set(value, this.#valuesEnd);
    this.#valuesEnd = end;
  }
}

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
