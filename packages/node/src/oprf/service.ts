import { OPRF_FAMILY } from '@hansa/protocol/families';
import { type AuthorityIndex, epochOf } from '@hansa/protocol/genesis';
import type { Group, Scalar } from '@hansa/protocol/oprf';
import type { Store } from '@hansa/protocol/replica';
import type { SubjectTagger } from '@hansa/protocol/subjects';
import type { CeremonyOpening, CityEvents, NumberedEvaluation, OprfPort, OprfStatus } from '../api/ports.ts';
import { Asker } from './asker.ts';
import { type Calculator, inlineCalculator } from './calculations.ts';
import { CeremonyDriver, type CeremonyTimes, ceremonyTimes } from './ceremony-driver.ts';
import { EvaluationLog } from './evaluation-log.ts';
import { Evaluator } from './evaluator.ts';
import { KeyBook } from './key-book.ts';
import type { OprfAlarm, OprfCity, OprfLog, RaiseAlarm } from './ports.ts';
import { Quotas } from './quotas.ts';
import { RecordWatch } from './record-watch.ts';
import { ShareCollector } from './share-collector.ts';
import { ShareStore } from './share-store.ts';

export interface OprfOptions {
  readonly city: OprfCity;
  readonly group: Group;
  /** Where batches are calculated; default: here. */
  readonly calculator?: Calculator;
  /** The city's private store. */
  readonly store: Store;
  readonly credentialSecret: Uint8Array;
  readonly log: OprfLog;
  /** The first ceremony is opened without anybody's doing. */
  readonly automatic: boolean;
  readonly times?: Partial<CeremonyTimes>;
  readonly nowMs?: () => number;
}

/** All officers of one city together may look up as many times what one of them may. */
const OFFICERS_OF_A_CITY = 40;
/** What a city may have evaluated in an hour for records of its own: the largest import there is, with room. */
const RECORDS_PER_HOUR = 100_000;
const ALARMS_KEPT = 100;
const WATCH_MS = 60_000;
/** The same alarm is told again after so long. */
const ALARM_AGAIN_MS = 60_000;

/** Private lookups (P2): the ceremony, the evaluations for others, and the own questions. */
export class OprfService implements OprfPort {
  readonly tagger: SubjectTagger;
  readonly #options: OprfOptions;
  readonly #calculator: Calculator;
  readonly #book: KeyBook;
  readonly #shares: ShareStore;
  readonly #driver: CeremonyDriver;
  readonly #evaluator: Evaluator;
  readonly #log: EvaluationLog;
  readonly #alarms: OprfAlarm[] = [];
  readonly #times: CeremonyTimes;
  readonly #watch: RecordWatch;
  #watching: NodeJS.Timeout | undefined;
  #ownShare: { readonly id: string; readonly secret: Scalar } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stepping: Promise<void> | undefined;
  /** Of the block that was looked at last. */
  #epoch: number | undefined;
  #stopped = false;

