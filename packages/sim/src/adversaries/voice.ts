import { HansaError } from '@hansa/protocol';
import {
  type BlockFields,
  type CarriedVote,
  decodeBlock,
  decodeVote,
  encodeBlock,
  encodeSigners,
  encodeVote,
  type LaneAdvance,
  type VoteKind,
} from '@hansa/protocol/consensus';
import { type Digest, ZERO_DIGEST } from '@hansa/protocol/crypto';
import {
  type AuthorityIndex,
  epochOf,
  type Genesis,
  leaderOf,
  quorumOf,
  type VoteScheme,
  voteScheme,
} from '@hansa/protocol/genesis';
import { sealEntry } from '@hansa/protocol/lanes';
import { splitEnvelope, wrapEnvelope } from '@hansa/protocol/replica';
import type { Federation, World } from '../world/contract.ts';
import { certificateFrame, proposalFrame, statementOf } from './speech.ts';

/** A lane position to seal an entry at. `previous` undefined: the first of the lane. */
export interface EntryPlace {
  readonly lane: AuthorityIndex;
  readonly previous: { readonly sequence: number; readonly digest: Digest } | undefined;
  readonly createdAtMs: number;
}

/** What an authority's keys sign: votes, proposals, entry headers (R1: each in a domain of its own). */
export type Purpose = 'vote' | 'proposal' | 'entry-signature';

/** Says anything in the name of a corrupted authority; every method throws for an honest one. Frames are `PeerMessage` bytes. */
export interface Voice {
  vote(voter: AuthorityIndex, kind: VoteKind, view: number, block: Digest | undefined): Uint8Array;
  /** The same block with other contents, or a block of one's own, signed by its view's leader. `change` gets the decoded fields. */
  proposal(block: Uint8Array, change: BlockChange): Uint8Array | undefined;
  entry(place: EntryPlace, records: readonly Uint8Array[]): { readonly frame: Uint8Array; readonly digest: Digest };
  /** A certificate of the votes that were gathered (any voter's); undefined: fewer than a quorum of valid ones. */
  certificate(votes: readonly Uint8Array[]): Uint8Array | undefined;
  /** A certificate of all the corrupted and nobody else: whether they are a quorum or not. */
  ownCertificate(kind: VoteKind, view: number, block: Digest): Uint8Array;
  /** The bare signature under any bytes, in the domain of a purpose: for whoever puts messages together by hand. */
  signature(author: AuthorityIndex, purpose: Purpose, bytes: Uint8Array): Uint8Array;
}

/** What differs from the block that the own replica made. */
export interface BlockChange {
  readonly timestampMs?: number;
  readonly checkpoint?: {
    readonly historyRoot?: Uint8Array;
    readonly stateRoot?: Uint8Array;
    readonly historySize?: number;
    readonly height?: number;
  };
  /** Leaves out the advances of these lanes. */
  readonly withoutLanes?: readonly AuthorityIndex[];
  /** Other advances altogether, ascending by lane. */
  readonly advances?: readonly LaneAdvance[];
  readonly view?: number;
  readonly height?: number;
  readonly parent?: Digest;
  readonly parentView?: number;
}

/**
 * The voice of the corrupted: the federation's public cryptography with the secrets of these authorities and no others.
 *
 * Errors: ADVERSARY_KEY_MISSING when a strategy would speak for an honest authority.
 */
export function createVoice(
  { federation, epochs }: Pick<World, 'federation'> & Partial<Pick<World, 'epochs'>>,
  corrupted: readonly AuthorityIndex[],
): Voice {
  return new CorruptedVoice(federation, corrupted, () => epochs?.present ?? federation.genesis);
}

class CorruptedVoice implements Voice {
  readonly #federation: Omit<Federation, 'secrets'>;
  readonly #secrets: ReadonlyMap<AuthorityIndex, Federation['secrets'][number]>;
  readonly #scheme: VoteScheme;
  /** C12: it speaks in the newest epoch that anybody has entered, with the keys of the start. */
  readonly #present: () => Genesis;

  constructor({ secrets, ...common }: Federation, corrupted: readonly AuthorityIndex[], present: () => Genesis) {
    this.#present = present;
    this.#federation = common;
    this.#scheme = voteScheme(common.crypto, common.genesis.voteScheme);
    const held = new Map<AuthorityIndex, Federation['secrets'][number]>();
    for (const authority of corrupted) {
      const own = secrets[authority];
      if (own !== undefined) held.set(authority, own);
    }
    this.#secrets = held;
  }

