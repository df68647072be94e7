import { randomBytes } from 'node:crypto';
import { concatBytes, limits, toHex, u32be, utf8 } from '@hansa/protocol';
import {
  CEREMONY_ID_BYTES,
  ceremonyKindNumber,
  encodeOprfDeal,
  encodeOprfHold,
  encodeOprfOpen,
  encodeOprfSettle,
  OPRF_FAMILY,
  type OprfCeremony,
  type OprfKey,
  oprfTypes,
  standardThreshold,
} from '@hansa/protocol/families';
import { type AuthorityIndex, epochOf, isVoter, votersOf } from '@hansa/protocol/genesis';
import { commit, type Group } from '@hansa/protocol/oprf';
import { encodeRecord } from '@hansa/protocol/records';
import type { CeremonyOpening } from '../api/ports.ts';
import { refusal } from '../services/meanings.ts';
import { encodeBitmap, settlementOf } from './ceremony-plan.ts';
import type { KeyBook } from './key-book.ts';
import type { OprfCity, OprfLog } from './ports.ts';
import { drawScalar } from './random.ts';
import { type Act, Sayings } from './sayings.ts';
import type { ShareCollector } from './share-collector.ts';
import type { ShareStore } from './share-store.ts';

/** What the driver may take its time with, in milliseconds. */
export interface CeremonyTimes {
  /** Between two looks at a ceremony under way. */
  readonly stepMs: number;
  /** Cities open a ceremony, and settle it, one after the other, so that one record does. */
  readonly turnMs: number;
  /** How long it is waited for more deals, and for more holders, than are needed. */
  readonly graceMs: number;
  /** Something that was said and is not on the ledger is said again. */
  readonly againMs: number;
}

export const ceremonyTimes: CeremonyTimes = { stepMs: 250, turnMs: 10_000, graceMs: 3_000, againMs: 15_000 };

export interface DriverParts {
  readonly city: OprfCity;
  readonly group: Group;
  readonly book: KeyBook;
  readonly store: ShareStore;
  readonly collector: ShareCollector;
  readonly log: OprfLog;
  readonly nowMs: () => number;
  /** The first ceremony, and one after each change of the authorities, is opened without anybody's doing. */
  readonly automatic: boolean;
  readonly times: CeremonyTimes;
}

/**
 * Plays this city's part in every ceremony: opens the first one, and one after each change of the authorities (C12), deals, pulls and verifies shares, says what it holds,
 * and settles. Everything follows from the ledger and the store, so it may be killed at any moment and goes on.
 */
export class CeremonyDriver {
  readonly #parts: DriverParts;
  readonly #sayings: Sayings;
  /** Since when a state of the ceremony stands, by what is waited for. */
  readonly #states = new Map<string, { readonly name: string; readonly sinceMs: number }>();
  #joinedMs: number | undefined;
  #settledId = '';
  /** The state of the key after which nothing was left to tidy. */
  #tidied = '';

  constructor(parts: DriverParts) {
    this.#parts = parts;
    this.#sayings = new Sayings(parts);
  }

  /** One look at the ledger, and what follows from it. True while there is something to wait for. */
  async step(): Promise<boolean> {
    const { city, book, nowMs } = this.#parts;
    const { joined, halted } = city.status();
    if (!joined || halted) return true;
    if (!isVoter(city.genesis, city.self.index)) return false; // C12: the next epoch looks again
    this.#joinedMs ??= nowMs();
    const key = book.key();
    const ceremony = book.ceremony();
    if (key !== undefined) await this.#tidy(key, ceremony);
    if (ceremony === undefined) {
      if (key === undefined) return this.#openFirst();
      const isDue = this.#openAfterChange(key);
      return key.evaluators.includes(city.self.index) ? isDue : this.#catchUp(key);
    }
    if (key !== undefined && !key.evaluators.includes(city.self.index)) await this.#catchUp(key);
    await this.#deal(ceremony, key);
    const held = await this.#pull(ceremony, key);
    this.#hold(ceremony, held, key);
    this.#settle(ceremony, key);
    if (this.#isStuck(ceremony) && key === undefined) this.#openFirst();
    if (this.#isStuck(ceremony) && key !== undefined) this.#openAfterChange(key);
    return true;
  }

  /** As `OprfPort.opening`. */
  opening(opening: CeremonyOpening): Uint8Array {
    const record = this.#openingRecord(opening);
    const [code] = this.#parts.city.trial([record]);
    if (code !== undefined) throw refusal(code);
    return record;
  }

  #openingRecord({ id, kind, threshold }: CeremonyOpening): Uint8Array {
    const { city, book } = this.#parts;
    const body = encodeOprfOpen({
      ceremonyId: id,
      generation: (book.key()?.generation ?? 0) + 1,
      kind: ceremonyKindNumber(kind),
      threshold: threshold ?? standardThreshold(votersOf(city.genesis).length),
    });
    return encodeRecord({ family: OPRF_FAMILY, type: oprfTypes.open, requestId: id, body });
  }

  /** The first city opens the first ceremony; the next one when it does not, and so on. */
  #openFirst(): boolean {
    const { city, automatic, nowMs, times, log } = this.#parts;
    const waitedMs = nowMs() - (this.#joinedMs ?? nowMs());
    if (!automatic || waitedMs < this.#voters.indexOf(city.self.index) * times.turnMs) return true;
    const record = () => this.#openingRecord({ id: new Uint8Array(randomBytes(CEREMONY_ID_BYTES)), kind: 'fresh' });
    void this.#sayings.sayNamed('open', 'open', record).then((said) => {
      if (said) log.info({}, 'opened a ceremony: the federation has no OPRF key yet');
    });
    return true;
  }

