/** Nodes of one page. */
const PAGE_NODES = 2 ** 13;
const PAGE_MASK = PAGE_NODES - 1;
/** Words of a hash. Hashes are held as words of the machine's own order, because they are only ever copied. */
const HASH_WORDS = 8;

/** Copies one hash between word arrays. */
function copyHash(from: Uint32Array, fromWord: number, to: Uint32Array, toWord: number): void {
  for (let i = 0; i < HASH_WORDS; i++) to[toWord + i] = from[fromWord + i] as number;
}

function bytesOf(words: Uint32Array, hashIndex: number): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset + hashIndex * HASH_WORDS * 4, HASH_WORDS * 4);
}

/** Inner nodes: a hash and two references each (40 bytes), numbered from 1, released numbers reused. */
export class InnerNodes {
  readonly #hashes: Uint32Array[] = [];
  readonly #children: Uint32Array[] = [];
  #end = 1;
  /** Newest released number; its left reference names the next one, 0 ends the list. */
  #released = 0;

  /** Bytes reserved, used or not. */
  get reservedBytes(): number {
    return this.#hashes.length * PAGE_NODES * (HASH_WORDS + 2) * 4;
  }

  create(left: number, right: number): number {
    let id = this.#released;
    if (id !== 0) this.#released = this.left(id);
    else {
      id = this.#end++;
      if (id >>> 13 === this.#hashes.length) {
        this.#hashes.push(new Uint32Array(PAGE_NODES * HASH_WORDS));
        this.#children.push(new Uint32Array(PAGE_NODES * 2));
      }
    }
    const page = this.#children[id >>> 13] as Uint32Array;
    page[(id & PAGE_MASK) * 2] = left;
    page[(id & PAGE_MASK) * 2 + 1] = right;
    return id;
  }

  release(id: number): void {
    (this.#children[id >>> 13] as Uint32Array)[(id & PAGE_MASK) * 2] = this.#released;
    this.#released = id;
  }

  left(id: number): number {
    return (this.#children[id >>> 13] as Uint32Array)[(id & PAGE_MASK) * 2] as number;
  }

  right(id: number): number {
    return (this.#children[id >>> 13] as Uint32Array)[(id & PAGE_MASK) * 2 + 1] as number;
  }

  setHash(id: number, from: Uint32Array, fromWord: number): void {
    copyHash(from, fromWord, this.#hashes[id >>> 13] as Uint32Array, (id & PAGE_MASK) * HASH_WORDS);
  }

  readHash(id: number, to: Uint32Array, toWord: number): void {
    copyHash(this.#hashes[id >>> 13] as Uint32Array, (id & PAGE_MASK) * HASH_WORDS, to, toWord);
  }

  /** A view, valid until the node is released. */
  hash(id: number): Uint8Array {
    return bytesOf(this.#hashes[id >>> 13] as Uint32Array, id & PAGE_MASK);
  }
}

/** Leaves: key, hash and the address of the value (68 bytes), numbered from 1, released numbers reused. */
export class LeafNodes {
  readonly #keys: Uint8Array[] = [];
  readonly #hashes: Uint32Array[] = [];
  readonly #values: Uint32Array[] = [];
  #end = 1;
  /** Newest released number; its value field names the next one, 0 ends the list. */
  #released = 0;

  /** Bytes reserved, used or not. */
  get reservedBytes(): number {
    return this.#keys.length * PAGE_NODES * (2 * HASH_WORDS + 1) * 4;
  }

  create(key: Uint8Array, value: number, hash: Uint8Array): number {
    let id = this.#released;
    if (id !== 0) this.#released = this.value(id);
    else {
      id = this.#end++;
      if (id >>> 13 === this.#keys.length) {
        this.#keys.push(new Uint8Array(PAGE_NODES * HASH_WORDS * 4));
        this.#hashes.push(new Uint32Array(PAGE_NODES * HASH_WORDS));
        this.#values.push(new Uint32Array(PAGE_NODES));
      }
    }
    (this.#keys[id >>> 13] as Uint8Array).set(key, (id & PAGE_MASK) * HASH_WORDS * 4);
    (this.#values[id >>> 13] as Uint32Array)[id & PAGE_MASK] = value;
    this.hash(id).set(hash);
    return id;
  }

  release(id: number): void {
    (this.#values[id >>> 13] as Uint32Array)[id & PAGE_MASK] = this.#released;
    this.#released = id;
  }

  /** Address of the value. */
  value(id: number): number {
    return (this.#values[id >>> 13] as Uint32Array)[id & PAGE_MASK] as number;
  }

  /** Order of the leaf's key against another key, as `compareBytes`. */
  compareKey(id: number, key: Uint8Array): number {
    const page = this.#keys[id >>> 13] as Uint8Array;
    const start = (id & PAGE_MASK) * HASH_WORDS * 4;
    for (let i = 0; i < HASH_WORDS * 4; i++) {
      const difference = (page[start + i] as number) - (key[i] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Bit `depth` of the leaf's key, most significant first. */
  keyBit(id: number, depth: number): number {
    const byte = (this.#keys[id >>> 13] as Uint8Array)[(id & PAGE_MASK) * HASH_WORDS * 4 + (depth >>> 3)] as number;
    return (byte >>> (7 - (depth & 7))) & 1;
  }

  /** A view, valid until the node is released. */
  key(id: number): Uint8Array {
    const start = (id & PAGE_MASK) * HASH_WORDS * 4;
    return (this.#keys[id >>> 13] as Uint8Array).subarray(start, start + HASH_WORDS * 4);
  }

  readHash(id: number, to: Uint32Array, toWord: number): void {
    copyHash(this.#hashes[id >>> 13] as Uint32Array, (id & PAGE_MASK) * HASH_WORDS, to, toWord);
  }

  /** A view, valid until the node is released. */
  hash(id: number): Uint8Array {
    return bytesOf(this.#hashes[id >>> 13] as Uint32Array, id & PAGE_MASK);
  }
}
