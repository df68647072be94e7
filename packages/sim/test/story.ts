import { toHex } from '@hansa/protocol';
import {
  type BlockFields,
  encodeBlock,
  encodeProposal,
  encodeProposalStatement,
  encodeSigners,
  encodeStatement,
  encodeVote,
} from '@hansa/protocol/consensus';
import { ZERO_DIGEST } from '@hansa/protocol/crypto';
import { genesisBlockDigest, voteScheme } from '@hansa/protocol/genesis';
import { sealEntry, type VerifiedEntry } from '@hansa/protocol/lanes';
import { HistoryTree } from '@hansa/protocol/merkle';
import { type Effect, encodeFloor, keys, type RecordOutcome, type Write, wrapEnvelope } from '@hansa/protocol/replica';
import { create, ExecutionLogSchema, encodeMessage, QuorumCertificateSchema, VoteKind } from '@hansa/protocol/wire';
import type { CheckName } from '../src/checks/catalogue.ts';
import type { Oracle } from '../src/checks/contract.ts';
import { createOracle } from '../src/checks/oracle.ts';
import { createFederation } from '../src/crypto/federation.ts';
import { runCrypto } from '../src/crypto/run-crypto.ts';
import { settle } from '../src/scenario/defaults.ts';
import type { Checks, Scenario } from '../src/scenario/schema.ts';
import type { Federation } from '../src/world/contract.ts';
import { type FakeNode, type FakeReplica, storyWorld } from './story-world.ts';

export interface StoryBlock {
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
  readonly proposal: Uint8Array;
  readonly fields: BlockFields;
}

export const { NOTARIZE, NULLIFY, FINALIZE } = VoteKind;
const NO_BLOCK = new Uint8Array(0);
const MS = 1000;

interface LedgerState {
  readonly historySize: number;
  readonly historyRoot: Uint8Array;
  readonly stateRoot: Uint8Array;
}

/**
 * A run that is told by hand: cities, what their disks get and what they say, without a replica or a network. Told
 * plainly (`agree` for one block after the other) it is what honest cities do; a test then tells one thing wrongly.
 */
export class Story {
  readonly oracle: Oracle;
  readonly federation: Federation;
  readonly nodes: FakeNode[];
  readonly quorum: number;
  /** `0>1`: city 1 does not hear city 0. */
  readonly cuts = new Set<string>();
  /** Cities that hear nothing and take no part. */
  readonly laggards = new Set<number>();
  nowUs = 0;
  /** The newest block of the chain that `agree` makes. */
  tip: { readonly digest: Uint8Array; readonly view: number; readonly height: number; readonly timestampMs: number };
  readonly startMs: number;
  readonly #n: number;
  readonly #history: HistoryTree;
  readonly #states: LedgerState[] = [];
  readonly #lanes: VerifiedEntry[][];
  #pending: VerifiedEntry[] = [];

  constructor(
    options: { n?: number; corrupted?: readonly number[]; checks?: Checks; scenario?: Partial<Scenario> } = {},
  ) {
    const { n = 4, corrupted = [], checks = {} } = options;
    const scenario: Scenario = {
      format: 'hansa-scenario/1',
      name: 'story',
      shows: 'A run that is told by hand.',
      topology: { cities: n, link: { latency: { kind: 'constant', delay: '10ms' } } },
      protocol: {
        processing: 'free',
        delta: '100ms',
        idleInterval: '1s',
        resend: '200ms',
        resync: '1s',
        timeoutCap: '2s',
      },
      checks,
      ...options.scenario,
    };
    const crypto = runCrypto('cost', 1);
    const { parameters, voteScheme: scheme } = settle(scenario);
    this.startMs = Date.UTC(2026, 5, 1);
    const names = Array.from({ length: n }, (_, index) => ({ name: `city-${index}`, displayName: `city ${index}` }));
    this.federation = createFederation({
      crypto,
      seed: 1,
      cities: names,
      observers: [],
      parameters,
      voteScheme: scheme,
      createdAtMs: this.startMs - 1000,
    });
    this.#n = n;
    this.quorum = n - Math.floor((n - 1) / 3);
    this.#history = new HistoryTree(crypto);
    this.#lanes = names.map(() => []);
    this.nodes = names.map(({ name }, index) => ({
      index,
      authority: index,
      name,
      role: corrupted.includes(index) ? 'corrupted' : 'honest',
      state: 'up',
      life: 0,
      fake: { view: 0, finalizedHeight: 0, held: 0, evidence: [] },
    }));
    this.#remember();
    const digest = genesisBlockDigest(this.federation.domains);
    this.tip = { digest, view: 0, height: 0, timestampMs: this.federation.genesis.createdAtMs };
    this.oracle = createOracle(storyWorld(this, scenario));
    for (const { index } of this.nodes) this.oracle.onNodeState?.(index, 'up', 'start');
  }

