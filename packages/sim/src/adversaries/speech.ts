import {
  type CarriedBlock,
  type CarriedStatement,
  type CarriedVote,
  decodeProposal,
  decodeSigners,
  decodeStatement,
  decodeVote,
  encodeProposal,
  encodeProposalStatement,
  encodeStatement,
  VoteKind,
} from '@hansa/protocol/consensus';
import type { Digest, Domains } from '@hansa/protocol/crypto';
import { MEMBERSHIP_FAMILY, membershipTypes } from '@hansa/protocol/families';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { type DecodedEntry, decodeEntry } from '@hansa/protocol/lanes';
import { encodeRecord } from '@hansa/protocol/records';
import { splitEnvelope, wrapEnvelope } from '@hansa/protocol/replica';
import type { SignedProposal } from '@hansa/protocol/wire';
import type { Federation, Path } from '../world/contract.ts';
import { bytesField, readFields, writeFields } from './wire.ts';

/** What a message says, for liars that treat kinds of messages differently. `unknown`: it is not of this federation. */
export type Speech =
  | { readonly kind: 'proposal'; readonly block: CarriedBlock; readonly signed: SignedProposal }
  | { readonly kind: 'vote'; readonly vote: CarriedVote }
  | {
      readonly kind: 'certificate';
      readonly statement: CarriedStatement;
      readonly signers: readonly AuthorityIndex[];
      /** Bytes of the `QuorumCertificate`. */
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'entry'; readonly entry: DecodedEntry }
  | { readonly kind: 'evidence'; readonly bytes: Uint8Array }
  /** A question, or the answer to one. */
  | { readonly kind: 'request' | 'reply' }
  | { readonly kind: 'unknown' };

export type SpeechKind = Speech['kind'];

/** What a city says, by the words of options. */
export const speechKinds = ['proposal', 'vote', 'certificate', 'entry', 'evidence', 'request', 'reply'] as const;

const unknown: Speech = { kind: 'unknown' };

/** Decodes a frame. Signatures are not checked: the liar knows which of its own are good. */
export function understand(federation: Federation, path: Path, frame: Uint8Array): Speech {
  if (path === 'request' || path === 'reply') return { kind: path };
  const envelope = splitEnvelope(frame);
  if (!envelope.ok) return unknown;
  const { kind, payload } = envelope.value;
  const { domains, genesis } = federation;
  const n = genesis.authorities.length;
  if (kind === 'vote') {
    const vote = decodeVote(domains, n, payload);
    return vote.ok ? { kind, vote: vote.value } : unknown;
  }
  if (kind === 'entry') {
    const entry = decodeEntry(domains, genesis, payload, 'any');
    return entry.ok ? { kind, entry: entry.value } : unknown;
  }
  if (kind === 'evidence') return { kind, bytes: payload };
  if (kind === 'proposal') {
    const proposal = decodeProposal(domains, n, payload);
    return proposal.ok ? { kind, ...proposal.value } : unknown;
  }
  const fields = readFields(payload) ?? [];
  const [first, second, third] = [1, 2, 3].map((number) => bytesField(fields, number));
  if (first === undefined || second === undefined) return unknown;
  const statement = decodeStatement(domains, first);
  const signers = decodeSigners(second, n);
  if (!statement.ok || signers === undefined || third === undefined) return unknown;
  return { kind, statement: statement.value, signers, bytes: payload };
}

/** The view that a speech is about; undefined for entries, evidence and sync. */
export function viewOf(speech: Speech): number | undefined {
  if (speech.kind === 'proposal') return speech.block.view;
  if (speech.kind === 'vote') return speech.vote.statement.view;
  return speech.kind === 'certificate' ? speech.statement.view : undefined;
}

/** A frame with a `Proposal` of a block; `sign` gets the statement that its leader signs. */
export function proposalFrame(
  { federationId }: Domains,
  block: Pick<CarriedBlock, 'bytes' | 'epoch' | 'view' | 'digest'>,
  sign: (statement: Uint8Array) => Uint8Array,
): Uint8Array {
  const statement = encodeProposalStatement(federationId, block);
  return wrapEnvelope('proposal', encodeProposal(block.bytes, { statement, signature: sign(statement) }));
}

const NO_BLOCK: Digest = new Uint8Array(0);

/** What a vote says, with the bytes that are signed; Nullify names no block. */
export function statementOf(
  { federationId }: Domains,
  kind: VoteKind,
  view: number,
  block: Digest,
  epoch = 0,
): CarriedStatement {
  const statement = { kind, epoch, view, block: kind === VoteKind.NULLIFY ? NO_BLOCK : block };
  return { ...statement, bytes: encodeStatement(federationId, statement) };
}

/** A frame with a `QuorumCertificate`. */
export function certificateFrame(statement: Uint8Array, signers: Uint8Array, proof: Uint8Array): Uint8Array {
  const certificate = [
    { number: 1, value: statement },
    { number: 2, value: signers },
    { number: 3, value: proof },
  ];
  return wrapEnvelope('certificate', writeFields(certificate));
}

const evidenceNumbers = { entry: 1, vote: 2, proposal: 3 } as const;

/**
 * A frame with `Evidence` of two frames of one kind (entries, votes or proposals), whether they prove anything or not.
 * Undefined: they are of no such kind.
 */
export function evidenceFrame(first: Uint8Array, second: Uint8Array): Uint8Array | undefined {
  const statements: Uint8Array[] = [];
  let number: number | undefined;
  for (const frame of [first, second]) {
    const envelope = splitEnvelope(frame);
    if (!envelope.ok) return undefined;
    const { kind, payload } = envelope.value;
    if (kind !== 'entry' && kind !== 'vote' && kind !== 'proposal') return undefined;
    const expected = evidenceNumbers[kind];
    if (number !== undefined && number !== expected) return undefined;
    number = expected;
    // A lane fork shows signed headers, without the records; two proposals what was signed, without the blocks.
    const place = kind === 'entry' ? 1 : 2;
    const statement = kind === 'vote' ? payload : bytesField(readFields(payload) ?? [], place);
    if (statement === undefined) return undefined;
    statements.push(statement);
  }
  if (number === undefined) return undefined;
  const both = writeFields(statements.map((value, index) => ({ number: index + 1, value })));
  return wrapEnvelope('evidence', writeFields([{ number, value: both }]));
}

/** A record of the family `membership` around the evidence of a frame. */
export function evidenceRecord(frame: Uint8Array, requestId: Uint8Array): Uint8Array {
  const envelope = splitEnvelope(frame);
  const body = writeFields([{ number: 1, value: envelope.ok ? envelope.value.payload : new Uint8Array(0) }]);
  return encodeRecord({ family: MEMBERSHIP_FAMILY, type: membershipTypes.evidence, requestId, body });
}
