import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { HansaError } from '@hansa/protocol';
import type { TraceLine } from '../results/trace.ts';

/**
 * The lines of a trace, by its file or the directory that has one.
 *
 * Errors: TRACE_UNREADABLE.
 */
export async function* readTrace(path: string): AsyncGenerator<TraceLine> {
  const inside = join(path, 'trace.jsonl.gz');
  const file = existsSync(inside) ? inside : path;
  if (!existsSync(file)) throw unreadable(path, 'there is no such file');
  if (statSync(file).isDirectory()) throw unreadable(path, 'this result has no trace.jsonl.gz');
  const unzipped = createGunzip();
  createReadStream(file)
    .on('error', (error) => unzipped.destroy(error))
    .pipe(unzipped);
  const failed = new Promise<never>((_, reject) => unzipped.once('error', reject));
  failed.catch(() => undefined);
  const lines = createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await Promise.race([lines.next(), failed]);
      if (done === true) return;
      yield JSON.parse(value) as TraceLine;
    }
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(path: string, why: string): HansaError {
  return new HansaError('TRACE_UNREADABLE', `The trace ${path} cannot be read: ${why}. Make one with run --trace.`);
}
