import type { Evidence, SignedHeader, SignedProposal, Vote } from '@hansa/protocol/wire';
import type { Chronicle } from './chronicle.ts';
import { type SeenVote, VoteKind } from './decode.ts';
import { epochAt } from './epoch-view.ts';

/** What evidence proves, judged without the protocol's own judge: who signed two things that no honest city signs. */
export interface Accusation {
  readonly accused: number;
  readonly type: 'lane-fork' | 'conflicting-votes' | 'conflicting-proposals';
  readonly epoch: number;
}

/** C10, R4. A text says why it is no proof. */
export function accusationOf(chronicle: Chronicle, evidence: Evidence): Accusation | string {
  const { kind } = evidence;
  if (kind.case === 'laneFork') return laneFork(chronicle, kind.value.first, kind.value.second);
  if (kind.case === 'votes') return votes(chronicle, kind.value.first, kind.value.second);
  if (kind.case === 'proposals') return proposals(chronicle, kind.value.first, kind.value.second);
  return 'it is empty';
}

function laneFork(
  { world, sets, decoder }: Chronicle,
  first: SignedHeader | undefined,
  second: SignedHeader | undefined,
): Accusation | string {
  const [a, b] = [first, second].map((signed) => signed && decoder.header(signed.header, signed.signature));
  if (a === undefined || b === undefined) return 'a header cannot be read';
  if (a.lane !== b.lane || a.sequence !== b.sequence) return 'the headers are of different places';
  if (a.digest === b.digest) return 'both headers are the same';
  if (a.epoch !== b.epoch) return 'the headers are of different epochs';
  const { domains, crypto } = world.federation;
  const owner = sets.at(a.epoch)?.seats[a.lane];
  if (owner === undefined) return 'nobody owns the lane';
  const areSigned = [a, b].every(({ bytes, signature }) =>
    crypto.ed25519.verify(signature, domains.message('entry-signature', bytes), owner.laneKey),
  );
  return areSigned ? { accused: a.lane, type: 'lane-fork', epoch: a.epoch } : 'the owner of the lane did not sign both';
}

/** Whether two votes of one voter contradict each other; their signatures apart. */
export function areContrary(a: SeenVote, b: SeenVote): boolean {
  const { statement: first } = a;
  const { statement: second } = b;
  if (a.voter !== b.voter || first.view !== second.view) return false;
  if (first.kind === second.kind) return first.kind !== VoteKind.NULLIFY && first.block !== second.block;
  return first.kind !== VoteKind.NOTARIZE && second.kind !== VoteKind.NOTARIZE;
}

/** Whether a vote bears its voter's signature. */
export function isSigned({ world, sets }: Chronicle, { statement, voter, signature }: SeenVote): boolean {
  const { genesis, domains, crypto } = world.federation;
  const member = sets.at(statement.epoch)?.seats[voter];
  if (member === undefined) return false;
  const message = domains.message('vote', statement.bytes);
  return genesis.voteScheme === 'ed25519'
    ? crypto.ed25519.verify(signature, message, member.laneKey)
    : crypto.bls.verify(signature, message, member.voteKey);
}

function votes(chronicle: Chronicle, first: Vote | undefined, second: Vote | undefined): Accusation | string {
  const [a, b] = [first, second].map((vote): SeenVote | undefined => {
    const statement = vote && chronicle.decoder.statement(vote.statement);
    return vote && statement && { statement, voter: vote.voter, signature: vote.signature };
  });
  if (a === undefined || b === undefined) return 'a vote cannot be read';
  if (!areContrary(a, b)) return 'the votes do not contradict each other';
  if (!isSigned(chronicle, a) || !isSigned(chronicle, b)) return 'the voter did not sign both';
  return { accused: a.voter, type: 'conflicting-votes', epoch: a.statement.epoch };
}

function proposals(
  chronicle: Chronicle,
  first: SignedProposal | undefined,
  second: SignedProposal | undefined,
): Accusation | string {
  const { decoder, sets, world } = chronicle;
  const { domains, crypto } = world.federation;
  const [a, b] = [decoder.signing(first), decoder.signing(second)];
  if (a === undefined || b === undefined) return 'a statement cannot be read';
  if (a.view !== b.view || a.block === b.block) return 'the blocks do not contradict each other';
  const accused = chronicle.leaderOf(a.view);
  const epoch = epochAt(a.view);
  const leader = sets.at(epoch)?.seats[accused];
  if (leader === undefined) return 'nobody leads the view';
  const areSigned = [a, b].every(({ bytes, signature }) =>
    crypto.ed25519.verify(signature, domains.message('proposal', bytes), leader.laneKey),
  );
  return areSigned ? { accused, type: 'conflicting-proposals', epoch } : 'the leader did not sign both';
}
