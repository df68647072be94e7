import type { Store } from '@hansa/protocol/replica';
import { decodeJson, privateRange } from '../registry/tables.ts';
import type { NoticeRow } from './erasures.ts';

/** What other cities told this one: that something it had read is lifted or erased. For its operator and supervisor. */
export class Notices {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The newest `limit`, oldest first. */
  async list(limit: number): Promise<NoticeRow[]> {
    const rows: NoticeRow[] = [];
    for await (const [, value] of this.#store.range({ ...privateRange('notices'), limit, reverse: true })) {
      rows.push(decodeJson<NoticeRow>(value));
    }
    return rows.reverse();
  }
}
