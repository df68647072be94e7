import { HASH_WORDS, type InnerNodes, type Side } from './inner-nodes.ts';

/** A child reference and its hash. */
const ENTRY_WORDS = 1 + HASH_WORDS;

/** What one version overwrote: the former references and hashes of children that it changed in place. */
export class UndoLog {
  /** Node number and side of each entry. */
  readonly #slots: number[] = [];
  #words = new Uint32Array(128 * ENTRY_WORDS);
  /** Position by slot; made when a past version is first asked for, which is seldom. */
  #index: Map<number, number> | undefined;

  get reservedBytes(): number {
    return this.#words.length * 4;
  }

  /** Notes a child before its only change in this version. */
  note(nodes: InnerNodes, id: number, side: Side): void {
    const word = this.#slots.length * ENTRY_WORDS;
    if (word === this.#words.length) {
      const larger = new Uint32Array(word * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[word] = nodes.child(id, side);
    nodes.readChildHash(id, side, this.#words, word + 1);
    this.#slots.push(id * 2 + side);
  }

  /** The former child reference, or undefined when this version did not change that child. */
  child(id: number, side: Side): number | undefined {
    const position = this.#find(id * 2 + side);
    return position === undefined ? undefined : this.#words[position * ENTRY_WORDS];
  }

  /** The former hash of a child, as words; undefined when this version did not change it. */
  childHash(id: number, side: Side): Uint32Array | undefined {
    const position = this.#find(id * 2 + side);
    if (position === undefined) return undefined;
    return this.#words.slice(position * ENTRY_WORDS + 1, (position + 1) * ENTRY_WORDS);
  }

  /** Empties the log; it keeps its memory for the next version. */
  clear(): void {
    this.#slots.length = 0;
    this.#index = undefined;
  }

  #find(slot: number): number | undefined {
    this.#index ??= new Map(this.#slots.map((noted, position) => [noted, position]));
    return this.#index.get(slot);
  }
}
