import { copyBytes } from '../bytes.ts';
import { DIGEST_BYTES } from '../crypto/types.ts';
import { invariant } from '../errors.ts';

export interface MapChange {
  /** 32 bytes, uniformly spread (a digest). */
  readonly key: Uint8Array;
  /** At least one byte; undefined removes the key. */
  readonly value: Uint8Array | undefined;
}

/** Changes in columns: a block has thousands, and an object for each would be the garbage collector's work. */
export interface MapChanges {
  /** 32 bytes a change. */
  readonly keys: Uint8Array;
  /** Length of each new value; 0 removes the key. */
  readonly lengths: readonly number[];
  /** The values, concatenated. */
  readonly values: Uint8Array;
}

/** The columns of changes. Throws on a malformed one. */
export function toColumns(changes: readonly MapChange[]): MapChanges {
  const keys = new Uint8Array(changes.length * DIGEST_BYTES);
  const lengths = changes.map(({ value }) => value?.length ?? 0);
  const values = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let offset = 0;
  changes.forEach(({ key, value }, index) => {
    invariant(key.length === DIGEST_BYTES, 'a map key has 32 bytes');
    invariant(value === undefined || value.length > 0, 'a map value is not empty');
    keys.set(key, index * DIGEST_BYTES);
    if (value === undefined) return;
    values.set(value, offset);
    offset += value.length;
  });
  return { keys, lengths, values };
}

/** Changes ascending by key, one a key: the last one given. */
export class SortedChanges {
  readonly count: number;
  /** 32 bytes a change. */
  readonly keys: Uint8Array;
  readonly values: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #lengths: Uint32Array;

  constructor({ keys, lengths, values }: MapChanges) {
    invariant(keys.length === lengths.length * DIGEST_BYTES, 'a map key has 32 bytes');
    const starts = new Uint32Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) starts[i + 1] = (starts[i] as number) + (lengths[i] as number);
    invariant(starts[lengths.length] === values.length, 'the values are as long as their lengths say');
    this.keys = new Uint8Array(keys.length);
    this.values = values;
    this.#starts = new Uint32Array(lengths.length);
    this.#lengths = new Uint32Array(lengths.length);
    let count = 0;
    for (const index of ascending(keys, lengths.length)) {
      if (count > 0 && compareKeys(this.keys, count - 1, keys, index) === 0) count--;
      copyBytes(keys, index * DIGEST_BYTES, this.keys, count * DIGEST_BYTES, DIGEST_BYTES);
      this.#starts[count] = starts[index] as number;
      this.#lengths[count] = lengths[index] as number;
      count++;
    }
    this.count = count;
  }

  /** Bit `depth` of a key, most significant first. */
  keyBit(index: number, depth: number): number {
    return ((this.keys[index * DIGEST_BYTES + (depth >>> 3)] as number) >>> (7 - (depth & 7))) & 1;
  }

  removes(index: number): boolean {
    return this.#lengths[index] === 0;
  }

  /** Where in `values` the new value starts. */
  valueStart(index: number): number {
    return this.#starts[index] as number;
  }

  valueLength(index: number): number {
    return this.#lengths[index] as number;
  }

  /** A view. */
  valueAt(index: number): Uint8Array {
    return new Uint8Array(this.values.buffer, this.values.byteOffset + this.valueStart(index), this.valueLength(index));
  }

  /** First change in [low, high) whose key goes right at `depth`. */
  split(low: number, high: number, depth: number): number {
    let from = low;
    let to = high;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.keyBit(middle, depth) === 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Room for the index of a change behind 32 bits of its key, in the 53 bits of a whole number. */
const INDEX_RANGE = 2 ** 21;

/** Indices of the keys in ascending order, equal keys in the order given. */
function ascending(keys: Uint8Array, count: number): Uint32Array {
  invariant(count <= INDEX_RANGE, 'a version has at most two million changes');
  // Sorting numbers takes no comparison function: the beginning of the key, then the place.
  const ranks = new Float64Array(count);
  for (let i = 0; i < count; i++) ranks[i] = leading32Bits(keys, i * DIGEST_BYTES) * INDEX_RANGE + i;
  ranks.sort();
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const index = (ranks[i] as number) % INDEX_RANGE;
    // Digests that agree in 32 bits are rare: they sink to their place.
    let place = i;
    for (; place > 0 && compareKeys(keys, order[place - 1] as number, keys, index) > 0; place--) {
      order[place] = order[place - 1] as number;
    }
    order[place] = index;
  }
  return order;
}

function leading32Bits(bytes: Uint8Array, at: number): number {
  const low = ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  return (bytes[at] as number) * 2 ** 24 + low;
}

function compareKeys(left: Uint8Array, a: number, right: Uint8Array, b: number): number {
  for (let i = 0; i < DIGEST_BYTES; i++) {
    const difference = (left[a * DIGEST_BYTES + i] as number) - (right[b * DIGEST_BYTES + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
