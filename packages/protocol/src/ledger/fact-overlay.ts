import { equalBytes } from '../bytes.ts';
import { invariant } from '../errors.ts';
import type { FactReader, FactState } from '../families/family.ts';
import type { FactChange } from './types.ts';

const FREE = -1;

interface Slot {
  readonly key: Uint8Array;
  value: Uint8Array | undefined;
  /** False after a rollback took the only write away. */
  written: boolean;
}

/**
 * The facts as the block being executed sees them: its own writes over the map as of the block before. The writes of
 * one record can be taken back, and at the end of the block all go to the map at once.
 */
export class FactOverlay implements FactState {
  readonly #base: FactReader;
  /** Open addressing over the first bytes of the keys, which are digests. */
  #table = new Int32Array(256).fill(FREE);
  #slots: Slot[] = [];
  /** What the writes of the present record replaced. */
  #undo: { slot: Slot; value: Uint8Array | undefined; written: boolean }[] = [];

  constructor(base: FactReader) {
    this.#base = base;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const slot = this.#slots[this.#table[this.#probe(key)] as number];
    return slot?.written === true ? slot.value : this.#base.get(key);
  }

  set(key: Uint8Array, value: Uint8Array | undefined): void {
    invariant(key.length === 32, 'the key of a fact is a digest');
    invariant(value === undefined || value.length > 0, 'the value of a fact is not empty');
    const place = this.#probe(key);
    let slot = this.#slots[this.#table[place] as number];
    if (slot === undefined) {
      slot = { key, value: undefined, written: false };
      this.#table[place] = this.#slots.length;
      this.#slots.push(slot);
      if (this.#slots.length * 2 > this.#table.length) this.#grow();
    }
    this.#undo.push({ slot, value: slot.value, written: slot.written });
    slot.value = value;
    slot.written = true;
  }

  /** The record is accepted: its writes stay. */
  keep(): void {
    this.#undo.length = 0;
  }

  /** The record is rejected: its writes are dropped. */
  drop(): void {
    for (let write = this.#undo.pop(); write !== undefined; write = this.#undo.pop()) {
      write.slot.value = write.value;
      write.slot.written = write.written;
    }
  }

  /** The block's changes in the order of their first write; the overlay is empty afterwards. */
  take(): FactChange[] {
    const changes: FactChange[] = [];
    for (const { key, value, written } of this.#slots) if (written) changes.push({ key, value });
    this.#slots = [];
    if (this.#table.length > 256) this.#table = new Int32Array(256);
    this.#table.fill(FREE);
    return changes;
  }

  /** Where the key's slot number stands, or the free place for it. */
  #probe(key: Uint8Array): number {
    const mask = this.#table.length - 1;
    let place = ((key[0] as number) | ((key[1] as number) << 8) | ((key[2] as number) << 16)) & mask;
    for (;;) {
      const index = this.#table[place] as number;
      if (index === FREE || equalBytes((this.#slots[index] as Slot).key, key)) return place;
      place = (place + 1) & mask;
    }
  }

  #grow(): void {
    this.#table = new Int32Array(this.#table.length * 4).fill(FREE);
    for (let i = 0; i < this.#slots.length; i++) this.#table[this.#probe((this.#slots[i] as Slot).key)] = i;
  }
}
