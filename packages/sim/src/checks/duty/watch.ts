import { type Effect, type Input, readU48 } from '@hansa/protocol/replica';
import { areContrary, isSigned } from '../accusation.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import type { SeenCertificate, SeenFrame, SeenProposal, SeenVote, VoteKind } from '../decode.ts';
import { SeenView } from './seen-view.ts';

/** Views ahead of its own for which a city keeps what it hears. */
const VIEWS_AHEAD = 64;
const TABLES = { floor: 7, certificates: 9 } as const;
/** Alarms that do not stop a city. */
const PASSING_ALARMS = new Set(['RESTORED_FROM_BACKUP', 'OWN_LANE_MISSING']);

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
  readonly heardIn: number[];
  /** Proofs that are kept: `accused:type`. */
  readonly evidence: Set<string>;
  turn: Turn | undefined;
  readonly #chronicle: Chronicle;

  constructor(chronicle: Chronicle, city: City) {
    this.#chronicle = chronicle;
    this.city = city;
    this.finalView = city.floor.view;
    this.halted = city.haltedBy !== undefined;
    this.ownFinal = chronicle.chain.tipAt(city.node, city.floor.height).sequence;
    this.heardIn = new Array<number>(chronicle.n).fill(0);
    for (const [view, own] of city.views) if (view > this.finalView) this.of(view).restore(own);
    this.evidence = new Set(city.evidence);
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
    return this.joined && !this.halted;
  }

  /** Newest view with a finalization, whether or not its block is there. */
  get newestFinal(): number {
    let newest = this.finalView;
    for (const [view, { finalization }] of this.views) if (finalization !== undefined) newest = Math.max(newest, view);
    return newest;
  }

  /** Whether what is said of a view is listened to. */
  isOpen(view: number): boolean {
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
    const { view, ofThisEpoch } = statement;
    if (!this.isOpen(view) || !ofThisEpoch || voter >= this.#chronicle.n) return;
    this.heardIn[voter] = Math.max(view, this.heardIn[voter] ?? 0);
    const isHonest = this.#chronicle.trust.isHonest(voter);
    if (!isHonest && !isSigned(this.#chronicle.world.federation, vote)) return;
    const seen = this.of(view);
    if (seen.votesOf(voter).some((other) => areContrary(other, vote))) seen.conflicted.add(voter);
    seen.note(vote, isHonest);
  }

  #hearProposal(proposal: SeenProposal): void {
    const { view, digest, ofThisEpoch } = proposal.block;
    if (!this.isOpen(view) || !ofThisEpoch) return;
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
    } else if (effect.kind === 'evidence') {
      this.evidence.add(`${effect.accused}:${effect.type}`);
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
      this.finalView = Math.max(this.finalView, readU48(value, 6));
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

export { SeenView };
