import { create } from '@bufbuild/protobuf';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import type { CarriedVote } from '../consensus/votes.ts';
import {
  type Evidence,
  EvidenceSchema,
  ProposalSchema,
  type QuorumCertificate,
  QuorumCertificateSchema,
} from '../gen/hansa/v1/consensus_pb.ts';
import { type Entry, EntrySchema } from '../gen/hansa/v1/lane_pb.ts';
import { SyncResponseSchema } from '../gen/hansa/v1/sync_pb.ts';
import type { CarriedHeader } from '../lanes/index.ts';

/** Small builders of messages, so that the replica reads as rules. Strict decoding made re-encoding exact (R1). */

export function encodeCertificateMessage(certificate: QuorumCertificate): Uint8Array {
  return encodeMessage(QuorumCertificateSchema, certificate);
}

export function encodeEntryMessage(entry: Entry): Uint8Array {
  return encodeMessage(EntrySchema, entry);
}

export function encodeRefusal(code: string): Uint8Array {
  return encodeMessage(SyncResponseSchema, create(SyncResponseSchema, { kind: { case: 'refusal', value: { code } } }));
}

export function encodeBlocksReply(blocks: readonly Uint8Array[], finalization?: Uint8Array): Uint8Array {
  const certificate = finalization === undefined ? undefined : decodeStrict(QuorumCertificateSchema, finalization);
  const value = {
    blocks: blocks as Uint8Array[],
    ...(certificate?.ok === true ? { finalization: certificate.value } : {}),
  };
  return encodeMessage(SyncResponseSchema, create(SyncResponseSchema, { kind: { case: 'blocks', value } }));
}

export function forkEvidence(first: CarriedHeader, second: CarriedHeader): Evidence {
  return create(EvidenceSchema, {
    kind: {
      case: 'laneFork',
      value: {
        first: { header: first.bytes, signature: first.signature },
        second: { header: second.bytes, signature: second.signature },
      },
    },
  });
}

export function votesEvidence(first: CarriedVote, second: CarriedVote): Evidence {
  const message = (vote: CarriedVote) => ({
    statement: vote.statement.bytes,
    voter: vote.voter,
    signature: vote.signature,
  });
  return create(EvidenceSchema, { kind: { case: 'votes', value: { first: message(first), second: message(second) } } });
}

/** From the bytes of two `Proposal`s. */
export function proposalsEvidence(first: Uint8Array, second: Uint8Array): Evidence | undefined {
  const [a, b] = [first, second].map((bytes) => {
    const decoded = decodeStrict(ProposalSchema, bytes);
    return decoded.ok ? decoded.value.signed : undefined;
  });
  if (a === undefined || b === undefined) return undefined;
  return create(EvidenceSchema, { kind: { case: 'proposals', value: { first: a, second: b } } });
}
