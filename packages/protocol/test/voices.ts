import { create } from '@bufbuild/protobuf';
import { decodeStrict, encodeMessage } from '../src/codec/index.ts';
import { type BlockFields, encodeBlock } from '../src/consensus/block.ts';
import { encodeProposal, encodeProposalStatement } from '../src/consensus/proposal.ts';
import { encodeSigners } from '../src/consensus/signers.ts';
import { type CarriedVote, encodeStatement, encodeVote, VoteKind } from '../src/consensus/votes.ts';
import type { Crypto, Digest } from '../src/crypto/index.ts';
import { ZERO_DIGEST } from '../src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { EvidenceSchema, QuorumCertificateSchema } from '../src/gen/hansa/v1/consensus_pb.ts';
import { type Status, SyncRequestSchema, SyncResponseSchema } from '../src/gen/hansa/v1/sync_pb.ts';
import type { AuthorityIndex } from '../src/genesis/types.ts';
import { type VoteScheme, voteScheme } from '../src/genesis/vote-scheme.ts';
import { encodeEntry, encodeHeader, sealEntry, type VerifiedEntry } from '../src/lanes/index.ts';
import { type EnvelopeKind, wrapEnvelope } from '../src/replica/envelope.ts';
import { decodeStatusReply } from '../src/replica/index.ts';
import { votesEvidence } from '../src/replica/messages.ts';
import type { TestAuthority, TestFederation } from './cities.ts';

export interface SaidBlock {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  /** Bytes of the signed `Proposal`. */
  readonly proposal: Uint8Array;
  readonly fields: BlockFields;
}

/** Says anything in any authority's name: what tests and adversaries put on the wire. Holds all keys. */
export class Voices {
  readonly federation: TestFederation;
  readonly crypto: Crypto;
  readonly #scheme: VoteScheme;

  constructor(federation: TestFederation, crypto: Crypto) {
    this.federation = federation;
    this.crypto = crypto;
    this.#scheme = voteScheme(crypto, federation.genesis.voteScheme);
  }

  get quorumOf(): number {
    const n = this.federation.authorities.length;
    return n - Math.floor((n - 1) / 3);
  }

  vote(voter: AuthorityIndex, kind: VoteKind, view: number, block: Digest = NO_BLOCK, epoch = 0): CarriedVote {
    const { domains } = this.federation;
    const bytes = encodeStatement(domains.federationId, { kind, epoch, view, block });
    const signature = this.#scheme.sign(domains.message('vote', bytes), this.secrets(voter));
    return { statement: { kind, epoch, view, block, bytes }, voter, signature };
  }

  /** Bytes of the `Vote`. */
  voteBytes(voter: AuthorityIndex, kind: VoteKind, view: number, block: Digest = NO_BLOCK, epoch = 0): Uint8Array {
    return encodeVote(this.vote(voter, kind, view, block, epoch));
  }

  /** Bytes of a `QuorumCertificate`; signed by the first q unless said otherwise. */
  certificate(
    kind: VoteKind,
    view: number,
    block: Digest = NO_BLOCK,
    options: { signers?: readonly AuthorityIndex[]; epoch?: number } = {},
  ): Uint8Array {
    const n = this.federation.authorities.length;
    const signers = options.signers ?? Array.from({ length: this.quorumOf }, (_, index) => index);
    const votes = signers.map((signer) => this.vote(signer, kind, view, block, options.epoch ?? 0));
    return encodeMessage(
      QuorumCertificateSchema,
      create(QuorumCertificateSchema, {
        statement: votes[0]?.statement.bytes ?? new Uint8Array(0),
        signers: encodeSigners(signers, n),
        signature: this.#scheme.aggregate(votes.map(({ signature }) => signature)) ?? new Uint8Array(0),
      }),
    );
  }

  /** A block signed by the leader of its view unless another signer is named. */
  block(fields: BlockFields, signer: AuthorityIndex = fields.view % this.federation.authorities.length): SaidBlock {
    const { domains } = this.federation;
    const bytes = encodeBlock(domains.federationId, fields);
    const digest = domains.digest('block', bytes);
    const statement = encodeProposalStatement(domains.federationId, { ...fields, digest });
    const signature = this.crypto.ed25519.sign(domains.message('proposal', statement), this.secrets(signer).laneSecret);
    return { digest, bytes, proposal: encodeProposal(bytes, { statement, signature }), fields };
  }

