import type { StoreReader, Write } from '@hansa/protocol/replica';
import type { Random } from '../kernel/random.ts';
import type { CrashOptions, DiskDamage } from './contract.ts';
import { Shelf } from './shelf.ts';

export interface DiskOptions {
  readonly flushUs: number;
  /** Undefined: any amount in no time. */
  readonly bytesPerUs: number | undefined;
  readonly random: Random;
  /** A commit survives a power cut from now on. */
  readonly durable?: (writes: readonly Write[]) => void;
}

/**
 * A city's disk. Commits are atomic and come in order. One that asks for a flush takes its time, and when it is done
 * all before it is durable too; others are with the operating system at once and durable at the next flush. A power
 * cut loses what was not flushed, but for a random number of the oldest commits, which had been written back already.
 */
export class Disk {
  full = false;
  /** Flushes take so many times as long. */
  slowness = 1;
  readonly #options: DiskOptions;
  #durable = new Shelf();
  /** Commits that the process has made and no flush has reached, oldest first. */
  #unflushed: (readonly Write[])[] = [];
  /** The commit whose flush is under way. */
  #flushing: readonly Write[] | undefined;
  /** What the process reads, while it differs from what is durable. */
  #view: Shelf | undefined;

  constructor(options: DiskOptions) {
    this.#options = options;
  }

  get durable(): Shelf {
    return this.#durable;
  }

  /** Begins a commit. Returns how long it takes; `finish` ends it. */
  begin(writes: readonly Write[], flush: boolean): number {
    if (!flush) {
      this.#unflushed.push(writes);
      this.#view = undefined;
      return 0;
    }
    this.#flushing = writes;
    const { flushUs, bytesPerUs } = this.#options;
    let us = flushUs * this.slowness;
    if (bytesPerUs !== undefined) {
      us += (this.#unflushed.reduce((sum, batch) => sum + sizeOf(batch), 0) + sizeOf(writes)) / bytesPerUs;
    }
    return Math.ceil(us);
  }

  /** The flush under way is done. */
  finish(): void {
    const batches = this.#flushing === undefined ? this.#unflushed : [...this.#unflushed, this.#flushing];
    this.#unflushed = [];
    this.#flushing = undefined;
    this.#view = undefined;
    for (const batch of batches) this.#keep(batch);
  }

  #keep(batch: readonly Write[]): void {
    this.#durable.write(batch);
    this.#options.durable?.(batch);
  }

  /** What the process reads: all its finished commits. */
  reader(): StoreReader {
    if (this.#unflushed.length === 0) return this.#durable;
    if (this.#view === undefined) {
      this.#view = this.#durable.copy();
      for (const batch of this.#unflushed) this.#view.write(batch);
    }
    return this.#view;
  }

  /** The process is gone, and the power with it. Returns how the disk broke its promise, if it did. */
  crash({ lose, torn = false }: CrashOptions): DiskDamage | undefined {
    const open = this.#flushing === undefined ? this.#unflushed : [...this.#unflushed, this.#flushing];
    const finished = this.#unflushed.length;
    this.#unflushed = [];
    this.#flushing = undefined;
    this.#view = undefined;
    if (lose === 'everything') {
      this.#durable = new Shelf();
      return 'lost';
    }
    const survivors = lose === 'nothing' ? finished : this.#options.random.integer(open.length + 1);
    for (const batch of open.slice(0, survivors)) this.#keep(batch);
    return torn && this.#tear(open[survivors]) ? 'torn' : undefined;
  }

  /** Writes a commit in part: some of its first writes, not all. */
  #tear(batch: readonly Write[] | undefined): boolean {
    if (batch === undefined || batch.length < 2) return false;
    this.#keep(batch.slice(0, 1 + this.#options.random.integer(batch.length - 1)));
    return true;
  }

  /** Only while no process runs on it. */
  replace(disk: Shelf | undefined): void {
    this.#durable = disk?.copy() ?? new Shelf();
  }

  /** Flips one bit in each of so many durable values. Returns how many there were. */
  rot(values: number): number {
    const { random } = this.#options;
    let flipped = 0;
    for (const name of random.sample(this.#durable.names(), values)) {
      const value = this.#durable.valueOf(name);
      if (value === undefined || value.length === 0) continue;
      // Other cities hold the same array.
      const rotten = value.slice();
      const place = random.integer(rotten.length);
      rotten[place] = (rotten[place] as number) ^ (1 << random.integer(8));
      this.#durable.replace(name, rotten);
      flipped += 1;
    }
    this.#view = undefined;
    return flipped;
  }
}

/** A key, its value and a few bytes of framing. */
function sizeOf(writes: readonly Write[]): number {
  let bytes = 0;
  for (const { key, value } of writes) bytes += key.length + (value?.length ?? 0) + 8;
  return bytes;
}
