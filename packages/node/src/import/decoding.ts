import { TextDecoder } from 'node:util';
import { ImportStopped } from './stopped.ts';

export const encodings = ['utf-8', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];

/** Decoded at once: a source may hand over a whole file as one array. */
const SLICE_BYTES = 64 * 1024;
const REPLACEMENT = '\uFFFD';

/**
 * Decodes a byte stream to text, slice by slice, with every line end as `\n`. A byte order mark of UTF-8 wins over the
 * mapping's encoding.
 *
 * Throws ImportStopped ENCODING_INVALID with the line of the first byte sequence that the encoding does not have, after
 * all whole lines before it. A U+FFFD that the file itself holds is refused as well: it says that characters were lost
 * before.
 */
export async function* decodeText(source: AsyncIterable<Uint8Array>, expected: Encoding): AsyncGenerator<string> {
  const normal = new LineEnds();
  let decoder: TextDecoder | undefined;
  let encoding = expected;
  for await (const slice of slices(source)) {
    let bytes = slice;
    if (decoder === undefined) {
      if (startsWith(bytes, [0xef, 0xbb, 0xbf])) {
        encoding = 'utf-8';
        bytes = bytes.subarray(3);
      } else if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
        throw new ImportStopped(1, 'ENCODING_INVALID', 'The file is UTF-16. Export it as UTF-8 or GB18030.');
      }
      // The platform's decoder, and not iconv-lite, whose GB18030 stream loses a character where a slice begins within
      // one of four bytes. Not `fatal`: the place of U+FFFD tells the line.
      decoder = new TextDecoder(encoding, { ignoreBOM: true });
    }
    const text = decoder.decode(bytes, { stream: true });
    yield* checked(text, normal, encoding);
  }
  yield* checked(decoder?.decode() ?? '', normal, encoding);
  const rest = normal.end();
  if (rest !== '') yield rest;
}

function* checked(text: string, normal: LineEnds, encoding: Encoding): Generator<string> {
  const at = text.indexOf(REPLACEMENT);
  const good = normal.add(at < 0 ? text : text.slice(0, text.lastIndexOf('\n', at) + 1));
  if (good !== '') yield good;
  if (at >= 0) throw invalidEncoding(normal.line, encoding);
}

/** Turns `\r\n` into `\n` across slices, and counts lines. */
class LineEnds {
  /** Line at which the next character stands, from 1. */
  line = 1;
  #heldReturn = false;

  add(text: string): string {
    let normal = this.#heldReturn ? `\r${text}` : text;
    this.#heldReturn = normal.endsWith('\r');
    if (this.#heldReturn) normal = normal.slice(0, -1);
    if (normal.includes('\r')) normal = normal.replaceAll('\r\n', '\n');
    for (let at = normal.indexOf('\n'); at >= 0; at = normal.indexOf('\n', at + 1)) this.line++;
    return normal;
  }

  end(): string {
    return this.#heldReturn ? '\r' : '';
  }
}

/** The first slice has at least 3 bytes (unless the file has fewer), so that a byte order mark is whole. */
async function* slices(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  let begun = false;
  for await (const chunk of source) {
    let bytes = chunk;
    if (!begun) {
      bytes = Buffer.concat([head, chunk]);
      begun = bytes.length >= 3;
      if (!begun) {
        head = bytes;
        continue;
      }
    }
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) yield bytes.subarray(at, at + SLICE_BYTES);
  }
  if (!begun && head.length > 0) yield head;
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte);
}

function invalidEncoding(line: number, encoding: Encoding): ImportStopped {
  return new ImportStopped(
    line,
    'ENCODING_INVALID',
    `Line ${line} has bytes that are not ${encoding === 'utf-8' ? 'UTF-8' : 'GB18030'}, or a mark of characters lost earlier. Export the file again, or correct the encoding in the mapping. Rows before this line were read.`,
  );
}
