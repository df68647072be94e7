import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { HansaError } from '@hansa/protocol';
import { renderReport } from '../report/render.ts';
import { citiesCsv, seriesCsv } from '../results/csv.ts';
import type { Result } from '../results/schema.ts';
import type { TraceLine } from '../results/trace.ts';
import type { Scenario } from '../scenario/schema.ts';
import { readReportClient } from './report-client.ts';

const TRACE = 'trace.jsonl.gz';

/**
 * To be asked before a run that shall be written to a directory: hours of computing are not lost to a name that was
 * used twice. The same scenario and seed may be run again, because the result is the same again.
 *
 * Errors: RESULT_EXISTS, unless `force`: then a trace of the other run is removed. REPORT_NOT_BUILT.
 */
export function makeRoomFor(
  directory: string,
  run: { readonly scenario: Scenario; readonly seed: number },
  force: boolean,
): void {
  readReportClient();
  const file = join(directory, 'result.json');
  if (!existsSync(file)) return;
  const there = asRun(readFileSync(file, 'utf8'));
  if (there?.seed === run.seed && isDeepStrictEqual(there.scenario, asJson(run.scenario))) return;
  if (force) {
    rmSync(join(directory, TRACE), { force: true });
    return;
  }
  const whose = there?.scenario?.name === undefined ? 'something else' : `${there.scenario.name}, seed ${there.seed}`;
  const changed = there?.scenario?.name === run.scenario.name && there.seed === run.seed ? ', with other settings' : '';
  throw new HansaError(
    'RESULT_EXISTS',
    `${file} is the result of ${whose}${changed}. Give another --out, or replace it with --force.`,
  );
}

/** What a file says of its run, as far as it is one. */
function asRun(text: string): Partial<Pick<Result, 'scenario' | 'seed'>> | undefined {
  try {
    return JSON.parse(text) as Partial<Result>;
  } catch {
    return undefined;
  }
}

/** As it comes back from a file. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

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
    this.path = join(directory, TRACE);
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
