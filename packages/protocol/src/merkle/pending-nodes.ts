/** Numbers of a node that waits. */
const ENTRY_WORDS = 2;
const FIRST_ENTRIES = 16;

/**
 * Inner nodes whose hash is to be computed, by depth, each with the place in its parent where the hash is to be written.
 * Batches use it one after the other, and it keeps its memory: lists of a hundred thousand numbers made anew for each
 * block would be the garbage collector's work.
 */
export class PendingNodes {
  readonly #words: Uint32Array[] = [];
  readonly #counts: number[] = [];

  /** One more than the greatest depth at which nodes ever waited. */
  get depths(): number {
    return this.#words.length;
  }

  /** The most nodes that wait at one depth. */
  get widest(): number {
    return this.#counts.reduce((most, count) => Math.max(most, count), 0);
  }

  add(depth: number, node: number, place: number): void {
    while (this.#words.length <= depth) {
      this.#words.push(new Uint32Array(FIRST_ENTRIES * ENTRY_WORDS));
      this.#counts.push(0);
    }
    let words = this.#words[depth] as Uint32Array;
    const word = (this.#counts[depth] as number) * ENTRY_WORDS;
    if (word === words.length) {
      const larger = new Uint32Array(2 * word);
      larger.set(words);
      this.#words[depth] = larger;
      words = larger;
    }
    words[word] = node;
    words[word + 1] = place;
    this.#counts[depth] = (this.#counts[depth] as number) + 1;
  }

  /** How many nodes wait at a depth. */
  count(depth: number): number {
    return this.#counts[depth] as number;
  }

  node(depth: number, index: number): number {
    return (this.#words[depth] as Uint32Array)[index * ENTRY_WORDS] as number;
  }

  /** As it was given: parent and side. */
  place(depth: number, index: number): number {
    return (this.#words[depth] as Uint32Array)[index * ENTRY_WORDS + 1] as number;
  }

  clear(): void {
    this.#counts.fill(0);
  }
}
