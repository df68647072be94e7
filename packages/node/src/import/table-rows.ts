import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { type RowReader, rowCharactersMax, trimCell } from './rows.ts';
import { ImportStopped } from './stopped.ts';

export const delimiters = [',', '\t', ';', '|'] as const;

export interface TableForm {
  readonly delimiter: (typeof delimiters)[number];
  /** Columns that the mapping needs. */
  readonly columns: readonly string[];
}

interface ParsedRecord {
  readonly record: readonly string[];
  /** Lines up to the row's end, from 1. */
  readonly info: { readonly lines: number };
}

/**
 * CSV and TSV (RFC 4180 quoting) with a header line. Empty lines are skipped.
 *
 * Throws ImportStopped, after all rows before the line: HEADER_MISSING, COLUMN_MISSING, COLUMN_TWICE, ROW_TOO_LONG,
 * QUOTING_INVALID. Names of columns in messages come from the mapping, never from the file: its first line may be a
 * row with private values.
 */
export async function* readTableRows(text: AsyncIterable<string>, form: TableForm): RowReader {
  const failure: { error?: unknown } = {};
  const parser = parse({
    delimiter: form.delimiter,
    // Tabs separate what nobody quotes: a quotation mark in a TSV is a character.
    quote: form.delimiter === '\t' ? null : '"',
    info: true,
    record_delimiter: '\n',
    relax_column_count: true,
    max_record_size: rowCharactersMax,
    // An error would drop the good rows that were parsed with it; a skip leaves them, and the file ends there.
    skip_records_with_error: true,
    on_skip: (error) => {
      failure.error ??= stopped(error);
      return undefined;
    },
  });
  const input = Readable.from(untilFailure(text, failure), { objectMode: true, highWaterMark: 1 });
  input.pipe(parser);

  let header: ReadonlyMap<string, number> | undefined;
  let width = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      const line = info.lines - lineEndsWithin(record);
      // The parser goes on within the piece in which it failed.
      if (failure.error instanceof ImportStopped && failure.error.line <= line) break;
      if (record.length === 1 && trimCell(record[0] ?? '') === '') continue;
      if (header === undefined) {
        header = readHeader(record, line, form.columns);
        width = record.length;
      } else if (record.length === width) {
        yield { line, cell: cellOf(header, record) };
      } else {
        const message = `The row has ${record.length} cells, the header ${width}. Look for a separator inside a value and quote it.`;
        yield { line, broken: { code: 'ROW_CELL_COUNT', message } };
      }
    }
  } finally {
    input.destroy();
    parser.destroy();
  }
  if (failure.error !== undefined) throw failure.error;
  if (header === undefined) {
    throw new ImportStopped(1, 'HEADER_MISSING', 'The file is empty. Its first line must name the columns.');
  }
}

/** Ends where the source or the parser failed; the failure is thrown once the rows before it were taken. */
async function* untilFailure(text: AsyncIterable<string>, failure: { error?: unknown }): AsyncGenerator<string> {
  try {
    for await (const piece of text) {
      yield piece;
      if (failure.error !== undefined) return;
    }
  } catch (error) {
    failure.error ??= error;
  }
}

function cellOf(
  header: ReadonlyMap<string, number>,
  record: readonly string[],
): (column: string) => string | undefined {
  return (column) => {
    const at = header.get(column);
    const text = at === undefined ? undefined : record[at];
    return text === undefined ? undefined : trimCell(text);
  };
}

function readHeader(record: readonly string[], line: number, needed: readonly string[]): ReadonlyMap<string, number> {
  const header = new Map<string, number>();
  const twice = new Set<string>();
  record.forEach((name, at) => {
    const trimmed = trimCell(name);
    if (header.has(trimmed)) twice.add(trimmed);
    header.set(trimmed, at);
  });
  for (const column of needed) {
    if (!header.has(column)) {
      throw new ImportStopped(
        line,
        'COLUMN_MISSING',
        `The header has no column ${column}, which the mapping reads. Choose the mapping of this centre, or correct its columns, delimiter or encoding.`,
      );
    }
    if (twice.has(column)) {
      throw new ImportStopped(
        line,
        'COLUMN_TWICE',
        `The header has the column ${column} twice. Rename one of them in the export.`,
      );
    }
  }
  return header;
}

function lineEndsWithin(record: readonly string[]): number {
  let count = 0;
  for (const cell of record) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  }
  return count;
}

/** csv-parse quotes the input in its messages: only its code (which has no common form) and line are used. */
function stopped(error: unknown): ImportStopped {
  const { code, lines } = error as Partial<CsvError> & { readonly lines?: number };
  const line = lines ?? 1;
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return new ImportStopped(
      line,
      'ROW_TOO_LONG',
      `The row up to line ${line} is longer than ${rowCharactersMax} characters. Look for a quotation mark that is never closed. Rows before it were read.`,
    );
  }
  return new ImportStopped(
    line,
    'QUOTING_INVALID',
    `The quotation marks at line ${line} do not match. Write a quotation mark inside a quoted value twice. Rows before it were read.`,
  );
}
