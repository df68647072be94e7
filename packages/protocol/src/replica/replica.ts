import { decodeStrict } from '../codec/index.ts';
import type { BlockNode } from '../consensus/block-tree.ts';
import type { FinalBlock } from '../consensus/final-chain.ts';
import { stateDiverged } from '../consensus/halting.ts';
import { emptyJournal } from '../consensus/journal.ts';
import type { SimplexPorts } from '../consensus/ports.ts';
import { Simplex } from '../consensus/simplex.ts';
import type { CarriedCertificate } from '../consensus/votes.ts';
import type { Domains } from '../crypto/index.ts';
import { rejection } from '../error-codes.ts';
import { invariant } from '../errors.ts';
import { type Status, SyncResponseSchema } from '../gen/hansa/v1/sync_pb.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import { EMPTY_TIP } from '../lanes/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { limits } from '../limits.ts';
import { answerMember } from './answer-member.ts';
import { CatchUp, decodeCarriedCertificate } from './catch-up.ts';
import type { Effect, Input, Misbehaviour } from './effects.ts';
import { EvidenceDesk, type KeptEvidence } from './evidence-desk.ts';
import { ExecutionQueue } from './execution-queue.ts';
import { Fetcher, fetchTiming } from './fetcher.ts';
import { persistFinal, tellFinal } from './finality.ts';
import { type FrameReader, StrictFrameReader } from './frame.ts';
import { Join, restoredFromBackup } from './join.ts';
import { LaneDesk } from './lane-desk.ts';
import { Listener } from './listener.ts';
import { encodeCertificateMessage } from './messages.ts';
import { Outbox } from './outbox.ts';
import { type ProofBase, ProofKeeper } from './proof-keeper.ts';
import { Quarantine } from './quarantine.ts';
import type { RecoveredState, ReplicaOptions } from './recovered-state.ts';
import { laneStatuses, type ReplicaStatus } from './replica-status.ts';
import { sealedSet } from './seal.ts';
import { SealDesk } from './seal-desk.ts';
import { Seat } from './seat.ts';
import { simplexPorts } from './simplex-ports.ts';
import { type ProtocolContext, Verifier } from './verifier.ts';

/**
 * One city: the whole behaviour, pure and synchronous. The same inputs give the same effects, byte for byte.
 * Make it with `recoverReplica`; the first input is `start`.
 */
export class Replica {
  readonly domains: Domains;
  readonly ledger: Ledger;
  /** C12: its genesis is that of the present epoch. */
  readonly #context: { genesis: Genesis } & ProtocolContext;
  readonly #seat: Seat;
  readonly #outbox = new Outbox();
  readonly #verifier: Verifier;
  readonly #evidence: EvidenceDesk;
  readonly #lanes: LaneDesk;
  readonly #queue: ExecutionQueue;
  readonly #fetcher: Fetcher;
  readonly #proofs: ProofKeeper;
  #simplex: Simplex;
  #listener: Listener;
  #catchUp: CatchUp;
  #join: Join;
  readonly #seals: SealDesk;
  readonly #quarantined: Quarantine;
  #finalityMoved = false;
  #nowMs = 0;

