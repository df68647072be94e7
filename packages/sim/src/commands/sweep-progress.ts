import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HansaError } from '@hansa/protocol';
import type { SweepRun } from '../sweep/schema.ts';

/** What a sweep was asked for; a sweep that goes on must have been asked for the same. */
export interface SweepIdentity {
  readonly version: string;
  readonly scenario: unknown;
  readonly seeds: readonly number[];
  readonly plugIns: readonly string[];
}

/** Runs that are done, kept in the output directory while a sweep is under way, so that it can be interrupted. */
export class SweepProgress {
  readonly done: readonly SweepRun[];
  readonly #file: string;

  /** Errors: SWEEP_DIFFERS. */
  constructor(directory: string, identity: SweepIdentity) {
    mkdirSync(directory, { recursive: true });
    this.#file = join(directory, 'sweep-progress.jsonl');
    const head = JSON.stringify({ format: 'hansa-sim-sweep-progress/1', ...identity });
    if (!existsSync(this.#file)) {
      writeFileSync(this.#file, `${head}\n`);
      this.done = [];
      return;
    }
    const [first, ...lines] = readFileSync(this.#file, 'utf8').split('\n');
    if (first !== head) {
      throw new HansaError(
        'SWEEP_DIFFERS',
        `${this.#file} is of a sweep that was asked for something else. Give another --out, or delete the file.`,
      );
    }
    // A line that an end cut short is run again.
    this.done = lines.flatMap((line) => parsed(line) ?? []);
    writeFileSync(this.#file, [head, ...this.done.map((run) => JSON.stringify(run)), ''].join('\n'));
  }

  add(run: SweepRun): void {
    appendFileSync(this.#file, `${JSON.stringify(run)}\n`);
  }

  finish(): void {
    rmSync(this.#file, { force: true });
  }
}

function parsed(line: string): SweepRun | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as SweepRun);
  } catch {
    return undefined;
  }
}
