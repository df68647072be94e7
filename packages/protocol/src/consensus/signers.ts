/**
 * The bitmap of a quorum certificate's signers: exactly ceil(n/8) bytes, bit i (least significant first) of byte i/8 is
 * authority i, bits from n on are zero. One set of signers has one bitmap.
 */
export function encodeSigners(indices: readonly number[], authorityCount: number): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(authorityCount / 8));
  for (const index of indices) {
    const byte = index >> 3;
    bitmap[byte] = (bitmap[byte] ?? 0) | (1 << (index & 7));
  }
  return bitmap;
}

/** The signers, ascending; undefined when the bitmap is not the canonical one for `authorityCount`. */
export function decodeSigners(bitmap: Uint8Array, authorityCount: number): number[] | undefined {
  if (bitmap.length !== Math.ceil(authorityCount / 8)) return undefined;
  const indices: number[] = [];
  for (let index = 0; index < 8 * bitmap.length; index++) {
    if ((((bitmap[index >> 3] as number) >> (index & 7)) & 1) === 0) continue;
    if (index >= authorityCount) return undefined;
    indices.push(index);
  }
  return indices;
}
