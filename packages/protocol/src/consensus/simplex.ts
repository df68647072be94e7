import { create } from '@bufbuild/protobuf';
import { equalBytes } from '../bytes.ts';
import { encodeMessage } from '../codec/index.ts';
import type { Crypto, Digest, Domains } from '../crypto/index.ts';
import { invariant } from '../errors.ts';
import { ProposalSchema } from '../gen/hansa/v1/consensus_pb.ts';
import { type AuthorityIndex, type Genesis, quorum } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import type { Write } from '../replica/effects.ts';
import { keys } from '../replica/keys.ts';
import { type BlockFields, decodeBlock, encodeBlock } from './block.ts';
import { type BlockNode, BlockTree } from './block-tree.ts';
import type { SimplexPorts } from './ports.ts';
import { type CarriedProposal, Round } from './round.ts';
import { Timeouts } from './timeouts.ts';
import { validateProposal } from './validity.ts';
import {
  type CarriedCertificate,
  type CarriedStatement,
  type CarriedVote,
  encodeStatement,
  encodeVote,
  type Statement,
  VoteKind,
} from './votes.ts';

export interface SimplexOptions {
  readonly genesis: Genesis;
  readonly crypto: Crypto;
  readonly domains: Domains;
  readonly ports: SimplexPorts;
  /** Undefined for an observer, who follows certificates and says nothing. */
  readonly self: { readonly index: AuthorityIndex; readonly laneSecret: Uint8Array; readonly voteSecret: Uint8Array } | undefined;
  readonly root: BlockNode;
}

const EPOCH = 0;
const NO_BLOCK: Digest = new Uint8Array(0);

/**
 * Agreement among the authorities: Simplex (Chan & Pass 2023) with lanes as data, DESIGN section 4. Pure: time comes
 * in with every call, effects go out through the ports. The rules C1-C10 are marked where they stand.
 *
 * Safety in short: two quorums share an honest authority; an honest authority notarizes once per view, so a view has
 * at most one notarization; it never says both Finalize(v) and Nullify(v), so a finalized view is never nullified;
 * a block of a later view therefore has the finalized block among its ancestors.
 */
export class Simplex {
  readonly tree: BlockTree;
  readonly quorum: number;
  readonly #options: SimplexOptions;
  readonly #ports: SimplexPorts;
  readonly #rounds = new Map<number, Round>();
  readonly #timeouts: Timeouts;
  /** Newest view in which something of an authority was seen. */
  readonly #heardInView: number[];
  #view = 0;
  #enteredAtMs = 0;
  #finalization: CarriedCertificate | undefined;
  #mayVote = false;
  #halted = false;
  /** R6: no vote in views up to here, because others hold votes of ours that our journal does not know. */
  #voteFloor = 0;
  #nowMs = 0;

  constructor(options: SimplexOptions) {
    this.#options = options;
    this.#ports = options.ports;
    this.tree = new BlockTree(options.root);
    this.quorum = quorum(options.genesis.authorities.length);
    this.#timeouts = new Timeouts(options.genesis.parameters);
    this.#heardInView = options.genesis.authorities.map(() => 0);
    this.#view = options.root.view;
  }

  get view(): number {
    return this.#view;
  }

  get finalizedView(): number {
    return this.tree.root.view;
  }

  /** Newest finalization held; undefined before the first. */
  get finalization(): CarriedCertificate | undefined {
    return this.#finalization;
  }

  get halted(): boolean {
    return this.#halted;
  }

  heardInView(authority: AuthorityIndex): number {
    return this.#heardInView[authority] ?? 0;
  }

  leaderOf(view: number): AuthorityIndex {
    return view % this.#options.genesis.authorities.length;
  }

  // --- start and restart -------------------------------------------------------------------------------------------

