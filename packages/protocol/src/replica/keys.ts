import type { AuthorityIndex } from '../genesis/types.ts';

/**
 * Keys of the city's store. First byte: table; numbers big endian, so that byte order is numeric order.
 *
 * | table | key | value |
 * |---|---|---|
 * | entries    | lane, sequence, digest(8) | `Entry` bytes |
 * | places     | lane, sequence | height u48, history index u48 of a final entry |
 * | blocks     | height | block bytes of a final block |
 * | finalizations | height | `QuorumCertificate` of a directly finalized block |
 * | executions | height | execution log of the ledger |
 * | tips       | 0 finalized, 1 executed; lane | sequence u48, digest |
 * | floor      | (none) | height u48, view u48, digest of the newest final block |
 * | votes      | epoch, view, kind | own `Vote` |
 * | certificates | epoch, view, kind | `QuorumCertificate` above the floor |
 * | candidates | epoch, view, digest(8) | block bytes above the floor |
 * | halt       | (none), or 0 and 1 | code of the alarm after which this city votes no more; the certificates that contradict each other |
 * | evidence   | accused, type; from epoch 1 on also the epoch | `Evidence` |
 * | proposals  | epoch, view | own `Proposal` |
 * | seals      | height | `SealProof` of the block that ended an epoch, without its change (C12) |
 */
const tables = {
  entries: 1,
  places: 2,
  blocks: 3,
  finalizations: 4,
  executions: 5,
  tips: 6,
  floor: 7,
  votes: 8,
  certificates: 9,
  candidates: 10,
  evidence: 11,
  halt: 13,
  proposals: 12,
  seals: 14,
} as const;

export type Table = keyof typeof tables;

const NUMBER_BYTES = 6;

function key(table: Table, parts: readonly (number | Uint8Array)[]): Uint8Array {
  let length = 1;
  for (const part of parts) length += typeof part === 'number' ? NUMBER_BYTES : part.length;
  const out = new Uint8Array(length);
  out[0] = tables[table];
  let offset = 1;
  for (const part of parts) {
    if (typeof part === 'number') {
      writeU48(out, offset, part);
      offset += NUMBER_BYTES;
    } else {
      out.set(part, offset);
      offset += part.length;
    }
  }
  return out;
}

/** 6 bytes, big endian: numbers up to 2^48. */
export function writeU48(target: Uint8Array, offset: number, value: number): void {
  const high = Math.floor(value / 0x1_0000_0000);
  target[offset] = high >>> 8;
  target[offset + 1] = high & 255;
  target[offset + 2] = (value >>> 24) & 255;
  target[offset + 3] = (value >>> 16) & 255;
  target[offset + 4] = (value >>> 8) & 255;
  target[offset + 5] = value & 255;
}

export function readU48(source: Uint8Array, offset: number): number {
  let value = 0;
  for (let i = 0; i < NUMBER_BYTES; i++) value = value * 256 + (source[offset + i] ?? 0);
  return value;
}

export const keys = {
  entry: (lane: AuthorityIndex, sequence: number, digest: Uint8Array) =>
    key('entries', [lane, sequence, digest.subarray(0, 8)]),
  place: (lane: AuthorityIndex, sequence: number) => key('places', [lane, sequence]),
  block: (height: number) => key('blocks', [height]),
  finalization: (height: number) => key('finalizations', [height]),
  execution: (height: number) => key('executions', [height]),
  finalizedTip: (lane: AuthorityIndex) => key('tips', [0, lane]),
  executedTip: (lane: AuthorityIndex) => key('tips', [1, lane]),
  floor: () => key('floor', []),
  vote: (epoch: number, view: number, kind: number) => key('votes', [epoch, view, kind]),
  certificate: (epoch: number, view: number, kind: number) => key('certificates', [epoch, view, kind]),
  candidate: (epoch: number, view: number, digest: Uint8Array) =>
    key('candidates', [epoch, view, digest.subarray(0, 8)]),
  proposal: (epoch: number, view: number) => key('proposals', [epoch, view]),
  halt: () => key('halt', []),
  haltProof: (index: number) => key('halt', [index]),
  /** Epoch 0 is left out: such keys are older than epochs. */
  evidence: (accused: AuthorityIndex, type: number, epoch: number) =>
    key('evidence', epoch === 0 ? [accused, type] : [accused, type, epoch]),
  seal: (height: number) => key('seals', [height]),
} as const;

/** Range over keys of one table whose first numbers are `from` (included) to `to` (excluded). */
export function tableRange(
  table: Table,
  from: readonly number[] = [],
  to?: readonly number[],
): { gte: Uint8Array; lt: Uint8Array } {
  return { gte: key(table, from), lt: to === undefined ? new Uint8Array([tables[table] + 1]) : key(table, to) };
}

/** Range over all entries of a lane with from <= sequence <= to. */
export function entryRange(lane: AuthorityIndex, from: number, to: number): { gte: Uint8Array; lt: Uint8Array } {
  return tableRange('entries', [lane, from], [lane, to + 1]);
}

export interface EntryPlace {
  readonly height: number;
  readonly historyIndex: number;
}

export function encodePlace(place: EntryPlace): Uint8Array {
  const out = new Uint8Array(2 * NUMBER_BYTES);
  writeU48(out, 0, place.height);
  writeU48(out, NUMBER_BYTES, place.historyIndex);
  return out;
}

export function decodePlace(bytes: Uint8Array): EntryPlace {
  return { height: readU48(bytes, 0), historyIndex: readU48(bytes, NUMBER_BYTES) };
}

export function encodeTip(tip: { sequence: number; digest: Uint8Array }): Uint8Array {
  const out = new Uint8Array(NUMBER_BYTES + 32);
  writeU48(out, 0, tip.sequence);
  out.set(tip.digest, NUMBER_BYTES);
  return out;
}

export function decodeTip(bytes: Uint8Array): { sequence: number; digest: Uint8Array } {
  return { sequence: readU48(bytes, 0), digest: bytes.slice(NUMBER_BYTES) };
}

export interface Floor {
  readonly height: number;
  readonly view: number;
  readonly digest: Uint8Array;
}

export function encodeFloor(floor: Floor): Uint8Array {
  const out = new Uint8Array(2 * NUMBER_BYTES + 32);
  writeU48(out, 0, floor.height);
  writeU48(out, NUMBER_BYTES, floor.view);
  out.set(floor.digest, 2 * NUMBER_BYTES);
  return out;
}

export function decodeFloor(bytes: Uint8Array): Floor {
  return { height: readU48(bytes, 0), view: readU48(bytes, NUMBER_BYTES), digest: bytes.slice(2 * NUMBER_BYTES) };
}
