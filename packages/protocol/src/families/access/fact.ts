import { create, fromBinary } from '@bufbuild/protobuf';
import { concatBytes, u32be } from '../../bytes.ts';
import { encodeMessage, safeNumber } from '../../codec/index.ts';
import type { Digest, Domains } from '../../crypto/index.ts';
import { AccessBatchFactSchema, ErasureFactSchema, ErasureReason } from '../../gen/hansa/v1/families_pb.ts';
import { RecordRefSchema } from '../../gen/hansa/v1/record_pb.ts';
import type { AuthorityIndex } from '../../genesis/types.ts';
import { fromRecordRef, type RecordLocation, toRecordRef } from '../../records/index.ts';
import { malformedFact } from '../checks.ts';

export { ErasureReason };

/** A city's newest batch of access receipts. */
export interface AccessBatchFact {
  /** The record that brought it. */
  readonly location: RecordLocation;
  /** Receipts with a time in [fromMs, toMs), milliseconds since 1970-01-01 UTC. */
  readonly fromMs: number;
  readonly toMs: number;
  /** RFC 6962 tree over the receipts, ascending by id. */
  readonly root: Uint8Array;
  readonly count: number;
  /** The batch before it: from here one walks back to the first. */
  readonly previous: RecordLocation | undefined;
}

/** A city's word that it no longer holds payload and salt of a record. */
export interface ErasureFact {
  readonly location: RecordLocation;
  /** Of the payload that was erased. */
  readonly commitment: Uint8Array;
  readonly reason: ErasureReason;
  /** L4: legal time at which it became final. */
  readonly erasedAtMs: number;
}

export function accessBatchFactKey(domains: Domains, lane: AuthorityIndex): Digest {
  return domains.digest('fact/access', u32be(lane));
}

/** Key of the acknowledgement of one city for one record. */
export function erasureFactKey(domains: Domains, lane: AuthorityIndex, record: RecordLocation): Digest {
  const sequence = new Uint8Array(8);
  new DataView(sequence.buffer).setBigUint64(0, BigInt(record.sequence));
  return domains.digest('fact/erasure', concatBytes(u32be(lane), u32be(record.lane), sequence, u32be(record.position)));
}

/** Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readAccessBatchFact(bytes: Uint8Array): AccessBatchFact {
  try {
    const fact = fromBinary(AccessBatchFactSchema, bytes);
    const location = fromRecordRef(fact.ref);
    const [fromMs, toMs] = [safeNumber(fact.fromMs), safeNumber(fact.toMs)];
    if (location === undefined || fromMs === undefined || toMs === undefined) throw malformedFact();
    const { root, count } = fact;
    return { location, fromMs, toMs, root, count, previous: fromRecordRef(fact.previous) };
  } catch {
    throw malformedFact();
  }
}

export function encodeAccessBatchFact(fact: AccessBatchFact): Uint8Array {
  const { location, fromMs, toMs, root, count, previous } = fact;
  const ref = create(RecordRefSchema, toRecordRef(location));
  const message = create(AccessBatchFactSchema, { ref, fromMs: BigInt(fromMs), toMs: BigInt(toMs), root, count });
  if (previous !== undefined) message.previous = create(RecordRefSchema, toRecordRef(previous));
  return encodeMessage(AccessBatchFactSchema, message);
}

/** Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readErasureFact(bytes: Uint8Array): ErasureFact {
  try {
    const fact = fromBinary(ErasureFactSchema, bytes);
    const location = fromRecordRef(fact.ref);
    const erasedAtMs = safeNumber(fact.erasedAtMs);
    if (location === undefined || erasedAtMs === undefined) throw malformedFact();
    const { commitment, reason } = fact;
    return { location, commitment, reason, erasedAtMs };
  } catch {
    throw malformedFact();
  }
}

export function encodeErasureFact(fact: ErasureFact): Uint8Array {
  const { location, commitment, reason, erasedAtMs } = fact;
  const ref = create(RecordRefSchema, toRecordRef(location));
  const message = create(ErasureFactSchema, { ref, commitment, reason, erasedAtMs: BigInt(erasedAtMs) });
  return encodeMessage(ErasureFactSchema, message);
}
