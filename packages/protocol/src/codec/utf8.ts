/** True when bytes[start, end) are well-formed UTF-8 (RFC 3629: no overlong form, no surrogate, at most U+10FFFF). */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end) {
    const lead = bytes[i++] as number;
    if (lead < 0x80) continue;
    if (lead < 0xc2 || lead > 0xf4) return false;
    const following = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (i + following > end) return false;
    const second = bytes[i] as number;
    // The second byte alone decides overlong forms, surrogates and the upper end.
    if (second < (lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80)) return false;
    if (second > (lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf)) return false;
    for (let k = 1; k < following; k++) if (((bytes[i + k] as number) & 0xc0) !== 0x80) return false;
    i += following;
  }
  return true;
}
