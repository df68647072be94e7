import { equalBytes } from '../bytes.ts';
import type { Digest } from '../crypto/index.ts';
import { epochOf, isVoter, leaderOf, quorumOf } from '../genesis/authority-set.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import { voteScheme } from '../genesis/vote-scheme.ts';
import { limits } from '../limits.ts';
import { keys } from '../replica/keys.ts';
import { Activity } from './activity.ts';
import { Ballot } from './ballot.ts';
import type { CarriedBlock } from './block.ts';
import { type BlockNode, BlockTree, upToSeal } from './block-tree.ts';
import { Halting } from './halting.ts';
import { replayJournal, type SimplexJournal } from './journal.ts';
import type { SimplexOptions, SimplexPorts } from './ports.ts';
import { Proposer } from './proposer.ts';
import { Relayer } from './relayer.ts';
import { Resender } from './resender.ts';
import type { CarriedProposal, Round } from './round.ts';
import { RoundBook } from './round-book.ts';
import { SafetyWatch } from './safety-watch.ts';
import { Timeouts } from './timeouts.ts';
import { validateProposal } from './validity.ts';
import { VoteDesk } from './vote-desk.ts';
import { type CarriedCertificate, type CarriedStatement, type CarriedVote, VoteKind } from './votes.ts';

const NO_BLOCK: Digest = new Uint8Array(0);

/**
 * Agreement among the authorities: Simplex (Chan & Pass 2023) with lanes as data, DESIGN section 4. Pure: time comes
 * in with every call, effects go out through the ports.
 *
 * Safety in short: two quorums share an honest authority; an honest authority notarizes once per view, so a view has
 * at most one notarization; it never says both Finalize(v) and Nullify(v), so a finalized view is never nullified;
 * a notarized block of a later view therefore has the finalized block among its ancestors.
 */
export class Simplex {
  readonly tree: BlockTree;
  readonly rounds: RoundBook;
  readonly activity: Activity;
  readonly halting: Halting;
  readonly watch: SafetyWatch;
  readonly quorum: number;
  readonly epoch: number;
  readonly #options: SimplexOptions;
  readonly #ports: SimplexPorts;
  readonly #timeouts: Timeouts;
  readonly #votes: VoteDesk;
  readonly #ballot: Ballot | undefined;
  readonly #proposer: Proposer;
  readonly #resender: Resender;
  readonly #relayer: Relayer;
  #view: number;
  #enteredAtMs = 0;
  #finalization: CarriedCertificate | undefined;
  #unconnected: readonly CarriedCertificate[] | undefined;
  #mayVote = false;
  /** R6: others hold votes of ours up to this view that our journal does not know. */
  #voteFloor = 0;
  #newestFinalView: number; // whether or not its block is connected yet
  #nowMs = 0;

  constructor(options: SimplexOptions) {
    const { genesis, self, ports, root, finals } = options;
    const authorityCount = genesis.authorities.length;
    this.#options = options;
    this.#ports = ports;
    this.tree = new BlockTree(root);
    this.quorum = quorumOf(genesis);
    this.epoch = epochOf(genesis);
    this.rounds = new RoundBook(root.view, (view) => this.leaderOf(view));
    const scheme = voteScheme(options.crypto, genesis.voteScheme);
    this.#votes = new VoteDesk({ ...options, scheme, quorum: this.quorum });
    this.#timeouts = new Timeouts(genesis.parameters);
    this.activity = new Activity(genesis, self?.index);
    this.#ballot = self === undefined ? undefined : new Ballot({ ...options, self, authorityCount });
    const { parameters } = genesis;
    const { tree, rounds, epoch } = this;
    this.#proposer = new Proposer({ tree, rounds, ports, parameters, ballot: this.#ballot, epoch });
    this.#resender = new Resender(this.rounds, ports, parameters);
    this.#relayer = new Relayer(ports, parameters);
    this.halting = new Halting(ports);
    const finalization = () => this.#finalization;
    this.watch = new SafetyWatch({ genesis, rounds, tree, halting: this.halting, finals, finalization });
    this.#view = root.view;
    this.#newestFinalView = root.view;
  }

