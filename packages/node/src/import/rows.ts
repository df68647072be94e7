import type { Rejection } from '@hansa/protocol';

/** Longest row in characters. A row of the widest export has 400; what is longer is not an export of rows. */
export const rowCharactersMax = 64 * 1024;

/** One row of the file, before any meaning. */
export interface SourceRow {
  /** Line on which the row starts, from 1. */
  readonly line: number;
  /** Trimmed text of a column; undefined when the row does not have it. */
  readonly cell: (column: string) => string | undefined;
}

/** A row that cannot be taken apart; the rows after it can. */
export interface BrokenRow {
  readonly line: number;
  readonly broken: Rejection;
}

/**
 * `form: rows`: the rows after the header, one at a time, read no faster than they are taken. Throws ImportStopped when
 * the file cannot be read on.
 */
export type RowReader = AsyncGenerator<SourceRow | BrokenRow>;

/** Trims blanks, the ideographic space and the no-break space among them. */
export function trimCell(text: string): string {
  return text.trim();
}
