import { concatBytes, utf8 } from '@hansa/protocol';
import { encodeSigners, encodeVote, type VoteKind } from '@hansa/protocol/consensus';
import { type Digest, Domains } from '@hansa/protocol/crypto';
import { type AuthorityIndex, voteScheme } from '@hansa/protocol/genesis';
import { sealEntry } from '@hansa/protocol/lanes';
import { wrapEnvelope } from '@hansa/protocol/replica';
import type { Federation } from '../world/contract.ts';
import { certificateFrame, statementOf } from './speech.ts';

/** What the same authorities, with the same keys, said in another federation. */
export interface Elsewhere {
  vote(voter: AuthorityIndex, kind: VoteKind, view: number, block: Digest): Uint8Array;
  certificate(kind: VoteKind, view: number, block: Digest): Uint8Array;
  entry(
    place: { lane: AuthorityIndex; sequence: number; previous: Digest },
    records: readonly Uint8Array[],
  ): Uint8Array;
}

/**
 * A trial federation whose cities kept their keys for the real one: everything that was recorded there is at hand. All
 * keys sign here, but only in the domains of that other federation (R1): nothing of it is valid in this one.
 */
export function listenElsewhere({ genesis, domains, crypto, secrets }: Federation): Elsewhere {
  const federationId = crypto.sha256(concatBytes(utf8('the trial before '), domains.federationId));
  const other = new Domains(crypto, federationId);
  const scheme = voteScheme(crypto, genesis.voteScheme);
  const all = genesis.authorities.map(({ index }) => index);

  const signed = (voter: AuthorityIndex, kind: VoteKind, view: number, block: Digest) => {
    const statement = statementOf(other, kind, view, block);
    const signature = scheme.sign(other.message('vote', statement.bytes), secretsOf(voter));
    return { statement, voter, signature };
  };

  function secretsOf(authority: AuthorityIndex): Federation['secrets'][number] {
    const own = secrets[authority];
    if (own === undefined) throw new Error(`there is no authority ${authority}`);
    return own;
  }

  return {
    vote: (voter, kind, view, block) => wrapEnvelope('vote', encodeVote(signed(voter, kind, view, block))),
    certificate(kind, view, block) {
      const votes = all.map((voter) => signed(voter, kind, view, block));
      const proof = scheme.aggregate(votes.map(({ signature }) => signature)) ?? new Uint8Array(0);
      return certificateFrame(statementOf(other, kind, view, block).bytes, encodeSigners(all, all.length), proof);
    },
    entry({ lane, sequence, previous }, records) {
      const { laneSecret } = secretsOf(lane);
      const position = { lane, sequence, previous, createdAtMs: 1 };
      return wrapEnvelope('entry', sealEntry(crypto, other, laneSecret, position, records).bytes);
    },
  };
}
