import { equalBytes, HansaError, limits } from '@hansa/protocol';
import type { OprfDealt, OprfKey } from '@hansa/protocol/families';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { decodeScalar, type Group, placeOf, type Scalar, verifyShare } from '@hansa/protocol/oprf';
import { create, decodeStrict, encodeMessage, OprfReplySchema, OprfRequestSchema } from '@hansa/protocol/wire';
import { BackOff } from '../back-off.ts';
import type { KeyBook } from './key-book.ts';
import type { OprfCity, OprfLog, RaiseAlarm } from './ports.ts';
import type { ShareStore } from './share-store.ts';

const ASK_TIMEOUT_MS = 5_000;
/**
 * Pauses before a dealer is asked again. When it did not answer, or has nothing to give, they double up to the second one: to a city
 * with new keys nobody gives anything before a reshare (C12). When it gave what is no share, the third.
 */
const UNANSWERED_MS = 1_000;
const UNANSWERED_MS_MAX = 30_000;
const WRONG_MS = 60_000;

/** A dealer is not asked before, and how long the pauses have become. */
interface Pause {
  untilMs: number;
  readonly backOff: BackOff;
}

interface CollectorParts {
  readonly city: OprfCity;
  readonly group: Group;
  readonly book: KeyBook;
  readonly store: ShareStore;
  readonly log: OprfLog;
  readonly alarm: RaiseAlarm;
  readonly nowMs: () => number;
}

/** Pulls the own shares from their dealers, and keeps those that are good. */
export class ShareCollector {
  readonly #parts: CollectorParts;
  /** By ceremony and dealer. */
  readonly #pauses = new Map<string, Pause>();

  constructor(parts: CollectorParts) {
    this.#parts = parts;
  }

  /**
   * The shares of a ceremony that are held, after asking the dealers whose shares are missing. `against` is the key that
   * a reshare must not change.
   */
  async collect(
    ceremony: { readonly ceremonyId: Uint8Array; readonly generation: number },
    dealers: readonly AuthorityIndex[],
    against: OprfKey | undefined,
  ): Promise<ReadonlyMap<AuthorityIndex, Scalar>> {
    const { store, book, city } = this.#parts;
    const held = await store.held(ceremony.ceremonyId);
    const missing = dealers.filter((dealer) => !held.has(dealer) && dealer !== city.self.index);
    if (missing.length === 0) return held;
    await Promise.all(
      missing.map(async (dealer) => {
        const deal = book.deal(ceremony, dealer);
        if (deal !== undefined) await this.#pull(ceremony.ceremonyId, dealer, deal, against);
      }),
    );
    return store.held(ceremony.ceremonyId);
  }

  async #pull(ceremonyId: Uint8Array, dealer: AuthorityIndex, deal: OprfDealt, against: OprfKey | undefined) {
    const { city, group, store, nowMs } = this.#parts;
    const name = `${ceremonyId.join()}/${dealer}`;
    const pause = this.#pauses.get(name) ?? { untilMs: 0, backOff: new BackOff(UNANSWERED_MS, UNANSWERED_MS_MAX) };
    if (!city.connected(dealer)) {
      pause.backOff.reset(); // who comes back may have an answer
      return;
    }
    if (nowMs() < pause.untilMs) return;
    pause.untilMs = nowMs() + pause.backOff.next();
    this.#pauses.set(name, pause);
    if (against !== undefined && !this.#resharesItsShare(dealer, deal, against)) {
      this.#lied(pause, dealer, 'what it dealt is not its share of the present key'); // guard: P2 the key stays the same
      return;
    }
    const share = await this.#ask(ceremonyId, dealer);
    if (share === undefined) return;
    if (!verifyShare(group, deal.commitments, placeOf(city.self.index), share)) {
      this.#lied(pause, dealer, 'the share that it gave does not fit its commitments'); // guard: P2 a lying dealer is not held
      return;
    }
    await store.keepShare(ceremonyId, dealer, share);
    this.#pauses.delete(name);
  }

  #resharesItsShare(dealer: AuthorityIndex, deal: OprfDealt, key: OprfKey): boolean {
    const expected = this.#parts.book.publicShare(key, dealer);
    const [constant] = deal.commitments;
    return expected !== undefined && constant !== undefined && equalBytes(expected, constant);
  }

  /** Undefined when the dealer does not answer now, or has nothing to give. */
  async #ask(ceremonyId: Uint8Array, dealer: AuthorityIndex): Promise<Scalar | undefined> {
    const request = create(OprfRequestSchema, { request: { case: 'share', value: { ceremonyId } } });
    try {
      const bytes = await this.#parts.city.ask(dealer, encodeMessage(OprfRequestSchema, request), ASK_TIMEOUT_MS);
      const reply = decodeStrict(OprfReplySchema, bytes, limits.oprfFrameBytesMax);
      if (!reply.ok || reply.value.reply.case !== 'share') return undefined;
      // What is no scalar fits no commitments either: it is told as such.
      return decodeScalar(reply.value.reply.value.share) ?? 0n;
    } catch (error) {
      if (!(error instanceof HansaError)) throw error;
      return undefined;
    }
  }

  #lied(pause: Pause, dealer: AuthorityIndex, why: string): void {
    const { city, alarm, nowMs } = this.#parts;
    pause.untilMs = nowMs() + WRONG_MS;
    const member = city.genesis.authorities[dealer]?.name ?? String(dealer);
    alarm({
      code: 'OPRF_DEALER_LIED',
      message: `${member} dealt wrongly in the OPRF ceremony: ${why}. The ceremony goes on without it; call that city.`,
    });
  }
}
