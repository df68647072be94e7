import type { RangeOptions, Store, Write } from '@hansa/protocol/replica';

type Pair = readonly [Uint8Array, Uint8Array];

/**
 * An ordered key-value store in memory, made for hundreds of cities: values are kept as they come (the same bytes in
 * every city are one array), keys are short strings, and order is made only for whoever reads a range.
 */
export class Shelf implements Store {
  readonly #values: Map<string, Uint8Array>;
  /** All keys in order; undefined while keys came or went since. */
  #order: string[] | undefined;

  constructor(values: Map<string, Uint8Array> = new Map()) {
    this.#values = values;
  }

  get size(): number {
    return this.#values.size;
  }

  write(writes: readonly Write[]): void {
    for (const { key, value } of writes) {
      const name = nameOf(key);
      if (value === undefined) {
        if (this.#values.delete(name)) this.#order = undefined;
      } else {
        const before = this.#values.size;
        this.#values.set(name, value);
        if (this.#values.size !== before) this.#order = undefined;
      }
    }
  }

  copy(): Shelf {
    return new Shelf(new Map(this.#values));
  }

  clear(): void {
    this.#values.clear();
    this.#order = undefined;
  }

  /** The keys in order, as strings of one character a byte. */
  names(): readonly string[] {
    this.#order ??= [...this.#values.keys()].sort();
    return this.#order;
  }

  valueOf(name: string): Uint8Array | undefined {
    return this.#values.get(name);
  }

  /** Puts another value in the place of one that is there. */
  replace(name: string, value: Uint8Array): void {
    if (this.#values.has(name)) this.#values.set(name, value);
  }

  async get(key: Uint8Array): Promise<Uint8Array | undefined> {
    return this.#values.get(nameOf(key));
  }

  async *range(options: RangeOptions): AsyncGenerator<Pair> {
    const names = this.names();
    const from = firstAtOrAbove(names, nameOf(options.gte));
    const to = firstAtOrAbove(names, nameOf(options.lt));
    const count = Math.min(Math.max(0, to - from), options.limit ?? Number.POSITIVE_INFINITY);
    // The names of this moment: a writer between two steps gets a new order.
    for (let step = 0; step < count; step++) {
      const name = names[options.reverse === true ? to - 1 - step : from + step] as string;
      const value = this.#values.get(name);
      if (value !== undefined) yield [keyOf(name), value];
    }
  }

  async commit(writes: readonly Write[], _flush: boolean): Promise<void> {
    this.write(writes);
  }

  async close(): Promise<void> {}
}

/** Index of the first name that is not below. */
function firstAtOrAbove(names: readonly string[], bound: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((names[middle] as string) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One character a byte: compares as the bytes do. */
function nameOf(key: Uint8Array): string {
  let name = '';
  for (let i = 0; i < key.length; i++) name += String.fromCharCode(key[i] as number);
  return name;
}

function keyOf(name: string): Uint8Array {
  const key = new Uint8Array(name.length);
  for (let i = 0; i < key.length; i++) key[i] = name.charCodeAt(i);
  return key;
}
