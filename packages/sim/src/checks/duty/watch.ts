import { equalBytes, toHex } from '@hansa/protocol';
import { type Effect, type Input, readU48 } from '@hansa/protocol/replica';
import { areContrary, isSigned } from '../accusation.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import type { SeenCertificate, SeenFrame, SeenProposal, SeenVote, VoteKind } from '../decode.ts';
import { epochView, viewAt } from '../epoch-view.ts';
import type { AuthoritySet } from '../membership-rules.ts';
import { SeenView } from './seen-view.ts';

/** Views ahead of its own for which a city keeps what it hears. */
const VIEWS_AHEAD = 64;
const TABLES = { floor: 7, certificates: 9 } as const;
/** Alarms that do not stop a city. */
const PASSING_ALARMS = new Set(['RESTORED_FROM_BACKUP', 'OWN_LANE_MISSING', 'NO_LONGER_VOTING']);

/** What happened in the turn that is being watched. */
export interface Turn {
  readonly input: Input;
  readonly frame: SeenFrame | undefined;
  /** Virtual time, and the city's own, at which its input was handled. */
  readonly atUs: number;
  readonly atMs: number;
  readonly viewBefore: number;
  readonly joinedBefore: boolean;
  /** Newest view with a finalization. */
  readonly finalBefore: number;
  /** Newest view in which each authority had been heard. */
  readonly heardBefore: readonly number[];
  readonly said: SeenFrame[];
  /** Certificates that are held since this turn. */
  readonly certificates: SeenCertificate[];
  /** Own votes that were signed in this turn. */
  readonly votes: SeenVote[];
  /** Proofs that are kept since this turn. */
  readonly evidence: string[];
}

/** One honest city in one life, as its inputs and effects show it: all that its duties depend on. */
export class Watch {
  readonly city: City;
  /** Above the final view. */
  readonly views = new Map<number, SeenView>();
  /** C1: the view that the certificates put it in. */
  view = 0;
  enteredUs = 0;
  enteredMs = 0;
  finalView: number;
  /** When the final view moved last; when the city joined, or was resumed. */
  finalUs = 0;
  awakeUs = 0;
  joined = false;
  joinedMs = 0;
  /** C5: the view that it stood in when it joined; before that it could hear nobody. */
  joinedView = 0;
  halted: boolean;
  /** Newest own entry that is final, as far as this city knows. */
  ownFinal: number;
  /** Newest view in which each authority was heard. */
  heardIn: number[];
  /** Proofs that are kept: `accused:type`. */
  readonly evidence: Set<string>;
  turn: Turn | undefined;
  /** C12: the epoch that it is in. */
  readonly epoch: number;
  /** Whether it has a vote there, and the keys for it. */
  readonly hasVote: boolean;
  /** Its seal is final here, and not all of it executed: nobody speaks in it any more. */
  isOver: boolean;
  readonly #chronicle: Chronicle;

  constructor(chronicle: Chronicle, city: City, epoch: number = chronicle.epochOf(city)) {
    this.#chronicle = chronicle;
    this.epoch = epoch;
    this.city = city;
    // C12: where the epoch has only begun, its views go on from the seal of the one before.
    this.finalView = Math.max(city.floor.view, epochView(epoch, viewAt(city.floor.view)));
    this.isOver = chronicle.sets.sealOf(epoch)?.digest === city.floor.digest;
    this.halted = city.haltedBy !== undefined;
    this.ownFinal = chronicle.chain.tipAt(city.node, city.floor.height).sequence;
    this.heardIn = [];
    for (const [view, own] of city.views) if (view > this.finalView) this.of(view).restore(own);
    this.evidence = new Set([...city.evidence].filter((proof) => proof.endsWith(`:${epoch}`)));
    const seat = this.set.seats[city.authority ?? -1];
    const { laneKey = seat?.laneKey } = city.view;
    this.hasVote = seat?.standing === undefined && seat !== undefined && equalBytes(seat.laneKey, laneKey ?? NO_KEY);
  }

