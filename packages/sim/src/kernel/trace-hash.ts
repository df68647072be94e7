/**
 * A rolling 64-bit hash over all events of a run. Two runs that differ in the time, place, kind or number of an event have
 * different hashes but for about one chance in 2^64; two that differ in the content of a message, but for one in 2^53
 * (`contentDigest`). Not cryptographic: nobody has an interest in colliding with himself.
 */
export class TraceHash {
  #low = 0x6a09e667 | 0;
  #high = 0xbb67ae85 | 0;

  /** One event: its time in whole microseconds, three numbers of 32 bits, and the digest of its content (0: none). */
  add(timeUs: number, node: number, what: number, value: number, digest: number): void {
    // Each step can be undone: runs that differed once never meet again by what they have in common.
    let low = this.#low;
    let high = this.#high;
    low = Math.imul(low ^ (timeUs | 0), 0x9e3779b1);
    high = Math.imul(high ^ ((timeUs / WORD) | 0) ^ (low >>> 15), 0x85ebca77);
    low = Math.imul(low ^ node ^ (high >>> 13), 0xc2b2ae3d);
    high = Math.imul(high ^ what ^ (low >>> 16), 0x27d4eb2f);
    low = Math.imul(low ^ value ^ (high >>> 15), 0x165667b1);
    if (digest !== 0) {
      high = Math.imul(high ^ (digest | 0) ^ (low >>> 13), 0x9e3779b1);
      low = Math.imul(low ^ ((digest / WORD) | 0) ^ (high >>> 16), 0x85ebca77);
    }
    this.#low = low ^ (low >>> 13);
    this.#high = high ^ (low >>> 11);
  }

  /** 16 hexadecimal digits. */
  get text(): string {
    return hex(this.#high) + hex(this.#low);
  }
}

const WORD = 2 ** 32;

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** 53 bits of all bytes: as many as a number holds exactly. */
export function contentDigest(bytes: Uint8Array): number {
  let low = bytes.length;
  let high = ~bytes.length;
  const whole = bytes.length & ~3;
  let offset = 0;
  for (; offset < whole; offset += 4) {
    const word =
      (bytes[offset] as number) |
      ((bytes[offset + 1] as number) << 8) |
      ((bytes[offset + 2] as number) << 16) |
      ((bytes[offset + 3] as number) << 24);
    low = Math.imul(low ^ word, 0x9e3779b1);
    low ^= low >>> 15;
    high = Math.imul(high ^ low, 0x27d4eb2f);
    high ^= high >>> 13;
  }
  for (; offset < bytes.length; offset++) {
    low = Math.imul(low ^ (bytes[offset] as number), 0x85ebca77);
    low ^= low >>> 13;
    high = Math.imul(high ^ low, 0x165667b1);
    high ^= high >>> 15;
  }
  low = Math.imul(low ^ (low >>> 16), 0xc2b2ae3d);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca77);
  return ((high ^ (high >>> 13)) >>> 11) * WORD + ((low ^ (low >>> 13)) >>> 0);
}
