import { equalBytes } from '../bytes.ts';
import { decodeStrict, safeNumber } from '../codec/index.ts';
import { WireWriter } from '../codec/wire-writer.ts';
import type { Digest, Domains } from '../crypto/index.ts';
import { accept, type Result, reject } from '../errors.ts';
import { type Vote, VoteKind, VoteSchema, VoteStatementSchema } from '../gen/hansa/v1/consensus_pb.ts';
import type { Authority, AuthorityIndex } from '../genesis/types.ts';
import type { VoteScheme } from '../genesis/vote-scheme.ts';
import { encodeSigners } from './signers.ts';

export { VoteKind };

/** What a vote says, decoded. `block` is empty for Nullify. */
export interface Statement {
  readonly kind: VoteKind;
  readonly epoch: number;
  readonly view: number;
  readonly block: Digest;
}

/** A statement with the bytes that were signed. */
export interface CarriedStatement extends Statement {
  readonly bytes: Uint8Array;
}

export interface CarriedVote {
  readonly statement: CarriedStatement;
  readonly voter: AuthorityIndex;
  readonly signature: Uint8Array;
}

/** A quorum certificate that was verified (or assembled from verified votes). */
export interface CarriedCertificate {
  readonly statement: CarriedStatement;
  /** Bytes of `QuorumCertificate`. */
  readonly bytes: Uint8Array;
}

/** Of votes and certificates there are more than of all else together: they are written by hand. */
const writer = new WireWriter();

/** `VoteStatement` bytes. */
export function encodeStatement(federationId: Digest, statement: Statement): Uint8Array {
  writer.bytes(1, federationId);
  writer.number(2, statement.kind);
  writer.number(3, statement.epoch);
  writer.number(4, statement.view);
  writer.bytes(5, statement.block);
  return writer.take();
}

export function decodeStatement(domains: Domains, bytes: Uint8Array): Result<CarriedStatement> {
  const decoded = decodeStrict(VoteStatementSchema, bytes, 256);
  if (!decoded.ok) return decoded;
  const { federationId, kind, block } = decoded.value;
  const epoch = safeNumber(decoded.value.epoch);
  const view = safeNumber(decoded.value.view);
  if (!equalBytes(federationId, domains.federationId)) {
    return reject('WRONG_FEDERATION', 'The vote belongs to another federation; check the genesis file of its sender.');
  }
  const known = kind === VoteKind.NOTARIZE || kind === VoteKind.NULLIFY || kind === VoteKind.FINALIZE;
  if (!known || epoch === undefined || view === undefined || block.length !== (kind === VoteKind.NULLIFY ? 0 : 32)) {
    return reject('MALFORMED', 'The vote statement is malformed; the vote is ignored.');
  }
  return accept({ kind, epoch, view, block, bytes });
}

/** `Vote` bytes. */
export function encodeVote({ statement, voter, signature }: CarriedVote): Uint8Array {
  writer.bytes(1, statement.bytes);
  writer.number(2, voter);
  writer.bytes(3, signature);
  return writer.take();
}

/** `QuorumCertificate` bytes. */
export function encodeCertificate(statement: Uint8Array, signers: Uint8Array, signature: Uint8Array): Uint8Array {
  writer.bytes(1, statement);
  writer.bytes(2, signers);
  writer.bytes(3, signature);
  return writer.take();
}

/** Decodes a vote; the signature is not checked yet. */
export function decodeVote(domains: Domains, authorityCount: number, bytes: Uint8Array): Result<CarriedVote> {
  const decoded = decodeStrict(VoteSchema, bytes, 1024);
  return decoded.ok ? carriedVote(domains, authorityCount, decoded.value) : decoded;
}

export function carriedVote(domains: Domains, authorityCount: number, vote: Vote): Result<CarriedVote> {
  const statement = decodeStatement(domains, vote.statement);
  if (!statement.ok) return statement;
  if (vote.voter >= authorityCount || vote.signature.length > 96) {
    return reject('MALFORMED', 'The vote is malformed; it is ignored.');
  }
  return accept({ statement: statement.value, voter: vote.voter, signature: vote.signature });
}

/**
 * Votes for one statement. Signatures are verified together when they could make a quorum: one pairing check instead
 * of one per vote. Nothing unverified is ever counted, and a verified vote is never replaced (trap 6 of CONSENSUS).
 */
export class VoteTally {
  readonly statement: CarriedStatement;
  readonly #verified = new Map<AuthorityIndex, Uint8Array>();
  readonly #pending = new Map<AuthorityIndex, Uint8Array>();

  constructor(statement: CarriedStatement) {
    this.statement = statement;
  }

  addVerified(voter: AuthorityIndex, signature: Uint8Array): void {
    this.#pending.delete(voter);
    if (!this.#verified.has(voter)) this.#verified.set(voter, signature);
  }

  addPending(voter: AuthorityIndex, signature: Uint8Array): void {
    if (!this.#verified.has(voter) && !this.#pending.has(voter)) this.#pending.set(voter, signature);
  }

  /** Drops a signature that turned out wrong. */
  forget(voter: AuthorityIndex, signature: Uint8Array): void {
    if (this.#pending.get(voter) === signature) this.#pending.delete(voter);
  }

  /** The certificate when `quorum` verified votes are there. Votes whose signature turned out wrong are returned, and forgotten. */
  certify(
    scheme: VoteScheme,
    domains: Domains,
    authorities: readonly Authority[],
    quorum: number,
  ): { certificate: CarriedCertificate | undefined; unsigned: readonly CarriedVote[] } {
    if (this.#verified.size + this.#pending.size < quorum) return { certificate: undefined, unsigned: [] };
    const unsigned = this.#pending.size > 0 ? this.#verifyPending(scheme, domains, authorities) : [];
    if (this.#verified.size < quorum) return { certificate: undefined, unsigned };
    const voters = [...this.#verified.keys()].sort((a, b) => a - b);
    const signature = scheme.aggregate(voters.map((voter) => this.#verified.get(voter) as Uint8Array));
    if (signature === undefined) return { certificate: undefined, unsigned };
    const bytes = encodeCertificate(this.statement.bytes, encodeSigners(voters, authorities.length), signature);
    return { certificate: { statement: this.statement, bytes }, unsigned };
  }

  /** Returns the votes that are wrong. */
  #verifyPending(scheme: VoteScheme, domains: Domains, authorities: readonly Authority[]): CarriedVote[] {
    const unsigned: CarriedVote[] = [];
    const message = domains.message('vote', this.statement.bytes);
    const voters = [...this.#pending.keys()];
    const signatures = [...this.#pending.values()];
    const members = voters.map((voter) => authorities[voter] as Authority);
    const aggregate = voters.length > 1 ? scheme.aggregate(signatures) : undefined;
    const allValid = aggregate !== undefined && scheme.verifyAggregate(aggregate, message, members);
    for (let i = 0; i < voters.length; i++) {
      const voter = voters[i] as AuthorityIndex;
      const signature = signatures[i] as Uint8Array;
      if (allValid || scheme.verify(signature, message, members[i] as Authority)) this.#verified.set(voter, signature);
      else unsigned.push({ statement: this.statement, voter, signature });
    }
    this.#pending.clear();
    return unsigned;
  }
}
