import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import type { RecordRef } from '../gen/hansa/v1/record_pb.ts';
import type { Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import type { RecordLocation } from '../replica/effects.ts';

export type { RecordLocation };

const LOCATION = /^([^/]+)\/([1-9][0-9]{0,14})\/(0|[1-9][0-9]{0,4})$/;

/** A record's public name: `haikou/12/0` is lane `haikou`, entry sequence 12, position 0. */
export function formatLocation(genesis: Genesis, location: RecordLocation): string {
  const city = genesis.authorities[location.lane]?.name ?? String(location.lane);
  return `${city}/${location.sequence}/${location.position}`;
}

/** The location that `formatLocation` wrote; LOCATION_INVALID for anything else. */
export function parseLocation(genesis: Genesis, text: string): Result<RecordLocation> {
  const match = LOCATION.exec(text);
  const lane = genesis.authorities.findIndex((authority) => authority.name === match?.[1]);
  if (match === null || lane < 0 || Number(match[3]) >= limits.entryRecordsMax) return refuse('LOCATION_INVALID');
  return accept({ lane, sequence: Number(match[2]), position: Number(match[3]) });
}

/** The fields of a `RecordRef` message. */
export function toRecordRef(location: RecordLocation): { lane: number; sequence: bigint; position: number } {
  return { lane: location.lane, sequence: BigInt(location.sequence), position: location.position };
}

/** A location from a `RecordRef`, or undefined when it is absent or names no possible record. */
export function fromRecordRef(ref: RecordRef | undefined): RecordLocation | undefined {
  if (ref === undefined || ref.sequence < 1n || ref.sequence > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return { lane: ref.lane, sequence: Number(ref.sequence), position: ref.position };
}

export function sameLocation(a: RecordLocation, b: RecordLocation): boolean {
  return a.sequence === b.sequence && a.position === b.position && a.lane === b.lane;
}
