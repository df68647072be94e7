/** Words of one page: 1 MiB. */
const PAGE_WORDS = 2 ** 18;

/**
 * Byte strings in large pages, named by a 32-bit address (16 GiB), with no object per value. A slot is one word of length
 * and the bytes rounded up to words; a released slot is reused by a value of the same number of words.
 */
export class ValueArena {
  readonly #pages: Uint32Array[] = [];
  readonly #bytes: Uint8Array[] = [];
  /** Next unused address; 0 is never handed out. */
  #end = 1;
  /** Newest released slot by slot size in words; its first word names the next one, 0 ends the list. */
  readonly #released = new Map<number, number>();

  /** Bytes reserved, used or not. */
  get reservedBytes(): number {
    return this.#bytes.reduce((sum, page) => sum + page.length, 0);
  }

  store(value: Uint8Array): number {
    const address = this.#allocate(1 + Math.ceil(value.length / 4));
    const page = address >>> 18;
    const word = address & (PAGE_WORDS - 1);
    (this.#pages[page] as Uint32Array)[word] = value.length;
    (this.#bytes[page] as Uint8Array).set(value, (word + 1) * 4);
    return address;
  }

  /** A copy: the slot may be reused after a prune. */
  load(address: number): Uint8Array {
    const page = address >>> 18;
    const word = address & (PAGE_WORDS - 1);
    const length = (this.#pages[page] as Uint32Array)[word] as number;
    return (this.#bytes[page] as Uint8Array).slice((word + 1) * 4, (word + 1) * 4 + length);
  }

  holds(address: number, value: Uint8Array): boolean {
    const page = address >>> 18;
    const word = address & (PAGE_WORDS - 1);
    if ((this.#pages[page] as Uint32Array)[word] !== value.length) return false;
    const bytes = this.#bytes[page] as Uint8Array;
    const start = (word + 1) * 4;
    for (let i = 0; i < value.length; i++) if (bytes[start + i] !== value[i]) return false;
    return true;
  }

  release(address: number): void {
    const page = this.#pages[address >>> 18] as Uint32Array;
    const word = address & (PAGE_WORDS - 1);
    const words = 1 + Math.ceil((page[word] as number) / 4);
    page[word] = this.#released.get(words) ?? 0;
    this.#released.set(words, address);
  }

  #allocate(words: number): number {
    const reused = this.#released.get(words) ?? 0;
    if (reused !== 0) {
      this.#released.set(words, (this.#pages[reused >>> 18] as Uint32Array)[reused & (PAGE_WORDS - 1)] as number);
      return reused;
    }
    const room = this.#pages.length * PAGE_WORDS - this.#end;
    if (words > room || this.#pages.length === 0) {
      const start = this.#pages.length * PAGE_WORDS;
      // A value larger than a page gets a page of its own size. Address 0 stays unused.
      const first = start === 0 ? 1 : 0;
      const page = new Uint32Array(Math.max(PAGE_WORDS, first + words));
      this.#pages.push(page);
      this.#bytes.push(new Uint8Array(page.buffer));
      this.#end = start + first;
    }
    const address = this.#end;
    // Behind a large value its page has no addresses left.
    this.#end = Math.min(address + words, this.#pages.length * PAGE_WORDS);
    return address;
  }
}