  /** C12: the same city as it goes on in the next epoch, in the turn in which that begins. */
  next(epoch: number): Watch {
    const next = new Watch(this.#chronicle, this.city, epoch);
    const { turn } = this;
    next.finalView = epochView(epoch, viewAt(this.finalView));
    next.halted = this.halted;
    next.ownFinal = this.ownFinal;
    // Who came through the seal alive has said nothing yet; whoever gets its vote by it asks first (R6).
    next.joined = this.joined && this.hasVote === next.hasVote;
    if (turn === undefined) return next;
    next.turn = { ...turn, frame: undefined, viewBefore: next.finalView + 1, joinedBefore: false, said: [] };
    Object.assign(next.turn, {
      certificates: [],
      votes: [],
      evidence: [],
      finalBefore: next.finalView,
      heardBefore: [],
    });
    next.view = next.finalView + 1;
    next.joinedView = next.view;
    next.enteredUs = turn.atUs;
    next.enteredMs = turn.atMs;
    next.joinedMs = turn.atMs;
    next.finalUs = turn.atUs;
    next.awakeUs = turn.atUs;
    return next;
  }

  get set(): AuthoritySet {
    const { sets } = this.#chronicle;
    return sets.at(this.epoch) ?? sets.current;
  }

  of(view: number): SeenView {
    let seen = this.views.get(view);
    if (seen === undefined) {
      seen = new SeenView(view);
      this.views.set(view, seen);
    }
    return seen;
  }

  /** C2: who leads the view that it is in. */
  get leader(): number {
    return this.#chronicle.leaderOf(this.view);
  }

  get maySpeak(): boolean {
    return this.joined && !this.halted && !this.isOver;
  }

  /** Newest view with a finalization, whether or not its block is there. */
  get newestFinal(): number {
    let newest = this.finalView;
    for (const [view, { finalization }] of this.views) if (finalization !== undefined) newest = Math.max(newest, view);
    return newest;
  }

  /** Whether what is said of a view is listened to. */
  isOpen(view: number): boolean {
    // What another epoch says is far below or above.
    return view > this.finalView && view <= this.view + VIEWS_AHEAD;
  }

  // --- input -------------------------------------------------------------------------------------------------------

  hear(input: Input, frame: SeenFrame | undefined): void {
    const heardBefore = frame === undefined ? this.heardIn : [...this.heardIn];
    this.turn = {
      input,
      frame,
      atUs: this.#chronicle.world.nowUs,
      atMs: input.nowMs,
      viewBefore: this.view,
      joinedBefore: this.joined,
      finalBefore: this.newestFinal,
      heardBefore,
      said: [],
      certificates: [],
      votes: [],
      evidence: [],
    };
    if (input.kind !== 'message' || frame === undefined) return;
    if (frame.kind === 'vote' && frame.vote.voter === input.from) this.#hearVote(frame.vote);
    if (frame.kind === 'proposal') this.#hearProposal(frame.proposal);
  }

  #hearVote(vote: SeenVote): void {
    const { statement, voter } = vote;
    const { view } = statement;
    if (!this.isOpen(view) || !this.set.voters.includes(voter)) return;
    this.heardIn[voter] = Math.max(view, this.heardIn[voter] ?? 0);
    const isHonest = this.#chronicle.trust.isHonest(voter);
    if (!isHonest && !isSigned(this.#chronicle, vote)) return;
    const seen = this.of(view);
    if (seen.votesOf(voter).some((other) => areContrary(other, vote))) seen.conflicted.add(voter);
    seen.note(vote, isHonest);
  }

  #hearProposal(proposal: SeenProposal): void {
    const { view, digest } = proposal.block;
    if (!this.isOpen(view)) return;
    const seen = this.of(view);
    const isKnown = seen.proposals.some(({ block }) => block.digest === digest);
    if (isKnown || !this.#chronicle.isSigned(proposal)) return;
    const leader = this.#chronicle.leaderOf(view);
    this.heardIn[leader] = Math.max(view, this.heardIn[leader] ?? 0);
    seen.proposals.push(proposal);
  }

  // --- effects -----------------------------------------------------------------------------------------------------

  act(effect: Effect, frame: SeenFrame | undefined): void {
    const { turn } = this;
    if (turn === undefined) return;
    if (frame !== undefined) {
      turn.said.push(frame);
      if (frame.kind === 'vote') this.#sayVote(turn, frame.vote);
      if (frame.kind === 'proposal') this.#sayProposal(effect, frame.proposal);
    } else if (effect.kind === 'persist') {
      for (const { key, value } of effect.writes) if (value !== undefined) this.#write(turn, key, value);
    } else if (effect.kind === 'joined') {
      this.joined = true;
      this.joinedMs = turn.atMs;
      this.joinedView = this.#certifiedView;
      this.awakeUs = turn.atUs;
    } else if (effect.kind === 'finalized') {
      const own = effect.tips.find(({ lane }) => lane === this.city.authority);
      this.ownFinal = own?.sequence ?? this.ownFinal;
      const block = this.#chronicle.blocks.get(toHex(effect.blockDigest));
      this.isOver ||= block !== undefined && block.epoch === this.epoch && block.checkpoint.nextAuthoritySet !== '';
    } else if (effect.kind === 'evidence') {
      this.evidence.add(`${effect.accused}:${effect.type}:${this.epoch}`);
      turn.evidence.push(effect.type);
    } else if (effect.kind === 'alarm' && !PASSING_ALARMS.has(effect.error.code)) {
      this.halted = true;
    }
  }

  #sayVote(turn: Turn, vote: SeenVote): void {
    const { view } = vote.statement;
    if (vote.voter !== this.city.authority || view <= this.finalView) return;
    if (this.of(view).say(vote.statement, turn.atUs)) turn.votes.push(vote);
  }

  #sayProposal(effect: Effect, proposal: SeenProposal): void {
    const { view } = proposal.block;
    if (view <= this.finalView) return;
    const seen = this.of(view);
    if (effect.kind === 'send') seen.shownTo.add(effect.to);
    const isOwn = this.#chronicle.leaderOf(view) === this.city.authority;
    if (isOwn && seen.proposals.length === 0) seen.proposals.push(proposal);
  }