  /** Puts back what the journal holds, before `start`. Own votes go to the local tally again (C9, trap 2). */
  restore(journal: {
    readonly finalization: CarriedCertificate | undefined;
    readonly blocks: readonly CarriedProposal['block'][];
    readonly proposals: readonly CarriedProposal[];
    readonly votes: readonly CarriedVote[];
    readonly certificates: readonly CarriedCertificate[];
  }): void {
    this.#finalization = journal.finalization;
    for (const block of journal.blocks) this.tree.add(block);
    for (const proposal of journal.proposals) {
      const round = this.#round(proposal.block.view);
      if (round === undefined) continue;
      round.proposal = proposal;
      round.proposed = true;
      this.tree.add(proposal.block);
    }
    for (const vote of journal.votes) {
      const round = this.#round(vote.statement.view);
      if (round === undefined) continue;
      if (vote.statement.kind === VoteKind.NOTARIZE) round.own.notarize = vote;
      if (vote.statement.kind === VoteKind.NULLIFY) round.own.nullify = vote;
      if (vote.statement.kind === VoteKind.FINALIZE) round.own.finalize = vote;
      round.tally(vote.statement).addVerified(vote.voter, vote.signature);
    }
    for (const certificate of journal.certificates) {
      const round = this.#round(certificate.statement.view);
      if (round === undefined) continue;
      if (certificate.statement.kind === VoteKind.NOTARIZE) round.notarization = certificate;
      if (certificate.statement.kind === VoteKind.NULLIFY) round.nullification = certificate;
      if (certificate.statement.kind === VoteKind.FINALIZE) round.finalization = certificate;
    }
  }

  /** Enters the newest view that the certificates allow (C1) and arms the timers. */
  start(nowMs: number): void {
    this.#nowMs = nowMs;
    let view = this.finalizedView + 1;
    for (const round of this.#rounds.values()) {
      if (round.notarization ?? round.nullification ?? round.finalization) view = Math.max(view, round.view + 1);
    }
    this.#view = view - 1;
    this.#enter(view);
    this.#armResync();
  }

