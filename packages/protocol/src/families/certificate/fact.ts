import { fromBinary } from '@bufbuild/protobuf';
import { safeNumber } from '../../codec/index.ts';
import { WireWriter } from '../../codec/wire-writer.ts';
import type { Digest, Domains } from '../../crypto/index.ts';
import { CertificateFactSchema, CertificateState, RevokeReason } from '../../gen/hansa/v1/families_pb.ts';
import type { AuthorityIndex } from '../../genesis/types.ts';
import { fromRecordRef, type RecordLocation } from '../../records/index.ts';
import { malformedFact } from '../checks.ts';

export { CertificateState, RevokeReason };

/** A deposit certificate as it stands now. Days are since 1970-01-01, both ends included. */
export interface CertificateFact {
  /** The record that issued it; its lane is the issuing centre. */
  readonly location: RecordLocation;
  /** Expiry is not a state: it comes with the day (`certificateStatus`). */
  readonly state: CertificateState;
  /** The only centre that may use it; undefined: any. */
  readonly addressedTo: AuthorityIndex | undefined;
  readonly issuedOn: number;
  readonly validUntil: number;
  /** SHA-256(salt256 || private payload). */
  readonly commitment: Uint8Array;
  /** Ed25519 (32 bytes) or compressed P-256 (33 bytes); empty while the citizen has none. */
  readonly holderKey: Uint8Array;
  /** L4: legal time at which the issue became final. */
  readonly issuedAtMs: number;
  /** The record that used, superseded or revoked it. */
  readonly endedBy: RecordLocation | undefined;
  /** 0 while it is active. */
  readonly endedAtMs: number;
  readonly revokeReason: RevokeReason;
  /** Code of the replacement; empty when there is none. */
  readonly supersededBy: Uint8Array;
  /**
   * The first active certificates of the same subject by other centres; empty once it has ended. An expired one stands
   * here until the next change: ask `certificateConflicts`.
   */
  readonly conflictsWith: readonly Sibling[];
  readonly subjectTag: Uint8Array;
}

/** A certificate of the same subject. */
export interface Sibling {
  readonly certificateId: Uint8Array;
  readonly lane: AuthorityIndex;
  readonly validUntil: number;
}

export type CertificateStatus = 'active' | 'expired' | 'used' | 'revoked' | 'superseded';

/** Key of a certificate's fact; the code has 16 bytes. */
export function certificateFactKey(domains: Domains, certificateId: Uint8Array): Digest {
  return domains.digest('fact/certificate', certificateId);
}

/** Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readCertificateFact(bytes: Uint8Array): CertificateFact {
  try {
    const fact = fromBinary(CertificateFactSchema, bytes);
    const location = fromRecordRef(fact.ref);
    const issuedAtMs = safeNumber(fact.issuedAtMs);
    const endedAtMs = safeNumber(fact.endedAtMs);
    if (location === undefined || issuedAtMs === undefined || endedAtMs === undefined) throw malformedFact();
    const { state, addressedTo, issuedOn, validUntil, commitment, holderKey, revokeReason, supersededBy, subjectTag } =
      fact;
    return {
      location,
      state,
      addressedTo: addressedTo === 0 ? undefined : addressedTo - 1,
      issuedOn,
      validUntil,
      commitment,
      holderKey,
      issuedAtMs,
      endedBy: fromRecordRef(fact.endedBy),
      endedAtMs,
      revokeReason,
      supersededBy,
      conflictsWith: fact.conflictsWith.map(({ certificateId, lane, validUntil }) => ({
        certificateId,
        lane,
        validUntil,
      })),
      subjectTag,
    };
  } catch {
    throw malformedFact();
  }
}

const writer = new WireWriter();

/** `CertificateFact` bytes, as protobuf-es would write them. */
export function encodeCertificateFact(fact: CertificateFact): Uint8Array {
  writer.message(1, () => writeLocation(fact.location));
  writer.number(2, fact.state);
  writer.number(3, fact.addressedTo === undefined ? 0 : fact.addressedTo + 1);
  writer.number(4, fact.issuedOn);
  writer.number(5, fact.validUntil);
  writer.bytes(6, fact.commitment);
  writer.bytes(7, fact.holderKey);
  writer.number(8, fact.issuedAtMs);
  const { endedBy } = fact;
  if (endedBy !== undefined) writer.message(9, () => writeLocation(endedBy));
  writer.number(10, fact.endedAtMs);
  writer.number(11, fact.revokeReason);
  writer.bytes(12, fact.supersededBy);
  for (const sibling of fact.conflictsWith) writer.message(13, () => writeSibling(writer, sibling));
  writer.bytes(14, fact.subjectTag);
  return writer.take();
}

/** Fields of `CertificateSibling`. */
export function writeSibling(to: WireWriter, { certificateId, lane, validUntil }: Sibling): void {
  to.bytes(1, certificateId);
  to.number(2, lane);
  to.number(3, validUntil);
}

function writeLocation(location: RecordLocation): void {
  writer.number(1, location.lane);
  writer.number(2, location.sequence);
  writer.number(3, location.position);
}

const STATUS_OF_STATE: Readonly<Partial<Record<CertificateState, CertificateStatus>>> = {
  [CertificateState.SUPERSEDED]: 'superseded',
  [CertificateState.REVOKED]: 'revoked',
  [CertificateState.USED]: 'used',
};

/** What a verifier may say of the certificate on the day `today`. Expiry holds however good the signatures are. */
export function certificateStatus(fact: CertificateFact, today: number): CertificateStatus {
  return STATUS_OF_STATE[fact.state] ?? (today > fact.validUntil ? 'expired' : 'active');
}

/**
 * CONFLICT: certificates of the same subject by other centres that are good on the same day. Two accounts at once should not
 * be; whoever relies on one of the certificates asks the centres first.
 */
export function certificateConflicts(fact: CertificateFact, today: number): readonly Sibling[] {
  if (certificateStatus(fact, today) !== 'active') return [];
  return fact.conflictsWith.filter(({ validUntil }) => validUntil >= today);
}
