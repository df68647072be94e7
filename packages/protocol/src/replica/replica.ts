import { decodeStrict } from '../codec/index.ts';
import type { BlockNode } from '../consensus/block-tree.ts';
import type { SimplexPorts } from '../consensus/ports.ts';
import { Simplex } from '../consensus/simplex.ts';
import type { CarriedCertificate } from '../consensus/votes.ts';
import type { Domains } from '../crypto/index.ts';
import { memberFactKey, readMemberFact } from '../families/index.ts';
import { type Status, type SyncRequest, SyncRequestSchema, SyncResponseSchema } from '../gen/hansa/v1/sync_pb.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import type { Ledger } from '../ledger/index.ts';
import { limits } from '../limits.ts';
import { CatchUp, decodeCarriedCertificate } from './catch-up.ts';
import type { Effect, Input, Misbehaviour } from './effects.ts';
import { EvidenceDesk, type KeptEvidence } from './evidence-desk.ts';
import { ExecutionQueue } from './execution-queue.ts';
import { Fetcher } from './fetcher.ts';
import { StrictFrameReader } from './frame.ts';
import { Join } from './join.ts';
import { encodeFloor, encodeTip, keys } from './keys.ts';
import { LaneDesk } from './lane-desk.ts';
import { Listener } from './listener.ts';
import {
  encodeBlocksReply,
  encodeCertificateMessage,
  encodeRefusal,
  proposalsEvidence,
  votesEvidence,
} from './messages.ts';
import { Outbox } from './outbox.ts';
import { type ProofBase, ProofKeeper } from './proof-keeper.ts';
import type { RecoveredState, ReplicaOptions } from './recovered-state.ts';
import type { ReplicaStatus } from './replica-status.ts';
import { encodeStatus } from './status.ts';
import { type ProtocolContext, Verifier } from './verifier.ts';

/**
 * One city: the whole behaviour, pure and synchronous. The same inputs give the same effects, byte for byte.
 * Make it with `recoverReplica`; the first input is `start`.
 */
export class Replica {
  readonly genesis: Genesis;
  readonly domains: Domains;
  readonly ledger: Ledger;
  readonly #context: ProtocolContext;
  readonly #self: ReplicaOptions['self'];
  readonly #others: readonly AuthorityIndex[];
  readonly #outbox = new Outbox();
  readonly #verifier: Verifier;
  readonly #evidence: EvidenceDesk;
  readonly #lanes: LaneDesk;
  readonly #simplex: Simplex;
  readonly #listener: Listener;
  readonly #queue: ExecutionQueue;
  readonly #catchUp: CatchUp;
  readonly #fetcher: Fetcher;
  readonly #proofs: ProofKeeper;
  readonly #join: Join;
  readonly #quarantined = new Set<AuthorityIndex>();
  #finalityMoved = false;
  #nowMs = 0;