  constructor(options: ReplicaOptions, recovered: RecoveredState) {
    const { genesis, crypto, self } = options;
    this.domains = recovered.domains;
    this.ledger = recovered.ledger;
    const present = recovered.ledger.genesisOf(recovered.epoch);
    invariant(present !== undefined, 'the present epoch was decided');
    this.#context = { genesis: present, crypto, domains: this.domains };
    this.#seat = new Seat(this.#context, self);
    this.#seals = new SealDesk(this.#outbox, genesis.parameters.resendMs, recovered.seal);
    this.#quarantined = new Quarantine(this.#context, this.ledger);
    this.#verifier = new Verifier(this.#context);
    this.#evidence = new EvidenceDesk(this.#context, this.#outbox);
    const reader = (recovered.epoch === 0 ? options.reader : undefined) ?? new StrictFrameReader(this.#context);
    this.#lanes = new LaneDesk({
      context: this.#context,
      reader,
      outbox: this.#outbox,
      verifier: this.#verifier,
      evidence: this.#evidence,
      self: this.#seat.voting,
      ownLane: self?.index,
      executedSequence: (lane) => this.#queue.executedTip(lane).sequence,
      isQuarantined: (authority) => this.#quarantined.has(authority),
    });
    this.#proofs = new ProofKeeper(this.ledger, this.domains, recovered.proofBase, recovered.epoch);
    this.#simplex = this.#makeSimplex(recovered.root, recovered.finals);
    this.#listener = this.#makeListener(reader);
    this.#queue = new ExecutionQueue(this.ledger, this.#lanes.book, this.#outbox, recovered.executedCut);
    this.#catchUp = new CatchUp({ ...this.#context, simplex: this.#simplex, queue: this.#queue });
    this.#fetcher = new Fetcher(this.#outbox, this.#seat.others, fetchTiming(genesis.parameters));
    this.#restore(recovered);
    this.#join = this.#makeJoin(false);
  }

  /** The federation in the present epoch. */
  get genesis(): Genesis {
    return this.#context.genesis;
  }

  #makeSimplex(root: BlockNode, finals: readonly FinalBlock[]): Simplex {
    return new Simplex({ ...this.#context, ports: this.#ports(), self: this.#seat.voting, root, finals });
  }

  #makeListener(reader: FrameReader): Listener {
    return new Listener({
      context: this.#context,
      reader,
      ...{ verifier: this.#verifier, simplex: this.#simplex, lanes: this.#lanes, evidence: this.#evidence },
      otherEpoch: (from, epoch) => this.#onOtherEpoch(from, epoch),
    });
  }

  #makeJoin(done: boolean): Join {
    return new Join({
      context: this.#context,
      self: this.#seat.voting?.index,
      others: this.#seat.others,
      quorum: this.#simplex.quorum,
      ...{ lanes: this.#lanes.book, fetcher: this.#fetcher, outbox: this.#outbox, done },
      before: this.#join,
    });
  }

  #restore(recovered: RecoveredState): void {
    recovered.finalizedCut.forEach((tip, lane) => {
      this.#lanes.book.restoreFinalized(lane, tip);
    });
    for (const header of recovered.headers) this.#lanes.book.noteHeader(header);
    for (const entry of recovered.entries) this.#lanes.book.hold(entry);
    for (const node of recovered.unexecuted) this.#queue.push(node);
    this.#lanes.restoreDropped(recovered.dropped);
    for (const bytes of recovered.evidence) this.#evidence.restore(bytes, (epoch) => this.ledger.genesisOf(epoch));
    this.#simplex.restore(recovered.journal);
    this.#quarantined.note();
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
        this.#outbox.emit({ kind: 'reply', id: input.id, bytes: this.#answer(input.from, input.bytes) });
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
    return {
      epoch: this.#simplex.epoch,
      view: this.#simplex.view,
      finalizedHeight: root.height,
      executedHeight: this.ledger.height,
      checkpointHeight: this.#proofs.base?.checkpointHeight ?? 0,
      timestampMs: root.timestampMs,
      ...{ joined: this.#join.done, votes: this.#seat.voting !== undefined, halted: this.#simplex.halted },
      behind: this.#catchUp.behind,
      lanes: laneStatuses(this.#simplex, this.#lanes.book, this.#queue, this.genesis.authorities, (lane) =>
        this.#quarantined.has(lane),
      ),
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
    if (status.epoch > BigInt(this.#simplex.epoch)) this.#catchUp.heardLater(from);
    if (status.finalization !== undefined) {
      const finalization = decodeCarriedCertificate(this.domains, encodeCertificateMessage(status.finalization));
      const why =
        finalization?.statement.epoch === this.#simplex.epoch
          ? this.#listener.hearCertificate(this.#nowMs, finalization)
          : undefined;
      this.#blame(from, finalization === undefined ? 'malformed' : why);
    }
    this.#join.hear(from, status);
  }

  #tryJoin(): void {
    const joined = this.#join.finish((vote) => this.#simplex.rounds.ownVoteKnown(vote.statement));
    if (joined === undefined) return;
    this.#outbox.emit({ kind: 'joined' });
    if (this.#seat.voting === undefined) return;
    if (joined.restored) {
      this.#outbox.emit({ kind: 'alarm', error: restoredFromBackup });
    }
    this.#lanes.startSigning(this.#nowMs);
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

  #answer(from: AuthorityIndex | undefined, bytes: Uint8Array): Uint8Array {
    const { domains, ledger } = this;
    return answerMember({ domains, ledger, simplex: this.#simplex, book: this.#lanes.book }, from, bytes);
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
    if (reply !== true) this.#catchUp.onNoBlocks(key);
    this.#blame(from, typeof reply === 'string' ? reply : undefined);
    this.#fetcher.judge(key, reply === true, this.#nowMs);
  }

  // --- after every input -------------------------------------------------------------------------------------------

  /** Follows up until nothing more follows: execution, joining, evidence, agreement; then says what is missing. */
  #settle(): void {
    for (;;) {
      const executed = this.#queue.run() > 0;
      const membershipChanged = this.#queue.takeMembershipChange();
      if (membershipChanged) this.#quarantined.note();
      if (membershipChanged || this.#finalityMoved) this.#releaseQuarantined();
      this.#settleCheckpoint();
      const turned = this.#tryBeginEpoch();
      this.#tryJoin();
      this.#reportEvidence();
      const grew = this.#lanes.takeGrowth();
      if (!turned && !executed && !grew && !this.#finalityMoved) break;
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
    this.#simplex.halting.halt(stateDiverged);
  }

  /** C10: evidence goes on the ledger through the own lane. */
  #reportEvidence(): void {
    if (!this.#join.done || this.#seat.voting === undefined || this.#quarantined.has(this.#seat.voting.index)) return;
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

  #releaseQuarantined(): void {
    for (const lane of this.#quarantined) this.#lanes.releaseQuarantined(lane, this.#simplex.tree.tipsOf(lane));
  }

  // --- epochs (C12) ------------------------------------------------------------------------------------------------

  /**
   * Whoever speaks in an epoch that is over is shown its end, now and again; whoever speaks in one that has not begun here
   * knows how this one ended.
   */
  #onOtherEpoch(from: AuthorityIndex, epoch: number): void {
    if (epoch > this.#simplex.epoch) this.#catchUp.heardLater(from);
    else this.#seals.show(this.#nowMs, from);
  }

  /**
   * The seal is final and all of its epoch is executed here: the new epoch begins on it, with the set that its checkpoint
   * names. Whoever joined before goes on at once: it has said nothing in the new epoch yet.
   */
  #tryBeginEpoch(): boolean {
    const before = this.#simplex;
    const { root } = before.tree;
    if (!root.sealed || this.ledger.height < root.height || before.halted) return false; // guard: C12 the whole epoch is executed first
    const next = sealedSet(this.domains, this.ledger, root);
    if (next === undefined) {
      this.#stateDiverged(); // guard: C12 the set is the one that the seal names
      return false;
    }
    const wasSelf = this.#seat.voting;
    const { done } = this.#join;
    this.#outbox.persist(
      before.rounds.all().flatMap((round) => round.forgetJournal(before.epoch)),
      false,
    );
    this.#context.genesis = next;
    this.#verifier.forget();
    this.#evidence.beginEpoch();
    this.#proofs.beginEpoch(before.epoch + 1);
    this.#quarantined.note();
    this.#outbox.emit({ kind: 'epoch', epoch: before.epoch + 1, genesis: next, sealHeight: root.height });
    this.#startEpoch(before, next, done && (wasSelf === undefined) === (this.#seat.voting === undefined));
    if (wasSelf !== undefined && this.#seat.voting === undefined) {
      this.#outbox.emit({ kind: 'alarm', error: rejection('NO_LONGER_VOTING') });
    }
    return true;
  }

  #startEpoch(before: Simplex, next: Genesis, joined: boolean): void {
    const { root } = before.tree;
    const reader = new StrictFrameReader(this.#context);
    this.#fetcher.setOthers(this.#seat.others);
    this.#lanes.beginEpoch(reader, this.#seat.voting);
    const cut = next.authorities.map(({ index }) => root.cut[index] ?? EMPTY_TIP);
    this.#simplex = this.#makeSimplex({ ...root, cut, sealed: false }, [{ view: root.view, digest: root.digest }]);
    this.#simplex.restore({ ...emptyJournal, finalization: before.finalization });
    this.#listener = this.#makeListener(reader);
    this.#catchUp = new CatchUp({ ...this.#context, simplex: this.#simplex, queue: this.#queue });
    this.#join = this.#makeJoin(joined);
    // Those who have not heard of the seal can do nothing without it.
    if (before.finalization !== undefined && this.#seat.voting !== undefined) {
      this.#outbox.broadcast('certificate', before.finalization.bytes); // guard: C12 the seal is told to all
      this.#outbox.publish('final', 'certificate', before.finalization.bytes);
    }
    this.#simplex.start(this.#nowMs);
    if (!joined) this.#join.ask(this.#nowMs);
    else if (this.#seat.voting !== undefined) {
      this.#lanes.startSigning(this.#nowMs);
      this.#simplex.allowVoting(this.#nowMs, 0);
    }
  }

  // --- what agreement asks of the city -----------------------------------------------------------------------------

  #ports(): SimplexPorts {
    return simplexPorts({
      ...{ context: this.#context, ledger: this.ledger, outbox: this.#outbox, evidence: this.#evidence },
      ...{ lanes: this.#lanes, proofs: this.#proofs, quarantined: this.#quarantined },
      simplex: () => this.#simplex,
      catchUp: () => this.#catchUp,
      nowMs: () => this.#nowMs,
      selfIndex: () => this.#seat.voting?.index,
      blame: (from, why) => this.#blame(from, why),
      stateDiverged: () => this.#stateDiverged(),
      finalized: (path, finalization, discarded) => this.#onFinalized(path, finalization, discarded),
    });
  }

  /** C6, C9: the floor, the blocks and the tips are durable before anybody is told. */
  #onFinalized(path: readonly BlockNode[], finalization: CarriedCertificate, discarded: readonly BlockNode[]): void {
    const newest = path.at(-1);
    if (newest === undefined) return;
    for (const { block } of path) this.#lanes.book.finalize(block?.advances ?? []);
    if (newest.sealed) this.#seals.keep(newest, finalization.bytes, discarded);
    persistFinal(this.#outbox, path, newest, discarded.length === 0 ? finalization.bytes : undefined);
    for (const node of path) {
      this.#queue.push(node);
      tellFinal(this.#outbox, node);
    }
    this.#finalityMoved = true;
    this.#proofs.onFinal(discarded.at(-1) ?? newest, finalization.bytes);
  }
}
