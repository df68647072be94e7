import { create, fromBinary } from '@bufbuild/protobuf';
import { u32be } from '../../bytes.ts';
import { encodeMessage, safeNumber } from '../../codec/index.ts';
import { DIGEST_BYTES, type Digest, type Domains } from '../../crypto/index.ts';
import {
  AuthorityStanding,
  type ChangeFact,
  ChangeFactSchema,
  MemberFactSchema,
  PolicyFactSchema,
  type ProposalFact,
  ProposalFactSchema,
} from '../../gen/hansa/v1/families_pb.ts';
import { RecordRefSchema } from '../../gen/hansa/v1/record_pb.ts';
import { standingNumber } from '../../genesis/authority-set.ts';
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
  /** C12: undefined for an authority that votes. */
  readonly standing?: 'suspended' | 'removed' | undefined;
}

const standings: Readonly<Record<AuthorityStanding, MemberFact['standing']>> = {
  [AuthorityStanding.UNSPECIFIED]: undefined,
  [AuthorityStanding.SUSPENDED]: 'suspended',
  [AuthorityStanding.REMOVED]: 'removed',
};

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
    const member = { name, laneKey, voteKey, quarantinedBy, quarantinedAtMs };
    const standing = standings[fact.standing];
    return standing === undefined ? member : { ...member, standing };
  } catch {
    throw malformedFact();
  }
}

export function encodeMemberFact(fact: MemberFact): Uint8Array {
  const { name, laneKey, voteKey, quarantinedBy, quarantinedAtMs } = fact;
  const standing = standingNumber(fact.standing);
  const message = create(MemberFactSchema, {
    ...{ name, laneKey, voteKey, standing },
    quarantinedAtMs: BigInt(quarantinedAtMs),
  });
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

/** Key of a city's newest proposal (C12). */
export function proposalFactKey(domains: Domains, proposer: AuthorityIndex): Digest {
  return domains.digest('fact/membership-proposal', u32be(proposer));
}

/** Key of the change that made an epoch, from 1 on (C12). */
export function changeFactKey(domains: Domains, epoch: number): Digest {
  return domains.digest('fact/membership-change', u32be(epoch));
}

/** Key of the fact that a key of a member was given up (C12). */
export function retiredKeyFactKey(domains: Domains, key: Uint8Array): Digest {
  return domains.digest('fact/membership-key', key);
}

/** Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readProposalFact(bytes: Uint8Array): ProposalFact {
  try {
    return fromBinary(ProposalFactSchema, bytes);
  } catch {
    throw malformedFact();
  }
}

export function encodeProposalFact(fact: ProposalFact): Uint8Array {
  return encodeMessage(ProposalFactSchema, fact);
}

/** Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readChangeFact(bytes: Uint8Array): ChangeFact {
  try {
    return fromBinary(ChangeFactSchema, bytes);
  } catch {
    throw malformedFact();
  }
}

export function encodeChangeFact(fact: ChangeFact): Uint8Array {
  return encodeMessage(ChangeFactSchema, fact);
}
