/**
 * Randomness of links. Each directed link has a stream of its own, and there are as many links as pairs of cities, so a
 * stream is no more than a counter: its numbers are a hash of (seed, from, to, counter).
 */
export class LinkRandom {
  readonly #seed: number;
  readonly #nodeIds: readonly number[];
  #counters: Uint32Array;
  #stride: number;
  #from = 0;
  #to = 0;

  /** `nodeIds`: names of the nodes that do not depend on how many nodes there are. */
  constructor(seed: number, nodeIds: readonly number[]) {
    this.#seed = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) ^ Math.floor(seed / 0x1_0000_0000);
    this.#nodeIds = nodeIds;
    this.#stride = nodeIds.length;
    this.#counters = new Uint32Array(this.#stride * this.#stride);
  }

  /** The list of nodes has grown; before anything was drawn. */
  grow(): void {
    this.#stride = this.#nodeIds.length;
    this.#counters = new Uint32Array(this.#stride * this.#stride);
  }

  /** `next` draws from this link's stream until another is chosen. */
  choose(from: number, to: number): void {
    this.#from = from;
    this.#to = to;
  }

  /** Uniform in [0, 1), 53 bits. */
  next(): number {
    const link = this.#from * this.#stride + this.#to;
    const counter = this.#counters[link] as number;
    this.#counters[link] = counter + 1;
    let a = this.#seed ^ Math.imul((this.#nodeIds[this.#from] as number) + 1, 0x85ebca77);
    let b = Math.imul((this.#nodeIds[this.#to] as number) + 1, 0xc2b2ae3d) ^ Math.imul(counter, 0x27d4eb2f);
    for (let round = 0; round < 3; round++) {
      a = Math.imul(a ^ (b >>> 15), 0x9e3779b1);
      b = Math.imul(b ^ a ^ (a >>> 13), 0x165667b1);
      a ^= b >>> 16;
    }
    return ((a >>> 0) * 0x20_0000 + (b >>> 11)) / 0x20_0000_0000_0000;
  }
}
