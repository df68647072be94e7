import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { renderReport } from '../report/render.ts';
import { citiesCsv, seriesCsv } from '../results/csv.ts';
import type { Result } from '../results/schema.ts';
import type { TraceLine } from '../results/trace.ts';
import { readReportClient } from './report-client.ts';

/** Writes the files of a run and returns their names. What stands there under these names is replaced. */
export function writeRun(directory: string, result: Result): string[] {
  mkdirSync(directory, { recursive: true });
  const files = {
    'result.json': `${JSON.stringify(result)}\n`,
    'cities.csv': citiesCsv(result),
    'series.csv': seriesCsv(result),
    'report.html': renderReport(result, readReportClient()),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return Object.keys(files).map((name) => join(directory, name));
}

/** Text is compressed in pieces of this size, so that a trace of any length takes little memory. */
const PIECE_BYTES = 1 << 20;

/** `trace.jsonl.gz`: one JSON line an event. Members of gzip one after the other, as every gunzip reads them. */
export class TraceFile {
  readonly path: string;
  readonly #file: number;
  #lines: string[] = [];
  #bytes = 0;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.path = join(directory, 'trace.jsonl.gz');
    this.#file = openSync(this.path, 'w');
  }

  write(line: TraceLine): void {
    const text = JSON.stringify(line);
    this.#lines.push(text);
    this.#bytes += text.length + 1;
    if (this.#bytes >= PIECE_BYTES) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    if (this.#lines.length === 0) return;
    writeSync(this.#file, gzipSync(`${this.#lines.join('\n')}\n`));
    this.#lines = [];
    this.#bytes = 0;
  }
}
