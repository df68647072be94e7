import { HansaError } from '@hansa/protocol';
import { formatLocation } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { CityPort, ImportEvent, ImportKind, ImportOptions, ImportReport, RegistryPort } from '../api/ports.ts';
import { meaningOf } from './meanings.ts';
import { type Wait, waitMsMax } from './submission.ts';

/** What an import says at its end, when it also knows what the federation made of its records. */
export interface ImportOutcome extends ImportReport {
  /** Absent when nothing was sealed or nobody waited. `pending`: some are not agreed on within the time to wait. */
  readonly state?: 'pending' | 'final';
  /** Block in which the last record became final. */
  readonly height?: number;
}

export type ImportLine =
  | Exclude<ImportEvent, { kind: 'report' | 'sealed' }>
  | ({ readonly kind: 'report' } & ImportOutcome);

interface SealedRows {
  readonly lines: readonly number[];
  readonly locations: readonly RecordLocation[];
}

/** Imports, followed until the ledger has spoken: a row that it rejects is refused like one that never got there. */
export class ImportService {
  readonly #city: CityPort;
  readonly #registry: RegistryPort;

  constructor(city: CityPort, registry: RegistryPort) {
    this.#city = city;
    this.#registry = registry;
  }

  /** `haikou/12/0`. */
  nameOf(location: RecordLocation): string {
    return formatLocation(this.#city.genesis, location);
  }

  /** The last line is the report. Throws MAPPING_* codes before the first one. */
  async *run(
    kind: ImportKind,
    source: AsyncIterable<Uint8Array>,
    options: ImportOptions & { readonly wait: Wait },
  ): AsyncGenerator<ImportLine> {
    // As many as the lane's window has entries (R5): nothing grows with the file.
    const undecided: SealedRows[] = [];
    let rejected = 0;
    let height: number | undefined;
    for await (const event of this.#registry.import(kind, source, options)) {
      if (event.kind === 'sealed') {
        if (options.wait === 'final') undecided.push(event);
        continue;
      }
      if (event.kind !== 'report') {
        yield event;
        if (event.kind === 'refused') continue;
      }
      const last = event.kind === 'report';
      for (let rows = undecided[0]; rows !== undefined; rows = undecided[0]) {
        const outcome = last ? await this.#awaited(rows, options.signal) : await this.#outcome(rows);
        if (outcome === undefined) break;
        undecided.shift();
        height = outcome.height;
        for (const [line, code, location] of rejectedRows(rows, outcome.rejected)) {
          rejected++;
          yield { kind: 'refused', line, code, message: this.#refusal(code, location) };
        }
      }
      if (last) yield { ...event, ...this.#verdict(event, rejected, undecided.length, height) };
    }
  }

  #verdict(report: ImportReport, rejected: number, undecided: number, height: number | undefined) {
    const counts = { accepted: report.accepted - rejected, refused: report.refused + rejected };
    if (undecided > 0) return { ...counts, state: 'pending' as const };
    return height === undefined ? counts : { ...counts, state: 'final' as const, height };
  }

  /** Undefined while the entry is not executed. The rows of a batch stand in one entry. */
  #outcome({ locations: [first] }: SealedRows) {
    return first === undefined
      ? Promise.resolve({ height: 0, rejected: new Map<number, string>() })
      : this.#city.entryOutcome(first.lane, first.sequence);
  }

  async #awaited(rows: SealedRows, signal: AbortSignal | undefined) {
    const [first] = rows.locations;
    const timeout = AbortSignal.timeout(waitMsMax);
    try {
      if (first !== undefined) {
        await this.#city.waitFinal(first, signal === undefined ? timeout : AbortSignal.any([timeout, signal]));
      }
    } catch (error) {
      // Too late, or the daemon stops: what is sealed stands, and the report says that it is pending.
      if (!(error instanceof HansaError)) throw error;
      return undefined;
    }
    return this.#outcome(rows);
  }

  #refusal(code: string, location: RecordLocation): string {
    return `${meaningOf(code)} The refusal is on the ledger at ${formatLocation(this.#city.genesis, location)}.`;
  }
}

function* rejectedRows(
  { lines, locations }: SealedRows,
  rejected: ReadonlyMap<number, string>,
): Generator<readonly [number, string, RecordLocation]> {
  if (rejected.size === 0) return;
  for (const [i, location] of locations.entries()) {
    const code = rejected.get(location.position);
    if (code !== undefined) yield [lines[i] as number, code, location];
  }
}
