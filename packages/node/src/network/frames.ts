/**
 * Frames of the direct streams: unsigned varint length (1 to 4 bytes, shortest form), then the message. The same bytes as
 * it-length-prefixed writes; read and written synchronously here, because votes take this way.
 */

/** A message made ready for the wire once, however many peers it goes to. */
export interface Frame {
  /** The length, and with it the message itself while that is small. */
  readonly head: Uint8Array;
  /** A large message, not copied. */
  readonly body: Uint8Array | undefined;
  /** Bytes on the wire. */
  readonly size: number;
  /** Bytes of the message. */
  readonly payload: number;
}

/** Below this, a copy is cheaper than a write of its own. */
const COPY_BYTES_MAX = 8 * 1024;
const PREFIX_BYTES_MAX = 4;

export function encodeFrame(message: Uint8Array): Frame {
  const prefix: number[] = [];
  let rest = message.length;
  while (rest >= 0x80) {
    prefix.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  prefix.push(rest);
  const size = prefix.length + message.length;
  if (message.length > COPY_BYTES_MAX)
    return { head: Uint8Array.from(prefix), body: message, size, payload: message.length };
  const head = new Uint8Array(size);
  head.set(prefix);
  head.set(message, prefix.length);
  return { head, body: undefined, size, payload: message.length };
}

/** Joins small parts of many frames, so that frames of one tick are few writes. Order is kept. */
export function joinFrames(frames: readonly Frame[]): Uint8Array[] {
  const only = frames[0];
  if (frames.length === 1 && only !== undefined) return only.body === undefined ? [only.head] : [only.head, only.body];
  const segments: Uint8Array[] = [];
  let run: Uint8Array[] = [];
  let runBytes = 0;
  const endRun = (): void => {
    if (runBytes === 0) return;
    const joined = new Uint8Array(runBytes);
    let offset = 0;
    for (const part of run) {
      joined.set(part, offset);
      offset += part.length;
    }
    segments.push(joined);
    run = [];
    runBytes = 0;
  };
  for (const frame of frames) {
    run.push(frame.head);
    runBytes += frame.head.length;
    if (frame.body !== undefined) {
      endRun();
      segments.push(frame.body);
    }
  }
  endRun();
  return segments;
}

/** Cuts a byte stream into messages. Holds no more than the bytes that came of one message, twice at most while growing. */
export class FrameReader {
  readonly #bytesMax: number;
  readonly #onMessage: (message: Uint8Array) => void;
  #length = 0;
  #prefixBytes = 0;
  /** Undefined while the length is read. */
  #wanted: number | undefined;
  #held = new Uint8Array(0);
  #heldBytes = 0;

  constructor(bytesMax: number, onMessage: (message: Uint8Array) => void) {
    this.#bytesMax = bytesMax;
    this.#onMessage = onMessage;
  }

  /** True inside a message: the stream must not end here. */
  get midFrame(): boolean {
    return this.#prefixBytes > 0 || this.#wanted !== undefined;
  }

  /** False when the stream cannot be read any further: a length that is zero, too large or not in shortest form. */
  push(chunk: Uint8Array): boolean {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#wanted === undefined) {
        if (!this.#readLength(chunk[offset] as number)) return false;
        offset += 1;
        continue;
      }
      const end = Math.min(chunk.length, offset + this.#wanted - this.#heldBytes);
      this.#hold(chunk.subarray(offset, end), this.#wanted);
      offset = end;
      if (this.#heldBytes === this.#wanted) {
        const message = this.#held;
        this.#held = new Uint8Array(0);
        this.#heldBytes = 0;
        this.#wanted = undefined;
        this.#onMessage(message);
      }
    }
    return true;
  }

  #readLength(byte: number): boolean {
    this.#length += (byte & 0x7f) * 2 ** (7 * this.#prefixBytes);
    this.#prefixBytes += 1;
    if ((byte & 0x80) !== 0) return this.#prefixBytes < PREFIX_BYTES_MAX;
    if (byte === 0) return false; // guard: G1 not empty, shortest form
    if (this.#length > this.#bytesMax) return false; // guard: G1 bounded
    this.#wanted = this.#length;
    this.#length = 0;
    this.#prefixBytes = 0;
    return true;
  }

  /**
   * Always copies: messages live on in the core and must not pin the 64 KiB that they were read with. Grows with what came,
   * not with what was announced: an announced megabyte costs its sender a megabyte.
   */
  #hold(part: Uint8Array, wanted: number): void {
    const bytes = this.#heldBytes + part.length;
    if (bytes > this.#held.length) {
      const grown = new Uint8Array(
        bytes === wanted ? wanted : Math.min(wanted, Math.max(2 * this.#held.length, bytes)),
      );
      grown.set(this.#held.subarray(0, this.#heldBytes));
      this.#held = grown;
    }
    this.#held.set(part, this.#heldBytes);
    this.#heldBytes = bytes;
  }
}
