import type { ReadAsked } from '@hansa/protocol/access';
import type { Store } from '@hansa/protocol/replica';
import { AccessBook } from './access-book.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { Asking } from './asking.ts';
import { Batches } from './batches.ts';
import { ConsentIndex } from './consent-index.ts';
import { Delivered } from './delivered.ts';
import { DoorKeeper } from './door-keeper.ts';
import { Erasures } from './erasures.ts';
import { FinalFacts } from './final-facts.ts';
import { Follower } from './follower.ts';
import { Notices } from './notices.ts';
import { Outgoing } from './outgoing.ts';
import type { ExchangeCity, ExchangeLog, PrivateSide } from './ports.ts';
import { ReadJudge } from './read-judge.ts';
import { Reads } from './reads.ts';
import { ReceiptDesk } from './receipt-desk.ts';

export interface ExchangeOptions {
  readonly city: ExchangeCity;
  /** The city's private store (`openRegistryStore`). */
  readonly store: Store;
  readonly privateSide: PrivateSide;
  /** X25519: opens what is sealed to the city. */
  readonly exchangeSecret: Uint8Array;
  /** Ed25519 seed: signs requests and answers. */
  readonly credentialSecret: Uint8Array;
  readonly log: ExchangeLog;
  readonly nowMs?: () => number;
}

/** Between two tries of what another city or the ledger did not take. */
const RETRY_MS = 2_000;
const SWEEP_MS = 60_000;
/** A batch and acknowledgements are waited for as long as this before they are tried again, or the daemon stops. */
const PATIENCE_MS = 15_000;
const STOP_PATIENCE_MS = 4_000;

/**
 * The exchange of private payloads (P3): answers other cities, asks them, delivers under consents, keeps the receipts and
 * puts them on the lane in batches.
 */
export class Exchange {
  readonly book: AccessBook;
  readonly batches: Batches;
  readonly consents: ConsentIndex;
  readonly facts: FinalFacts;
  readonly reads: Reads;
  readonly delivered: Delivered;
  readonly erasures: Erasures;
  readonly outgoing: Outgoing;
  readonly notices: Notices;
  readonly #city: ExchangeCity;
  readonly #log: ExchangeLog;
  readonly #follower: Follower;
  readonly #acknowledgements: Acknowledgements;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #ending = new AbortController();
  /** What runs in the background; one round at a time, and another one when something happened meanwhile. */
  #round: Promise<void> | undefined;
  #again = false;

  constructor(options: ExchangeOptions) {
    const { city, store, privateSide, log } = options;
    const nowMs = options.nowMs ?? Date.now;
    this.#city = city;
    this.#log = log;
    this.facts = new FinalFacts(city, nowMs);
    this.book = new AccessBook(store, city);
    const { facts, book } = this;
    const desk = new ReceiptDesk({ context: city, credentialSecret: options.credentialSecret, book, nowMs });
    this.batches = new Batches({ city, store, book, desk, log });
    this.consents = new ConsentIndex(store);
    const asking = new Asking(city, desk);
    this.reads = new Reads({ city, store, asking });
    this.delivered = new Delivered({ city, store, facts, exchangeSecret: options.exchangeSecret });
    this.outgoing = new Outgoing({ city, store, facts, privateSide, asking, log });
    this.notices = new Notices(store);
    this.#acknowledgements = new Acknowledgements({ city, store, log });
    this.erasures = new Erasures({
      ...{ city, facts, book, privateSide, nowMs },
      ...{ delivered: this.delivered, outgoing: this.outgoing, acknowledgements: this.#acknowledgements },
    });
    this.#follower = new Follower({
      ...{ city, store, facts },
      ...{ consents: this.consents, batches: this.batches },
      ...{ outgoing: this.outgoing, erasures: this.erasures },
    });
    const judge = new ReadJudge({ city, store, facts, privateSide, book });
    const keeper = new DoorKeeper({
      ...{ context: city, self: city.self.index, book, desk },
      judges: {
        read: (asked: ReadAsked, about) => judge.judge(asked, about.requestDigest),
        delivery: (asked, about) => this.delivered.judge(asked, about.sealed),
        notice: (asked) => this.erasures.judge(asked),
        again: (access) => judge.again(access),
      },
    });
    city.keepDoor('exchange', (from, bytes) => keeper.answer(from, bytes));
  }

  /** To be called before the city starts: nobody may ask while it is not known which batches are closed. */
  async restore(): Promise<void> {
    await this.outgoing.restore();
    await this.batches.restore();
  }

  /** Acts on what is final from now on; to be called when the city runs. */
  start(): void {
    this.#city.events.on('executed', this.#wake);
    this.#every(RETRY_MS, this.#wake);
    this.#every(RETRY_MS, () => {
      if (this.#city.status().joined) this.#quietly(this.batches.resume(this.#patience(PATIENCE_MS)));
    });
    this.#every(SWEEP_MS, () => this.#quietly(this.erasures.sweep()));
    this.#every(this.#city.genesis.policy.access.batchMs, () =>
      this.#quietly(this.batches.seal(this.#patience(PATIENCE_MS))),
    );
    this.#wake();
  }

  /** Ends cleanly: what waits for a batch gets one, if the federation agrees soon; else after the next start. */
  async stop(): Promise<void> {
    this.#city.events.off('executed', this.#wake);
    for (const timer of this.#timers) clearInterval(timer);
    const patience = this.#patience(STOP_PATIENCE_MS);
    try {
      if (this.#city.status().joined && (await this.batches.isWaiting())) await this.batches.seal(patience);
    } catch (error) {
      this.#log.warn({ err: error }, 'the last batch of access receipts waits for the next start');
    }
    this.#ending.abort(new Error('the exchange stops'));
    await this.#round;
  }

  /** Resolves when all that was final and waiting has been tried once. */
  async settle(): Promise<void> {
    this.#wake();
    while (this.#round !== undefined) await this.#round;
  }

  readonly #wake = (): void => {
    this.#again = true;
    if (this.#round !== undefined || this.#ending.signal.aborted || this.#isIdle) return;
    this.#round = this.#rounds().finally(() => {
      this.#round = undefined;
    });
  };

  /** So it is after nearly every block: a round costs promises, timers and signals, and there are 50 blocks a second. */
  get #isIdle(): boolean {
    return this.#follower.isDone && this.outgoing.isEmpty && this.#acknowledgements.isEmpty;
  }

  async #rounds(): Promise<void> {
    while (this.#again && !this.#ending.signal.aborted) {
      this.#again = false;
      try {
        await this.#follower.run();
        await this.outgoing.pump();
        await this.#acknowledgements.pump(this.#patience(PATIENCE_MS));
      } catch (error) {
        if (!this.#ending.signal.aborted) this.#log.warn({ err: error }, 'the exchange tries again later');
        return;
      }
    }
  }

  #every(ms: number, work: () => void): void {
    this.#timers.add(setInterval(work, ms).unref());
  }

  #quietly(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#log.warn({ err: error }, 'the exchange tries again later'));
  }

  #patience(ms: number): AbortSignal {
    return AbortSignal.any([this.#ending.signal, AbortSignal.timeout(ms)]);
  }
}
