import { HansaError, unwrap } from '@hansa/protocol';
import type { Domains } from '@hansa/protocol/crypto';
import type { AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import { type DecodedEntry, decodeEntry } from '@hansa/protocol/lanes';
import { type ExecutionLog, readExecutionLog } from '@hansa/protocol/ledger';
import { decodePlace, type EntryPlace, entryRange, keys, type StoreReader } from '@hansa/protocol/replica';

/** An executed entry with what the ledger made of its block. */
export interface ExecutedEntry {
  readonly place: EntryPlace;
  readonly log: ExecutionLog;
  /** Place of the entry in its block. */
  readonly entryIndex: number;
  readonly digest: Uint8Array;
}

/** Reads entries and their outcomes back from the store. */
export class LaneReader {
  readonly #store: StoreReader;
  readonly #genesis: () => Genesis;
  readonly #domains: Domains;

  constructor(context: { readonly store: StoreReader; readonly genesis: () => Genesis; readonly domains: Domains }) {
    this.#store = context.store;
    this.#genesis = context.genesis;
    this.#domains = context.domains;
  }

  /** Where an entry was executed; undefined while it was not. */
  async place(lane: AuthorityIndex, sequence: number): Promise<EntryPlace | undefined> {
    const bytes = await this.#store.get(keys.place(lane, sequence));
    return bytes === undefined ? undefined : decodePlace(bytes);
  }

  async executed(lane: AuthorityIndex, sequence: number): Promise<ExecutedEntry | undefined> {
    const place = await this.place(lane, sequence);
    if (place === undefined) return undefined;
    const bytes = await this.#store.get(keys.execution(place.height));
    if (bytes === undefined) throw storeDamaged();
    const log = readExecutionLog(bytes);
    const entryIndex = place.historyIndex - log.firstHistoryIndex;
    const digest = log.entryDigests[entryIndex];
    if (digest === undefined) throw storeDamaged();
    return { place, log, entryIndex, digest };
  }

  /** An entry by its digest, which tells the branch (R4). */
  async byDigest(lane: AuthorityIndex, sequence: number, digest: Uint8Array): Promise<DecodedEntry | undefined> {
    const bytes = await this.#store.get(keys.entry(lane, sequence, digest));
    return bytes === undefined ? undefined : unwrap(decodeEntry(this.#domains, this.#genesis(), bytes, 'any'));
  }

  /** An entry that was not executed: the branch that is held. */
  async held(lane: AuthorityIndex, sequence: number): Promise<DecodedEntry | undefined> {
    for await (const [, bytes] of this.#store.range({ ...entryRange(lane, sequence, sequence), limit: 1 })) {
      return unwrap(decodeEntry(this.#domains, this.#genesis(), bytes, 'any'));
    }
    return undefined;
  }
}

export function storeDamaged(): HansaError {
  return new HansaError(
    'STORE_DAMAGED',
    'The store lacks something that it once held. Stop the daemon and restore the directory from a backup, or start with an empty one: the city catches up from the others.',
  );
}
