import { HansaError, toHex } from '@hansa/protocol';
import {
  ACCESS_FAMILY,
  type AccessBody,
  accessTypes,
  BLACKLIST_FAMILY,
  type BlacklistBody,
  blacklistTypes,
  CONSENT_FAMILY,
  consentTypes,
} from '@hansa/protocol/families';
import { fromRecordRef } from '@hansa/protocol/records';
import type { Store } from '@hansa/protocol/replica';
import { safeNumber } from '@hansa/protocol/wire';
import type { Matter } from '../city/matters.ts';
import { Turn } from '../registry/turn.ts';
import type { Batches } from './batches.ts';
import type { ConsentIndex } from './consent-index.ts';
import type { Erasures } from './erasures.ts';
import type { FinalFacts } from './final-facts.ts';
import { exchangeKeys } from './keys.ts';
import type { Outgoing } from './outgoing.ts';
import type { ExchangeCity } from './ports.ts';

const cursorKey = exchangeKeys.state('cursor');

/** Final records on which the exchange acts, in the agreed order, each at least once however often the daemon is killed. */
export class Follower {
  readonly #city: ExchangeCity;
  readonly #store: Store;
  readonly #facts: FinalFacts;
  readonly #consents: ConsentIndex;
  readonly #batches: Batches;
  readonly #outgoing: Outgoing;
  readonly #erasures: Erasures;
  readonly #turn = new Turn();
  /** Newest height whose matters were dealt with; undefined until those from before the start are. */
  #dealtHeight: number | undefined;

  constructor(options: {
    readonly city: ExchangeCity;
    readonly store: Store;
    readonly facts: FinalFacts;
    readonly consents: ConsentIndex;
    readonly batches: Batches;
    readonly outgoing: Outgoing;
    readonly erasures: Erasures;
  }) {
    this.#city = options.city;
    this.#store = options.store;
    this.#facts = options.facts;
    this.#consents = options.consents;
    this.#batches = options.batches;
    this.#outgoing = options.outgoing;
    this.#erasures = options.erasures;
    const { matters } = options.city;
    matters.watch(CONSENT_FAMILY, consentTypes.grant);
    matters.watch(CONSENT_FAMILY, consentTypes.withdraw);
    matters.watch(BLACKLIST_FAMILY, blacklistTypes.lift);
    matters.watch(ACCESS_FAMILY, accessTypes.batch);
  }

  /** Whether all that became final was dealt with: so it is after most blocks. */
  get isDone(): boolean {
    return this.#dealtHeight !== undefined && this.#dealtHeight >= this.#city.matters.newestHeight;
  }

  /** Deals with all that became final since the last time. True when there was something. */
  async run(): Promise<boolean> {
    return this.#turn.take(async () => {
      if (this.isDone) return false;
      let after = await this.#store.get(cursorKey);
      let dealtHeight = this.#dealtHeight ?? 0;
      let some = false;
      for await (const { key, matter } of this.#city.matters.after(after)) {
        await this.#deal(matter);
        after = key;
        dealtHeight = matter.height;
        some = true;
        // Lost with a crash, it is dealt with again, which changes nothing.
        await this.#store.commit([{ key: cursorKey, value: after }], false);
      }
      this.#dealtHeight = dealtHeight;
      return some;
    });
  }

  async #deal({ location, family, type }: Matter): Promise<void> {
    const found = await this.#facts.finalRecord(location);
    // The outcome is of the block that the matter was kept with.
    if (found === undefined) throw new HansaError('NOT_READY', 'A final record cannot be read yet.');
    if (family === CONSENT_FAMILY) {
      const body = await this.#facts.consentRecord(location);
      if (body?.$typeName === 'hansa.v1.ConsentGrant' && type === consentTypes.grant)
        await this.#granted(body.consentId);
      if (body?.$typeName === 'hansa.v1.ConsentWithdraw') await this.#erasures.withdrawn(body.consentId);
    } else if (family === BLACKLIST_FAMILY) {
      const body = found.body as BlacklistBody;
      const listing = body.$typeName === 'hansa.v1.BlacklistLift' ? fromRecordRef(body.listing) : undefined;
      if (listing !== undefined) await this.#erasures.lifted(listing);
    } else if (family === ACCESS_FAMILY) {
      const body = found.body as AccessBody;
      if (body.$typeName !== 'hansa.v1.AccessBatch') return;
      const [fromMs, toMs] = [safeNumber(body.fromMs) ?? 0, safeNumber(body.toMs) ?? 0];
      await this.#batches.agreed(location, { fromMs, toMs, root: body.root, count: body.count });
    }
  }

  /** Every city finds the consent by its certificate from now on. P3: the issuer delivers at once. */
  async #granted(consentId: Uint8Array): Promise<void> {
    const consent = this.#facts.consent(consentId);
    if (consent !== undefined) await this.#consents.add(consentId, consent);
    const certificate = consent === undefined ? undefined : this.#facts.certificate(consent.certificateId);
    if (consent === undefined || certificate === undefined) return;
    const { self } = this.#city;
    if (certificate.location.lane !== self.index || consent.grantee === self.index) return;
    await this.#outgoing.add([
      {
        ...{ kind: 'delivery', to: consent.grantee, record: certificate.location, purpose: consent.purpose },
        ...{ commitment: toHex(certificate.commitment), consentId: toHex(consentId) },
      },
    ]);
  }
}
