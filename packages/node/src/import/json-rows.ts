import { type RowReader, rowCharactersMax, trimCell } from './rows.ts';
import { ImportStopped } from './stopped.ts';

/**
 * JSON lines: one object a line, with texts and numbers as values. Empty lines are skipped.
 *
 * Throws ImportStopped ROW_TOO_LONG, and JSON_INVALID where the first line does not even begin an object: the file has
 * another format. A later line that is not such an object is a broken row (JSON_INVALID).
 */
export async function* readJsonRows(text: AsyncIterable<string>): RowReader {
  let isFirst = true;
  for await (const [line, content] of lines(text)) {
    if (trimCell(content) === '') continue;
    if (isFirst && !trimCell(content).startsWith('{')) throw otherFormat(line);
    isFirst = false;
    yield readRow(line, content);
  }
}

function readRow(line: number, content: string) {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    // The parser's own message quotes the line.
    return { line, broken: { code: 'JSON_INVALID', message: 'The line is not JSON. Write one object a line.' } };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      line,
      broken: { code: 'JSON_INVALID', message: 'The line is not a JSON object. Write one object a line.' },
    };
  }
  const cells = new Map<string, string>();
  for (const [name, cell] of Object.entries(value)) {
    const written = writeCell(cell);
    if (written !== undefined) cells.set(name, written);
  }
  return { line, cell: (column: string) => cells.get(column) };
}

/** Undefined for null, for what is neither a text nor a number, and for numbers that a double cannot hold exactly. */
function writeCell(value: unknown): string | undefined {
  if (typeof value === 'string') return trimCell(value);
  if (typeof value !== 'number' || Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined;
  return String(value);
}

async function* lines(text: AsyncIterable<string>): AsyncGenerator<readonly [number, string]> {
  let line = 1;
  let rest = '';
  for await (const piece of text) {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      const content = rest + piece.slice(start, end);
      if (content.length > rowCharactersMax) throw tooLong(line);
      yield [line, content];
      rest = '';
      line++;
      start = end + 1;
    }
    rest += piece.slice(start);
    if (rest.length > rowCharactersMax) throw tooLong(line);
  }
  if (rest !== '') yield [line, rest];
}

function otherFormat(line: number): ImportStopped {
  return new ImportStopped(
    line,
    'JSON_INVALID',
    `Line ${line} is not JSON: the file has another format than the mapping says. Name the mapping that fits the file.`,
  );
}

function tooLong(line: number): ImportStopped {
  return new ImportStopped(
    line,
    'ROW_TOO_LONG',
    `Line ${line} is longer than ${rowCharactersMax} characters. Write one object a line; rows before it stand.`,
  );
}
