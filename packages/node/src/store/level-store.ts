import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HansaError } from '@hansa/protocol';
import type { RangeOptions, Store, Write } from '@hansa/protocol/replica';
import { ClassicLevel } from 'classic-level';
import { errorCode } from '../files.ts';

/**
 * LevelDB's settings. Measured with 1,000 records of 300 B a flushed commit (300 KB entry, 80 KB execution log, ten
 * small rows): 205k records/s with LevelDB's defaults, 228k with these.
 */
const tuning = {
  /** Values are mostly hashes, keys and signatures: snappy saved 15% of the disk and halved the speed of reads. */
  compression: false,
  /** Two such buffers may be in memory. 4 MB costs 10% of the speed in compactions, 32 MB gains 8% for 50 MB more. */
  writeBufferSize: 8 * 1024 * 1024,
  /** Reads are rare (sync and receipts) and LevelDB maps its files: the kernel's page cache does the work. */
  cacheSize: 8 * 1024 * 1024,
  /** LevelDB maps every open table into memory, and mapped pages count as resident: 54 tables of 2 MB at most. */
  maxOpenFiles: 64,
  maxFileSize: 2 * 1024 * 1024,
} as const;

/**
 * So much is written between two looks at the logs. Measured with 50 interactive records a second: syncing through the
 * directory (list, open, sync, close) took a commit from 0.7 ms to 2 ms, half of the time.
 */
const LOOK_BYTES = tuning.writeBufferSize / 16;

/**
 * Up to so many bytes a commit goes row by row into LevelDB's own batch. For 15 rows that is 0.18 ms of CPU in place of 0.25, half
 * of it off the main thread, and no object a row: these were a third of what outlived the nursery of a daemon at 50
 * interactive records a second, and so of the cause of its full collections. Larger commits go as one array: LevelDB's own
 * batch is only freed by the garbage collector.
 */
const SMALL_BYTES_MAX = 32 * 1024;

type Level = ClassicLevel<Uint8Array, Uint8Array>;

/**
 * Opens (or makes) the store in a directory, on LevelDB. One process at a time.
 *
 * Errors: `STORE_LOCKED`, `STORE_CORRUPT`, `STORE_FAILED`; each says what to do.
 */
export async function openStore(directory: string): Promise<Store> {
  await refuseBeheaded(directory);
  const level: Level = new ClassicLevel<Uint8Array, Uint8Array>(directory, {
    keyEncoding: 'view',
    valueEncoding: 'view',
    ...tuning,
  });
  try {
    await level.open();
  } catch (error) {
    throw storeError(directory, error);
  }
  return new LevelStore(directory, level);
}

class LevelStore implements Store {
  readonly #directory: string;
  readonly #level: Level;
  /** The last commit: commits run one after the other, in call order. */
  #last: Promise<void> = Promise.resolve();
  #failure: HansaError | undefined;
  #unflushed = false;
  /** The most memory that LevelDB's write buffer can have used since a log was surely the only one. */
  #bufferBytesMax = 0;
  /** Newest log file, and what `#bufferBytesMax` was, when the logs were last looked at. */
  #newestLog: string | undefined;
  #bytesAtLastLook = 0;
  #closed = false;

  constructor(directory: string, level: Level) {
    this.#directory = directory;
    this.#level = level;
  }

  async get(key: Uint8Array): Promise<Uint8Array | undefined> {
    this.#requireOpen();
    try {
      return await this.#level.get(key);
    } catch (error) {
      throw storeError(this.#directory, error);
    }
  }

  async *range(options: RangeOptions): AsyncGenerator<readonly [Uint8Array, Uint8Array]> {
    this.#requireOpen();
    const iterator = this.#level.iterator({
      gte: options.gte,
      lt: options.lt,
      ...(options.limit === undefined ? {} : { limit: options.limit }),
      reverse: options.reverse === true,
      // A scan would push everything else out of the small cache.
      fillCache: false,
    });
    try {
      for await (const pair of iterator) yield pair;
    } catch (error) {
      throw storeError(this.#directory, error);
    }
  }

  async commit(writes: readonly Write[], flush: boolean): Promise<void> {
    this.#requireOpen();
    const commit = this.#last.then(() => this.#write(writes, flush));
    this.#last = commit.then(() => this.#lookAtLogs()).catch(() => undefined);
    return commit;
  }

