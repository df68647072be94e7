/** Nodes of one page: 576 KiB. */
const PAGE_BITS = 13;
const PAGE_NODES = 2 ** PAGE_BITS;
const PAGE_MASK = PAGE_NODES - 1;
/** Room of a new map; the first page doubles until it is full, so that hundreds of small maps fit one machine. */
const FIRST_NODES = 64;

/** Words of a hash. Hashes are held as words of the machine's own order, because they are only ever copied. */
export const HASH_WORDS = 8;
/** Two references and the hashes of both children. */
export const NODE_WORDS = 2 + 2 * HASH_WORDS;

export const LEFT = 0;
export const RIGHT = 1;
export type Side = typeof LEFT | typeof RIGHT;

export function copyWords(from: Uint32Array, fromWord: number, to: Uint32Array, toWord: number, words: number): void {
  for (let i = 0; i < words; i++) to[toWord + i] = from[fromWord + i] as number;
}

/**
 * Inner nodes of the sparse Merkle map, 72 bytes each, numbered from 1, released numbers reused. A node holds its
 * children's hashes, not its own, so that hashing it again touches one place in memory and not three.
 */
export class InnerNodes {
  readonly #pages: Uint32Array[] = [];
  #end = 1;
  /** Numbers below have a place. */
  #room = 0;
  /** Newest released number; its first word names the next one, 0 ends the list. */
  #released = 0;

  /** Bytes reserved, used or not. */
  get reservedBytes(): number {
    return this.#room * NODE_WORDS * 4;
  }

  /** A node whose words are all still to be set. */
  create(): number {
    const reused = this.#released;
    if (reused !== 0) {
      this.#released = this.child(reused, LEFT);
      return reused;
    }
    if (this.#end >= this.#room) this.#grow();
    return this.#end++;
  }

  #grow(): void {
    const [first] = this.#pages;
    if (first !== undefined && this.#room >= PAGE_NODES) {
      this.#pages.push(new Uint32Array(PAGE_NODES * NODE_WORDS));
      this.#room += PAGE_NODES;
      return;
    }
    this.#room = Math.max(FIRST_NODES, 2 * this.#room);
    const larger = new Uint32Array(this.#room * NODE_WORDS);
    if (first !== undefined) larger.set(first);
    this.#pages[0] = larger;
  }

  release(id: number): void {
    this.setChild(id, LEFT, this.#released);
    this.#released = id;
  }

  child(id: number, side: Side): number {
    return (this.#pages[id >>> PAGE_BITS] as Uint32Array)[(id & PAGE_MASK) * NODE_WORDS + side] as number;
  }

  setChild(id: number, side: Side, ref: number): void {
    (this.#pages[id >>> PAGE_BITS] as Uint32Array)[(id & PAGE_MASK) * NODE_WORDS + side] = ref;
  }

  setChildHash(id: number, side: Side, from: Uint32Array, fromWord: number): void {
    const page = this.#pages[id >>> PAGE_BITS] as Uint32Array;
    copyWords(from, fromWord, page, (id & PAGE_MASK) * NODE_WORDS + 2 + side * HASH_WORDS, HASH_WORDS);
  }

  clearChildHash(id: number, side: Side): void {
    const start = (id & PAGE_MASK) * NODE_WORDS + 2 + side * HASH_WORDS;
    (this.#pages[id >>> PAGE_BITS] as Uint32Array).fill(0, start, start + HASH_WORDS);
  }

  readChildHash(id: number, side: Side, to: Uint32Array, toWord: number): void {
    const page = this.#pages[id >>> PAGE_BITS] as Uint32Array;
    copyWords(page, (id & PAGE_MASK) * NODE_WORDS + 2 + side * HASH_WORDS, to, toWord, HASH_WORDS);
  }

  /** The 64 bytes that the node's own hash is over. */
  readPair(id: number, to: Uint32Array, toWord: number): void {
    const page = this.#pages[id >>> PAGE_BITS] as Uint32Array;
    copyWords(page, (id & PAGE_MASK) * NODE_WORDS + 2, to, toWord, 2 * HASH_WORDS);
  }
}