  /** R6 is done: from now on this city may vote and propose, in views above `voteFloor`. */
  allowVoting(nowMs: number, voteFloor: number): void {
    this.#nowMs = nowMs;
    this.#mayVote = true;
    this.#voteFloor = Math.max(this.#voteFloor, voteFloor);
    this.#enteredAtMs = nowMs;
    this.#timeouts.enter(nowMs, this.#view, this.finalizedView, this.#hasWork());
    this.#armView();
    for (const round of this.#rounds.values()) this.#tallyUp(round);
    this.#progress();
  }

  /** C11: stop voting, keep the data. */
  halt(): void {
    this.#halted = true;
  }

  // --- inputs ------------------------------------------------------------------------------------------------------

  /** A proposal whose leader signature was verified by the caller. */
  onProposal(nowMs: number, proposal: CarriedProposal): void {
    this.#nowMs = nowMs;
    const { block } = proposal;
    const round = this.#roundInWindow(block.view);
    if (round === undefined) return;
    this.#heard(round.leader, block.view);
    if (round.proposal === undefined) {
      round.proposal = proposal;
      this.tree.add(block);
    } else if (!equalBytes(round.proposal.block.digest, block.digest)) {
      // C10: two proposals in one view. The second block is kept too, in case it is the one that others notarize.
      if (round.equivocation === undefined) {
        round.equivocation = proposal;
        this.#ports.conflictingProposals(round.leader, round.proposal.bytes, proposal.bytes);
        this.tree.add(block);
      }
    } else {
      return;
    }
    this.#progress();
  }

  /** A vote from its voter's authenticated connection; the signature is verified when it could matter. */
  onVote(nowMs: number, vote: CarriedVote): void {
    this.#nowMs = nowMs;
    const { statement, voter } = vote;
    if (statement.epoch !== EPOCH) return; // guard: C12 votes of other epochs are refused
    const round = this.#roundInWindow(statement.view);
    if (round === undefined) return;
    this.#noticeConflict(round, vote);
    round.tally(statement).addPending(voter, vote.signature);
    this.#heard(voter, statement.view);
    this.#certify(round, statement);
  }

  /** A certificate that the caller verified. */
  onCertificate(nowMs: number, certificate: CarriedCertificate): void {
    this.#nowMs = nowMs;
    const { statement } = certificate;
    if (statement.epoch !== EPOCH || statement.view <= this.finalizedView) return;
    this.#apply(certificate);
  }

  /** Whether a certificate for this statement would tell anything new (asked before the costly verification). */
  wantsCertificate(statement: CarriedStatement): boolean {
    if (statement.epoch !== EPOCH || statement.view <= this.finalizedView) return false;
    const round = this.#rounds.get(statement.view);
    if (round === undefined) return true;
    if (statement.kind === VoteKind.NOTARIZE) return round.notarization === undefined;
    if (statement.kind === VoteKind.NULLIFY) return round.nullification === undefined;
    return round.finalization === undefined;
  }

  /** A fetched block (its digest was asked for). */
  onBlock(nowMs: number, block: CarriedProposal['block']): void {
    this.#nowMs = nowMs;
    this.tree.add(block);
    this.#progress();
  }

  /** Lanes grew, or blocks were executed: proposals that waited may now be valid, a leader may have something to say. */
  onProgress(nowMs: number): void {
    this.#nowMs = nowMs;
    if (this.#hasWork() && this.#timeouts.workArrived(nowMs)) this.#armView();
    this.#progress();
  }

  onTimer(nowMs: number, name: 'view' | 'resend' | 'propose' | 'resync'): void {
    this.#nowMs = nowMs;
    if (name === 'propose') this.#tryPropose();
    else if (name === 'view') this.#onViewTimer();
    else if (name === 'resend') this.#resend();
    else this.#resync();
  }

  // --- views -------------------------------------------------------------------------------------------------------

  #enter(view: number): void {
    if (view <= this.#view) return;
    this.#view = view;
    this.#enteredAtMs = this.#nowMs;
    this.#timeouts.enter(this.#nowMs, view, this.finalizedView, this.#hasWork());
    this.#ports.setTimer('resend', undefined);
    this.#ports.setTimer('propose', undefined);
    this.#armView();
    this.#armResync();
    if (this.#leaderIsSilent(view)) this.#nullify(view);
  }

  /** C5: the leader was not heard for several rounds of leaders while a quorum was; do not wait for it again. */
  #leaderIsSilent(view: number): boolean {
    const n = this.#heardInView.length;
    const leader = this.leaderOf(view);
    if (leader === this.#options.self?.index) return false;
    if ((this.#heardInView[leader] ?? 0) + 2 * n >= view) return false;
    const active = this.#heardInView.filter((heard, index) => index === this.#options.self?.index || heard + n >= view);
    return active.length >= this.quorum;
  }

  #heard(authority: AuthorityIndex, view: number): void {
    if (view > (this.#heardInView[authority] ?? 0)) this.#heardInView[authority] = view;
  }

  #armView(): void {
    const round = this.#rounds.get(this.#view);
    if (!this.#canSpeak() || round?.own.nullify !== undefined || round?.own.finalize !== undefined) {
      this.#ports.setTimer('view', undefined);
      return;
    }
    this.#ports.setTimer('view', this.#timeouts.next(round?.proposal !== undefined));
  }

  #onViewTimer(): void {
    const round = this.#round(this.#view);
    if (round === undefined) return;
    // C5: no proposal in 2Δ, or not notarized by 3Δ.
    if (this.#nowMs >= this.#timeouts.next(round.proposal !== undefined)) this.#nullify(this.#view);
    else this.#armView();
  }

  /** Work of ours or others that is not final and proven yet (C8). */
  #hasWork(): boolean {
    const tip = this.#highestNotarized()?.node ?? this.tree.root;
    return tip.lastNonEmptyHeight > tip.checkpointHeight || this.#ports.isAheadOf(tip.cut);
  }

  // --- proposing (C2) ----------------------------------------------------------------------------------------------

  /**
   * C2: the highest notarized parent with nullifications for all views between it and the current one. `undefined`
   * while certificates or blocks are missing.
   */
  #highestNotarized(): { node: BlockNode } | undefined {
    for (let view = this.#view - 1; view > this.finalizedView; view--) {
      const round = this.#rounds.get(view);
      const digest = round?.notarizedDigest ?? round?.finalization?.statement.block;
      if (digest !== undefined) {
        const node = this.tree.node(digest);
        if (node !== undefined) return { node };
      }
      if (round?.nullification === undefined) return undefined;
    }
    return { node: this.tree.root };
  }

  #tryPropose(): void {
    const { self } = this.#options;
    if (self === undefined || !this.#canVoteIn(this.#view) || this.leaderOf(this.#view) !== self.index) return;
    const round = this.#round(this.#view);
    if (round === undefined || round.proposed || round.own.nullify !== undefined) return;
    const parent = this.#highestNotarized()?.node;
    if (parent === undefined) return;
    const dueMs = this.#proposalDueMs(parent);
    if (this.#nowMs < dueMs) {
      this.#ports.setTimer('propose', dueMs);
      return;
    }
    this.#ports.setTimer('propose', undefined);
    this.#propose(round, parent);
  }

  /** C2: at once when there is something to agree on, else after the idle interval. */
  #proposalDueMs(parent: BlockNode): number {
    if (this.#ports.isAheadOf(parent.cut)) return this.#nowMs;
    const executed = this.#ports.executedHeight();
    if (parent.lastNonEmptyHeight > parent.checkpointHeight) {
      // The checkpoint can move: say so at once. It cannot while the parent's chain is not final: give that its time.
      if (Math.min(executed, parent.height) > parent.checkpointHeight) return this.#nowMs;
      return this.#enteredAtMs + this.#options.genesis.parameters.deltaMs;
    }
    return this.#enteredAtMs + this.#options.genesis.parameters.idleIntervalMs;
  }

  #propose(round: Round, parent: BlockNode): void {
    const { self, domains, crypto, genesis } = this.#options;
    invariant(self !== undefined, 'only an authority proposes');
    // C11: the newest own executed state, not beyond the parent, never behind the parent's checkpoint.
    const checkpoint = this.#ports.checkpointAt(Math.min(this.#ports.executedHeight(), parent.height));
    if (checkpoint === undefined || checkpoint.height < parent.checkpointHeight) return;
    const fields: BlockFields = {
      epoch: EPOCH,
      view: round.view,
      height: parent.height + 1,
      parent: parent.digest,
      parentView: parent.view,
      timestampMs: Math.max(parent.timestampMs + 1, this.#nowMs),
      advances: this.#ports.collectAdvances(parent.cut),
      checkpoint,
    };
    const decoded = decodeBlock(domains, genesis.authorities.length, encodeBlock(domains.federationId, fields));
    invariant(decoded.ok, 'an own block decodes');
    const block = decoded.value;
    const signature = crypto.ed25519.sign(domains.message('proposal', block.bytes), self.laneSecret);
    const bytes = encodeMessage(ProposalSchema, create(ProposalSchema, { block: block.bytes, signature }));
    round.proposal = { block, bytes };
    round.proposed = true;
    this.tree.add(block);
    // C9: the proposal and the vote for it are durable before either leaves.
    this.#ports.persist([{ key: keys.proposal(EPOCH, round.view), value: bytes }], true);
    this.#ports.broadcast('proposal', bytes);
    this.#armView();
    this.#tryNotarize(round);
  }

  // --- voting ------------------------------------------------------------------------------------------------------

  #canSpeak(): boolean {
    return this.#options.self !== undefined && this.#mayVote && !this.#halted;
  }

  #canVoteIn(view: number): boolean {
    return this.#canSpeak() && view > this.#voteFloor; // guard: R6 no vote where an older journal may have voted
  }

  /** C3: notarize at most one block per view, the first valid one from the leader, never after own Nullify(v). */
  #tryNotarize(round: Round): void {
    if (!this.#canVoteIn(round.view) || round.view !== this.#view) return;
    if (round.own.notarize !== undefined) return; // guard: C3 one Notarize per view
    if (round.own.nullify !== undefined) return; // guard: C3 never Notarize after Nullify
    if (round.proposal === undefined || round.proposalInvalid) return;
    const { block } = round.proposal;
    const verdict = validateProposal({
      block,
      tree: this.tree,
      finalizedView: this.finalizedView,
      round: (view) => this.#rounds.get(view),
      ports: this.#ports,
      nowMs: this.#nowMs,
    });
    if (verdict === 'wait-parent') this.#ports.wantParent(block, round.leader);
    if (verdict === 'invalid') {
      round.proposalInvalid = true;
      this.#nullify(round.view); // C5: the proposal is invalid
    }
    if (verdict !== 'valid') return;
    this.#vote(round, { kind: VoteKind.NOTARIZE, epoch: EPOCH, view: round.view, block: block.digest }, [
      { key: keys.candidate(EPOCH, round.view, block.digest), value: block.bytes },
    ]);
  }

  /** C5: Nullify(v) unless Finalize(v) was voted. */
  #nullify(view: number): void {
    const round = this.#round(view);
    if (round === undefined || !this.#canVoteIn(view)) return;
    if (round.own.finalize !== undefined) return; // guard: C5 never Nullify after Finalize
    if (round.own.nullify !== undefined) return;
    this.#vote(round, { kind: VoteKind.NULLIFY, epoch: EPOCH, view, block: NO_BLOCK });
    this.#armView();
    // C7: a lost Nullify must not stop everybody for good.
    this.#ports.setTimer('resend', this.#nowMs + this.#options.genesis.parameters.resendMs);
  }

  /** C4: Finalize(v) unless Nullify(v) was voted, the leader equivocated in v, or v is not above the last final view. */
  #tryFinalize(round: Round): void {
    const digest = round.notarizedDigest;
    if (digest === undefined || !this.#canVoteIn(round.view)) return;
    if (round.own.finalize !== undefined) return;
    if (round.own.nullify !== undefined) return; // guard: C4 never Finalize after Nullify
    if (round.leaderEquivocated) return; // guard: C4 no Finalize for an equivocating leader
    if (round.view <= this.finalizedView) return; // guard: C4 nothing at or below the last final view
    this.#vote(round, { kind: VoteKind.FINALIZE, epoch: EPOCH, view: round.view, block: digest });
  }

  #vote(round: Round, statement: Statement, writes: readonly Write[] = []): void {
    const { self, domains, crypto } = this.#options;
    invariant(self !== undefined, 'only an authority votes');
    const bytes = encodeStatement(domains.federationId, statement);
    const vote: CarriedVote = {
      statement: { ...statement, bytes },
      voter: self.index,
      signature: crypto.bls.sign(domains.message('vote', bytes), self.voteSecret),
    };
    if (statement.kind === VoteKind.NOTARIZE) round.own.notarize = vote;
    else if (statement.kind === VoteKind.NULLIFY) round.own.nullify = vote;
    else round.own.finalize = vote;
    const encoded = encodeVote(vote);
    // C9: persist, flush, then send.
    this.#ports.persist([...writes, { key: keys.vote(EPOCH, round.view, statement.kind), value: encoded }], true);
    this.#ports.broadcast('vote', encoded);
    round.tally(vote.statement).addVerified(self.index, vote.signature);
    this.#armResync();
    this.#certify(round, vote.statement);
  }

  #certify(round: Round, statement: CarriedStatement): void {
    if (!this.wantsCertificate(statement)) return;
    const { crypto, domains, genesis } = this.#options;
    const { certificate } = round.tally(statement).certify(crypto, domains, genesis.authorities, this.quorum);
    if (certificate !== undefined) this.#apply(certificate);
  }

  #tallyUp(round: Round): void {
    const { notarize, nullify, finalize } = round.own;
    for (const vote of [notarize, nullify, finalize]) if (vote !== undefined) this.#certify(round, vote.statement);
  }

  /** C10: conflicting votes of one voter. Statements are compared, not signature bytes. */
  #noticeConflict(round: Round, vote: CarriedVote): void {
    const { statement, voter } = vote;
    const key = `${statement.kind}:${voter}`;
    const same = round.firstVotes.get(key);
    if (same === undefined) round.firstVotes.set(key, vote);
    else if (!equalBytes(same.statement.block, statement.block)) this.#ports.conflictingVotes(same, vote);
    if (statement.kind === VoteKind.NOTARIZE) return;
    const opposite = statement.kind === VoteKind.FINALIZE ? VoteKind.NULLIFY : VoteKind.FINALIZE;
    const other = round.firstVotes.get(`${opposite}:${voter}`);
    if (other !== undefined) this.#ports.conflictingVotes(other, vote);
  }

  // --- certificates ------------------------------------------------------------------------------------------------

  #apply(certificate: CarriedCertificate): void {
    const { statement } = certificate;
    const round = this.#round(statement.view);
    if (round === undefined || !this.wantsCertificate(statement)) return;
    if (this.#contradicts(round, statement)) return;
    if (statement.kind === VoteKind.NOTARIZE) round.notarization = certificate;
    else if (statement.kind === VoteKind.NULLIFY) round.nullification = certificate;
    else round.finalization = certificate;
    this.#ports.persist([{ key: keys.certificate(EPOCH, round.view, statement.kind), value: certificate.bytes }], true);
    // Relayed once by everybody, so that partial connectivity heals (G1).
    this.#ports.broadcast('certificate', certificate.bytes);
    if (statement.kind === VoteKind.NOTARIZE) this.#onNotarization(round, certificate);
    else if (statement.kind === VoteKind.FINALIZE) this.#onFinalization(round, certificate);
    this.#enter(round.view + 1); // C1
    this.#progress();
  }

  /** Two certificates that cannot both exist while at most f are faulty: the assumption is broken, stop and say so. */
  #contradicts(round: Round, statement: CarriedStatement): boolean {
    const block = round.notarization?.statement.block ?? round.finalization?.statement.block;
    const conflict =
      statement.kind === VoteKind.NULLIFY
        ? round.finalization !== undefined
        : (block !== undefined && !equalBytes(block, statement.block)) ||
          (statement.kind === VoteKind.FINALIZE && round.nullification !== undefined);
    if (!conflict) return false;
    this.halt();
    this.#ports.alarm({
      code: 'SAFETY_VIOLATED',
      message: `View ${round.view} has two contradicting certificates: more than f authorities are faulty. This city stopped voting; keep its data and call the federation.`,
    });
    return true;
  }

  #onNotarization(round: Round, certificate: CarriedCertificate): void {
    if (this.tree.node(certificate.statement.block) === undefined) this.#ports.wantBlock(certificate);
    this.#tryFinalize(round);
  }

  /** C6: the block and all its ancestors are final, whatever the current view is. */
  #onFinalization(round: Round, certificate: CarriedCertificate): void {
    const path = this.tree.pathTo(certificate.statement.block);
    if (path === undefined) {
      this.#ports.wantBlock(certificate);
      return;
    }
    this.finalizePath(path, certificate);
    this.#enter(round.view + 1);
  }

  /** Makes a connected path final. The catch-up calls it too, with a verified finalization. */
  finalizePath(path: readonly BlockNode[], certificate: CarriedCertificate): void {
    const newest = path.at(-1);
    if (newest === undefined) return;
    this.#finalization = certificate;
    this.tree.finalize(newest);
    const stale: Write[] = [];
    for (const [view, round] of this.#rounds) {
      if (view > newest.view) continue;
      stale.push(...this.#journalKeys(round));
      this.#rounds.delete(view);
    }
    this.#ports.persist(stale, false);
    this.#ports.finalized(path, certificate);
    this.#timeouts.finalized(this.#nowMs, this.#view, newest.view);
    this.#armView();
    this.#armResync();
  }

  /** Views move on after a catch-up. */
  caughtUp(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#enter(this.finalizedView + 1);
    this.#progress();
  }

  #journalKeys(round: Round): Write[] {
    const writes: Write[] = [];
    const forget = (key: Uint8Array) => writes.push({ key, value: undefined });
    for (const vote of [round.own.notarize, round.own.nullify, round.own.finalize]) {
      if (vote !== undefined) forget(keys.vote(EPOCH, round.view, vote.statement.kind));
    }
    for (const certificate of [round.notarization, round.nullification, round.finalization]) {
      if (certificate !== undefined) forget(keys.certificate(EPOCH, round.view, certificate.statement.kind));
    }
    if (round.proposed) forget(keys.proposal(EPOCH, round.view));
    const notarized = round.own.notarize?.statement.block;
    if (notarized !== undefined) forget(keys.candidate(EPOCH, round.view, notarized));
    return writes;
  }

  /** Whatever became possible: finalizing what connected, voting, proposing. */
  #progress(): void {
    for (const round of [...this.#rounds.values()]) {
      if (round.finalization !== undefined && round.view > this.finalizedView) {
        const path = this.tree.pathTo(round.finalization.statement.block);
        if (path !== undefined) this.finalizePath(path, round.finalization);
      }
    }
    const current = this.#rounds.get(this.#view);
    if (current !== undefined) this.#tryNotarize(current);
    this.#tryPropose();
  }

  // --- lost messages (C7) ------------------------------------------------------------------------------------------

  /** Every t_r: own Nullify of this view and the best certificate for entering it. */
  #resend(): void {
    const round = this.#rounds.get(this.#view);
    if (round?.own.nullify === undefined || !this.#canSpeak()) return;
    const before = this.#rounds.get(this.#view - 1);
    const entry = before?.notarization ?? before?.nullification ?? this.#finalization;
    if (entry !== undefined) this.#ports.broadcast('certificate', entry.bytes);
    this.#ports.broadcast('vote', encodeVote(round.own.nullify));
    this.#ports.setTimer('resend', this.#nowMs + this.#options.genesis.parameters.resendMs);
  }

  /** Something above the final block was voted on: until it is final, others may need to hear it again. */
  #unsettled(): boolean {
    for (const round of this.#rounds.values()) {
      if (round.own.notarize ?? round.own.nullify ?? round.own.finalize ?? round.notarization) return true;
    }
    return false;
  }

  #resyncAtMs: number | undefined;

  #armResync(): void {
    const wanted = this.#unsettled();
    if (wanted && this.#resyncAtMs === undefined) {
      this.#resyncAtMs = this.#nowMs + this.#options.genesis.parameters.resyncMs;
    } else if (!wanted) {
      this.#resyncAtMs = undefined;
    } else if (this.#resyncedView !== this.finalizedView) {
      this.#resyncAtMs = this.#nowMs + this.#options.genesis.parameters.resyncMs;
    }
    this.#resyncedView = this.finalizedView;
    this.#ports.setTimer('resync', this.#resyncAtMs);
  }

  #resyncedView = -1;

  /** Every T_s without finality: the newest finalization, own votes and certificates above it, capped in bytes. */
  #resync(): void {
    this.#resyncAtMs = undefined;
    let budget: number = limits.resyncBytesMax;
    const send = (kind: 'certificate' | 'vote' | 'proposal', bytes: Uint8Array | undefined) => {
      if (bytes === undefined || bytes.length > budget) return;
      budget -= bytes.length;
      this.#ports.broadcast(kind, bytes);
    };
    send('certificate', this.#finalization?.bytes);
    const newestFirst = [...this.#rounds.values()].sort((a, b) => b.view - a.view);
    for (const round of newestFirst) {
      send('certificate', round.finalization?.bytes);
      send('certificate', round.notarization?.bytes);
      send('certificate', round.nullification?.bytes);
      if (!this.#canSpeak()) continue;
      if (round.proposed) send('proposal', round.proposal?.bytes);
      for (const vote of [round.own.notarize, round.own.nullify, round.own.finalize]) {
        if (vote !== undefined) send('vote', encodeVote(vote));
      }
    }
    this.#armResync();
  }

  // --- rounds ------------------------------------------------------------------------------------------------------

  /** The round of a view above the final one. */
  #round(view: number): Round | undefined {
    if (view <= this.finalizedView) return undefined;
    let round = this.#rounds.get(view);
    if (round === undefined) {
      round = new Round(view, this.leaderOf(view));
      this.#rounds.set(view, round);
    }
    return round;
  }

  /** The same, for what others send: never more than a bounded number of views ahead. */
  #roundInWindow(view: number): Round | undefined {
    if (view > this.#view + limits.futureViewsMax) return undefined;
    return this.#round(view);
  }

  /** Newest votes of an authority that are held, at most one a kind (R6). */
  newestVotesOf(authority: AuthorityIndex): CarriedVote[] {
    const newest = new Map<VoteKind, CarriedVote>();
    for (const round of this.#rounds.values()) {
      for (const kind of [VoteKind.NOTARIZE, VoteKind.NULLIFY, VoteKind.FINALIZE]) {
        const vote = round.firstVotes.get(`${kind}:${authority}`);
        if (vote !== undefined && vote.statement.view > (newest.get(kind)?.statement.view ?? 0)) newest.set(kind, vote);
      }
    }
    return [...newest.values()];
  }

  /** Whether the journal holds an own vote at or above a view (R6), or finality made it meaningless. */
  ownVoteKnown(statement: Statement): boolean {
    if (statement.view <= this.finalizedView) return true;
    const own = this.#rounds.get(statement.view)?.own;
    const vote =
      statement.kind === VoteKind.NOTARIZE
        ? own?.notarize
        : statement.kind === VoteKind.NULLIFY
          ? own?.nullify
          : own?.finalize;
    return vote !== undefined && equalBytes(vote.statement.block, statement.block);
  }

  /** A candidate or final block by digest, for those who missed it. */
  blockBytes(digest: Digest): Uint8Array | undefined {
    return this.tree.block(digest)?.bytes;
  }
}
