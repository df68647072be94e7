import type { Transit } from '../world/contract.ts';
import type { MessageKind } from './message-kind.ts';
import type { Result } from './schema.ts';

type Window = Result['window'];
type Mark = Window['marks'][number];

/** Why a part of the run is worth a picture; the most interesting one wins. */
export type Reason = 'views' | 'fault' | 'violation' | 'chosen';
const interest: readonly Reason[] = ['views', 'fault', 'violation', 'chosen'];

export interface ChosenWindow {
  readonly fromUs: number;
  readonly toUs: number;
}

export interface SpaceTimeOptions {
  readonly nodes: number;
  readonly deltaUs: number;
  readonly chosen?: ChosenWindow;
}

/** No message's bytes are kept: the memory of a window is bounded whatever the cities send. */
interface Sent {
  id: number;
  from: number;
  to: number;
  sentUs: number;
  arrivesUs: number;
  lost: boolean;
  message: MessageKind;
}

interface Capture {
  readonly fromUs: number;
  toUs: number;
  /** Views that honest cities entered since its moment. */
  views: number;
  readonly nodes: ReadonlySet<number>;
  readonly sent: Sent[];
  readonly marks: Mark[];
}

/** More lines than a picture of a space-time diagram can show; more cities than it has room for. */
const MESSAGES_MAX = 4000;
const NODES_MAX = 12;
/** What is remembered in case that something interesting happens next. */
const REMEMBERED_MESSAGES = 16_384;
const REMEMBERED_MARKS = 1024;
/** A window shows so many views before its moment and after it, */
const VIEWS_BEFORE = 3;
const VIEWS_AFTER = 9;
/** and where views take their time, so many Δ. */
const DELTAS_BEFORE = 3;
const DELTAS_AFTER = 9;

/**
 * Keeps the messages of one window of the run for the space-time diagram: the one that was asked for, or the surroundings
 * of the first violation, else of the first fault, else the first views.
 */
export class SpaceTime {
  readonly #options: SpaceTimeOptions;
  /** A ring, by id; its objects are used again. */
  readonly #recent: Sent[] = [];
  #recentMarks: Mark[] = [];
  /** When the last views were entered. */
  #viewTimes: number[] = [];
  readonly #captures = new Map<Reason, Capture>();
  #open: Capture[] = [];
  /** Lost messages are looked up by their id while they are remembered. */
  readonly #captured = new Map<number, Sent[]>();

  constructor(options: SpaceTimeOptions) {
    this.#options = options;
    const { chosen } = options;
    if (chosen === undefined) return;
    const capture = this.#capture('chosen', chosen.fromUs, chosen.toUs, [], []);
    capture.views = VIEWS_AFTER;
  }