  #write(turn: Turn, key: Uint8Array, value: Uint8Array): void {
    if (key[0] === TABLES.certificates) {
      const certificate = this.#chronicle.decoder.certificate(value);
      if (certificate === undefined) return;
      turn.certificates.push(certificate);
      if (certificate.statement.view > this.finalView) this.of(certificate.statement.view).hold(certificate.statement);
    } else if (key[0] === TABLES.floor) {
      this.finalView = Math.max(this.finalView, epochView(this.epoch, readU48(value, 6)));
      this.finalUs = turn.atUs;
      for (const view of this.views.keys()) if (view <= this.finalView) this.views.delete(view);
    }
  }

  get #certifiedView(): number {
    let view = this.finalView + 1;
    for (const seen of this.views.values()) if (seen.isCertified) view = Math.max(view, seen.view + 1);
    return view;
  }

  /** C1: after a turn, the city is in the newest view that its certificates let it enter. */
  settleView(): void {
    const view = this.#certifiedView;
    if (view === this.view || this.turn === undefined) return;
    this.view = view;
    this.enteredUs = this.turn.atUs;
    this.enteredMs = this.turn.atMs;
  }

  /** Votes of this kind that name a statement: by honest others who were heard, and the own one. */
  countOf(kind: VoteKind, view: number, block: string): number {
    const seen = this.views.get(view);
    if (seen === undefined) return 0;
    return seen.heard(kind, block) + (seen.own(kind) === block ? 1 : 0);
  }
}

const NO_KEY = new Uint8Array(0);

export { SeenView };
