import { initialState, LANE_BYTES, MESSAGES_AT, moduleBytes, STATE_AT } from './sha256-lanes-code.ts';

/**
 * SHA-256 of many messages at once, four in the lanes of SIMD registers. For messages of a few blocks, which the
 * protocol hashes by the ten thousand a second, the call into native code costs more than the hash: measured for 33 B
 * 0.2 microseconds here and 0.4 by libsodium, for 307 B 0.55 and 0.9 by OpenSSL.
 */

const LANES = 4;
const BLOCK_BYTES = 64;
const DIGEST_WORDS = 8;
/** The bit 1 and the length in 64 bits that end a message. */
const PADDING_BYTES_MIN = 9;

/** The little that is used of WebAssembly, which Node's types leave out. */
interface Lanes {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Takes in the block at an offset of each lane. */
  readonly compress: (offset: number) => void;
}
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

const { Instance, Module } = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;
const { memory, compress } = new Instance(new Module(moduleBytes())).exports as Lanes;
const state = new Int32Array(memory.buffer, STATE_AT, DIGEST_WORDS * LANES);
const freshState = Int32Array.from({ length: DIGEST_WORDS * LANES }, (_, i) => initialState[i >>> 2] as number);
const lanes = Array.from(
  { length: LANES },
  (_, lane) => new Uint8Array(memory.buffer, MESSAGES_AT + lane * LANE_BYTES, LANE_BYTES),
);
const laneViews = lanes.map((lane) => new DataView(lane.buffer, lane.byteOffset, LANE_BYTES));
/** Length and blocks of the message in each lane. */
const lengths = new Int32Array(LANES).fill(-1);
const blocks = new Int32Array(LANES);

/** Longest message, prefix included. */
export const laneMessageBytesMax = LANE_BYTES - PADDING_BYTES_MIN;

/** SHA-256 of prefix || message for each message, side by side. None is longer than `laneMessageBytesMax`. */
export function hashEach(prefix: Uint8Array, messages: readonly Uint8Array[]): Uint8Array {
  const digests = new Int32Array(messages.length * DIGEST_WORDS);
  putPrefix(prefix);
  for (let i = 0; i < messages.length; i++) {
    const lane = i % LANES;
    const message = messages[i] as Uint8Array;
    (lanes[lane] as Uint8Array).set(message, prefix.length);
    pad(lane, prefix.length + message.length);
    if (lane === LANES - 1 || i === messages.length - 1) hashLanes(lane + 1, digests, i - lane);
  }
  return new Uint8Array(digests.buffer);
}

/** SHA-256 of prefix || row for each row of `rowBytes` bytes, side by side. */
export function hashRows(prefix: Uint8Array, rows: Uint8Array, rowBytes: number): Uint8Array {
  const count = rows.length / rowBytes;
  const digests = new Int32Array(count * DIGEST_WORDS);
  putPrefix(prefix);
  const words = rows.byteOffset % 4 === 0 && rowBytes % 4 === 0 ? wordsOf(rows) : undefined;
  for (let i = 0; i < count; i++) {
    const index = i % LANES;
    // Rows are short: a loop is quicker than a view and a copy.
    if (words === undefined) {
      const lane = lanes[index] as Uint8Array;
      for (let at = 0; at < rowBytes; at++) lane[prefix.length + at] = rows[i * rowBytes + at] as number;
    } else {
      const view = laneViews[index] as DataView;
      const start = (i * rowBytes) >>> 2;
      for (let at = 0; at < rowBytes; at += 4)
        view.setUint32(prefix.length + at, words[start + (at >>> 2)] as number, true);
    }
    pad(index, prefix.length + rowBytes);
    if (index === LANES - 1 || i === count - 1) hashLanes(index + 1, digests, i - index);
  }
  return new Uint8Array(digests.buffer);
}

function wordsOf(rows: Uint8Array): Uint32Array {
  return new Uint32Array(rows.buffer, rows.byteOffset, rows.length >>> 2);
}

function putPrefix(prefix: Uint8Array): void {
  lanes.forEach((lane, index) => {
    lane.set(prefix);
    // It overwrote what followed a shorter message.
    if ((lengths[index] as number) < prefix.length) lengths[index] = -1;
  });
}

/** What follows a message depends on its length alone: it often stands there already. */
function pad(index: number, length: number): void {
  if (lengths[index] === length) return;
  const lane = lanes[index] as Uint8Array;
  const count = Math.ceil((length + PADDING_BYTES_MIN) / BLOCK_BYTES);
  const end = count * BLOCK_BYTES;
  lane[length] = 0x80;
  lane.fill(0, length + 1, end - 3);
  const bits = length * 8;
  lane[end - 3] = bits >>> 16;
  lane[end - 2] = bits >>> 8;
  lane[end - 1] = bits;
  lengths[index] = length;
  blocks[index] = count;
}

/** Hashes the messages in the first `count` lanes; a lane whose message has ended goes on without anybody looking. */
function hashLanes(count: number, digests: Int32Array, at: number): void {
  state.set(freshState);
  for (let done = 0, block = 1; done < count; block++) {
    compress((block - 1) * BLOCK_BYTES);
    for (let lane = 0; lane < count; lane++) {
      if (blocks[lane] !== block) continue;
      done++;
      const start = (at + lane) * DIGEST_WORDS;
      for (let i = 0; i < DIGEST_WORDS; i++) digests[start + i] = bigEndian(state[i * LANES + lane] as number);
    }
  }
}

/** Memory of the machines that run this is little-endian, as WebAssembly's is. */
function bigEndian(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