  /** Names of the checks that found something, each once. */
  get found(): CheckName[] {
    return [...new Set(this.oracle.violations.map(({ check }) => check as CheckName))];
  }

  /** Honest cities that take part. */
  get honest(): number[] {
    const acting = this.nodes.filter(({ index, role, state }) => {
      return role === 'honest' && state === 'up' && !this.laggards.has(index);
    });
    return acting.map(({ index }) => index);
  }

  /** What the replica of a city says of itself. */
  fake(city: number): FakeReplica {
    return (this.nodes[city] as FakeNode).fake;
  }

  end(afterMs = 0): this {
    this.nowUs += afterMs * MS;
    this.oracle.onEnd?.();
    return this;
  }

  // --- what is said and written ------------------------------------------------------------------------------------

  vote(voter: number, kind: VoteKind, view: number, block: Uint8Array = NO_BLOCK): Uint8Array {
    const { domains, crypto, genesis, secrets } = this.federation;
    const bytes = encodeStatement(domains.federationId, { kind, epoch: 0, view, block });
    const secret = secrets[voter] as Federation['secrets'][number];
    const signature = voteScheme(crypto, genesis.voteScheme).sign(domains.message('vote', bytes), secret);
    return encodeVote({ statement: { kind, epoch: 0, view, block, bytes }, voter, signature });
  }

