/**
 * Rows of the store that wait for something, read only when there may be some: whoever acts on them is woken by every
 * block, and nearly always there are none.
 */
export class WaitingRows<Row> {
  readonly #read: () => Promise<Row[]>;
  #some = true;

  constructor(read: () => Promise<Row[]>) {
    this.#read = read;
  }

  /** To be called when the row is in the store, and not before: a read under way may have missed it. */
  added(): void {
    this.#some = true;
  }

  async list(): Promise<readonly Row[]> {
    if (!this.#some) return [];
    this.#some = false;
    let rows: Row[] | undefined;
    try {
      rows = await this.#read();
    } finally {
      if (rows?.length !== 0) this.#some = true;
    }
    return rows;
  }
}