  constructor(options: ReplicaOptions, recovered: RecoveredState) {
    const { genesis, crypto, self } = options;
    this.genesis = genesis;
    this.domains = recovered.domains;
    this.ledger = recovered.ledger;
    this.#context = { genesis, crypto, domains: this.domains };
    this.#self = self;
    this.#others = genesis.authorities.map(({ index }) => index).filter((index) => index !== self?.index);
    this.#verifier = new Verifier(this.#context);
    this.#evidence = new EvidenceDesk({ ...this.#context, outbox: this.#outbox });
    const reader = options.reader ?? new StrictFrameReader(this.#context);
    this.#lanes = new LaneDesk({
      context: this.#context,
      reader,
      outbox: this.#outbox,
      verifier: this.#verifier,
      evidence: this.#evidence,
      self,
      executedSequence: (lane) => this.#queue.executedTip(lane).sequence,
      isQuarantined: (authority) => this.#quarantined.has(authority),
    });
    this.#proofs = new ProofKeeper(this.ledger, recovered.proofBase);
    this.#simplex = new Simplex({
      ...this.#context,
      ports: this.#ports(),
      self,
      root: recovered.root,
      finals: recovered.finals,
    });
    this.#listener = new Listener({
      context: this.#context,
      reader,
      verifier: this.#verifier,
      simplex: this.#simplex,
      lanes: this.#lanes,
      evidence: this.#evidence,
    });
    this.#queue = new ExecutionQueue(this.ledger, this.#lanes.book, this.#outbox, recovered.executedCut);
    this.#catchUp = new CatchUp({ ...this.#context, simplex: this.#simplex, queue: this.#queue });
    const { deltaMs, resendMs, timeoutGrowth, timeoutCapMs } = genesis.parameters;
    const timing = { retryMs: deltaMs, timeoutMs: Math.max(4 * deltaMs, resendMs), timeoutGrowth, timeoutCapMs };
    this.#fetcher = new Fetcher(this.#outbox, this.#others, timing);
    this.#join = new Join({
      context: this.#context,
      self: self?.index,
      others: this.#others,
      quorum: this.#simplex.quorum,
      lanes: this.#lanes.book,
      fetcher: this.#fetcher,
      outbox: this.#outbox,
    });
    this.#restore(recovered);
  }

  #restore(recovered: RecoveredState): void {
    recovered.finalizedCut.forEach((tip, lane) => {
      this.#lanes.book.restoreFinalized(lane, tip);
    });
    for (const header of recovered.headers) this.#lanes.book.noteHeader(header);
    for (const entry of recovered.entries) this.#lanes.book.hold(entry);
    for (const node of recovered.unexecuted) this.#queue.push(node);
    for (const bytes of recovered.evidence) this.#evidence.restore(bytes);
    this.#simplex.restore(recovered.journal);
    this.#noteQuarantines();
  }

  /** Handles one input. Effects are to be carried out in order; see `effects.ts` for the one rule. */
  handle(input: Input): Effect[] {
    this.#nowMs = input.nowMs;
    switch (input.kind) {
      case 'start':
        this.#simplex.start(this.#nowMs);
        this.#join.ask(this.#nowMs);
        break;
      case 'message':
        this.#blame(input.from, this.#listener.hear(this.#nowMs, input.from, input.bytes));
        break;
      case 'timer':
        this.#outbox.timerFired(input.name);
        if (input.name === 'join') this.#join.ask(this.#nowMs);
        else if (input.name !== 'fetch') this.#simplex.onTimer(this.#nowMs, input.name);
        if (input.name === 'resync') this.#lanes.announceAgain();
        break;
      case 'submit':
        this.#onSubmit(input.id, input.records);
        break;
      case 'response':
        this.#onResponse(input.id, input.bytes);
        break;
      case 'request':
        this.#onRequest(input.id, input.from, input.bytes);
        break;
    }
    this.#settle();
    return this.#outbox.drain();
  }

  // --- what the host may look at -----------------------------------------------------------------------------------

  /** The view that the city stands in. With the two below: `status()` for whoever looks at every turn. */
  get view(): number {
    return this.#simplex.view;
  }

  /** Height of the newest final block. */
  get finalizedHeight(): number {
    return this.#simplex.tree.root.height;
  }

  /** C2: who leads a view. */
  leaderOf(view: number): AuthorityIndex {
    return this.#simplex.leaderOf(view);
  }

  status(): ReplicaStatus {
    const { root } = this.#simplex.tree;
    const { book } = this.#lanes;
    return {
      view: this.#simplex.view,
      finalizedHeight: root.height,
      executedHeight: this.ledger.height,
      checkpointHeight: this.#proofs.base?.checkpointHeight ?? 0,
      timestampMs: root.timestampMs,
      joined: this.#join.done,
      halted: this.#simplex.halted,
      behind: this.#catchUp.behind,
      lanes: this.genesis.authorities.map(({ index }) => ({
        held: book.newestTip(index).sequence,
        finalized: book.finalizedTip(index).sequence,
        executed: this.#queue.executedTip(index).sequence,
        heardInView: this.#simplex.activity.heardInView(index),
        quarantined: this.#quarantined.has(index),
      })),
    };
  }

  /** Where receipts start; undefined before the first final checkpoint and while the city catches up. */
  proofBase(): ProofBase | undefined {
    return this.#proofs.base;
  }

  evidence(): readonly KeptEvidence[] {
    return this.#evidence.all();
  }

  /** Whether a gossip message may be forwarded: well formed, signed by a member, of some use (G1). */
  verifyGossip(topic: 'lanes' | 'final', bytes: Uint8Array): 'accept' | 'ignore' | 'reject' {
    return this.#listener.verifyGossip(topic, bytes);
  }

  // --- start and join (R6) -----------------------------------------------------------------------------------------

  #onStatus(from: AuthorityIndex, status: Status): void {
    if (status.finalization !== undefined) {
      const finalization = decodeCarriedCertificate(this.domains, encodeCertificateMessage(status.finalization));
      const why = finalization === undefined ? 'malformed' : this.#listener.hearCertificate(this.#nowMs, finalization);
      this.#blame(from, why);
    }
    this.#join.hear(from, status);
  }

  #tryJoin(): void {
    const joined = this.#join.finish((vote) => this.#simplex.rounds.ownVoteKnown(vote.statement));
    if (joined === undefined) return;
    this.#outbox.emit({ kind: 'joined' });
    if (this.#self === undefined) return;
    if (joined.restored) {
      const message =
        'Other cities hold signatures of this city that its store did not know: it was restored from an old backup. It fetched what was missing and goes on; make sure that no second daemon runs with the same keys.';
      this.#outbox.emit({ kind: 'alarm', error: { code: 'RESTORED_FROM_BACKUP', message } });
    }
    this.#lanes.startSigning();
    this.#simplex.allowVoting(this.#nowMs, joined.voteFloor);
  }

  // --- messages and submissions ------------------------------------------------------------------------------------

  /** G1: who passes on what does not verify is named. */
  #blame(from: AuthorityIndex, why: Misbehaviour | undefined): void {
    if (why !== undefined) this.#outbox.emit({ kind: 'misbehaved', from, why });
  }

  #onSubmit(id: number, records: readonly Uint8Array[]): void {
    const sealed = this.#lanes.seal(this.#nowMs, records);
    if ('code' in sealed) {
      this.#outbox.emit({ kind: 'refused', id, error: sealed });
      return;
    }
    const { first, digest } = sealed;
    this.#outbox.emit({ kind: 'sealed', id, first, count: records.length, entryDigest: digest });
    this.#lanes.spread(first.lane, digest);
  }

  // --- requests and replies (G2) -----------------------------------------------------------------------------------

  #onRequest(id: number, from: AuthorityIndex | undefined, bytes: Uint8Array): void {
    const request = decodeStrict(SyncRequestSchema, bytes, 1024);
    const kind = request.ok ? request.value.kind : undefined;
    this.#outbox.emit({ kind: 'reply', id, bytes: this.#answer(from, kind) });
  }

  #answer(from: AuthorityIndex | undefined, kind: SyncRequest['kind'] | undefined): Uint8Array {
    if (kind?.case === 'status') {
      return encodeStatus(this.domains, {
        epoch: 0,
        view: this.#simplex.view,
        finalizedHeight: this.#simplex.tree.root.height,
        executedHeight: this.ledger.height,
        finalization: this.#simplex.finalization?.bytes,
        yourNewestHeader: from === undefined ? undefined : this.#lanes.book.newestHeader(from),
        yourNewestVotes: from === undefined ? [] : this.#simplex.newestVotesOf(from),
        tips: this.#lanes.book.newestTips(),
      });
    }
    const digest = kind?.case === 'block' ? kind.value.digest : undefined;
    const block = digest === undefined ? undefined : this.#simplex.tree.block(digest)?.bytes;
    return block === undefined ? encodeRefusal('NOT_HELD') : encodeBlocksReply([block]);
  }

  #onResponse(id: number, bytes: Uint8Array | undefined): void {
    const request = this.#fetcher.settle(id, bytes !== undefined);
    if (request === undefined) return;
    const { key, from, range } = request;
    const replyBytesMax = limits.syncReplyBytesMax + limits.frameBytesMax;
    const response = bytes === undefined ? undefined : decodeStrict(SyncResponseSchema, bytes, replyBytesMax);
    const kind = response?.ok === true ? response.value.kind : undefined;
    let reply: boolean | Misbehaviour = false;
    if (response?.ok === false) {
      reply = 'malformed';
    } else if (kind?.case === 'status' && key.startsWith('status:')) {
      this.#onStatus(from, kind.value);
    } else if (kind?.case === 'blocks' && key.startsWith('block')) {
      reply = this.#catchUp.onBlocks(this.#nowMs, key, kind.value);
    } else if (kind?.case === 'entries' && range !== undefined) {
      reply = this.#lanes.onReply(this.#nowMs, from, range, kind.value.entries);
    } else if (kind !== undefined && kind.case !== 'refusal') {
      reply = 'wrong-reply';
    }
    this.#blame(from, typeof reply === 'string' ? reply : undefined);
    this.#fetcher.judge(key, reply === true, this.#nowMs);
  }

  // --- after every input -------------------------------------------------------------------------------------------

  /** Follows up until nothing more follows: execution, joining, evidence, agreement; then says what is missing. */
  #settle(): void {
    for (;;) {
      const executed = this.#queue.run() > 0;
      const membershipChanged = this.#queue.takeMembershipChange();
      if (membershipChanged) this.#noteQuarantines();
      if (membershipChanged || this.#finalityMoved) this.#releaseQuarantined();
      this.#settleCheckpoint();
      this.#tryJoin();
      this.#reportEvidence();
      const grew = this.#lanes.takeGrowth();
      if (!executed && !grew && !this.#finalityMoved) break;
      this.#finalityMoved = false;
      this.#lanes.forgetProposalNeeds();
      this.#simplex.onProgress(this.#nowMs);
    }
    this.#fetcher.begin();
    this.#catchUp.state(this.#fetcher, this.#nowMs);
    this.#lanes.state(this.#fetcher, this.#nowMs);
    this.#join.state(this.#nowMs);
    this.#fetcher.end(this.#nowMs);
  }

  #settleCheckpoint(): void {
    const verdict = this.#proofs.settle();
    if (verdict === 'diverged') this.#stateDiverged();
    if (verdict === 'proven') {
      this.#outbox.emit({ kind: 'checkpointed', height: this.#proofs.base?.checkpointHeight ?? 0 });
    }
  }

  #stateDiverged(): void {
    const message =
      'The agreed state differs from this city’s own. It stopped voting; keep the data, compare the versions with the other cities, then start again from an empty directory and catch up.';
    this.#simplex.halting.halt({ code: 'STATE_DIVERGED', message });
  }

  /** C10: evidence goes on the ledger through the own lane. */
  #reportEvidence(): void {
    if (!this.#join.done || this.#self === undefined || this.#quarantined.has(this.#self.index)) return;
    this.#evidence.report(
      (accused) => this.#quarantined.has(accused),
      (record) => {
        const sealed = this.#lanes.seal(this.#nowMs, [record]);
        if ('code' in sealed) return false;
        this.#lanes.spread(sealed.first.lane, sealed.digest);
        return true;
      },
    );
  }

  #noteQuarantines(): void {
    for (const { index } of this.genesis.authorities) {
      const fact = this.ledger.fact(memberFactKey(this.domains, index));
      if (fact !== undefined && readMemberFact(fact).quarantinedBy !== undefined) this.#quarantined.add(index);
    }
  }

  #releaseQuarantined(): void {
    for (const lane of this.#quarantined) this.#lanes.releaseQuarantined(lane, this.#simplex.tree.tipsOf(lane));
  }

  // --- what agreement asks of the city -----------------------------------------------------------------------------

  #ports(): SimplexPorts {
    const { book } = this.#lanes;
    const skip = (lane: AuthorityIndex) => this.#quarantined.has(lane);
    return {
      persist: (writes, flush) => this.#outbox.persist(writes, flush),
      send: (to, kind, payload) => this.#outbox.send(to, kind, payload),
      broadcast: (kind, payload) => this.#outbox.broadcast(kind, payload),
      setTimer: (name, atMs) => this.#outbox.timer(name, atMs),
      alarm: (error) => this.#outbox.emit({ kind: 'alarm', error }),
      misbehaved: (from, why) => this.#blame(from, why),
      conflictingVotes: (first, second) => this.#evidence.consider(votesEvidence(first, second)),
      conflictingProposals: (first, second) => {
        const evidence = proposalsEvidence(first, second);
        if (evidence !== undefined) this.#evidence.consider(evidence);
      },
      collectAdvances: (cut) => book.collectAdvances(cut, skip, this.#self?.index ?? 0),
      isAheadOf: (cut) => book.isAheadOf(cut, skip),
      checkAdvances: (block, parent) =>
        this.#lanes.checkAdvances(this.#nowMs, block.advances, parent, this.#simplex.leaderOf(block.view)),
      executedHeight: () => this.ledger.height,
      checkpointAt: (height) => this.#proofs.checkpointAt(height),
      notarized: ({ block }) => {
        if (block !== undefined && this.#proofs.contradicts(block.checkpoint)) this.#stateDiverged(); // guard: C11 a mismatch with a notarized checkpoint is an alarm
      },
      finalizationRelayed: (finalization) => this.#publishFinal(finalization),
      finalized: (path, finalization) => this.#onFinalized(path, finalization),
      wantParent: (block, leader) => this.#catchUp.wantParent(block, leader),
    };
  }

  /** G1: observers and laggards hear of finality by gossip; one voice, that of the view's leader, is enough. */
  #publishFinal({ statement, bytes }: CarriedCertificate): void {
    if (this.#simplex.leaderOf(statement.view) === this.#self?.index)
      this.#outbox.publish('final', 'certificate', bytes);
  }

  /** C6, C9: the floor, the blocks and the tips are durable before anybody is told. */
  #onFinalized(path: readonly BlockNode[], finalization: CarriedCertificate): void {
    const newest = path.at(-1);
    if (newest === undefined) return;
    for (const { height, block } of path) {
      if (block === undefined) continue;
      this.#lanes.book.finalize(block.advances);
      this.#outbox.persist([{ key: keys.block(height), value: block.bytes }], true);
      const tips = block.advances.map((tip) => ({ key: keys.finalizedTip(tip.lane), value: encodeTip(tip) }));
      this.#outbox.persist(tips, true);
    }
    const { height, view, digest } = newest;
    const floor = { key: keys.floor(), value: encodeFloor({ height, view, digest }) };
    this.#outbox.persist([{ key: keys.finalization(height), value: finalization.bytes }, floor], true);
    for (const node of path) {
      this.#queue.push(node);
      this.#outbox.emit({
        kind: 'finalized',
        height: node.height,
        view: node.view,
        timestampMs: node.timestampMs,
        blockDigest: node.digest,
        tips: (node.block?.advances ?? []).map(({ lane, sequence }) => ({ lane, sequence })),
      });
    }
    this.#finalityMoved = true;
    this.#proofs.onFinal(newest, finalization.bytes);
  }
}
