import type { Path, Transit } from '../world/contract.ts';
import type { Result } from './schema.ts';

interface Row {
  readonly path: Path;
  readonly kind: string;
  messages: number;
  bytes: number;
  lost: number;
}

/** Bytes and messages, by path and kind and by city. */
export class TrafficCount {
  readonly #rows = new Map<Path, Map<string, Row>>();
  readonly messagesOut: Float64Array;
  readonly messagesIn: Float64Array;
  readonly bytesOut: Float64Array;
  readonly bytesIn: Float64Array;
  messages = 0;
  bytes = 0;
  lost = 0;

  constructor(nodes: number) {
    [this.messagesOut, this.messagesIn, this.bytesOut, this.bytesIn] = Array.from(
      { length: 4 },
      () => new Float64Array(nodes),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  }

  sent({ from, path, bytes }: Transit, kind: string): void {
    const row = this.#row(path, kind);
    row.messages++;
    row.bytes += bytes.length;
    this.messages++;
    this.bytes += bytes.length;
    this.messagesOut[from] = (this.messagesOut[from] ?? 0) + 1;
    this.bytesOut[from] = (this.bytesOut[from] ?? 0) + bytes.length;
  }

  delivered({ to, bytes }: Transit): void {
    this.messagesIn[to] = (this.messagesIn[to] ?? 0) + 1;
    this.bytesIn[to] = (this.bytesIn[to] ?? 0) + bytes.length;
  }

  wasLost({ path }: Transit, kind: string): void {
    this.#row(path, kind).lost++;
    this.lost++;
  }

  /** Most bytes first. */
  rows(): Result['traffic'] {
    return [...this.#rows.values()]
      .flatMap((kinds) => [...kinds.values()])
      .sort((a, b) => b.bytes - a.bytes || (`${a.path} ${a.kind}` < `${b.path} ${b.kind}` ? -1 : 1))
      .map((row) => ({ ...row }));
  }

  #row(path: Path, kind: string): Row {
    const kinds = this.#rows.get(path) ?? new Map<string, Row>();
    const known = kinds.get(kind);
    if (known !== undefined) return known;
    const row: Row = { path, kind, messages: 0, bytes: 0, lost: 0 };
    kinds.set(kind, row);
    this.#rows.set(path, kinds);
    return row;
  }
}
