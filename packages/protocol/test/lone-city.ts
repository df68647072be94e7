import { toHex } from '../src/bytes.ts';
import { decodeStrict } from '../src/codec/index.ts';
import type { BlockFields, LaneAdvance } from '../src/consensus/block.ts';
import { decodeBlock } from '../src/consensus/block.ts';
import { type CarriedVote, decodeVote, type VoteKind } from '../src/consensus/votes.ts';
import type { Crypto, Digest } from '../src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { ProposalSchema } from '../src/gen/hansa/v1/consensus_pb.ts';
import { SyncRequestSchema } from '../src/gen/hansa/v1/sync_pb.ts';
import { genesisBlockDigest } from '../src/genesis/index.ts';
import type { AuthorityIndex } from '../src/genesis/types.ts';
import type { VerifiedEntry } from '../src/lanes/index.ts';
import {
  type Effect,
  type EnvelopeKind,
  type Input,
  MemoryStore,
  type Replica,
  recoverReplica,
  splitEnvelope,
  type TimerName,
} from '../src/replica/index.ts';
import { encodeStatus, type StatusFields } from '../src/replica/status.ts';
import { TEST_TIME_MS, type TestFederation } from './cities.ts';
import { type SaidBlock, Voices } from './voices.ts';

type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

/** What a block is made of, as far as a test cares; the rest is such that it is valid. */
export interface BlockDraft extends Partial<Omit<BlockFields, 'parent'>> {
  readonly parent?: SaidBlock | undefined;
  readonly parentDigest?: Digest;
  readonly signer?: AuthorityIndex;
}

/**
 * One real city in a world that the test makes up: every message of the others is said by the test, every effect is
 * there to be looked at. For the rules one by one.
 */
export class LoneCity {
  readonly index: AuthorityIndex | 'observer';
  readonly voices: Voices;
  readonly federation: TestFederation;
  readonly effects: Effect[] = [];
  readonly timers = new Map<TimerName, number>();
  store = new MemoryStore();
  nowMs = TEST_TIME_MS;
  #replica: Replica | undefined;
  #nextId = 1;

  constructor(federation: TestFederation, crypto: Crypto, index: AuthorityIndex | 'observer' = 0) {
    this.federation = federation;
    this.voices = new Voices(federation, crypto);
    this.index = index;
  }

