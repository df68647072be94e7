/**
 * True for `length` bytes that are marked as a compressed point and not as infinity (the ZCash form of BLS12-381 points).
 * The identity is no key and no signature of anybody: it is refused everywhere, before a library sees it.
 */
export function isFiniteCompressed(bytes: Uint8Array, length: number): boolean {
  return bytes.length === length && ((bytes[0] as number) & 0xc0) === 0x80;
}
