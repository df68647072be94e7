import { concatBytes } from '@hansa/protocol';
import { fromBase64Url, toBase64Url } from './base64url.ts';

/**
 * A presentation with every part of it as the bytes that its base64url stands for: a third shorter, and it compresses.
 * Each part has its length in two bytes, with a bit above it that says what the text has behind the part.
 */
const after = { '.': 0, '~': 1, '': 2 } as const;
const separators = ['.', '~', ''] as const;
const LENGTH_BITS = 14;

/** Undefined for text that is not made of strict base64url, points and tildes. */
export function packPresentation(text: string): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (const [, body = '', separator = ''] of text.matchAll(/([^.~]*)([.~]|$)/g)) {
    if (body === '' && separator === '') continue;
    const bytes = fromBase64Url(body);
    if (bytes === undefined || bytes.length >= 1 << LENGTH_BITS) return undefined;
    const head = (after[separator as keyof typeof after] << LENGTH_BITS) | bytes.length;
    parts.push(Uint8Array.of(head >> 8, head & 255), bytes);
  }
  return concatBytes(...parts);
}

/** The text again, or undefined. */
export function unpackPresentation(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const [high, low] = [bytes[at], bytes[at + 1]];
    if (high === undefined || low === undefined) return undefined;
    const head = (high << 8) | low;
    const length = head & ((1 << LENGTH_BITS) - 1);
    const separator = separators[head >> LENGTH_BITS];
    at += 2;
    if (separator === undefined || at + length > bytes.length) return undefined;
    text += toBase64Url(bytes.subarray(at, at + length)) + separator;
    at += length;
  }
  return text;
}
