import {
  type BlacklistBody,
  blacklistFactKey,
  type CertificateBody,
  type CertificateFact,
  type ConsentBody,
  type ConsentFact,
  certificateFactKey,
  certificateStatus,
  checkRecord,
  consentFactKey,
  families,
  legalDay,
  liveListings,
  memberFactKey,
  readBlacklistFact,
  readCertificateFact,
  readConsentFact,
  readMemberFact,
} from '@hansa/protocol/families';
import { type AuthorityIndex, isVoter } from '@hansa/protocol/genesis';
import { sameLocation } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { ExchangeCity } from './ports.ts';

/** A record that stands on the ledger and has private payloads behind its commitments. */
export type PayloadRecord =
  | { readonly kind: 'certificate'; readonly certificateId: Uint8Array; readonly commitments: readonly Uint8Array[] }
  | { readonly kind: 'listing'; readonly subjectTag: Uint8Array; readonly commitments: readonly Uint8Array[] };

/** What is final, as this city has executed it: the exchange decides by nothing else (P3). */
export class FinalFacts {
  readonly #city: ExchangeCity;
  readonly #nowMs: () => number;

  constructor(city: ExchangeCity, nowMs: () => number) {
    this.#city = city;
    this.#nowMs = nowMs;
  }

  /** L4: the later of the newest block's time and the wall's, so that what is over stays over when blocks stop. */
  legalMs(): number {
    return Math.max(this.#city.status().timestampMs, this.#nowMs());
  }

  /** The newest block is older than the policy lets answers be. */
  isStale(): boolean {
    const { staleAfterMs, staleAnswers } = this.#city.genesis.policy.lookup;
    const asOfMs = Math.max(this.#city.status().timestampMs, this.#city.genesis.createdAtMs);
    return staleAnswers === 'refuse' && this.#nowMs() - asOfMs > staleAfterMs;
  }

  /** Why the ledger takes no receipts from a city, so that nobody could count its looks; undefined: it takes them. */
  silencedBy(city: AuthorityIndex): 'AUTHORITY_QUARANTINED' | 'CITY_SUSPENDED' | undefined {
    const { value } = this.#city.fact(memberFactKey(this.#city.domains, city));
    if (value !== undefined && readMemberFact(value).quarantinedBy !== undefined) return 'AUTHORITY_QUARANTINED';
    return isVoter(this.#city.genesis, city) ? undefined : 'CITY_SUSPENDED';
  }

  /** This city has executed the entry. */
  isExecuted({ lane, sequence }: RecordLocation): boolean {
    return sequence <= (this.#city.lanes()[lane]?.executedSequence ?? 0);
  }

  consent(consentId: Uint8Array): ConsentFact | undefined {
    const { value } = this.#city.fact(consentFactKey(this.#city.domains, consentId));
    return value === undefined ? undefined : readConsentFact(value);
  }

  certificate(certificateId: Uint8Array): CertificateFact | undefined {
    const { value } = this.#city.fact(certificateFactKey(this.#city.domains, certificateId));
    return value === undefined ? undefined : readCertificateFact(value);
  }

  /** Why nobody relies on the certificate any more; undefined while it is active, and of one that was used or ran out. */
  certificateEnded(fact: CertificateFact): string | undefined {
    const status = certificateStatus(fact, fact.validUntil);
    if (status === 'revoked') return 'CERTIFICATE_REVOKED';
    return status === 'superseded' ? 'CERTIFICATE_SUPERSEDED' : undefined;
  }

  /** The certificate of a consent is past its last day, so that no reading of it is to come. */
  isPast(consent: ConsentFact | undefined): boolean {
    const certificate = consent === undefined ? undefined : this.certificate(consent.certificateId);
    if (certificate === undefined) return true;
    return legalDay(this.legalMs(), this.#city.genesis.utcOffsetMinutes) > certificate.validUntil;
  }

  /** Why the listing does not answer; undefined while it does. */
  listingEnded(location: RecordLocation, subjectTag: Uint8Array): string | undefined {
    const { value } = this.#city.fact(blacklistFactKey(this.#city.domains, subjectTag));
    // The ledger forgets the listings of whom none is left of.
    const fact = value === undefined ? undefined : readBlacklistFact(value);
    const today = legalDay(this.legalMs(), this.#city.genesis.utcOffsetMinutes);
    if (liveListings(fact, today).some((listing) => sameLocation(listing.location, location))) return undefined;
    const kept = fact?.listings.find((listing) => sameLocation(listing.location, location));
    return kept === undefined || kept.lifted !== 0 ? 'LISTING_LIFTED' : 'LISTING_EXPIRED';
  }

  /** The record at a location, once it is final and took effect. */
  async payloadRecord(location: RecordLocation): Promise<PayloadRecord | undefined> {
    const body = (await this.#accepted(location)) as BlacklistBody | CertificateBody | undefined;
    switch (body?.$typeName) {
      case 'hansa.v1.CertificateIssue':
        return { kind: 'certificate', certificateId: body.certificateId, commitments: [body.commitment] };
      case 'hansa.v1.CertificateSupersede': {
        const { replacement } = body;
        if (replacement === undefined) return undefined;
        return { kind: 'certificate', certificateId: replacement.certificateId, commitments: [replacement.commitment] };
      }
      case 'hansa.v1.BlacklistList': {
        const commitments = [body.commitment, ...body.documentCommitments];
        return { kind: 'listing', subjectTag: body.subjectTag, commitments };
      }
      default:
        return undefined;
    }
  }

  /** Body of an accepted record of the consent family. */
  async consentRecord(location: RecordLocation): Promise<ConsentBody | undefined> {
    const body = (await this.#accepted(location)) as ConsentBody | undefined;
    return body?.$typeName.startsWith('hansa.v1.Consent') === true ? body : undefined;
  }

  /** Body of a final record, accepted or not, with why it was rejected. */
  async finalRecord(location: RecordLocation) {
    const body = await this.#body(location);
    if (body === undefined) return undefined;
    const status = await this.#city.outcome(location);
    return status.state === 'pending' ? undefined : { body, rejected: status.code };
  }

  async #accepted(location: RecordLocation): Promise<{ readonly $typeName: string } | undefined> {
    const found = await this.finalRecord(location);
    return found?.rejected === undefined ? found?.body : undefined;
  }

  async #body(location: RecordLocation): Promise<{ readonly $typeName: string } | undefined> {
    const { genesis, domains, crypto } = this.#city;
    const bytes = (await this.#city.entry(location.lane, location.sequence))?.records[location.position];
    const checked = bytes === undefined ? undefined : checkRecord(bytes, { genesis, domains, crypto, families });
    return checked?.ok === true ? (checked.value.body as { readonly $typeName: string }) : undefined;
  }
}
