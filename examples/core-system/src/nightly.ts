import { ApiProblem, type Connection, type ImportEvent, importFile } from '@hansa/node/client';

export interface NightlyExport {
  readonly kind: 'accounts' | 'blacklist';
  /** The file as the core system wrote it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mapping: string;
}

export interface NightlyReport {
  readonly kind: NightlyExport['kind'];
  readonly rows: number;
  /** Rows for the centre's people to correct, by line and code: never with the value that was wrong. */
  readonly refused: readonly { readonly line: number; readonly column?: string; readonly code: string }[];
  /** True when the federation has agreed on whatever was sealed; accounts stay in the city. */
  readonly final: boolean;
  /** Why the rest of the file was not read: another centre's mapping, a wrong encoding. Somebody has to look. */
  readonly stopped?: { readonly code: string; readonly message: string };
}

export interface NightlyOptions {
  /** As operator. */
  readonly city: Connection;
  /** Names the night: a second run of the same night has no second effect, whatever became of the first (R2). */
  readonly night: string;
  /** Waits before another attempt, and may tell why; a timer in a program, nothing in a test. */
  readonly pause: (ms: number, because: Error) => Promise<void>;
  readonly attemptsMax?: number;
}

/**
 * Uploads one export. A city that is full or still joining says when to come again, and a connection that breaks is made
 * anew, both under the same key; every other refusal is thrown, because it would come again.
 */
export async function upload(file: NightlyExport, options: NightlyOptions): Promise<NightlyReport> {
  const { city, night, pause, attemptsMax = 10 } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      const { kind, bytes, mapping } = file;
      const idempotencyKey = `nightly-${night}-${kind}`;
      return await read(kind, importFile(city, kind, bytes, { mapping, idempotencyKey }));
    } catch (error) {
      const again = error instanceof ApiProblem ? error.retryAfterMs : error instanceof TypeError ? 5000 : undefined;
      if (again === undefined || attempt === attemptsMax) throw error;
      await pause(again, error as Error);
    }
  }
}

async function read(kind: NightlyExport['kind'], events: AsyncIterable<ImportEvent>): Promise<NightlyReport> {
  const refused: NightlyReport['refused'][number][] = [];
  for await (const event of events) {
    if (event.kind === 'refused') {
      const { line, column, code } = event;
      refused.push({ line, code, ...(column === undefined ? {} : { column }) });
    }
    if (event.kind === 'report') {
      const { rows, state, stopped } = event;
      return { kind, rows, refused, final: state !== 'pending', ...(stopped === undefined ? {} : { stopped }) };
    }
  }
  throw new TypeError('The connection ended before the report.');
}
