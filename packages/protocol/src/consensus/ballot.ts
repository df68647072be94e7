import type { Crypto, Domains } from '../crypto/index.ts';
import { invariant } from '../errors.ts';
import type { Genesis } from '../genesis/types.ts';
import { type VoteScheme, voteScheme } from '../genesis/vote-scheme.ts';
import type { Write } from '../replica/effects.ts';
import { keys } from '../replica/keys.ts';
import { type BlockFields, decodeBlock, encodeBlock } from './block.ts';
import type { SimplexPorts, SimplexSelf } from './ports.ts';
import { encodeProposal, encodeProposalStatement } from './proposal.ts';
import type { CarriedProposal, Round } from './round.ts';
import { type CarriedVote, encodeStatement, encodeVote, type Statement, VoteKind } from './votes.ts';

/** Signs what this city says: each statement is durable before it leaves (C9). Whether it may be said is not decided here. */
export class Ballot {
  readonly #self: SimplexSelf;
  readonly #crypto: Crypto;
  readonly #domains: Domains;
  readonly #scheme: VoteScheme;
  readonly #authorityCount: number;
  readonly #ports: SimplexPorts;

  constructor(options: {
    self: SimplexSelf;
    crypto: Crypto;
    domains: Domains;
    authorityCount: number;
    genesis: Genesis;
    ports: SimplexPorts;
  }) {
    this.#self = options.self;
    this.#crypto = options.crypto;
    this.#domains = options.domains;
    this.#scheme = voteScheme(options.crypto, options.genesis.voteScheme);
    this.#authorityCount = options.authorityCount;
    this.#ports = options.ports;
  }

  vote(round: Round, statement: Statement, writes: readonly Write[] = []): CarriedVote {
    const bytes = encodeStatement(this.#domains.federationId, statement);
    const vote: CarriedVote = {
      statement: { ...statement, bytes },
      voter: this.#self.index,
      signature: this.#scheme.sign(this.#domains.message('vote', bytes), this.#self),
    };
    if (statement.kind === VoteKind.NOTARIZE) round.own.notarize = vote;
    else if (statement.kind === VoteKind.NULLIFY) round.own.nullify = vote;
    else round.own.finalize = vote;
    const encoded = encodeVote(vote);
    const key = keys.vote(statement.epoch, statement.view, statement.kind);
    this.#ports.persist([...writes, { key, value: encoded }], true); // guard: C9 own votes are durable before they leave
    this.#ports.broadcast('vote', encoded);
    return vote;
  }

  propose(round: Round, fields: BlockFields): CarriedProposal {
    const encoded = encodeBlock(this.#domains.federationId, fields);
    const block = decodeBlock(this.#domains, this.#authorityCount, encoded);
    invariant(block.ok, 'an own block decodes');
    const statement = encodeProposalStatement(this.#domains.federationId, block.value);
    const signature = this.#crypto.ed25519.sign(this.#domains.message('proposal', statement), this.#self.laneSecret);
    const bytes = encodeProposal(encoded, { statement, signature });
    const proposal: CarriedProposal = { block: block.value, bytes };
    round.proposal = proposal;
    round.proposed = true;
    this.#ports.persist([{ key: keys.proposal(fields.epoch, fields.view), value: bytes }], true); // guard: C9 own proposals are durable before they leave
    this.#ports.broadcast('proposal', bytes);
    return proposal;
  }
}
