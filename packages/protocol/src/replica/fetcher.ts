import type { AuthorityIndex, Parameters } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { type EntryRange, encodeEntriesRequest } from './entry-range.ts';
import type { Outbox } from './outbox.ts';

/** Something another city has and this one needs. */
export interface Want {
  /** Names the need: at most one request per key is under way. */
  readonly key: string;
  /** Bytes of `SyncRequest`. Needs are stated after every input, and asked for now and then. */
  readonly request: () => Uint8Array;
  /** Whom to ask first; the others follow in turn. */
  readonly prefer: readonly AuthorityIndex[];
  /** Not before this time: what is being pushed anyway should not be pulled too. */
  readonly notBeforeMs: number;
  /** What the reply is held against when entries are asked for. */
  readonly range?: EntryRange;
}

/** The need for entries. */
export function wantEntries(
  key: string,
  range: EntryRange,
  prefer: readonly AuthorityIndex[],
  notBeforeMs: number,
): Want {
  return { key, request: () => encodeEntriesRequest(range), prefer, notBeforeMs, range };
}

/** Which need a reply answers, whom it came from, and what was asked. */
export interface Settled {
  readonly key: string;
  readonly from: AuthorityIndex;
  readonly range: EntryRange | undefined;
}

interface OpenWant {
  want: Want;
  attempts: number;
  /** Id of the request under way. */
  requestId: number | undefined;
  nextTryMs: number;
}

export interface FetchTiming {
  readonly retryMs: number;
  /** The first try waits for an answer so long, */
  readonly timeoutMs: number;
  /** each further one in vain so many times as long, */
  readonly timeoutGrowth: number;
  /** up to so long: as with views (C8), Δ may be shorter than the way to another city and back. */
  readonly timeoutCapMs: number;
}

/**
 * A reply is as long as what it brings, and takes as long as that takes on the line: the largest, on one of 1 Mbit/s. A
 * federation's cap of views need not be so long.
 */
const REPLY_MS = Math.ceil((8 * limits.syncReplyBytesMax) / 1000);

/** What the genesis file says, as far as requests are concerned. */
export function fetchTiming({ deltaMs, resendMs, timeoutGrowth, timeoutCapMs }: Parameters): FetchTiming {
  const longestMs = Math.max(timeoutCapMs, REPLY_MS);
  return { retryMs: deltaMs, timeoutMs: Math.max(4 * deltaMs, resendMs), timeoutGrowth, timeoutCapMs: longestMs };
}

/** Keyed requests under way at a time. */
const REQUESTS_MAX = 16;

/**
 * Asks the other cities for what is missing, one after the other until one helps (G2, trap 7 of CONSENSUS). Needs are
 * stated anew after every input (`begin`, `want`..., `end`): what is no longer needed is forgotten.
 */
export class Fetcher {
  readonly #outbox: Outbox;
  #others: readonly AuthorityIndex[];
  readonly #timing: FetchTiming;
  readonly #open = new Map<string, OpenWant>();
  readonly #requests = new Map<number, Settled>();
  /** Keys of `askOnce` under way. */
  readonly #askedOnce = new Set<string>();
  /** How often in a row nobody answered them in time, by key. */
  readonly #unanswered = new Map<string, number>();
  readonly #stated = new Set<string>();
  #nextId = 1;

  constructor(outbox: Outbox, others: readonly AuthorityIndex[], timing: FetchTiming) {
    this.#outbox = outbox;
    this.#others = others;
    this.#timing = timing;
  }

  /** C12: whom to ask from now on. */
  setOthers(others: readonly AuthorityIndex[]): void {
    this.#others = others;
  }

