import { equalBytes } from '../bytes.ts';
import type { Crypto, Domains } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import {
  type ConflictingProposals,
  type ConflictingVotes,
  type Evidence,
  type LaneFork,
  VoteKind,
} from '../gen/hansa/v1/consensus_pb.ts';
import { epochOf, leaderOf } from '../genesis/authority-set.ts';
import type { Authority, AuthorityIndex, Genesis } from '../genesis/types.ts';
import { voteScheme } from '../genesis/vote-scheme.ts';
import { readHeaderPlace, readProposalPlace, readVotePlace, type VotePlace } from './statements.ts';

export type EvidenceType = 'lane-fork' | 'conflicting-votes' | 'conflicting-proposals';

export interface EvidenceContext {
  readonly genesis: Genesis;
  readonly crypto: Crypto;
  readonly domains: Domains;
}

/** Who misbehaved and how, once the evidence is proof. */
export interface Accusation {
  readonly accused: AuthorityIndex;
  readonly type: EvidenceType;
}

/** An accusation whose two statements contradict each other; only their signatures are still to be checked. */
export interface EvidenceClaim extends Accusation {
  /** True when the accused signed both. One or two signature checks. */
  isSigned(): boolean;
}

/**
 * C10, R4: whether two signed statements of one authority are such as no honest authority signs. Statements are
 * compared, never signature bytes: signing one statement twice is no offence.
 *
 * Codes: MALFORMED, WRONG_FEDERATION, WRONG_EPOCH, EVIDENCE_NOT_CONFLICTING, EVIDENCE_SIGNATURE_INVALID.
 */
export function checkEvidence(context: EvidenceContext, evidence: Evidence): Result<Accusation> {
  const claim = readEvidence(context, evidence);
  if (!claim.ok) return claim;
  if (!claim.value.isSigned()) return refuse('EVIDENCE_SIGNATURE_INVALID'); // guard: C10 the accused signed both
  return accept({ accused: claim.value.accused, type: claim.value.type });
}

/** The cheap half of `checkEvidence`: decodes both statements and compares them. */
export function readEvidence(context: EvidenceContext, evidence: Evidence): Result<EvidenceClaim> {
  const { kind } = evidence;
  switch (kind.case) {
    case 'laneFork':
      return readLaneFork(context, kind.value);
    case 'votes':
      return readConflictingVotes(context, kind.value);
    case 'proposals':
      return readConflictingProposals(context, kind.value);
    case undefined:
      return refuse('MALFORMED');
  }
}

/** R4: two headers of one lane and sequence with different bytes, which is different digests. */
function readLaneFork({ genesis, crypto, domains }: EvidenceContext, fork: LaneFork): Result<EvidenceClaim> {
  const { first, second } = fork;
  if (first === undefined || second === undefined) return refuse('MALFORMED');
  const firstPlace = readHeaderPlace(domains, epochOf(genesis), first.header);
  if (!firstPlace.ok) return firstPlace;
  const secondPlace = readHeaderPlace(domains, epochOf(genesis), second.header);
  if (!secondPlace.ok) return secondPlace;
  const { authority: accused, sequence } = firstPlace.value;
  const owner = genesis.authorities[accused];
  if (owner === undefined) return refuse('MALFORMED');
  const samePlace = secondPlace.value.authority === accused && secondPlace.value.sequence === sequence;
  if (!samePlace) return refuse('EVIDENCE_NOT_CONFLICTING'); // guard: R4 one lane, one sequence
  if (equalBytes(first.header, second.header)) return refuse('EVIDENCE_NOT_CONFLICTING'); // guard: R4 two statements
  const isSigned = () =>
    [first, second].every(({ header, signature }) =>
      crypto.ed25519.verify(signature, domains.message('entry-signature', header), owner.laneKey),
    );
  return accept({ accused, type: 'lane-fork', isSigned });
}

function readConflictingVotes(
  { genesis, crypto, domains }: EvidenceContext,
  votes: ConflictingVotes,
): Result<EvidenceClaim> {
  const { first, second } = votes;
  if (first === undefined || second === undefined) return refuse('MALFORMED');
  const firstPlace = readVotePlace(domains, epochOf(genesis), first.statement);
  if (!firstPlace.ok) return firstPlace;
  const secondPlace = readVotePlace(domains, epochOf(genesis), second.statement);
  if (!secondPlace.ok) return secondPlace;
  const accused = first.voter;
  const voter = genesis.authorities[accused];
  if (voter === undefined) return refuse('MALFORMED');
  if (second.voter !== accused || !votesConflict(firstPlace.value, secondPlace.value)) {
    return refuse('EVIDENCE_NOT_CONFLICTING');
  }
  const scheme = voteScheme(crypto, genesis.voteScheme);
  const isSigned = () =>
    [first, second].every(({ statement, signature }) =>
      scheme.verify(signature, domains.message('vote', statement), voter),
    );
  return accept({ accused, type: 'conflicting-votes', isSigned });
}

/** C10: two Notarize or two Finalize for different blocks, or Finalize and Nullify, of one view. */
function votesConflict(a: VotePlace, b: VotePlace): boolean {
  if (a.view !== b.view) return false; // guard: C10 one view
  if (a.kind === b.kind) return a.kind !== VoteKind.NULLIFY && !equalBytes(a.block, b.block);
  return a.kind !== VoteKind.NOTARIZE && b.kind !== VoteKind.NOTARIZE;
}

/** C10: two blocks of one view, both signed by the view's leader. */
function readConflictingProposals(
  { genesis, crypto, domains }: EvidenceContext,
  proposals: ConflictingProposals,
): Result<EvidenceClaim> {
  const { first, second } = proposals;
  if (first === undefined || second === undefined) return refuse('MALFORMED');
  const firstPlace = readProposalPlace(domains, epochOf(genesis), first.statement);
  if (!firstPlace.ok) return firstPlace;
  const secondPlace = readProposalPlace(domains, epochOf(genesis), second.statement);
  if (!secondPlace.ok) return secondPlace;
  const { view, block } = firstPlace.value;
  if (secondPlace.value.view !== view || equalBytes(secondPlace.value.block, block)) {
    return refuse('EVIDENCE_NOT_CONFLICTING');
  }
  // C2: leaders take turns by view.
  const accused = leaderOf(genesis, view);
  const leader = genesis.authorities[accused] as Authority;
  const isSigned = () =>
    [first, second].every(({ statement, signature }) =>
      crypto.ed25519.verify(signature, domains.message('proposal', statement), leader.laneKey),
    );
  return accept({ accused, type: 'conflicting-proposals', isSigned });
}