  vote(voter: AuthorityIndex, kind: VoteKind, view: number, block: Digest | undefined): Uint8Array {
    const statement = statementOf(this.#federation.domains, kind, view, block ?? ZERO_DIGEST, epochOf(this.#present()));
    const signature = this.signature(voter, 'vote', statement.bytes);
    return wrapEnvelope('vote', encodeVote({ statement, voter, signature }));
  }

  proposal(block: Uint8Array, change: BlockChange): Uint8Array | undefined {
    const { domains, genesis } = this.#federation;
    const decoded = decodeBlock(domains, genesis.authorities.length, block);
    if (!decoded.ok) return undefined;
    const fields = changedBlock(decoded.value, change);
    const bytes = encodeBlock(domains.federationId, fields);
    const leader = leaderOf(fields.epoch === epochOf(this.#present()) ? this.#present() : genesis, fields.view);
    // Who led in an epoch that is over need not be one of them.
    if (!this.#secrets.has(leader) && fields.epoch !== epochOf(this.#present())) return undefined;
    const other = { ...fields, bytes, digest: domains.digest('block', bytes) };
    return proposalFrame(domains, other, (statement) => this.signature(leader, 'proposal', statement));
  }

  entry({ lane, previous, createdAtMs }: EntryPlace, records: readonly Uint8Array[]) {
    const { crypto, domains } = this.#federation;
    const position = {
      lane,
      sequence: (previous?.sequence ?? 0) + 1,
      previous: previous?.digest ?? ZERO_DIGEST,
      createdAtMs,
      epoch: epochOf(this.#present()),
    };
    const entry = sealEntry(crypto, domains, this.#secretsOf(lane).laneSecret, position, records);
    return { frame: wrapEnvelope('entry', entry.bytes), digest: entry.header.digest };
  }

  certificate(votes: readonly Uint8Array[]): Uint8Array | undefined {
    const { genesis } = this.#federation;
    const n = genesis.authorities.length;
    const valid = new Map<AuthorityIndex, CarriedVote>();
    for (const frame of votes) {
      const vote = this.#validVote(frame);
      if (vote !== undefined) valid.set(vote.voter, vote);
    }
    const gathered = [...valid.values()].sort((a, b) => a.voter - b.voter);
    const [first] = gathered;
    if (first === undefined || gathered.length < quorumOf(this.#present())) return undefined;
    const said = String(first.statement.bytes);
    if (gathered.some(({ statement }) => String(statement.bytes) !== said)) return undefined;
    const proof = this.#scheme.aggregate(gathered.map(({ signature }) => signature));
    const signers = encodeSigners([...valid.keys()], n);
    return proof === undefined ? undefined : certificateFrame(first.statement.bytes, signers, proof);
  }

  ownCertificate(kind: VoteKind, view: number, block: Digest): Uint8Array {
    const { domains, genesis } = this.#federation;
    const { bytes } = statementOf(domains, kind, view, block, epochOf(this.#present()));
    const signers = [...this.#secrets.keys()].sort((a, b) => a - b);
    const proof = this.#scheme.aggregate(signers.map((signer) => this.signature(signer, 'vote', bytes)));
    if (proof === undefined) throw new Error('own signatures do not make a proof');
    return certificateFrame(bytes, encodeSigners(signers, genesis.authorities.length), proof);
  }

  signature(author: AuthorityIndex, purpose: Purpose, bytes: Uint8Array): Uint8Array {
    const { crypto, domains } = this.#federation;
    const secrets = this.#secretsOf(author);
    const message = domains.message(purpose, bytes);
    return purpose === 'vote' ? this.#scheme.sign(message, secrets) : crypto.ed25519.sign(message, secrets.laneSecret);
  }

  #validVote(frame: Uint8Array): CarriedVote | undefined {
    const { domains } = this.#federation;
    const genesis = this.#present();
    const envelope = splitEnvelope(frame);
    if (!envelope.ok || envelope.value.kind !== 'vote') return undefined;
    const vote = decodeVote(domains, genesis.authorities.length, envelope.value.payload);
    if (!vote.ok) return undefined;
    const voter = genesis.authorities[vote.value.voter];
    const message = domains.message('vote', vote.value.statement.bytes);
    const isSigned = voter !== undefined && this.#scheme.verify(vote.value.signature, message, voter);
    return isSigned ? vote.value : undefined;
  }

  #secretsOf(authority: AuthorityIndex): Federation['secrets'][number] {
    const secrets = this.#secrets.get(authority);
    if (secrets !== undefined) return secrets;
    throw new HansaError(
      'ADVERSARY_KEY_MISSING',
      `Authority ${authority} is honest: an adversary has no key of it. Name it among the corrupted cities, or sign with a key that is held.`,
    );
  }
}

/** The fields of a block with a change applied. */
export function changedBlock(block: BlockFields, change: BlockChange): BlockFields {
  const { checkpoint = {}, withoutLanes = [] } = change;
  return {
    ...block,
    view: change.view ?? block.view,
    height: change.height ?? block.height,
    parent: change.parent ?? block.parent,
    parentView: change.parentView ?? block.parentView,
    timestampMs: change.timestampMs ?? block.timestampMs,
    advances: (change.advances ?? block.advances).filter(({ lane }) => !withoutLanes.includes(lane)),
    checkpoint: { ...block.checkpoint, ...checkpoint },
  };
}
