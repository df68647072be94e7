const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));

/** RFC 9285: two bytes as three characters of a QR code's alphanumeric mode, which holds 97 % of what raw bytes would. */
export function toBase45(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length;
    let value = pair ? ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0) : (bytes[i] ?? 0);
    for (let digits = pair ? 3 : 2; digits > 0; digits--) {
      out += ALPHABET.charAt(value % 45);
      value = Math.floor(value / 45);
    }
  }
  return out;
}

/** Undefined for what RFC 9285 section 6 refuses: a stray character, a group too large, a length that nothing has. */
export function fromBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const out: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const digits = [...text.slice(i, i + 3)].map((character) => VALUES.get(character));
    let value = 0;
    for (const digit of digits.reverse()) {
      if (digit === undefined) return undefined;
      value = value * 45 + digit;
    }
    if (digits.length === 3) {
      if (value > 0xffff) return undefined;
      out.push(value >> 8, value & 255);
    } else {
      if (value > 0xff) return undefined;
      out.push(value);
    }
  }
  return Uint8Array.from(out);
}