  /** The next entry of a lane; `previous` undefined: the first one. */
  entry(
    lane: AuthorityIndex,
    previous: { sequence: number; digest: Digest } | undefined,
    records: readonly Uint8Array[],
    options: { signer?: AuthorityIndex; createdAtMs?: number; epoch?: number } = {},
  ): VerifiedEntry {
    const position = {
      lane,
      sequence: (previous?.sequence ?? 0) + 1,
      previous: previous?.digest ?? ZERO_DIGEST,
      createdAtMs: options.createdAtMs ?? 1,
      ...(options.epoch === undefined ? {} : { epoch: options.epoch }),
    };
    const { laneSecret } = this.secrets(options.signer ?? lane);
    return sealEntry(this.crypto, this.federation.domains, laneSecret, position, records);
  }

  /** A chain of entries, one record each. */
  lane(lane: AuthorityIndex, records: readonly Uint8Array[], createdAtMs = 1): VerifiedEntry[] {
    const entries: VerifiedEntry[] = [];
    for (const record of records) entries.push(this.entry(lane, entries.at(-1)?.header, [record], { createdAtMs }));
    return entries;
  }

  /** An entry whose header names other fields than its records have, signed all the same. */
  forgedEntry(entry: VerifiedEntry, change: Partial<VerifiedEntry['header']>, epoch = entry.header.epoch): Uint8Array {
    const { domains } = this.federation;
    const fields = { ...entry.header, ...change, epoch };
    const bytes = encodeHeader(domains.federationId, fields);
    const { laneSecret } = this.secrets(entry.header.lane);
    const signature = this.crypto.ed25519.sign(domains.message('entry-signature', bytes), laneSecret);
    return encodeEntry({ ...fields, bytes, signature, digest: domains.digest('entry', bytes) }, entry.records);
  }

  /** The same header without its records. */
  announcement(entry: VerifiedEntry): Uint8Array {
    return encodeEntry(entry.header, []);
  }

  /** The same header with other records. */
  withRecords(entry: VerifiedEntry, records: readonly Uint8Array[]): Uint8Array {
    return encodeEntry(entry.header, records);
  }

  /** A `SyncResponse` with these entries. */
  entriesReply(entries: readonly VerifiedEntry[]): Uint8Array {
    const messages = entries.map(({ header, records }) => ({
      signed: { header: header.bytes, signature: header.signature },
      records: records as Uint8Array[],
    }));
    const kind = { case: 'entries' as const, value: { entries: messages } };
    return encodeMessage(SyncResponseSchema, create(SyncResponseSchema, { kind }));
  }

  /** What a request for entries asks for. */
  readEntriesRequest(bytes: Uint8Array): { from: number; to: number } {
    const { kind } = unwrap(decodeStrict(SyncRequestSchema, bytes));
    if (kind.case !== 'entries') throw new Error('not a request for entries');
    return { from: Number(kind.value.from), to: Number(kind.value.to) };
  }

  readStatus(reply: Uint8Array): Status {
    return unwrap(decodeStatusReply(reply));
  }

  /** Bytes of `Evidence` of two votes. */
  votesEvidence(first: CarriedVote, second: CarriedVote): Uint8Array {
    return encodeMessage(EvidenceSchema, votesEvidence(first, second));
  }

  encode(vote: CarriedVote): Uint8Array {
    return encodeVote(vote);
  }

  secrets(index: AuthorityIndex): TestAuthority {
    const secrets = this.federation.authorities[index];
    if (secrets === undefined) throw new Error(`no authority ${index}`);
    return secrets;
  }

  frame(kind: EnvelopeKind, payload: Uint8Array): Uint8Array {
    return wrapEnvelope(kind, payload);
  }
}

const NO_BLOCK: Digest = new Uint8Array(0);
export const { NOTARIZE, NULLIFY, FINALIZE } = VoteKind;
