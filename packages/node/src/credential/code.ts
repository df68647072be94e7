import { accept, concatBytes, equalBytes, limits, type Result } from '@hansa/protocol';
import type { Hasher } from '@hansa/protocol/crypto';
import { fromBase45, toBase45 } from './base45.ts';
import { packPresentation, unpackPresentation } from './compact.ts';
import { credentialCharactersMax } from './names.ts';
import { refuse } from './refusal.ts';

/**
 * What a counter needs in QR codes that phones can scan: `HANSA1:P:1/3:` and a part of a presentation, `HANSA1:R:1/2:` and a
 * part of a receipt, each with a last `:`, so that a blank at the end of a part is not lost. Everything is in a QR code's alphanumeric mode. Parts may be scanned in any order and twice.
 */
export interface CounterCode {
  readonly presentation: string;
  readonly receipt: Uint8Array | undefined;
}

/**
 * Characters of a part behind its head. With the head it fits a symbol of version 20 (97 modules a side) with 15 % error correction:
 * what the camera of any phone reads from a screen or from paper.
 */
export const partCharactersMax = 950;
const partsMax = 9;
/** Of the whole code before it was cut: parts of two codes must not be taken for one. */
const CHECK_BYTES = 4;

const head = /^HANSA1:([PR]):([1-9])\/([1-9]):(.*):$/s;
type Kind = 'P' | 'R';

/** The texts of the QR codes. Error: CODE_TOO_LARGE. */
export async function encodeCounterCode(hasher: Hasher, code: CounterCode): Promise<Result<readonly string[]>> {
  const packed = packPresentation(code.presentation);
  if (packed === undefined) return refuse('CREDENTIAL_MALFORMED');
  const presentation = cut('P', hasher, await deflate(packed));
  const receipt = code.receipt === undefined ? [] : cut('R', hasher, await deflate(code.receipt));
  if (presentation.length > partsMax || receipt.length > partsMax) return refuse('CODE_TOO_LARGE');
  return accept([...presentation, ...receipt]);
}

function cut(kind: Kind, hasher: Hasher, content: Uint8Array): string[] {
  const text = toBase45(concatBytes(hasher.sha256(content).subarray(0, CHECK_BYTES), content));
  const count = Math.ceil(text.length / partCharactersMax);
  // Of one size, so that all symbols are of one size.
  const each = Math.ceil(text.length / count);
  return Array.from(
    { length: count },
    (_, i) => `HANSA1:${kind}:${i + 1}/${count}:${text.slice(i * each, (i + 1) * each)}:`,
  );
}

/** True for the text of any of the codes. */
export function isCounterCode(text: string): boolean {
  return text.startsWith('HANSA1:');
}

/** Whether the parts scanned so far are all of them, and how many there are. Of each kind that was seen. */
export function countParts(texts: readonly string[]): { readonly scanned: number; readonly needed: number } {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  for (const text of texts) {
    const found = head.exec(text);
    if (found === null) continue;
    counts.set(found[1] as string, Number(found[3]));
    seen.add(`${found[1]}${found[2]}`);
  }
  return { scanned: seen.size, needed: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

/** What was scanned, put together. Errors: CODE_MALFORMED, CODE_PART_MISSING, CODE_TOO_LARGE. */
export async function decodeCounterCode(hasher: Hasher, texts: readonly string[]): Promise<Result<CounterCode>> {
  const presentation = await join('P', hasher, texts, credentialCharactersMax);
  if (!presentation.ok) return presentation;
  if (presentation.value === undefined) return refuse('CODE_PART_MISSING');
  const text = unpackPresentation(presentation.value);
  if (text === undefined) return refuse('CODE_MALFORMED');
  const receipt = await join('R', hasher, texts, limits.receiptBytesMax);
  if (!receipt.ok) return receipt;
  return accept({ presentation: text, receipt: receipt.value });
}

/** Undefined when no part of the kind is there. */
async function join(
  kind: Kind,
  hasher: Hasher,
  texts: readonly string[],
  bytesMax: number,
): Promise<Result<Uint8Array | undefined>> {
  const parts = new Map<number, string>();
  let count = 0;
  for (const text of texts) {
    const found = head.exec(text);
    if (found === null) return refuse('CODE_MALFORMED');
    if (found[1] !== kind) continue;
    const [place, of, part] = [Number(found[2]), Number(found[3]), found[4] as string];
    // Two codes at once: nobody can say which part belongs to which.
    if ((count !== 0 && of !== count) || place > of || (parts.get(place) ?? part) !== part)
      return refuse('CODE_MALFORMED');
    count = of;
    parts.set(place, part);
  }
  if (count === 0) return accept(undefined);
  if (parts.size < count) return refuse('CODE_PART_MISSING');
  const whole = fromBase45(Array.from({ length: count }, (_, i) => parts.get(i + 1)).join(''));
  if (whole === undefined || whole.length < CHECK_BYTES) return refuse('CODE_MALFORMED');
  const content = whole.subarray(CHECK_BYTES);
  if (!equalBytes(hasher.sha256(content).subarray(0, CHECK_BYTES), whole.subarray(0, CHECK_BYTES))) {
    return refuse('CODE_MALFORMED');
  }
  return inflate(content, bytesMax);
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of through(bytes, new CompressionStream('deflate-raw'))) chunks.push(chunk);
  return concatBytes(...chunks);
}

/** A few bytes can stand for gigabytes: what grows beyond `bytesMax` is not read on. */
async function inflate(bytes: Uint8Array, bytesMax: number): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of through(bytes, new DecompressionStream('deflate-raw'))) {
      length += chunk.length;
      if (length > bytesMax) return refuse('CODE_TOO_LARGE'); // guard: P4 a code is no bomb
      chunks.push(chunk);
    }
  } catch {
    return refuse('CODE_MALFORMED');
  }
  return accept(concatBytes(...chunks));
}

/** By a reader and not by `for await`: not every browser has it for streams. */
async function* through(
  bytes: Uint8Array,
  transform: CompressionStream | DecompressionStream,
): AsyncGenerator<Uint8Array> {
  const writer = transform.writable.getWriter();
  const written = writer.write(Uint8Array.from(bytes)).then(() => writer.close());
  // What is wrong with the bytes is told to the reader, too.
  written.catch(() => undefined);
  const reader = transform.readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value as Uint8Array;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
