import { HansaError } from '@hansa/protocol';
import type { RecordLocation } from '@hansa/protocol/replica';
import { ImportStopped, type Refusal, type RowResult } from '../import/index.ts';
import type { BatchResult, ImportedRow } from './blacklist-import.ts';
import { batchRowsMax, type ImportKind, type ImportProgress, type ImportStop } from './types.ts';

/** What an import tells while it runs. `report` is the last. */
export type RegistryImportEvent =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'batch';
      /** Lines of the file, one for each location. */
      readonly lines: readonly number[];
      readonly locations: readonly RecordLocation[];
      readonly progress: ImportProgress;
    }
  | { readonly kind: 'stopped'; readonly stop: ImportStop; readonly progress: ImportProgress };

export interface ImportRun<T> {
  readonly kind: ImportKind;
  readonly rows: AsyncIterable<RowResult<T>>;
  readonly bytesRead: () => number;
  /** Before the first row is read. */
  readonly before: () => Promise<void>;
  readonly batch: (rows: readonly ImportedRow<T>[]) => Promise<BatchResult>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Carries rows through in batches. At most one batch is in memory, and no row is read while it is at work. A file that
 * cannot be read on, an interruption or a city that cannot take records ends it with `stopped`: what was told before
 * stands, and the same file imported again goes on from there (R2).
 */
export async function* runImport<T>(run: ImportRun<T>): AsyncGenerator<RegistryImportEvent> {
  let [rows, submitted, alreadyThere, refused] = [0, 0, 0, 0];
  let waiting: ImportedRow<T>[] = [];
  const progress = (): ImportProgress => ({ rows, bytes: run.bytesRead(), submitted, alreadyThere, refused });

  async function* carry(): AsyncGenerator<RegistryImportEvent> {
    const batch = waiting;
    waiting = [];
    const result = await run.batch(batch);
    rows += batch.length;
    submitted += result.submitted;
    alreadyThere += result.alreadyThere;
    refused += result.refused.length;
    for (const refusal of result.refused) yield { kind: 'refused', refusal };
    yield { kind: 'batch', lines: result.lines, locations: result.locations, progress: progress() };
  }

  try {
    run.signal?.throwIfAborted();
    await run.before();
    let sinceBatch = 0;
    let stop: ImportStopped | undefined;
    try {
      for await (const row of run.rows) {
        if ('refusal' in row) {
          rows++;
          refused++;
          yield { kind: 'refused', refusal: row.refusal };
        } else {
          waiting.push(row);
        }
        if (++sinceBatch < batchRowsMax) continue;
        sinceBatch = 0;
        yield* carry();
        run.signal?.throwIfAborted();
      }
    } catch (error) {
      if (!(error instanceof ImportStopped)) throw error;
      stop = error;
    }
    yield* carry();
    if (stop !== undefined) throw stop;
  } catch (error) {
    yield { kind: 'stopped', stop: stopOf(error, run.signal), progress: progress() };
  }
}

function stopOf(error: unknown, signal: AbortSignal | undefined): ImportStop {
  if (error instanceof ImportStopped) return { code: error.code, message: error.message, line: error.line };
  if (signal?.aborted === true) {
    return {
      code: 'IMPORT_INTERRUPTED',
      message: 'The import was interrupted. What is counted stands; import the same file again to go on.',
    };
  }
  if (!(error instanceof HansaError)) throw error;
  return { code: error.code, message: `${error.message} What is counted stands; import the same file again to go on.` };
}

/** Counts the bytes that pass. */
export function counted(source: AsyncIterable<Uint8Array>): {
  readonly source: AsyncIterable<Uint8Array>;
  readonly bytes: () => number;
} {
  let bytes = 0;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { source: pass(), bytes: () => bytes };
}