  begin(): void {
    if (this.#stated.size > 0) this.#stated.clear();
  }

  want(want: Want): void {
    this.#stated.add(want.key);
    const open = this.#open.get(want.key);
    if (open === undefined) {
      this.#open.set(want.key, { want, attempts: 0, requestId: undefined, nextTryMs: want.notBeforeMs });
    } else {
      open.want = want;
      if (open.attempts === 0) open.nextTryMs = Math.min(open.nextTryMs, want.notBeforeMs);
    }
  }

  /** Sends what is due and arms the timer for the rest. */
  end(nowMs: number): void {
    let nextMs: number | undefined;
    for (const [key, open] of this.#open) {
      if (!this.#stated.has(key) && open.requestId === undefined) {
        this.#open.delete(key);
        continue;
      }
      if (open.requestId !== undefined || !this.#stated.has(key)) continue;
      const isDue = open.nextTryMs <= nowMs;
      if (isDue && !this.#isFull) {
        this.#ask(key, open);
      } else {
        // An answer makes room, and brings this city back here before the timer does.
        const tryMs = isDue ? nowMs + this.#timing.retryMs : open.nextTryMs;
        nextMs = Math.min(nextMs ?? Number.POSITIVE_INFINITY, tryMs);
      }
    }
    this.#outbox.timer('fetch', nextMs);
  }

  /**
   * Which need a reply answers, and who gave it. Undefined for a reply nobody waits for.
   *
   * @param answered false: none came in time
   */
  settle(id: number, answered: boolean): Settled | undefined {
    const request = this.#requests.get(id);
    if (request === undefined) return undefined;
    this.#requests.delete(id);
    if (this.#askedOnce.delete(request.key)) {
      if (answered) this.#unanswered.delete(request.key);
      else this.#unanswered.set(request.key, (this.#unanswered.get(request.key) ?? 0) + 1);
    }
    const open = this.#open.get(request.key);
    if (open?.requestId === id) open.requestId = undefined;
    return request;
  }

  /** The reply helped (ask on at once, from the first choice) or not (ask the next city, after a pause each round). */
  judge(key: string, helped: boolean, nowMs: number): void {
    const open = this.#open.get(key);
    if (open === undefined) return;
    if (helped) {
      open.attempts = 0;
      open.nextTryMs = nowMs;
    } else {
      open.attempts += 1;
      open.nextTryMs = open.attempts % Math.max(1, this.#others.length) === 0 ? nowMs + this.#timing.retryMs : nowMs;
    }
  }

  /** How many cities in a row were asked for this in vain. */
  triesOf(key: string): number {
    return this.#open.get(key)?.attempts ?? 0;
  }

  /**
   * A request outside the needs that are stated (status at the start). Its reply is settled with the given key; until
   * then nobody is asked the same again.
   */
  askOnce(key: string, to: AuthorityIndex, request: Uint8Array): void {
    if (this.#askedOnce.has(key)) return;
    this.#askedOnce.add(key);
    const id = this.#nextId++;
    this.#requests.set(id, { key, from: to, range: undefined });
    const timeoutMs = this.#timeoutAfter(this.#unanswered.get(key) ?? 0);
    this.#outbox.emit({ kind: 'request', id, to, bytes: request, timeoutMs });
  }

  /** Whoever is asked once takes no place from what is needed. */
  get #isFull(): boolean {
    return this.#requests.size - this.#askedOnce.size >= REQUESTS_MAX;
  }

  #ask(key: string, open: OpenWant): void {
    const preferred = open.want.prefer.filter((candidate) => this.#others.includes(candidate));
    const candidates = [...preferred, ...this.#others.filter((candidate) => !preferred.includes(candidate))];
    const to = candidates[open.attempts % Math.max(1, candidates.length)];
    if (to === undefined) return;
    const id = this.#nextId++;
    open.requestId = id;
    this.#requests.set(id, { key, from: to, range: open.want.range });
    // All of them in vain: then it is the time that is too short, not one city that is silent.
    const timeoutMs = this.#timeoutAfter(Math.floor(open.attempts / candidates.length));
    this.#outbox.emit({ kind: 'request', id, to, bytes: open.want.request(), timeoutMs });
  }

  #timeoutAfter(inVain: number): number {
    const { timeoutMs, timeoutGrowth, timeoutCapMs } = this.#timing;
    return Math.round(Math.min(timeoutMs * timeoutGrowth ** inVain, Math.max(timeoutMs, timeoutCapMs)));
  }
}