  /** LevelDB leaves what is deleted in its files until it happens to merge them: here it is told to. */
  async purge(ranges: readonly Pick<RangeOptions, 'gte' | 'lt'>[]): Promise<void> {
    this.#requireOpen();
    // Between commits: merging begins a new log, and what is unsynced in the old one must not be behind it.
    const purged = this.#last.then(async () => {
      try {
        if (this.#unflushed) await this.#flushLogs();
        for (const { gte, lt } of ranges) await this.#level.compactRange(gte, lt);
      } catch (error) {
        throw storeError(this.#directory, error);
      }
    });
    this.#last = purged.catch(() => undefined);
    return purged;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#last;
    try {
      if (this.#unflushed && this.#failure === undefined) await this.#flushLogs();
    } finally {
      await this.#level.close();
    }
  }

  async #write(writes: readonly Write[], flush: boolean): Promise<void> {
    // After a commit failed (a full disk), a later one that succeeds would leave a hole: nothing more is accepted.
    if (this.#failure !== undefined) throw this.#failure;
    try {
      const bytesMax = bufferBytesMax(writes);
      this.#bufferBytesMax += bytesMax;
      const sameLog = this.#bufferBytesMax < tuning.writeBufferSize;
      if (this.#unflushed && !sameLog) await this.#flushLogs();
      const sync = flush || !sameLog;
      if (bytesMax <= SMALL_BYTES_MAX) await writeRows(this.#level, writes, sync);
      else await writeArray(this.#level, writes, sync);
      this.#unflushed = !sync;
    } catch (error) {
      this.#failure = storeError(this.#directory, error);
      throw this.#failure;
    }
  }

  /** After a commit, and not before the next one: whoever waits for a commit does not wait for this. */
  async #lookAtLogs(): Promise<void> {
    if (this.#closed || this.#bufferBytesMax - this.#bytesAtLastLook < LOOK_BYTES) return;
    const newest = newestOf(await this.#logs());
    // A new log means a new buffer, and it holds at most what was written since the last look.
    if (this.#newestLog !== undefined && newest !== this.#newestLog) this.#bufferBytesMax -= this.#bytesAtLastLook;
    this.#newestLog = newest;
    this.#bytesAtLastLook = this.#bufferBytesMax;
  }

  /**
   * A synced LevelDB write flushes its own log file only. When the log was switched since an unsynced commit, that
   * commit sits in the log before it, and a power failure could lose it while the later one survives. LevelDB does not
   * say when it switches. So while the buffer cannot have been full there is one log, and syncing a write syncs all
   * before it; once it can have been, the logs (at most two) are flushed, and every write is synced until a new log shows.
   */
  async #flushLogs(): Promise<void> {
    for (const name of await this.#logs()) {
      const file = await open(join(this.#directory, name), 'r').catch((error: unknown) => {
        // Compacted away since it was listed: its content is in a table, which LevelDB has flushed.
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      });
      if (file === undefined) continue;
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    }
    this.#unflushed = false;
  }

  async #logs(): Promise<string[]> {
    return (await readdir(this.#directory)).filter((name) => name.endsWith('.log'));
  }

  #requireOpen(): void {
    if (this.#closed)
      throw new HansaError('STORE_CLOSED', 'The store is closed: the city is stopping. Start it again.');
  }
}

async function writeRows(level: Level, writes: readonly Write[], sync: boolean): Promise<void> {
  const batch = level.batch();
  for (const { key, value } of writes) {
    if (value === undefined) batch.del(key);
    else batch.put(key, value);
  }
  await batch.write({ sync });
}

async function writeArray(level: Level, writes: readonly Write[], sync: boolean): Promise<void> {
  const rows = writes.map(({ key, value }) =>
    value === undefined ? { type: 'del' as const, key } : { type: 'put' as const, key, value },
  );
  await level.batch(rows, { sync });
}

/** LevelDB numbers its files with six digits and more. */
function newestOf(logs: readonly string[]): string | undefined {
  return logs.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1)).at(-1);
}

/**
 * Upper bound of what a batch takes of LevelDB's write buffer: each row's bytes, its place in the skip list (12 levels of
 * 8 bytes, lengths and sequence), and a quarter for the ends of 4 KB blocks that stay empty.
 */
function bufferBytesMax(writes: readonly Write[]): number {
  let bytes = 0;
  for (const { key, value } of writes) bytes += key.length + (value?.length ?? 0) + 128;
  return bytes * 1.34;
}

/** LevelDB would make a new, empty store where only its CURRENT file is lost; a city without a past must not start (R6). */
async function refuseBeheaded(directory: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw storeError(directory, error);
  }
  if (names.includes('CURRENT')) return;
  if (names.some((name) => /\.(ldb|sst|log)$|^MANIFEST-/.test(name)))
    throw corrupt(directory, 'its CURRENT file is missing');
}

/** classic-level wraps what LevelDB said as the cause of a general error. */
function storeError(directory: string, error: unknown): HansaError {
  if (error instanceof HansaError) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const text = cause instanceof Error ? cause.message : String(cause);
  if (errorCode(cause) === 'LEVEL_LOCKED') {
    return new HansaError(
      'STORE_LOCKED',
      `Another process has the store in ${directory} open. Stop the other daemon of this city first: two daemons with the same keys would fork its lane.`,
      { cause },
    );
  }
  // "Invalid argument: not an sstable", "CURRENT file does not end with newline", "missing files", bad checksums.
  if (errorCode(cause) === 'LEVEL_CORRUPTION' || /Corruption|Invalid argument|CURRENT|MANIFEST/.test(text)) {
    return corrupt(directory, firstLine(text), cause);
  }
  return new HansaError(
    'STORE_FAILED',
    `The store in ${directory} cannot be read or written (${firstLine(text)}). Check the disk's space and the directory's permissions, then start again; what was acknowledged is safe.`,
    { cause },
  );
}

function corrupt(directory: string, what: string, cause?: unknown): HansaError {
  return new HansaError(
    'STORE_CORRUPT',
    `The store in ${directory} is damaged (${what}). Move the directory away, keep it for inspection, and restore the newest backup or start with none: the city then fetches its lane and all blocks from the others before it signs.`,
    cause === undefined ? undefined : { cause },
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