  private constructor(options: OprfOptions) {
    const { city, group, store, credentialSecret, log } = options;
    const nowMs = options.nowMs ?? Date.now;
    this.#options = options;
    this.#times = { ...ceremonyTimes, ...options.times };
    this.#book = new KeyBook(city, group);
    this.#shares = new ShareStore(store);
    this.#log = new EvaluationLog(store);
    const alarm: RaiseAlarm = (raised) => this.#raise({ ...raised, atMs: nowMs() });
    this.#calculator = options.calculator ?? inlineCalculator(group);
    const calculator = this.#calculator;
    const common = { city, group, book: this.#book, store: this.#shares, alarm, nowMs };
    const ownShare = () => this.#share();
    const { evaluationsPerHour } = city.genesis.policy.lookup;
    const cityLookupsPerHour = OFFICERS_OF_A_CITY * evaluationsPerHour;
    const perHour = { lookupsPerHour: evaluationsPerHour, cityLookupsPerHour, recordsPerHour: RECORDS_PER_HOUR };
    const quotas = new Quotas(perHour);
    this.#watch = new RecordWatch({ genesis: () => city.genesis, spareMax: cityLookupsPerHour, alarm, nowMs });
    this.#evaluator = new Evaluator({ ...common, calculator, log: this.#log, quotas, watch: this.#watch, ownShare });
    this.tagger = new Asker({ ...common, calculator, credentialSecret, ownShare });
    const collector = new ShareCollector({ ...common, log });
    this.#driver = new CeremonyDriver({ ...common, collector, log, automatic: options.automatic, times: this.#times });
  }

  static async open(options: OprfOptions): Promise<OprfService> {
    const service = new OprfService(options);
    await service.#evaluator.restore();
    return service;
  }

  start(): void {
    this.#options.city.events.on('executed', this.#onExecuted);
    this.#watching = setInterval(() => this.#watch.look(), WATCH_MS).unref();
    this.#schedule(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#options.city.events.off('executed', this.#onExecuted);
    clearTimeout(this.#timer);
    clearInterval(this.#watching);
    await this.#stepping;
    await this.#calculator.close();
  }

  /** A request of another city at the OPRF door. */
  async answer(from: AuthorityIndex, bytes: Uint8Array): Promise<Uint8Array> {
    return this.#evaluator.answer(from, bytes);
  }

  opening(opening: CeremonyOpening): Uint8Array {
    return this.#driver.opening(opening);
  }

  async status(): Promise<OprfStatus> {
    const key = this.#book.key();
    const { evaluated, outcomes } = this.#evaluator.counts;
    return {
      key,
      publicKey: key === undefined ? undefined : this.#book.publicKey(key),
      holdsShare: (await this.#share()) !== undefined,
      ceremony: this.#book.ceremony(),
      ...{ evaluated, outcomes, alarms: [...this.#alarms] },
    };
  }

  async evaluations(options: {
    readonly from?: number;
    readonly limit: number;
  }): Promise<readonly NumberedEvaluation[]> {
    return this.#log.list(options);
  }

  /** The own share of the present key, read once. */
  async #share(): Promise<Scalar | undefined> {
    const key = this.#book.key();
    const { self } = this.#options.city;
    if (key === undefined || !key.evaluators.includes(self.index)) return undefined;
    const id = key.ceremonyId.join();
    if (this.#ownShare?.id === id) return this.#ownShare.secret;
    const secret = await this.#shares.keyShare(key);
    if (secret !== undefined) this.#ownShare = { id, secret };
    else if (this.#seesThePresent()) {
      this.#raise({ code: 'OPRF_SHARE_MISSING', message: LOST_SHARE, atMs: (this.#options.nowMs ?? Date.now)() });
    }
    return secret;
  }

  /**
   * C12: until a city has caught up, and from the end of an epoch until the first block of the next one, the ledger that it
   * sees counts it among the evaluators as of the keys that it had.
   */
  #seesThePresent(): boolean {
    const { genesis } = this.#options.city;
    const { joined, behind, timestampMs } = this.#options.city.status();
    return joined && !behind && timestampMs > (genesis.sinceMs ?? Number.NEGATIVE_INFINITY);
  }

  readonly #onExecuted = ({ outcomes }: Pick<CityEvents['executed'], 'outcomes'>): void => {
    this.#watch.executed(outcomes);
    this.#watch.look();
    const { genesis } = this.#options.city;
    const turned = epochOf(genesis) !== this.#epoch;
    this.#epoch = epochOf(genesis);
    // C12: with the first block of an epoch ceremonies and evaluators change. Other records change nothing of a ceremony, and
    // while one is under way the driver looks by itself.
    if (turned || outcomes.some(({ family }) => family === OPRF_FAMILY)) this.#schedule(0);
  };

  #schedule(afterMs: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#step(), afterMs);
    this.#timer.unref();
  }

  #step(): void {
    if (this.#stepping !== undefined) {
      this.#schedule(this.#times.stepMs);
      return;
    }
    this.#stepping = this.#driver
      .step()
      .then(
        (busy) => {
          // Nothing to do: the next block with a record of the ceremony's looks again.
          if (busy) this.#schedule(this.#times.stepMs);
        },
        (error: unknown) => {
          this.#options.log.error({ err: error }, 'a step of the OPRF ceremony failed');
          this.#schedule(this.#times.againMs);
        },
      )
      .finally(() => {
        this.#stepping = undefined;
      });
  }

  #raise(alarm: OprfAlarm): void {
    const again = this.#alarms.findLast(({ code, message }) => code === alarm.code && message === alarm.message);
    if (again !== undefined && alarm.atMs - again.atMs < ALARM_AGAIN_MS) return;
    this.#alarms.push(alarm);
    if (this.#alarms.length > ALARMS_KEPT) this.#alarms.shift();
    this.#options.log.error({ code: alarm.code }, alarm.message);
  }
}

const LOST_SHARE =
  'The ledger counts this city among the evaluators, but its registry has no share: it was lost or restored from an old copy. Reshare the key: hansa oprf ceremony --reshare.';
