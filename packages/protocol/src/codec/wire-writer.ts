/**
 * Writes canonical protobuf: the same bytes as `encodeMessage`, several times faster, for the facts that are written
 * once a record. A property test holds both to the same output. The caller writes fields in ascending order.
 */
export class WireWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** uint32, uint64 up to 2^53 - 1, bool and enum; zero is left out. Field numbers up to 15. */
  number(field: number, value: number): void {
    if (value === 0) return;
    this.#reserve(11);
    this.#bytes[this.#length++] = field << 3;
    this.#varint(value);
  }

  /** bytes; an empty string is left out. */
  bytes(field: number, value: Uint8Array): void {
    if (value.length === 0) return;
    this.#reserve(11 + value.length);
    this.#bytes[this.#length++] = (field << 3) | 2;
    this.#varint(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** A nested message; it is written even when it has no fields. */
  message(field: number, write: (writer: WireWriter) => void): void {
    this.#reserve(12);
    this.#bytes[this.#length++] = (field << 3) | 2;
    const start = ++this.#length;
    write(this);
    const length = this.#length - start;
    if (length < 0x80) {
      this.#bytes[start - 1] = length;
      return;
    }
    // A long one moves to make room for the rest of its length.
    const extra = length < 0x4000 ? 1 : length < 0x20_0000 ? 2 : 3;
    this.#reserve(extra);
    this.#bytes.copyWithin(start + extra, start, this.#length);
    this.#length = start - 1;
    this.#varint(length);
    this.#length += length;
  }

  /** A copy of what was written; the writer starts anew. */
  take(): Uint8Array {
    const out = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return out;
  }

  #varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
