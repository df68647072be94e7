import { beforeEach, describe, expect, it } from 'vitest';
import { testFederation } from '../../test/cities.ts';
import { portableCrypto as crypto } from '../crypto/index.ts';
import { voteScheme } from '../genesis/vote-scheme.ts';
import { Round } from './round.ts';
import { VoteDesk } from './vote-desk.ts';
import { type CarriedVote, encodeStatement, VoteKind } from './votes.ts';

const { genesis, domains } = testFederation(crypto, 4, undefined, 'ed25519');
const LIAR = 2;
/** Signatures are not what is tested here. */
const scheme = { ...voteScheme(crypto, 'ed25519'), verify: () => true };
let found: CarriedVote[];
let desk: VoteDesk;
let round: Round;

beforeEach(() => {
  found = [];
  const ports = { send: () => undefined, conflictingVotes: (first: CarriedVote) => void found.push(first) };
  desk = new VoteDesk({
    ...{ scheme, domains, genesis, quorum: 3 },
    ports: { ...ports, misbehaved: () => undefined },
  });
  round = new Round(1, 1);
});

function vote(kind: VoteKind, number: number, voter = LIAR): CarriedVote {
  const block = kind === VoteKind.NULLIFY ? new Uint8Array(0) : new Uint8Array(32).fill(number);
  const statement = { kind, epoch: 0, view: 1, block };
  const bytes = encodeStatement(domains.federationId, statement);
  return { statement: { ...statement, bytes }, voter, signature: new Uint8Array(64) };
}

describe('C10: who was found out to have said two things in a view', () => {
  beforeEach(() => {
    for (const number of [1, 2]) desk.hear(round, vote(VoteKind.NOTARIZE, number));
    expect(found).toHaveLength(1);
  });

  it('C10: takes no memory with votes of another kind, however many blocks they name', () => {
    for (let number = 3; number < 100; number++) {
      const another = vote(VoteKind.FINALIZE, number);
      expect(desk.hear(round, another)).toBe(false);
      expect(round.hasTally(another.statement)).toBe(false);
    }
  });

  it('counts where others said the same', () => {
    expect(desk.hear(round, vote(VoteKind.FINALIZE, 7, 3))).toBe(true);
    expect(desk.hear(round, vote(VoteKind.FINALIZE, 7))).toBe(true);
  });
});