  /** Honest cities entered a new view. */
  enteredView(nowUs: number): void {
    this.#viewTimes.push(nowUs);
    if (this.#viewTimes.length > VIEWS_BEFORE) this.#viewTimes.shift();
    for (const capture of this.#open) {
      capture.views++;
      if (capture.views === VIEWS_AFTER) capture.toUs = Math.min(capture.toUs, nowUs);
    }
  }

  /** True when a moment of this kind would still be recorded. */
  wants(reason: Reason): boolean {
    return this.#options.chosen === undefined && !this.#captures.has(reason);
  }

  /** Something of this kind happens now; `named` are the cities that it is about, `leaders` those of the next views. */
  moment(nowUs: number, reason: Reason, named: readonly number[], leaders: readonly number[]): void {
    if (!this.wants(reason)) return;
    const { deltaUs } = this.#options;
    const viewUs = this.#viewTimes[0] ?? 0;
    const fromUs = Math.max(0, viewUs, nowUs - DELTAS_BEFORE * deltaUs);
    const capture = this.#capture(reason, fromUs, nowUs + DELTAS_AFTER * deltaUs, named, leaders);
    const remembered = this.#recent.filter(({ sentUs }) => sentUs >= fromUs).sort((a, b) => a.id - b.id);
    for (const sent of remembered) this.#keep(capture, sent);
    capture.marks.push(...this.#recentMarks.filter(({ node, atUs }) => atUs >= fromUs && capture.nodes.has(node)));
  }

  sent(nowUs: number, { id, from, to, sentAtUs }: Transit, arrivesUs: number, message: MessageKind): void {
    const sent = this.#remember(id);
    sent.id = id;
    sent.from = from;
    sent.to = to;
    sent.sentUs = sentAtUs;
    sent.arrivesUs = arrivesUs;
    sent.lost = false;
    sent.message = message;
    if (this.#open.length === 0) return;
    for (const capture of this.#open) this.#keep(capture, sent);
    this.#open = this.#open.filter(({ toUs }) => nowUs <= toUs);
  }

  lost({ id }: Transit): void {
    const recent = this.#recent[id % REMEMBERED_MESSAGES];
    if (recent?.id === id) recent.lost = true;
    for (const copy of this.#captured.get(id) ?? []) copy.lost = true;
  }

  mark(nowUs: number, node: number, kind: string, text: string): void {
    const mark = { node, atUs: nowUs, kind, text };
    this.#recentMarks.push(mark);
    if (this.#recentMarks.length > 2 * REMEMBERED_MARKS) this.#recentMarks = this.#recentMarks.slice(-REMEMBERED_MARKS);
    for (const capture of this.#open) {
      if (nowUs >= capture.fromUs && nowUs <= capture.toUs && capture.nodes.has(node)) capture.marks.push(mark);
    }
  }

  finish(endedAtUs: number): Window {
    const best = interest.findLast((reason) => this.#captures.has(reason));
    const capture = best === undefined ? undefined : this.#captures.get(best);
    if (capture === undefined) return { fromUs: 0, toUs: 0, nodes: [], messages: [], marks: [] };
    return {
      fromUs: capture.fromUs,
      toUs: Math.max(capture.fromUs, Math.min(capture.toUs, endedAtUs)),
      nodes: [...capture.nodes].sort((a, b) => a - b),
      messages: capture.sent.map(messageOf),
      marks: capture.marks,
    };
  }

  #capture(
    reason: Reason,
    fromUs: number,
    toUs: number,
    named: readonly number[],
    leaders: readonly number[],
  ): Capture {
    const { nodes } = this.#options;
    const everybody = Array.from({ length: nodes }, (_, node) => node);
    // Few cities: all. Many: those it is about, the next leaders, and as many more as there is room for.
    const order = [...named.slice(0, NODES_MAX / 2), ...leaders, ...everybody];
    const chosen = new Set<number>();
    for (const node of order) if (chosen.size < NODES_MAX && node < nodes) chosen.add(node);
    const capture: Capture = { fromUs, toUs, views: 0, nodes: chosen, sent: [], marks: [] };
    this.#captures.set(reason, capture);
    this.#open.push(capture);
    return capture;
  }

  #keep(capture: Capture, sent: Sent): void {
    const { id, from, to, sentUs } = sent;
    if (sentUs < capture.fromUs || sentUs > capture.toUs) return;
    if (!capture.nodes.has(from) || !capture.nodes.has(to)) return;
    const copy = { ...sent };
    capture.sent.push(copy);
    this.#captured.set(id, [...(this.#captured.get(id) ?? []), copy]);
    if (capture.sent.length >= MESSAGES_MAX) capture.toUs = sentUs;
  }

  #remember(id: number): Sent {
    const slot = id % REMEMBERED_MESSAGES;
    const known = this.#recent[slot];
    if (known !== undefined) return known;
    const fresh = { id, from: 0, to: 0, sentUs: 0, arrivesUs: 0, lost: false, message: nothing };
    this.#recent[slot] = fresh;
    return fresh;
  }
}

const nothing: MessageKind = { kind: '', view: undefined };

function messageOf({ from, to, sentUs, arrivesUs, lost, message }: Sent): Window['messages'][number] {
  const { kind, view } = message;
  const shown = { from, to, sentUs, arrivedUs: lost ? null : arrivesUs, kind };
  return view === undefined ? shown : { ...shown, view };
}
