import { create } from '@bufbuild/protobuf';
import { encodeMessage } from '../src/codec/index.ts';
import type { Crypto, Domains } from '../src/crypto/index.ts';
import {
  BlockSchema,
  type Evidence,
  EvidenceSchema,
  type Proposal,
  ProposalSchema,
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

  /** `timestampMs` makes blocks of one view differ. */
  proposal(signer: number, view: number, timestampMs: number): Proposal {
    const block = encodeMessage(
      BlockSchema,
      create(BlockSchema, {
        federationId: this.#domains.federationId,
        view: BigInt(view),
        height: 1n,
        parent: seeded(this.#crypto, 'parent', 32),
        timestampMs: BigInt(timestampMs),
        checkpoint: {},
      }),
    );
    const message = this.#domains.message('proposal', block);
    return create(ProposalSchema, {
      block,
      signature: this.#crypto.ed25519.sign(message, laneSecret(this.#crypto, signer)),
    });
  }

  fork(first: SignedHeader, second: SignedHeader): Evidence {
    return create(EvidenceSchema, { kind: { case: 'laneFork', value: { first, second } } });
  }

  votes(first: Vote, second: Vote): Evidence {
    return create(EvidenceSchema, { kind: { case: 'votes', value: { first, second } } });
  }

  proposals(first: Proposal, second: Proposal): Evidence {
    return create(EvidenceSchema, { kind: { case: 'proposals', value: { first, second } } });
  }
}
