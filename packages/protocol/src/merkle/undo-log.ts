import { copyWords, HASH_WORDS, type InnerNodes, type Side } from './inner-nodes.ts';

/** Node number and side, the child reference, its hash. */
const ENTRY_WORDS = 2 + HASH_WORDS;
/** Entries of one page: 160 KiB. */
const PAGE_BITS = 12;
const PAGE_ENTRIES = 2 ** PAGE_BITS;
const PAGE_MASK = PAGE_ENTRIES - 1;
/** Room of a new log; the first page doubles until it is full, so that hundreds of small maps fit one machine. */
const FIRST_ENTRIES = 128;

/** What one version overwrote: the former references and hashes of children that it changed in place. */
export class UndoLog {
  readonly #pages: Uint32Array[] = [new Uint32Array(FIRST_ENTRIES * ENTRY_WORDS)];
  #count = 0;
  /** Entries that there is room for. */
  #room = FIRST_ENTRIES;
  /** Entry by slot; made when a past version is first asked for, which is seldom. */
  #index: Map<number, number> | undefined;

  get reservedBytes(): number {
    return this.#room * ENTRY_WORDS * 4;
  }

  /** Notes a child before its only change in this version. */
  note(nodes: InnerNodes, id: number, side: Side): void {
    if (this.#count === this.#room) this.#grow();
    const page = this.#pages[this.#count >>> PAGE_BITS] as Uint32Array;
    const word = (this.#count & PAGE_MASK) * ENTRY_WORDS;
    page[word] = id * 2 + side;
    page[word + 1] = nodes.child(id, side);
    nodes.readChildHash(id, side, page, word + 2);
    this.#count++;
  }

  /** The former child reference, or undefined when this version did not change that child. */
  child(id: number, side: Side): number | undefined {
    const entry = this.#find(id * 2 + side);
    return entry === undefined ? undefined : this.#word(entry, 1);
  }

  /** The former hash of a child, as words; undefined when this version did not change it. */
  childHash(id: number, side: Side): Uint32Array | undefined {
    const entry = this.#find(id * 2 + side);
    if (entry === undefined) return undefined;
    const hash = new Uint32Array(HASH_WORDS);
    const page = this.#pages[entry >>> PAGE_BITS] as Uint32Array;
    copyWords(page, (entry & PAGE_MASK) * ENTRY_WORDS + 2, hash, 0, HASH_WORDS);
    return hash;
  }

  /** Empties the log; it keeps its memory for the next version. */
  clear(): void {
    this.#count = 0;
    this.#index = undefined;
  }

  #find(slot: number): number | undefined {
    if (this.#index === undefined) {
      this.#index = new Map();
      for (let entry = 0; entry < this.#count; entry++) this.#index.set(this.#word(entry, 0), entry);
    }
    return this.#index.get(slot);
  }

  #word(entry: number, word: number): number {
    return (this.#pages[entry >>> PAGE_BITS] as Uint32Array)[(entry & PAGE_MASK) * ENTRY_WORDS + word] as number;
  }

  #grow(): void {
    const [first] = this.#pages;
    if (first === undefined || this.#room >= PAGE_ENTRIES) {
      this.#pages.push(new Uint32Array(PAGE_ENTRIES * ENTRY_WORDS));
      this.#room += PAGE_ENTRIES;
      return;
    }
    this.#room *= 2;
    const larger = new Uint32Array(this.#room * ENTRY_WORDS);
    larger.set(first);
    this.#pages[0] = larger;
  }
}