  get replica(): Replica {
    if (this.#replica === undefined) throw new Error('start the city first');
    return this.#replica;
  }

  /** Starts the daemon on what the store has; it is not joined yet. */
  async start(): Promise<void> {
    const self = this.index === 'observer' ? undefined : { index: this.index, ...this.voices.secrets(this.index) };
    const options = { genesis: this.federation.genesis, crypto: this.voices.crypto, self };
    this.timers.clear();
    this.#replica = await recoverReplica(options, this.store);
    this.input({ kind: 'start', nowMs: this.nowMs });
  }

  /** Starts, and lets the others answer that they hold nothing of its signatures. */
  async join(): Promise<this> {
    await this.start();
    for (const request of this.requests('status')) this.answerStatus(request.id);
    return this;
  }

  input(input: Input): Effect[] {
    const effects = this.replica.handle(input);
    for (const effect of effects) {
      if (effect.kind === 'persist') this.store.write(effect.writes);
      if (effect.kind === 'timer') {
        if (effect.atMs === undefined) this.timers.delete(effect.name);
        else this.timers.set(effect.name, effect.atMs);
      }
      this.effects.push(effect);
    }
    return effects;
  }

  // --- what others say ---------------------------------------------------------------------------------------------

  hear(kind: EnvelopeKind, payload: Uint8Array, from: AuthorityIndex = 1): Effect[] {
    return this.input({ kind: 'message', nowMs: this.nowMs, from, bytes: this.voices.frame(kind, payload) });
  }

  hearVote(voter: AuthorityIndex, kind: VoteKind, view: number, block?: Digest, epoch = 0): Effect[] {
    return this.hear('vote', this.voices.voteBytes(voter, kind, view, block, epoch), voter);
  }

  hearCertificate(kind: VoteKind, view: number, block?: Digest): Effect[] {
    return this.hear('certificate', this.voices.certificate(kind, view, block));
  }

  hearEntry(entry: VerifiedEntry): Effect[] {
    return this.hear('entry', entry.bytes, entry.header.lane);
  }

  hearProposal(block: SaidBlock): Effect[] {
    return this.hear('proposal', block.proposal, block.fields.view % this.federation.authorities.length);
  }

  submit(...records: Uint8Array[]): Effect[] {
    return this.input({ kind: 'submit', nowMs: this.nowMs, id: this.#nextId++, records });
  }

  respond(id: number, bytes: Uint8Array | undefined): Effect[] {
    return this.input({ kind: 'response', nowMs: this.nowMs, id, bytes });
  }

  answerStatus(id: number, fields: Partial<StatusFields> = {}): Effect[] {
    const status: StatusFields = {
      epoch: 0,
      view: 0,
      finalizedHeight: 0,
      executedHeight: 0,
      finalization: undefined,
      yourNewestHeader: undefined,
      yourNewestVotes: [],
      tips: [],
      ...fields,
    };
    return this.respond(id, encodeStatus(this.federation.domains, status));
  }

  /** Time passes; timers that are due fire, in order. */
  wait(forMs: number): Effect[] {
    const untilMs = this.nowMs + forMs;
    const effects: Effect[] = [];
    for (;;) {
      const due = [...this.timers].filter(([, atMs]) => atMs <= untilMs).sort((a, b) => a[1] - b[1])[0];
      if (due === undefined) break;
      const [name, atMs] = due;
      this.timers.delete(name);
      this.nowMs = Math.max(this.nowMs, atMs);
      effects.push(...this.input({ kind: 'timer', nowMs: this.nowMs, name }));
    }
    this.nowMs = untilMs;
    return effects;
  }

  /** A valid block of a view on the parent (the genesis block when there is none), unless the draft says otherwise. */
  block(view: number, draft: BlockDraft = {}): SaidBlock {
    const { parent, parentDigest, signer, ...fields } = draft;
    const state = this.replica.ledger.checkpoint(fields.checkpoint?.height ?? 0);
    const checkpoint = {
      height: 0,
      historySize: state?.historySize ?? 0,
      historyRoot: state?.historyRoot ?? new Uint8Array(32),
      stateRoot: state?.stateRoot ?? new Uint8Array(32),
      nextAuthoritySet: new Uint8Array(0),
      ...fields.checkpoint,
    };
    return this.voices.block(
      {
        epoch: 0,
        view,
        height: (parent?.fields.height ?? 0) + 1,
        parent: parentDigest ?? parent?.digest ?? genesisBlockDigest(this.federation.domains),
        parentView: parent?.fields.view ?? 0,
        timestampMs: (parent?.fields.timestampMs ?? TEST_TIME_MS) + 1,
        advances: [],
        ...fields,
        checkpoint,
      },
      signer,
    );
  }

  /** A block of `view` is proposed and notarized by the others. */
  notarized(view: number, draft: BlockDraft = {}): SaidBlock {
    const block = this.block(view, draft);
    this.hearProposal(block);
    this.hearCertificate(1, view, block.digest);
    return block;
  }

  /** The same, and final. */
  finalized(view: number, draft: BlockDraft = {}): SaidBlock {
    const block = this.notarized(view, draft);
    this.hearCertificate(3, view, block.digest);
    return block;
  }

  // --- what it said ------------------------------------------------------------------------------------------------

  of<K extends Effect['kind']>(kind: K, effects: readonly Effect[] = this.effects): EffectOf<K>[] {
    return effects.filter((effect): effect is EffectOf<K> => effect.kind === kind);
  }

  /** Payloads of one kind that it broadcast. */
  said(kind: EnvelopeKind, effects: readonly Effect[] = this.effects): Uint8Array[] {
    return this.of('broadcast', effects).flatMap(({ bytes }) => {
      const envelope = unwrap(splitEnvelope(bytes));
      return envelope.kind === kind ? [envelope.payload] : [];
    });
  }

  /** Votes that it broadcast, as `kind view`, each once. */
  votes(effects: readonly Effect[] = this.effects): string[] {
    const n = this.federation.authorities.length;
    const votes = this.said('vote', effects).map((bytes) => unwrap(decodeVote(this.federation.domains, n, bytes)));
    return [...new Set(votes.map(voteName))];
  }

  votesIn(view: number): string[] {
    return this.votes().filter((name) => name.endsWith(` ${view}`));
  }

  proposals(effects: readonly Effect[] = this.effects): BlockFields[] {
    const n = this.federation.authorities.length;
    return this.said('proposal', effects).map((bytes) =>
      unwrap(decodeBlock(this.federation.domains, n, unwrap(decodeStrict(ProposalSchema, bytes)).block)),
    );
  }

  alarms(): string[] {
    return this.of('alarm').map(({ error }) => error.code);
  }

  /** Requests of a kind that it made. */
  requests(kind: 'status' | 'entries' | 'blocks' | 'block', effects: readonly Effect[] = this.effects) {
    return this.of('request', effects).filter(({ bytes }) => {
      return unwrap(decodeStrict(SyncRequestSchema, bytes)).kind.case === kind;
    });
  }

  get view(): number {
    return this.replica.status().view;
  }

  get finalizedHeight(): number {
    return this.replica.status().finalizedHeight;
  }
}

export function voteName({ statement }: CarriedVote): string {
  return `${['', 'notarize', 'nullify', 'finalize'][statement.kind]} ${statement.view}`;
}

/** What a block says of entries that it takes in. */
export function advanceTo(entry: VerifiedEntry): LaneAdvance {
  const { lane, sequence, digest } = entry.header;
  return { lane, sequence, digest };
}

export function hexOf(bytes: Uint8Array): string {
  return toHex(bytes);
}