  get view(): number {
    return this.#view;
  }

  get finalizedView(): number {
    return this.tree.root.view;
  }

  get finalization(): CarriedCertificate | undefined {
    return this.#finalization;
  }

  get halted(): boolean {
    return this.halting.code !== undefined;
  }

  /** Certificates whose blocks are not connected to the final one; made anew when a block or a certificate came. */
  get unconnected(): readonly CarriedCertificate[] {
    this.#unconnected ??= this.rounds
      .all()
      .flatMap(({ notarization, finalization }) => [notarization, finalization])
      .filter((certificate) => certificate !== undefined)
      .filter(({ statement }) => this.tree.node(statement.block) === undefined);
    return this.#unconnected;
  }

  /** R6: what this city holds of another's votes. */
  newestVotesOf(authority: AuthorityIndex): CarriedVote[] {
    return this.#votes.newestVotesOf(this.rounds.all(), authority);
  }

  leaderOf(view: number): AuthorityIndex {
    return leaderOf(this.#options.genesis, view);
  }

  /** C9: puts back the whole journal, before `start`. */
  restore(journal: SimplexJournal): void {
    this.halting.restore(journal.halted);
    this.#finalization = journal.finalization;
    replayJournal(journal, this.rounds, this.tree);
  }

  /** Enters the newest view that the certificates allow (C1) and arms the timers. */
  start(nowMs: number): void {
    this.halting.remind();
    this.#nowMs = nowMs;
    let view = this.finalizedView + 1;
    for (const round of this.rounds.all()) {
      const { notarization, nullification, finalization } = round;
      if (notarization ?? nullification ?? finalization) view = Math.max(view, round.view + 1);
      if (finalization !== undefined) this.#newestFinalView = Math.max(this.#newestFinalView, round.view);
    }
    this.#enter(view);
  }

  /** R6 is done: from now on this city may vote and propose, in views above `voteFloor`. */
  allowVoting(nowMs: number, voteFloor: number): void {
    this.#nowMs = nowMs;
    this.#mayVote = true;
    this.#voteFloor = voteFloor;
    this.#enteredAtMs = nowMs;
    this.activity.begin(this.#view);
    this.#timeouts.enter(nowMs, this.#view, this.finalizedView, this.#proposer.hasWork(this.#view));
    this.#armView();
    if (this.rounds.peek(this.#view)?.own.nullify !== undefined) this.#resender.armResend(nowMs); // guard: C9 a restart arms the timers again
    this.#resender.armResync(nowMs);
    for (const round of this.rounds.all()) {
      for (const vote of [round.own.notarize, round.own.nullify, round.own.finalize]) {
        if (vote !== undefined) this.#certify(round, vote.statement);
      }
    }
    this.#progress();
  }

  // --- inputs ------------------------------------------------------------------------------------------------------

  /** Whether a proposal of this block would tell anything new (asked before its signature is verified). */
  wantsProposal({ view, digest }: CarriedBlock): boolean {
    if (view <= this.finalizedView || view > this.#view + limits.futureViewsMax) return false;
    const round = this.rounds.peek(view);
    if (round?.proposal === undefined) return true;
    return !round.leaderEquivocated && !equalBytes(round.proposal.block.digest, digest);
  }

  /** A proposal whose leader signature was verified by the caller. */
  onProposal(nowMs: number, proposal: CarriedProposal): void {
    this.#nowMs = nowMs;
    const { block } = proposal;
    const round = this.#roundInWindow(block.view);
    if (round === undefined) return;
    this.activity.heard(round.leader, block.view);
    if (round.proposal === undefined) {
      round.proposal = proposal;
      if (block.view === this.#view) this.#armView();
    } else {
      if (equalBytes(round.proposal.block.digest, block.digest) || round.leaderEquivocated) return;
      // The second block is kept too, in case it is the one that others notarize.
      round.equivocation = proposal;
      this.#ports.conflictingProposals(round.proposal.bytes, proposal.bytes); // guard: C10 conflicting proposals
    }
    this.#votes.showProposal(round);
    this.#addBlock(block);
    this.#progress();
  }

  /** A vote from its voter's authenticated connection; the signature is verified when it could matter. */
  onVote(nowMs: number, vote: CarriedVote): void {
    this.#nowMs = nowMs;
    const { statement, voter } = vote;
    if (statement.epoch !== this.epoch) return; // guard: C12 votes of other epochs are refused
    if (!isVoter(this.#options.genesis, voter)) return; // guard: C12 only those who vote are counted
    const round = this.#roundInWindow(statement.view);
    if (round === undefined) return;
    this.activity.heard(voter, statement.view);
    if (!this.#votes.hear(round, vote)) return;
    if (round.view === this.#view && this.#votes.leaderGaveUp(round)) this.#nullify(round.view); // guard: C5 the leader itself nullified
    this.#certify(round, statement);
  }

  /** A certificate that the caller verified. */
  onCertificate(nowMs: number, certificate: CarriedCertificate): void {
    this.#nowMs = nowMs;
    this.#apply(certificate);
  }

  /** Whether a certificate for this statement would tell anything new (asked before the costly verification). */
  wantsCertificate(statement: CarriedStatement): boolean {
    if (statement.epoch !== this.epoch) return false; // guard: C12 certificates of other epochs are refused
    if (this.watch.excludes(statement)) return !this.halting.safetyViolated;
    if (statement.view <= this.finalizedView) return false;
    return this.rounds.peek(statement.view)?.certificate(statement.kind) === undefined;
  }

  /** A fetched block (its digest was asked for). */
  onBlock(nowMs: number, block: CarriedBlock): void {
    this.#nowMs = nowMs;
    this.#addBlock(block);
    this.#progress();
  }

  #addBlock(block: CarriedBlock): void {
    this.tree.add(block);
    this.#unconnected = undefined;
    const node = this.tree.node(block.digest);
    const notarized = this.rounds.peek(block.view)?.notarizedDigest ?? NO_BLOCK;
    if (node !== undefined && equalBytes(notarized, block.digest)) this.#ports.notarized(node);
  }

  /** Lanes grew, or blocks were executed: what waited may now be valid, a leader may have something to say. */
  onProgress(nowMs: number): void {
    this.#nowMs = nowMs;
    if (this.#proposer.hasWork(this.#view) && this.#timeouts.workArrived(nowMs)) this.#armView(); // C8: new work shortens the timer
    this.#progress();
  }

  onTimer(nowMs: number, name: 'view' | 'resend' | 'propose' | 'resync' | 'relay'): void {
    this.#nowMs = nowMs;
    if (name === 'propose') this.#tryPropose();
    else if (name === 'view') this.#onViewTimer();
    else if (name === 'relay') this.#relayer.relay(this.#finalization);
    else if (name === 'resync') this.#resender.resync(nowMs, this.#finalization, this.#canSpeak);
    else if (this.#canSpeak) this.#resender.resend(nowMs, this.#view, this.#finalization);
  }

  // --- views -------------------------------------------------------------------------------------------------------

  #enter(view: number): void {
    if (view <= this.#view) return; // guard: C1 views only go forward
    this.#view = view;
    this.#enteredAtMs = this.#nowMs;
    this.#timeouts.enter(this.#nowMs, view, this.finalizedView, this.#proposer.hasWork(this.#view));
    this.#ports.setTimer('propose', undefined);
    this.#armView();
    this.#resender.viewEntered(this.#nowMs);
    const round = this.rounds.peek(view);
    if (round !== undefined && this.#votes.leaderGaveUp(round)) this.#nullify(view); // guard: C5 the leader nullified before this city came here
    if (this.activity.leaderIsSilent(this.leaderOf(view), view)) this.#nullify(view); // guard: C5 a silent leader is skipped at once
  }

  #armView(): void {
    const round = this.rounds.peek(this.#view);
    const settled = round?.own.nullify !== undefined || round?.own.finalize !== undefined;
    const armed = this.#canVoteIn(this.#view) && !settled;
    this.#ports.setTimer('view', armed ? this.#timeouts.next(round?.proposal !== undefined) : undefined);
  }

  #onViewTimer(): void {
    const proposed = this.rounds.peek(this.#view)?.proposal !== undefined;
    // C5: no proposal in 2Δ, or not notarized by 3Δ.
    if (this.#nowMs >= this.#timeouts.next(proposed)) this.#nullify(this.#view);
    else this.#armView();
  }

  // --- proposing (C2) ----------------------------------------------------------------------------------------------

  #tryPropose(): void {
    if (!this.#canVoteIn(this.#view) || this.leaderOf(this.#view) !== this.#options.self?.index) return;
    const round = this.rounds.open(this.#view);
    if (round === undefined || round.own.nullify !== undefined) return;
    if (round.proposed) return; // guard: C2 one proposal per view
    if (!this.#proposer.propose(round, this.#nowMs, this.#enteredAtMs)) return;
    this.#armView();
    this.#tryNotarize();
  }

  // --- voting ------------------------------------------------------------------------------------------------------

  get #canSpeak(): boolean {
    // guard: C12 nobody votes in an epoch that is over
    return this.#ballot !== undefined && this.#mayVote && !this.halted && !this.tree.root.sealed;
  }

  #canVoteIn(view: number): boolean {
    return this.#canSpeak && view > this.#voteFloor;
  }

  /** C3: notarize at most one block per view, the first valid one from the leader, never after own Nullify(v). */
  #tryNotarize(): void {
    const round = this.rounds.peek(this.#view);
    if (round === undefined) return;
    if (!this.#canVoteIn(round.view)) return; // guard: R6 no vote where a lost journal may have voted
    if (round.own.notarize !== undefined) return; // guard: C3 one Notarize per view
    if (round.own.nullify !== undefined) return; // guard: C3 never Notarize after Nullify
    if (round.proposal === undefined || round.proposalInvalid) return;
    const { block } = round.proposal;
    const verdict = validateProposal({
      block,
      tree: this.tree,
      finalizedView: this.finalizedView,
      round: (view) => this.rounds.peek(view),
      ports: this.#ports,
      nowMs: this.#nowMs,
    });
    if (verdict === 'valid') {
      const candidate = { key: keys.candidate(this.epoch, round.view, block.digest), value: block.bytes };
      this.#vote(round, VoteKind.NOTARIZE, block.digest, [candidate]);
    } else if (verdict === 'wait-parent') {
      this.#ports.wantParent(block, round.leader);
    } else if (verdict === 'invalid') {
      round.proposalInvalid = true;
      this.#nullify(round.view); // C5: the proposal is invalid
    }
  }

  /** C5: Nullify(v) unless Finalize(v) was voted. */
  #nullify(view: number): void {
    const round = this.rounds.open(view);
    if (round === undefined || !this.#canVoteIn(view) || round.own.nullify !== undefined) return;
    if (round.own.finalize !== undefined) return; // guard: C5 never Nullify after Finalize
    this.#vote(round, VoteKind.NULLIFY, NO_BLOCK);
    if (view !== this.#view) return;
    this.#armView();
    this.#resender.armResend(this.#nowMs);
  }

  /** C4: Finalize(v) unless Nullify(v) was voted, the leader equivocated in v, or v is not above the last final view. */
  #tryFinalize(round: Round): void {
    const digest = round.notarizedDigest;
    if (digest === undefined || !this.#canVoteIn(round.view) || round.own.finalize !== undefined) return;
    if (round.own.nullify !== undefined) return; // guard: C4 never Finalize after Nullify
    if (round.leaderEquivocated) return; // guard: C4 no Finalize for an equivocating leader
    if (round.view <= this.#newestFinalView) return; // guard: C4 nothing at or below the last final view
    this.#vote(round, VoteKind.FINALIZE, digest);
  }

  #vote(round: Round, kind: VoteKind, block: Digest, writes: Parameters<Ballot['vote']>[2] = []): void {
    const vote = this.#ballot?.vote(round, { kind, epoch: this.epoch, view: round.view, block }, writes);
    if (vote === undefined) return;
    round.tally(vote.statement).addVerified(vote.voter, vote.signature);
    this.#resender.armResync(this.#nowMs);
    this.#certify(round, vote.statement);
  }

  #certify(round: Round, statement: CarriedStatement): void {
    if (!this.wantsCertificate(statement)) return;
    const certificate = this.#votes.certify(round, statement);
    if (certificate !== undefined) this.#apply(certificate);
  }

  // --- certificates ------------------------------------------------------------------------------------------------

  #apply(certificate: CarriedCertificate): void {
    const { statement } = certificate;
    if (!this.wantsCertificate(statement) || this.watch.judge(certificate)) return;
    const round = this.rounds.open(statement.view);
    if (round === undefined) return;
    round.setCertificate(certificate);
    this.#unconnected = undefined;
    const key = keys.certificate(this.epoch, round.view, statement.kind);
    this.#ports.persist([{ key, value: certificate.bytes }], true); // guard: C9 certificates are durable before they leave
    this.#relayer.add(this.#nowMs, certificate);
    if (statement.kind === VoteKind.NOTARIZE) this.#onNotarization(round, certificate);
    if (statement.kind === VoteKind.FINALIZE) this.#onFinalization(certificate);
    this.#enter(round.view + 1); // guard: C1 a certificate of a view opens the next
    this.#progress();
  }

  #onNotarization(round: Round, certificate: CarriedCertificate): void {
    const node = this.tree.node(certificate.statement.block);
    if (node !== undefined) this.#ports.notarized(node);
    this.#tryFinalize(round);
  }

  /** C6: the block and all its ancestors are final, whatever the current view is. */
  #onFinalization(certificate: CarriedCertificate): void {
    this.#newestFinalView = Math.max(this.#newestFinalView, certificate.statement.view);
    const path = this.tree.pathTo(certificate.statement.block);
    if (path !== undefined) this.#finalizePath(path, certificate);
  }

  /** A fetched chain of blocks on the final one, with a verified finalization of its end (G3). */
  onFinalPath(nowMs: number, path: readonly BlockNode[], certificate: CarriedCertificate): void {
    this.#nowMs = nowMs;
    this.#finalizePath(path, certificate);
  }

  #finalizePath(chain: readonly BlockNode[], certificate: CarriedCertificate): void {
    if (this.tree.root.sealed) return; // guard: C12 nothing follows the seal in its epoch
    const path = upToSeal(chain);
    const newest = path.at(-1);
    if (newest === undefined || this.watch.judgePath(chain, certificate)) return;
    this.watch.finalized(path);
    this.#finalization = certificate;
    this.#newestFinalView = Math.max(this.#newestFinalView, newest.view);
    this.tree.finalize(newest);
    this.#unconnected = undefined;
    const closed = this.rounds.close(newest.view);
    this.#ports.persist(
      closed.flatMap((round) => round.forgetJournal(this.epoch)),
      false,
    );
    this.#ports.finalized(path, certificate, chain.slice(path.length));
    this.#timeouts.finalized(this.#view, newest.view); // guard: C8 timeouts reset on finalization
    this.#enter(newest.view + 1); // C1
    this.#armView();
    this.#resender.finalized(this.#nowMs);
  }

  /** Whatever became possible: finalizing what connected, voting, proposing. */
  #progress(): void {
    for (const { finalization } of this.rounds.all()) {
      if (finalization === undefined || finalization.statement.view <= this.finalizedView) continue;
      const path = this.tree.pathTo(finalization.statement.block);
      if (path !== undefined) this.#finalizePath(path, finalization);
      else this.watch.judgeUnconnected(finalization);
    }
    this.#tryNotarize();
    this.#tryPropose();
  }

  /** The round of what others send: never more than a bounded number of views ahead. */
  #roundInWindow(view: number): Round | undefined {
    return view > this.#view + limits.futureViewsMax ? undefined : this.rounds.open(view);
  }
}