  certificate(kind: VoteKind, view: number, block: Uint8Array = NO_BLOCK, signers = this.firstQuorum()): Uint8Array {
    const { domains, crypto, genesis, secrets } = this.federation;
    const statement = encodeStatement(domains.federationId, { kind, epoch: 0, view, block });
    const scheme = voteScheme(crypto, genesis.voteScheme);
    const message = domains.message('vote', statement);
    const signatures = signers.map((signer) => scheme.sign(message, secrets[signer] as Federation['secrets'][number]));
    const signature = scheme.aggregate(signatures) ?? NO_BLOCK;
    const fields = { statement, signers: encodeSigners(signers, this.#n), signature };
    return encodeMessage(QuorumCertificateSchema, create(QuorumCertificateSchema, fields));
  }

  /** The first q of those who take part; the corrupted do. */
  firstQuorum(): number[] {
    const honest = new Set(this.honest);
    const voters = this.nodes.filter(({ index, role }) => role === 'corrupted' || honest.has(index));
    return voters.slice(0, this.quorum).map(({ index }) => index);
  }

  /** A block on the tip, of the next view, that moves lanes to what was sealed; `change` tells it otherwise. */
  block(change: Partial<BlockFields> = {}, signer?: number): StoryBlock {
    const { domains, crypto, secrets } = this.federation;
    const height = change.height ?? this.tip.height + 1;
    const at = Math.min(this.tip.height, this.#states.length - 1);
    const moved = new Map(this.#pending.map(({ header }) => [header.lane, header]));
    const fields: BlockFields = {
      epoch: 0,
      view: this.tip.view + 1,
      height,
      parent: this.tip.digest,
      parentView: this.tip.view,
      timestampMs: Math.max(this.tip.timestampMs + 1, this.nowMs),
      advances: [...moved.values()]
        .sort((a, b) => a.lane - b.lane)
        .map(({ lane, sequence, digest }) => ({ lane, sequence, digest })),
      checkpoint: { height: at, ...this.stateAt(at), nextAuthoritySet: NO_BLOCK },
      ...change,
    };
    const bytes = encodeBlock(domains.federationId, fields);
    const leader = secrets[signer ?? fields.view % this.#n] as Federation['secrets'][number];
    const digest = domains.digest('block', bytes);
    const statement = encodeProposalStatement(domains.federationId, { ...fields, digest });
    const signature = crypto.ed25519.sign(domains.message('proposal', statement), leader.laneSecret);
    return { digest, bytes, proposal: encodeProposal(bytes, { statement, signature }), fields };
  }

  stateAt(height: number): LedgerState {
    return this.#states[height] as LedgerState;
  }

  get nowMs(): number {
    return this.startMs + Math.floor(this.nowUs / MS);
  }

  entry(
    lane: number,
    records: readonly Uint8Array[],
    previous: { readonly header: { readonly sequence: number; readonly digest: Uint8Array } } | undefined = this.#lanes[
      lane
    ]?.at(-1),
  ): VerifiedEntry {
    const { domains, crypto, secrets } = this.federation;
    const position = {
      lane,
      sequence: (previous?.header.sequence ?? 0) + 1,
      previous: previous?.header.digest ?? ZERO_DIGEST,
      createdAtMs: this.nowMs,
    };
    const { laneSecret } = secrets[lane] as Federation['secrets'][number];
    return sealEntry(crypto, domains, laneSecret, position, records);
  }

  // --- what disks get ----------------------------------------------------------------------------------------------

  write(city: number, ...writes: Write[]): void {
    this.oracle.onDurable?.(city, writes);
  }

  writeVote(city: number, kind: VoteKind, view: number, block: Uint8Array = NO_BLOCK): void {
    this.write(city, { key: keys.vote(0, view, kind), value: this.vote(city, kind, view, block) });
  }

  writeCertificate(city: number, kind: VoteKind, view: number, block?: Uint8Array, signers?: number[]): void {
    this.write(city, { key: keys.certificate(0, view, kind), value: this.certificate(kind, view, block, signers) });
  }

  writeEntry(city: number, { header, bytes }: VerifiedEntry): void {
    this.write(city, { key: keys.entry(header.lane, header.sequence, header.digest), value: bytes });
  }

  writeFinal(city: number, { bytes, digest, fields: { height, view } }: StoryBlock): void {
    this.write(
      city,
      { key: keys.block(height), value: bytes },
      { key: keys.floor(), value: encodeFloor({ height, view, digest }) },
    );
    this.fake(city).finalizedHeight = height;
    this.fake(city).view = view + 1;
  }

  writeExecution(city: number, height: number, change: Record<string, unknown> = {}): void {
    const { historyRoot, stateRoot } = this.stateAt(height);
    const entryDigests = this.#executed.get(height) ?? NO_BLOCK;
    const log = create(ExecutionLogSchema, { height: BigInt(height), entryDigests, historyRoot, stateRoot, ...change });
    this.write(city, { key: keys.execution(height), value: encodeMessage(ExecutionLogSchema, log) });
  }

  readonly #executed = new Map<number, Uint8Array>();

  // --- what honest cities do ---------------------------------------------------------------------------------------

  say(city: number, kind: 'vote' | 'proposal' | 'certificate' | 'entry' | 'evidence', payload: Uint8Array): void {
    const bytes = wrapEnvelope(kind, payload);
    this.tell(city, { kind: 'broadcast', channel: 'consensus', bytes });
  }

  hear(city: number, from: number, kind: Parameters<Story['say']>[1], payload: Uint8Array): void {
    const bytes = wrapEnvelope(kind, payload);
    this.oracle.onInput?.(city, { kind: 'message', nowMs: this.nowMs, from, bytes });
  }

  tell(city: number, effect: Effect): void {
    this.oracle.onCarriedOut?.(city, effect);
  }

  /** Sealed by its owner and held by all honest cities. */
  seal(lane: number, ...records: Uint8Array[]): VerifiedEntry {
    const entry = this.entry(lane, records);
    for (const city of new Set([lane, ...this.honest])) this.writeEntry(city, entry);
    const { sequence, digest } = entry.header;
    const first = { lane, sequence, position: 0 };
    if (this.nodes[lane]?.role === 'honest') {
      this.tell(lane, { kind: 'sealed', id: sequence, first, count: records.length, entryDigest: digest });
    }
    this.fake(lane).held = sequence;
    this.#lanes[lane]?.push(entry);
    this.#pending.push(entry);
    return entry;
  }

  /** All honest cities propose, notarize, finalize and execute a block, and tell so. `outcomes`: of its records. */
  agree(block: StoryBlock = this.block(), outcomes: readonly RecordOutcome[] = []): StoryBlock {
    this.nowUs += 50 * MS;
    this.propose(block);
    this.notarize(block);
    this.finalize(block);
    this.execute(block, outcomes);
    return block;
  }

  propose({ proposal, fields: { view } }: StoryBlock, cities = this.honest): void {
    const leader = view % this.#n;
    for (const city of cities) if (city !== leader) this.hear(city, leader, 'proposal', proposal);
    if (!this.honest.includes(leader)) return;
    this.oracle.onInput?.(leader, { kind: 'timer', nowMs: this.nowMs, name: 'propose' });
    this.write(leader, { key: keys.proposal(0, view), value: proposal });
    this.say(leader, 'proposal', proposal);
  }

  notarize({ bytes, digest, fields: { view } }: StoryBlock): void {
    for (const city of this.honest) {
      this.write(city, { key: keys.candidate(0, view, digest), value: bytes });
      this.writeVote(city, NOTARIZE, view, digest);
      this.say(city, 'vote', this.vote(city, NOTARIZE, view, digest));
    }
    for (const city of this.honest) this.writeCertificate(city, NOTARIZE, view, digest);
  }

  nullify(view: number): void {
    for (const city of this.honest) this.writeVote(city, NULLIFY, view);
    for (const city of this.honest) this.writeCertificate(city, NULLIFY, view);
  }

  finalize(block: StoryBlock): void {
    const { digest, fields } = block;
    const { view, height, timestampMs } = fields;
    for (const city of this.honest) this.writeVote(city, FINALIZE, view, digest);
    for (const city of this.honest) {
      this.writeCertificate(city, FINALIZE, view, digest);
      this.writeFinal(city, block);
      this.tell(city, { kind: 'finalized', height, view, timestampMs, blockDigest: digest, tips: [] });
    }
    this.tip = { digest, view, height, timestampMs };
  }

  execute({ fields }: StoryBlock, outcomes: readonly RecordOutcome[] = [], change: Record<string, unknown> = {}): void {
    const { height, timestampMs, advances } = fields;
    const moved = new Set(advances.map(({ lane }) => lane));
    const entries = this.#pending
      .filter(({ header }) => moved.has(header.lane))
      .sort((a, b) => a.header.lane - b.header.lane || a.header.sequence - b.header.sequence);
    this.#pending = this.#pending.filter((entry) => !entries.includes(entry));
    const digests = new Uint8Array(entries.length * 32);
    entries.forEach(({ header }, place) => {
      digests.set(header.digest, place * 32);
      this.#history.append(header.digest);
    });
    this.#executed.set(height, digests);
    this.#remember();
    for (const city of this.honest) {
      this.writeExecution(city, height, change);
      this.tell(city, { kind: 'executed', height, timestampMs, outcomes });
    }
  }

  #remember(): void {
    const { crypto } = this.federation;
    const height = this.#states.length;
    this.#states.push({
      historySize: this.#history.size,
      historyRoot: this.#history.root(),
      stateRoot: crypto.sha256(new Uint8Array([height])),
    });
  }

  // --- lives -------------------------------------------------------------------------------------------------------

  crash(city: number, why = 'power cut'): void {
    const node = this.nodes[city] as FakeNode;
    node.state = 'down';
    node.life += 1;
    this.oracle.onNodeState?.(city, 'down', why);
  }

  restart(city: number): void {
    (this.nodes[city] as FakeNode).state = 'up';
    this.oracle.onNodeState?.(city, 'up', 'restart');
    this.tell(city, { kind: 'joined' });
  }
}

const RECORD = new Uint8Array(100).fill(1);

/** A few blocks as honest cities make them, with entries in two lanes. */
export function plainly(story: Story): Story {
  story.agree();
  story.seal(0, RECORD);
  story.seal(story.nodes.length > 2 ? 2 : 0, RECORD, RECORD);
  story.agree();
  story.seal(0, RECORD);
  story.agree();
  return story;
}

/** Text of a digest, as violations have it. */
export function start(digest: Uint8Array): string {
  return toHex(digest).slice(0, 8);
}
