import { concatBytes, u32be } from '@hansa/protocol';
import { type RecordLocation, readU48, writeU48 } from '@hansa/protocol/replica';

/**
 * What a request puts on the own lane, written down before it goes there. A retry of the request finds it, so that
 * nothing is sealed twice and the second answer is that of the first record (R2), whatever was cut off in between.
 */
export interface Doing {
  /** Newest own entry before it was sealed: its records stand after that, if they stand anywhere. */
  readonly tip: number;
  /** `Record` bytes of the first of its records. */
  readonly record: Uint8Array;
  /** They stand one after the other in one entry. */
  readonly count: number;
  /** Where the first one stands; undefined: it is not known whether it was sealed. */
  readonly first?: RecordLocation;
}

/** One attempt of a request. Under an Idempotency-Key it knows what earlier attempts of the same request did. */
export interface Attempt {
  /** 16 bytes for the record with this index (R2); the same in every attempt. */
  requestId(index?: number): Uint8Array;
  /** Throws IDEMPOTENCY_KEY_REUSED when the earlier attempt was of another request. */
  earlier(): Promise<Doing | undefined>;
  /** Durable when it resolves, but for what can be found again: a location. */
  note(doing: Doing): Promise<void>;
}

const LOCATION_BYTES = 14;
const HEAD_BYTES = 11;

/** tip (u48) || count (u32) || 0x00, or 0x01 || lane (u32) || sequence (u48) || position (u32) || record. */
export function encodeDoing({ tip, count, record, first }: Doing): Uint8Array {
  const located = first === undefined ? [] : [u32be(first.lane), u48(first.sequence), u32be(first.position)];
  return concatBytes(u48(tip), u32be(count), Uint8Array.of(first === undefined ? 0 : 1), ...located, record);
}

export function decodeDoing(bytes: Uint8Array): Doing {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const head = { tip: readU48(bytes, 0), count: view.getUint32(6) };
  if (bytes[HEAD_BYTES - 1] === 0) return { ...head, record: bytes.slice(HEAD_BYTES) };
  const [lane, sequence, position] = [view.getUint32(11), readU48(bytes, 15), view.getUint32(21)];
  return { ...head, record: bytes.slice(HEAD_BYTES + LOCATION_BYTES), first: { lane, sequence, position } };
}

function u48(value: number): Uint8Array {
  const out = new Uint8Array(6);
  writeU48(out, 0, value);
  return out;
}