  /**
   * C12: who was given other keys has no share, a new city never had one, and the share of one that lost its vote is as good as
   * any other until there are new ones (P2). So each change is followed by a reshare, which one city opens, the next one
   * when it does not. False while none is due, or too few have a share for one.
   */
  #openAfterChange(key: OprfKey): boolean {
    const { city, automatic, times, log } = this.#parts;
    const { sinceMs, authorities } = city.genesis;
    const { timestampMs } = city.status();
    const dealers = key.evaluators.filter((index) => authorities[index]?.standing === undefined);
    // Until the first block of the epoch is executed, the ledger has the evaluators of before.
    const isDue = sinceMs !== undefined && key.settledAtMs < sinceMs && timestampMs > sinceMs;
    if (!automatic || !isDue || dealers.length < key.threshold) return false;
    const turnMs = this.#voters.indexOf(city.self.index) * times.turnMs;
    if (this.#waited(`reshare/${epochOf(city.genesis)}`) < times.graceMs + turnMs) return true;
    const record = () => this.#openingRecord({ id: new Uint8Array(randomBytes(CEREMONY_ID_BYTES)), kind: 'reshare' });
    void this.#sayings.sayNamed('open', 'open', record).then((said) => {
      if (said) log.info({}, 'opened a reshare of the OPRF key: the authorities have changed (C12)');
    });
    return true;
  }

  /** A city that was away during a ceremony takes its shares and becomes an evaluator. */
  async #catchUp(key: OprfKey): Promise<boolean> {
    const { collector } = this.#parts;
    const held = await collector.collect(key, key.dealers, undefined);
    if (!key.dealers.every((dealer) => held.has(dealer))) return true;
    this.#say(
      'hold',
      key.ceremonyId,
      encodeOprfHold({ ceremonyId: key.ceremonyId, dealers: this.#bitmap(key.dealers) }),
    );
    return true;
  }

  async #deal(ceremony: OprfCeremony, key: OprfKey | undefined): Promise<void> {
    const { city, group, store } = this.#parts;
    const { ceremonyId, threshold, kind, dealt } = ceremony;
    if (dealt.includes(city.self.index)) return;
    let coefficients = await store.coefficients(ceremonyId);
    if (coefficients === undefined) {
      const constant = kind === 'fresh' ? drawScalar() : await this.#ownShare(key);
      if (constant === undefined) return;
      coefficients = [constant, ...Array.from({ length: threshold - 1 }, drawScalar)];
      await store.keepDeal(ceremonyId, city.self.index, coefficients);
    }
    this.#say('deal', ceremonyId, encodeOprfDeal({ ceremonyId, commitments: commit(group, coefficients) }));
  }

  async #ownShare(key: OprfKey | undefined) {
    const { city, store } = this.#parts;
    return key?.evaluators.includes(city.self.index) === true ? store.keyShare(key) : undefined;
  }

  /** Dealers whose shares are held and good. */
  async #pull(ceremony: OprfCeremony, key: OprfKey | undefined): Promise<readonly AuthorityIndex[]> {
    const against = ceremony.kind === 'reshare' ? key : undefined;
    const held = await this.#parts.collector.collect(ceremony, ceremony.dealt, against);
    return ceremony.dealt.filter((dealer) => held.has(dealer));
  }

  /** Said once all that may deal have and all shares are there, or when nothing more has come for a while. */
  #hold({ ceremonyId, dealt }: OprfCeremony, held: readonly AuthorityIndex[], key: OprfKey | undefined): void {
    const { city, book, times } = this.#parts;
    const before = book.hold(ceremonyId, city.self.index)?.dealers ?? [];
    if (held.length <= before.length) return;
    const complete = held.length === this.#dealersMax(key);
    const waitedMs = this.#waited(`hold/${toHex(ceremonyId)}/${dealt.join()}/${held.join()}`);
    if (!complete && waitedMs < times.graceMs) return;
    this.#say('hold', ceremonyId, encodeOprfHold({ ceremonyId, dealers: this.#bitmap(held) }));
  }

  #settle(ceremony: OprfCeremony, key: OprfKey | undefined): void {
    const { city, book, times } = this.#parts;
    const { ceremonyId, location } = ceremony;
    const voters = this.#voters;
    const holds = voters.map((each) => book.hold(ceremonyId, each)?.dealers ?? []);
    const plan = settlementOf(holds, ceremony.threshold, key?.threshold);
    if (plan === undefined) return;
    const complete = plan.dealers.length === this.#dealersMax(key) && plan.holders === voters.length;
    // Whoever opened it settles it; the others follow in turn when it does not.
    const turn = (voters.indexOf(city.self.index) - voters.indexOf(location.lane) + voters.length) % voters.length;
    // Twice: a city that waits in vain for a dealer says what it holds after the first time.
    const patienceMs = (complete ? 0 : 2 * times.graceMs) + turn * times.turnMs;
    if (this.#waited(`settle/${toHex(ceremonyId)}/${plan.dealers.join()}/${plan.holders}`) < patienceMs) return;
    this.#say('settle', ceremonyId, encodeOprfSettle({ ceremonyId, dealers: this.#bitmap(plan.dealers) }));
  }

  /** What a settled ceremony leaves behind; and once more with each city that comes late, and in each epoch. */
  async #tidy(key: OprfKey, present: OprfCeremony | undefined): Promise<void> {
    const { city, store, log } = this.#parts;
    const id = toHex(key.ceremonyId);
    const tidied = `${id}/${key.evaluators.join()}/${epochOf(city.genesis)}`;
    if (this.#tidied === tidied) return;
    // C12: whoever was suspended may be recovered and come for its share; who was removed never does.
    const lacking = city.genesis.authorities.filter(
      ({ index, standing }) => standing !== 'removed' && !key.evaluators.includes(index),
    );
    await store.settle(
      key,
      lacking.map(({ index }) => index),
      present?.ceremonyId,
    );
    if (this.#settledId !== id) {
      const { generation, threshold } = key;
      log.info({ generation, threshold, evaluators: key.evaluators.length }, 'the federation has its OPRF key');
    }
    this.#settledId = id;
    this.#tidied = tidied;
  }

  #isStuck(ceremony: OprfCeremony): boolean {
    return this.#parts.city.status().timestampMs - ceremony.openedAtMs >= limits.oprfCeremonyMs;
  }

  /** How long the named state of the ceremony has stood. */
  #waited(name: string): number {
    const [kind] = name.split('/');
    const known = this.#states.get(kind ?? '');
    const nowMs = this.#parts.nowMs();
    if (known?.name !== name) this.#states.set(kind ?? '', { name, sinceMs: nowMs });
    return nowMs - (this.#states.get(kind ?? '')?.sinceMs ?? nowMs);
  }

  #say(act: Act, ceremonyId: Uint8Array, body: Uint8Array): void {
    this.#sayings.say(act, this.#record(oprfTypes[act], ceremonyId, body));
  }

  /**
   * R2: the same content has the same request id, so that what is said twice counts once. C12: once an epoch, because a city
   * that was given other keys says again what it holds.
   */
  #record(type: number, ceremonyId: Uint8Array, body: Uint8Array): Uint8Array {
    const { crypto, genesis } = this.#parts.city;
    const what = concatBytes(Uint8Array.of(type), u32be(epochOf(genesis)), ceremonyId, body);
    const digest = crypto.sha256(concatBytes(utf8('oprf record'), what));
    return encodeRecord({ family: OPRF_FAMILY, type, requestId: digest.slice(0, limits.requestIdBytes), body });
  }

  /** C12: those of the present epoch. A ceremony is of one epoch, so whoever opened it is among them. */
  get #voters(): readonly AuthorityIndex[] {
    return votersOf(this.#parts.city.genesis).map(({ index }) => index);
  }

  /** A share of the present key is dealt by those who hold one; a fresh key by all. */
  #dealersMax(key: OprfKey | undefined): number {
    return key === undefined ? this.#voters.length : key.evaluators.length;
  }

  #bitmap(indices: readonly AuthorityIndex[]): Uint8Array {
    return encodeBitmap(indices, this.#parts.city.genesis.authorities.length);
  }
}
