import {
  type BlacklistBody,
  certificateFactKey,
  checkRecord,
  type ErasureReason,
  erasureFactKey,
  families,
  readCertificateFact,
  readErasureFact,
} from '@hansa/protocol/families';
import { formatLocation, parseLocation } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { CityPort, RegistryPort } from '../api/ports.ts';
import { cityName } from '../city-names.ts';
import type { Exchange } from '../exchange/index.ts';
import { type ErasureReasonName, erasureReasons } from './accesses.ts';
import { readCode } from './certificates.ts';
import { nameOf } from './consents.ts';
import { refusal } from './meanings.ts';
import { unwrapped } from './unwrapped.ts';
import { timeView } from './views.ts';

/** Who says that it holds a record's payload no more. */
export interface AcknowledgementView {
  readonly city: string;
  readonly reason: ErasureReasonName;
  readonly at: string;
  readonly location: string;
}

export interface ErasureView {
  readonly record: string;
  readonly acknowledged: AcknowledgementView[];
}

export interface NoticeView {
  readonly at: string;
  readonly from: string;
  readonly record: string;
  readonly reason: ErasureReasonName;
}

/** Erasure of private payloads (P1): here with the salt, elsewhere on notice, and on the ledger as acknowledgements. */
export class ErasureService {
  readonly #city: CityPort;
  readonly #registry: RegistryPort;
  readonly #exchange: Exchange;

  constructor(options: {
    readonly city: CityPort;
    readonly registry: RegistryPort;
    readonly exchange: Exchange;
  }) {
    this.#city = options.city;
    this.#registry = options.registry;
    this.#exchange = options.exchange;
  }

  /** Deletes an own certificate's payload and salt. Throws CERTIFICATE_UNKNOWN, NOT_CERTIFICATE_ISSUER. */
  async certificate(code: string, reason: ErasureReasonName, handler: string): Promise<ErasureView> {
    const { value } = this.#city.fact(certificateFactKey(this.#city.domains, readCode(code)));
    if (value === undefined) throw refusal('CERTIFICATE_UNKNOWN');
    const { location } = readCertificateFact(value);
    if (location.lane !== this.#city.self.index) throw refusal('NOT_CERTIFICATE_ISSUER');
    return this.#erase(location, reason, handler);
  }

  /** Deletes an own listing's payload and salt. Throws LISTING_UNKNOWN, NOT_LISTING_CITY. */
  async listing(text: string, reason: ErasureReasonName, handler: string): Promise<ErasureView> {
    const { genesis, domains, crypto } = this.#city;
    const location = unwrapped(parseLocation(genesis, text));
    if (location.lane !== this.#city.self.index) throw refusal('NOT_LISTING_CITY');
    const record = (await this.#city.entry(location.lane, location.sequence))?.records[location.position];
    const checked = record === undefined ? undefined : checkRecord(record, { genesis, domains, crypto, families });
    const body = checked?.ok === true ? (checked.value.body as BlacklistBody) : undefined;
    if (body?.$typeName !== 'hansa.v1.BlacklistList') throw refusal('LISTING_UNKNOWN');
    return this.#erase(location, reason, handler);
  }

  /** Which cities acknowledged that they hold nothing of a record any more. */
  acknowledgements(location: RecordLocation): ErasureView {
    const { genesis, domains } = this.#city;
    const acknowledged = genesis.authorities.flatMap(({ index }) => {
      const { value } = this.#city.fact(erasureFactKey(domains, index, location));
      if (value === undefined) return [];
      const fact = readErasureFact(value);
      return [
        {
          ...{ city: cityName(genesis, index), reason: nameOf(erasureReasons, fact.reason) },
          ...{ at: timeView(fact.erasedAtMs), location: formatLocation(genesis, fact.location) },
        },
      ];
    });
    return { record: formatLocation(genesis, location), acknowledged };
  }

  acknowledgementsOf(text: string): ErasureView {
    return this.acknowledgements(unwrapped(parseLocation(this.#city.genesis, text)));
  }

  async notices(limit: number): Promise<NoticeView[]> {
    const { genesis } = this.#city;
    const rows = await this.#exchange.notices.list(limit);
    return rows.map(({ from, record, reason, atMs }) => ({
      ...{ at: timeView(atMs), from: cityName(genesis, from) },
      ...{ record: formatLocation(genesis, record), reason: nameOf(erasureReasons, reason) },
    }));
  }

  async #erase(location: RecordLocation, reason: ErasureReasonName, handler: string): Promise<ErasureView> {
    // Kept under a pseudonym: who erased must be found again.
    await this.#registry.officer(handler);
    const number: ErasureReason = erasureReasons[reason];
    if (!(await this.#exchange.erasures.erase(location, number))) throw refusal('RECORD_UNKNOWN');
    await this.#exchange.settle();
    return this.acknowledgements(location);
  }
}
