import { create } from '@bufbuild/protobuf';
import { encodeMessage } from '../src/codec/index.ts';
import { encodeProposalStatement } from '../src/consensus/proposal.ts';
import type { Crypto, Domains } from '../src/crypto/index.ts';
import {
  type Evidence,
  EvidenceSchema,
  type SignedProposal,
  SignedProposalSchema,
  type Vote,
  VoteKind,
  VoteSchema,
  VoteStatementSchema,
} from '../src/gen/hansa/v1/consensus_pb.ts';
import { EntryHeaderSchema, type SignedHeader, SignedHeaderSchema } from '../src/gen/hansa/v1/lane_pb.ts';
import { laneSecret, seeded, voteSecret } from './ledger-fixture.ts';

/** Statements signed with the keys of the ledger fixture, and evidence made of them. */
export class EvidenceMaker {
  readonly #crypto: Crypto;
  readonly #domains: Domains;

  constructor(crypto: Crypto, domains: Domains) {
    this.#crypto = crypto;
    this.#domains = domains;
  }

  header(lane: number, sequence: number, label: string, parts: { signer?: number; epoch?: number } = {}): SignedHeader {
    const header = encodeMessage(
      EntryHeaderSchema,
      create(EntryHeaderSchema, {
        federationId: this.#domains.federationId,
        epoch: BigInt(parts.epoch ?? 0),
        authority: lane,
        sequence: BigInt(sequence),
        previousDigest: seeded(this.#crypto, 'previous', 32),
        recordsRoot: seeded(this.#crypto, `records ${label}`, 32),
        recordCount: 1,
        byteLength: 100,
        createdAtMs: 1_780_000_000_000n,
      }),
    );
    const message = this.#domains.message('entry-signature', header);
    const signature = this.#crypto.ed25519.sign(message, laneSecret(this.#crypto, parts.signer ?? lane));
    return create(SignedHeaderSchema, { header, signature });
  }

  vote(voter: number, kind: VoteKind, view: number, block: string): Vote {
    const statement = encodeMessage(
      VoteStatementSchema,
      create(VoteStatementSchema, {
        federationId: this.#domains.federationId,
        kind,
        view: BigInt(view),
        block: kind === VoteKind.NULLIFY ? new Uint8Array(0) : seeded(this.#crypto, `block ${block}`, 32),
      }),
    );
    const message = this.#domains.message('vote', statement);
    const signature = this.#crypto.bls.sign(message, voteSecret(this.#crypto, voter));
    return create(VoteSchema, { statement, voter, signature });
  }

  /** `block` makes the blocks of one view differ. */
  proposal(signer: number, view: number, block: string): SignedProposal {
    const digest = seeded(this.#crypto, `block ${block}`, 32);
    const statement = encodeProposalStatement(this.#domains.federationId, { epoch: 0, view, digest });
    const signature = this.#crypto.ed25519.sign(
      this.#domains.message('proposal', statement),
      laneSecret(this.#crypto, signer),
    );
    return create(SignedProposalSchema, { statement, signature });
  }

  fork(first: SignedHeader, second: SignedHeader): Evidence {
    return create(EvidenceSchema, { kind: { case: 'laneFork', value: { first, second } } });
  }

  votes(first: Vote, second: Vote): Evidence {
    return create(EvidenceSchema, { kind: { case: 'votes', value: { first, second } } });
  }

  proposals(first: SignedProposal, second: SignedProposal): Evidence {
    return create(EvidenceSchema, { kind: { case: 'proposals', value: { first, second } } });
  }
}
