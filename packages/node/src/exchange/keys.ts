import { concatBytes, u32be, utf8 } from '@hansa/protocol';
import { type RecordLocation, writeU48 } from '@hansa/protocol/replica';
import { privateKey } from '../registry/tables.ts';

/** Keys of the exchange's tables; see `registry/tables.ts`. */

/** 16 bytes: lane, sequence and position, in the order of the lane. */
export function locationBytes({ lane, sequence, position }: RecordLocation): Uint8Array {
  const high = Math.floor(sequence / 0x1_0000_0000);
  return concatBytes(u32be(lane), u32be(high), u32be(sequence >>> 0), u32be(position));
}

export function timeBytes(ms: number): Uint8Array {
  const out = new Uint8Array(6);
  writeU48(out, 0, ms);
  return out;
}

export const indexKinds = { record: 1, officer: 2, case: 3 } as const;
export type IndexKind = keyof typeof indexKinds;

export const exchangeKeys = {
  receipt: (id: Uint8Array) => privateKey('accesses', id),
  time: (ms: number, id: Uint8Array = new Uint8Array(0)) => privateKey('accessTimes', timeBytes(ms), id),
  index: (kind: IndexKind, key: Uint8Array, ms: number, id: Uint8Array = new Uint8Array(0)) =>
    privateKey('accessIndex', Uint8Array.of(indexKinds[kind]), key, timeBytes(ms), id),
  request: (digest: Uint8Array) => privateKey('accessRequests', digest),
  batch: (lane: number, toMs: number) => privateKey('accessBatches', u32be(lane), timeBytes(toMs)),
  spentUse: (use: RecordLocation) => privateKey('spentUses', locationBytes(use)),
  consentOf: (certificateId: Uint8Array, ms: number, consentId: Uint8Array) =>
    privateKey('consentsOf', certificateId, timeBytes(ms), consentId),
  delivered: (consentId: Uint8Array) => privateKey('delivered', consentId),
  notice: (ms: number, id: Uint8Array) => privateKey('notices', timeBytes(ms), id),
  state: (name: string, part: Uint8Array = new Uint8Array(0)) => privateKey('exchange', utf8(`${name}/`), part),
} as const;
