/**
 * A rolling 64-bit hash over all events of a run. Two runs that differ in one event have, but for one chance in 2^64,
 * different hashes. Not cryptographic: nobody has an interest in colliding with himself.
 */
export class TraceHash {
  #low = 0x6a09e667 | 0;
  #high = 0xbb67ae85 | 0;

  /** One event: its time in whole microseconds, and up to three numbers of 32 bits. */
  add(timeUs: number, a: number, b: number, c: number): void {
    let low = this.#low;
    let high = this.#high;
    low = Math.imul(low ^ (timeUs | 0), 0x9e3779b1);
    high = Math.imul(high ^ ((timeUs / 0x1_0000_0000) | 0) ^ (low >>> 15), 0x85ebca77);
    low = Math.imul(low ^ a ^ (high >>> 13), 0xc2b2ae3d);
    high = Math.imul(high ^ b ^ (low >>> 16), 0x27d4eb2f);
    low = Math.imul(low ^ c ^ (high >>> 15), 0x165667b1);
    this.#low = low ^ (low >>> 13);
    this.#high = high ^ (low >>> 11);
  }

  /** 16 hexadecimal digits. */
  get text(): string {
    return hex(this.#high) + hex(this.#low);
  }
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** 32 bits of all bytes. */
export function digest32(bytes: Uint8Array): number {
  let hash = bytes.length;
  const whole = bytes.length & ~3;
  let offset = 0;
  for (; offset < whole; offset += 4) {
    const word =
      (bytes[offset] as number) |
      ((bytes[offset + 1] as number) << 8) |
      ((bytes[offset + 2] as number) << 16) |
      ((bytes[offset + 3] as number) << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; offset < bytes.length; offset++)
    hash = Math.imul(hash ^ (bytes[offset] as number), 0x85ebca77) ^ (hash >>> 13);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae3d);
  return hash ^ (hash >>> 13);
}
