/**
 * Rows of the store that wait for something, read only when there may be some: whoever acts on them is woken by every
 * block, and nearly always there are none.
 */
export class WaitingRows<Row> {
  readonly #read: () => Promise<Row[]>;
  #some = true;
  #reading = 0;

  constructor(read: () => Promise<Row[]>) {
    this.#read = read;
  }

  /** Surely none: what is being read counts as some. */
  get none(): boolean {
    return !this.#some && this.#reading === 0;
  }

  /** To be called when the row is in the store, and not before: a read under way may have missed it. */
  added(): void {
    this.#some = true;
  }

  async list(): Promise<readonly Row[]> {
    if (!this.#some) return [];
    this.#some = false;
    this.#reading += 1;
    let rows: Row[] | undefined;
    try {
      rows = await this.#read();
    } finally {
      this.#reading -= 1;
      if (rows?.length !== 0) this.#some = true;
    }
    return rows;
  }
}
