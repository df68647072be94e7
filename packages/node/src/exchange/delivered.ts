import { equalBytes, fromHex, toHex } from '@hansa/protocol';
import {
  type DeliveryAsked,
  decodeOpenedPayload,
  isCommitted,
  type OpenedPayload,
  sealInfo,
} from '@hansa/protocol/access';
import { consentStatus } from '@hansa/protocol/families';
import { sameLocation } from '@hansa/protocol/records';
import type { RecordLocation, Store, Write } from '@hansa/protocol/replica';
import { decodeJson, encodeJson, getJson, privateRange } from '../registry/tables.ts';
import { refusal } from '../services/meanings.ts';
import type { Verdict } from './door-keeper.ts';
import type { FinalFacts } from './final-facts.ts';
import { exchangeKeys } from './keys.ts';
import type { ExchangeCity } from './ports.ts';
import { openSealed, type SealedBox } from './seal.ts';

/** A payload that its issuer handed over, still sealed: at rest it opens with the city's exchange key only. */
interface DeliveredRow {
  readonly consentId: string;
  readonly record: RecordLocation;
  readonly commitment: string;
  readonly encapsulatedKey: string;
  readonly ciphertext: string;
}

/** What is held of a record under a consent. */
export interface Held {
  readonly consentId: Uint8Array;
  readonly record: RecordLocation;
  readonly commitment: Uint8Array;
}

/**
 * The grantee's vault: payloads that came when a consent became final. They open only while the consent stands, once for each
 * final use of it, also while the issuer is away; and are forgotten with the consent.
 */
export class Delivered {
  readonly #city: ExchangeCity;
  readonly #store: Store;
  readonly #facts: FinalFacts;
  readonly #exchangeSecret: Uint8Array;

  constructor(options: {
    readonly city: ExchangeCity;
    readonly store: Store;
    readonly facts: FinalFacts;
    readonly exchangeSecret: Uint8Array;
  }) {
    this.#city = options.city;
    this.#store = options.store;
    this.#facts = options.facts;
    this.#exchangeSecret = options.exchangeSecret;
  }

  /** The issuer hands a payload over. Throws CONSENT_UNKNOWN while the grant is not final here: it shall come again. */
  async judge(asked: DeliveryAsked, sealed: SealedBox | undefined): Promise<Verdict> {
    const consent = this.#facts.consent(asked.consentId);
    if (consent === undefined) throw refusal('CONSENT_UNKNOWN');
    if (consent.grantee !== this.#city.self.index) return { refused: 'CONSENT_NOT_GRANTEE' }; // guard: P3 meant for this city
    if (consent.purpose !== asked.purpose) return { refused: 'CONSENT_WRONG_PURPOSE' };
    const certificate = this.#facts.certificate(consent.certificateId);
    // guard: P3 the payload of the certificate that the holder consented for
    if (
      certificate === undefined ||
      !sameLocation(certificate.location, asked.record) ||
      !equalBytes(certificate.commitment, asked.commitment)
    ) {
      return { refused: 'CONSENT_OTHER_CERTIFICATE' };
    }
    const status = consentStatus(consent, this.#facts.legalMs());
    if (status === 'withdrawn') return { refused: 'CONSENT_WITHDRAWN' };
    if (status === 'expired') return { refused: 'CONSENT_EXPIRED' };
    if (sealed === undefined) return { refused: 'SEAL_BROKEN' };
    const opened = await this.#open(asked, sealed);
    if (opened === undefined) return { refused: 'SEAL_BROKEN' };
    // guard: P1 the payload is the committed one
    if (!isCommitted(this.#city.crypto, opened, asked.commitment)) return { refused: 'PAYLOAD_NOT_COMMITTED' };
    const row: DeliveredRow = {
      consentId: toHex(asked.consentId),
      record: asked.record,
      commitment: toHex(asked.commitment),
      encapsulatedKey: toHex(sealed.encapsulatedKey),
      ciphertext: Buffer.from(sealed.ciphertext).toString('base64'),
    };
    return {
      refused: undefined,
      writes: [{ key: exchangeKeys.delivered(asked.consentId), value: encodeJson(row) }],
    };
  }

  /**
   * Opens a payload for one final use of its consent. Undefined when it was not delivered; throws CONSENT_WITHDRAWN,
   * CONSENT_EXPIRED, CONSENT_USE_SPENT. The use is spent, durably and together with `writes`, when it resolves.
   */
  async open(
    { consentId, record }: Pick<Held, 'consentId' | 'record'>,
    use: RecordLocation,
    again: boolean,
    writes: readonly Write[] = [],
  ): Promise<OpenedPayload | undefined> {
    const row = await getJson<DeliveredRow>(this.#store, exchangeKeys.delivered(consentId));
    // guard: P3 a consent opens its own certificate
    if (row === undefined || !sameLocation(row.record, record)) return undefined;
    if (this.#facts.isStale()) throw refusal('ANSWER_STALE'); // guard: P3 a withdrawal may be final elsewhere
    const consent = this.#facts.consent(consentId);
    if (consent === undefined) throw refusal('CONSENT_UNKNOWN');
    const status = consentStatus(consent, this.#facts.legalMs());
    if (status === 'withdrawn') throw refusal('CONSENT_WITHDRAWN'); // guard: P3 opens under a standing consent only
    if (status === 'expired') throw refusal('CONSENT_EXPIRED'); // guard: P3 opens within its time only
    const key = exchangeKeys.spentUse(use);
    const spent = await this.#store.get(key);
    if (!again && spent !== undefined) throw refusal('CONSENT_USE_SPENT'); // guard: P3 a use is one opening
    const opened = await this.#open(
      { answerer: this.#city.self.index, record: row.record, consentId },
      {
        encapsulatedKey: fromHex(row.encapsulatedKey) ?? new Uint8Array(0),
        ciphertext: new Uint8Array(Buffer.from(row.ciphertext, 'base64')),
      },
    );
    if (opened === undefined) throw refusal('SEAL_BROKEN');
    // P3: no payload is opened whose opening is not kept, once.
    const kept = spent === undefined ? writes : [];
    await this.#store.commit([{ key, value: consentId }, ...kept], true);
    return opened;
  }

  async held(): Promise<Held[]> {
    const held: Held[] = [];
    for await (const [, value] of this.#store.range(privateRange('delivered'))) {
      const { consentId, record, commitment } = decodeJson<DeliveredRow>(value);
      held.push({
        record,
        consentId: fromHex(consentId) ?? new Uint8Array(0),
        commitment: fromHex(commitment) ?? new Uint8Array(0),
      });
    }
    return held;
  }

  /** Durable when it resolves, `more` at once with it. */
  async forget(consentIds: readonly Uint8Array[], more: readonly Write[] = []): Promise<void> {
    const writes = consentIds.map((id) => ({ key: exchangeKeys.delivered(id), value: undefined }));
    await this.#store.commit([...writes, ...more], true);
  }

  async #open(
    delivery: Pick<DeliveryAsked, 'answerer' | 'record' | 'consentId'>,
    box: SealedBox,
  ): Promise<OpenedPayload | undefined> {
    const plain = await openSealed(this.#exchangeSecret, sealInfo(this.#city.domains, delivery), box);
    const opened = plain === undefined ? undefined : decodeOpenedPayload(plain);
    return opened?.ok === true ? opened.value : undefined;
  }
}
