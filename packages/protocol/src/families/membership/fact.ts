import { create, fromBinary } from '@bufbuild/protobuf';
import { u32be } from '../../bytes.ts';
import { encodeMessage, safeNumber } from '../../codec/index.ts';
import { DIGEST_BYTES, type Digest, type Domains } from '../../crypto/index.ts';
import { MemberFactSchema, PolicyFactSchema } from '../../gen/hansa/v1/families_pb.ts';
import { RecordRefSchema } from '../../gen/hansa/v1/record_pb.ts';
import type { AuthorityIndex } from '../../genesis/types.ts';
import { fromRecordRef, type RecordLocation, toRecordRef } from '../../records/index.ts';
import { malformedFact } from '../checks.ts';

/** An authority as the ledger knows it. */
export interface MemberFact {
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly laneKey: Uint8Array;
  /** BLS12-381, 48 bytes. */
  readonly voteKey: Uint8Array;
  /** The record whose evidence quarantined it. */
  readonly quarantinedBy: RecordLocation | undefined;
  /** L4: 0 while it is not quarantined. */
  readonly quarantinedAtMs: number;
}

export function memberFactKey(domains: Domains, index: AuthorityIndex): Digest {
  return domains.digest('fact/membership', u32be(index));
}

/** Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readMemberFact(bytes: Uint8Array): MemberFact {
  try {
    const fact = fromBinary(MemberFactSchema, bytes);
    const quarantinedAtMs = safeNumber(fact.quarantinedAtMs);
    const quarantinedBy = fromRecordRef(fact.quarantinedBy);
    if (quarantinedAtMs === undefined || (fact.quarantinedBy === undefined) !== (quarantinedBy === undefined)) {
      throw malformedFact();
    }
    const { name, laneKey, voteKey } = fact;
    return { name, laneKey, voteKey, quarantinedBy, quarantinedAtMs };
  } catch {
    throw malformedFact();
  }
}

export function encodeMemberFact(fact: MemberFact): Uint8Array {
  const { name, laneKey, voteKey, quarantinedBy, quarantinedAtMs } = fact;
  const message = create(MemberFactSchema, { name, laneKey, voteKey, quarantinedAtMs: BigInt(quarantinedAtMs) });
  if (quarantinedBy !== undefined) {
    message.quarantinedBy = create(RecordRefSchema, toRecordRef(quarantinedBy));
  }
  return encodeMessage(MemberFactSchema, message);
}

/** Key of the fact that names the federation's policy. */
export function policyFactKey(domains: Domains): Digest {
  return domains.digest('fact/policy', new Uint8Array());
}

/** `policyDigest` of the policy in force. Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readPolicyFact(bytes: Uint8Array): Digest {
  try {
    const { digest } = fromBinary(PolicyFactSchema, bytes);
    if (digest.length !== DIGEST_BYTES) throw malformedFact();
    return digest;
  } catch {
    throw malformedFact();
  }
}

export function encodePolicyFact(digest: Digest): Uint8Array {
  return encodeMessage(PolicyFactSchema, create(PolicyFactSchema, { digest }));
}
