import { equalBytes, fromHex, HansaError, toHex, utf8 } from '@hansa/protocol';
import type { OpenedPayload, ReadBasis } from '@hansa/protocol/access';
import {
  type BlacklistBody,
  CONSENT_FAMILY,
  certificateFactKey,
  checkRecord,
  consentTypes,
  encodeConsentUse,
  families,
  readCertificateFact,
} from '@hansa/protocol/families';
import { encodeRecord, formatLocation, parseLocation } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { ConsentUse } from '@hansa/protocol/wire';
import type { AsOf, CityPort, RegistryPort } from '../api/ports.ts';
import type { Role } from '../api/roles.ts';
import { cityName } from '../city-names.ts';
import { type Exchange, openingWrite, type ToldOpening } from '../exchange/index.ts';
import type { ReadGiven } from '../exchange/reads.ts';
import { decodeDocument, type ListingDocument } from '../registry/index.ts';
import type { Attempt } from './attempt.ts';
import { readCode } from './certificates.ts';
import type { Clock } from './clock.ts';
import { type ConsentPurposeName, consentPurposes, readConsentId } from './consents.ts';
import { meaningOf, refusal } from './meanings.ts';
import { finalInTime, type Submission } from './submission.ts';
import { unwrapped } from './unwrapped.ts';
import { asOfView, type CertificateView, certificateView } from './views.ts';

/** A matter in hand and who handles it. */
interface Handling {
  readonly case: string;
  readonly handler: string;
}

export interface OpenCertificateRequest extends Handling {
  readonly consent: string;
  readonly purpose: ConsentPurposeName;
}

export interface OpenListingRequest extends Handling {
  /** One of the policy's legal bases. */
  readonly basis: string;
}

/** What hashes to the commitment on the ledger, so that whoever opened it verifies it without trusting this city. */
export interface OpenedProof {
  /** In hexadecimal. */
  readonly salt: string;
  /** In base64. */
  readonly payload: string;
  /** SHA-256(salt || payload), as the ledger has it, in hexadecimal. */
  readonly commitment: string;
}

export interface OpenedCertificate {
  readonly certificate: CertificateView;
  /** The printed fields, compared with the commitment on the ledger. */
  readonly document: object;
  readonly opened: OpenedProof;
  /** `delivered`: from this city's vault, also while the issuer is away; `issuer`: asked for just now. */
  readonly source: 'delivered' | 'issuer';
  /** Where the use stands that this opening took; null on a legal basis, which takes none. */
  readonly use: string | null;
  /** Of the access, when the issuer was asked. */
  readonly receipt: string | null;
  readonly asOf: AsOf;
  /** As of a check. */
  readonly stale: boolean;
}

export interface OpenedListing {
  readonly location: string;
  readonly city: string;
  readonly details: object;
  readonly opened: OpenedProof;
  readonly receipt: string | null;
  readonly asOf: AsOf;
  /** As of a check. */
  readonly stale: boolean;
}

/** Opening what other cities hold (P3): a certificate under its holder's consent, a listing under a legal basis. */
export class OpeningService {
  readonly #city: CityPort;
  readonly #registry: RegistryPort;
  readonly #submission: Submission;
  readonly #exchange: Exchange;
  readonly #clock: Clock;

  constructor(options: {
    readonly city: CityPort;
    readonly registry: RegistryPort;
    readonly submission: Submission;
    readonly exchange: Exchange;
    readonly clock: Clock;
  }) {
    this.#city = options.city;
    this.#registry = options.registry;
    this.#submission = options.submission;
    this.#exchange = options.exchange;
    this.#clock = options.clock;
  }

  /**
   * Takes one use of the consent, and when that is final opens the payload: from the vault, or from the issuer. A refusal of the
   * ledger is told to the issuer too, now or when it is back, so that both have a receipt of it.
   */
  async certificate(code: string, request: OpenCertificateRequest, attempt: Attempt): Promise<OpenedCertificate> {
    const certificateId = readCode(code);
    const consentId = readConsentId(request.consent);
    const { fact, asOf } = this.#otherCitysCertificate(certificateId);
    const consent = this.#exchange.facts.consent(consentId);
    // guard: P3 no use is taken for a certificate that the holder did not name
    if (consent !== undefined && !equalBytes(consent.certificateId, certificateId)) {
      throw refusal('CONSENT_OTHER_CERTIFICATE');
    }
    const purpose = consentPurposes[request.purpose];
    const isRepeated = (await attempt.earlier()) !== undefined;
    const prepare = async () => {
      const matter = utf8(JSON.stringify({ consent: request.consent, case: request.case }));
      const caseCommitment = await this.#registry.keep(matter);
      const handler = await this.#registry.officer(request.handler);
      const body = encodeConsentUse({ consentId, purpose, caseCommitment, handler });
      const requestId = attempt.requestId();
      return { record: encodeRecord({ family: CONSENT_FAMILY, type: consentTypes.use, requestId, body }) };
    };
    const { submitted, record } = await this.#submission.one(attempt, prepare, 'none');
    const use = unwrapped(parseLocation(this.#city.genesis, submitted.location));
    const { caseCommitment, handler } = this.#useOf(record);
    const basis: ReadBasis = { kind: 'consent', consentId, purpose, use };
    const wanted = {
      ...{ record: fact.location, commitment: fact.commitment },
      basis,
      caseCommitment,
      operator: handler,
    };
    const caseName = this.#registry.caseName(request.case);
    const { delivered, outgoing } = this.#exchange;
    const told: ToldOpening = {
      ...{ kind: 'opening', to: fact.location.lane, record: fact.location, commitment: toHex(fact.commitment) },
      ...{ consentId: toHex(consentId), purpose, use, operator: toHex(handler) },
      ...{ caseCommitment: toHex(caseCommitment), caseName: toHex(caseName) },
    };
    const refused = await this.#finalUse(use);
    if (refused !== undefined) {
      await outgoing.refused(told);
      throw refusal(refused);
    }
    // The issuer signs that it knows, now or when it is back.
    const held = await delivered.open({ consentId, record: fact.location }, use, isRepeated, [openingWrite(told)]);
    if (held !== undefined) outgoing.added();
    const given = held === undefined ? await this.#exchange.reads.read(wanted, caseName) : undefined;
    const payload = held ?? (given as NonNullable<typeof given>).opened;
    return {
      certificate: certificateView(this.#city.genesis, certificateId, fact, this.#clock.today(asOf)),
      document: parsePayload(payload.payload),
      opened: proofOf(payload, fact.commitment),
      source: held === undefined ? 'issuer' : 'delivered',
      use: submitted.location,
      receipt: given === undefined ? null : toHex(given.receiptId),
      asOf: asOfView(this.#city.genesis, asOf),
      stale: this.#clock.isStale(asOf),
    };
  }

  /** On a legal basis: no consent, no use, the same receipts. The issuing city decides whether the basis opens certificates. */
  async certificateByLaw(code: string, request: OpenListingRequest): Promise<OpenedCertificate> {
    const { genesis } = this.#city;
    const certificateId = readCode(code);
    const { fact, asOf } = this.#otherCitysCertificate(certificateId);
    this.#requireBasis(request.basis);
    const given = await this.#readByLaw(
      { record: fact.location, commitment: fact.commitment },
      { certificate: toHex(certificateId) },
      request,
    );
    return {
      certificate: certificateView(genesis, certificateId, fact, this.#clock.today(asOf)),
      document: parsePayload(given.opened.payload),
      opened: proofOf(given.opened, fact.commitment),
      ...{ source: 'issuer', use: null, receipt: toHex(given.receiptId) },
      ...{ asOf: asOfView(genesis, asOf), stale: this.#clock.isStale(asOf) },
    };
  }

  /** Behaviour and amount of a listing, and what papers there are. An own one is kept in the check book, one of another city has a receipt. */
  async listing(text: string, request: OpenListingRequest, role: Role): Promise<OpenedListing> {
    const { genesis } = this.#city;
    const { location, body, asOf } = await this.#answering(text, request.basis);
    const given = await this.#given({ location, commitment: body.commitment, what: 'details', asOf }, request, role);
    return {
      ...{ location: formatLocation(genesis, location), city: cityName(genesis, location.lane) },
      details: parsePayload(given.opened.payload),
      opened: proofOf(given.opened, body.commitment),
      receipt: given.receiptId === undefined ? null : toHex(given.receiptId),
      ...{ asOf: asOfView(genesis, asOf), stale: this.#clock.isStale(asOf) },
    };
  }

  /**
   * One of the papers, on the terms of the details; each is a look of its own. Throws LISTING_DOCUMENT_UNKNOWN, PAYLOAD_UNREADABLE when it
   * is not what it is called, and the refusals of the listing.
   */
  async document(
    text: string,
    commitmentHex: string,
    request: OpenListingRequest,
    role: Role,
  ): Promise<{ readonly document: ListingDocument; readonly receipt: string | null }> {
    const { location, body, asOf } = await this.#answering(text, request.basis);
    const commitment = body.documentCommitments.find((each) => toHex(each) === commitmentHex);
    if (commitment === undefined) throw refusal('LISTING_DOCUMENT_UNKNOWN');
    const { opened, receiptId } = await this.#given({ location, commitment, what: 'paper', asOf }, request, role);
    const document = decodeDocument(opened.payload); // guard: P3 what another city calls a picture is one
    if (document === undefined) throw refusal('PAYLOAD_UNREADABLE');
    return { document, receipt: receiptId === undefined ? null : toHex(receiptId) };
  }

  /** A paper of this city that waits with a prepared listing; into the check book. Throws PAYLOAD_ERASED. */
  async waitingDocument(
    waiting: { readonly approval: string; readonly judgement: string; readonly commitment: string },
    operator: string,
    role: Role,
  ): Promise<ListingDocument> {
    const opened = await this.#registry.open(fromHex(waiting.commitment) ?? new Uint8Array(0));
    const document = opened === undefined ? undefined : decodeDocument(opened.payload);
    if (document === undefined) throw refusal('PAYLOAD_ERASED');
    const entry = { atMs: this.#clock.nowMs(), role, operator, purpose: 'approval', case: waiting.judgement };
    const { executedHeight: height } = this.#city.status();
    const proof = `approval:${waiting.approval}`;
    await this.#registry.noteCheck({ ...entry, given: 'paper', result: 'hit', proof, height });
    return document;
  }

  /** The listing at a location, while it answers, to whom the policy lets ask. */
  async #answering(text: string, basis: string) {
    const { genesis, domains, crypto } = this.#city;
    const location = unwrapped(parseLocation(genesis, text));
    const entry = await this.#city.entry(location.lane, location.sequence);
    const record = entry?.records[location.position];
    const checked = record === undefined ? undefined : checkRecord(record, { genesis, domains, crypto, families });
    const body = checked?.ok === true ? (checked.value.body as BlacklistBody) : undefined;
    if (body?.$typeName !== 'hansa.v1.BlacklistList') {
      throw new HansaError('LISTING_UNKNOWN', `No listing stands at ${text}. Take the location from a check.`);
    }
    const ended = this.#exchange.facts.listingEnded(location, body.subjectTag);
    if (ended !== undefined) throw refusal(ended);
    this.#requireBasis(basis);
    const { asOf } = this.#city.fact(domains.digest('fact/blacklist', body.subjectTag));
    return { location, body, asOf };
  }

  /** From the own vault, into the check book; or of the listing city, with a receipt. */
  async #given(
    wanted: {
      readonly location: RecordLocation;
      readonly commitment: Uint8Array;
      readonly what: 'details' | 'paper';
      readonly asOf: AsOf;
    },
    request: OpenListingRequest,
    role: Role,
  ): Promise<{ readonly opened: OpenedPayload; readonly receiptId: Uint8Array | undefined }> {
    const { location, commitment, what } = wanted;
    const { genesis, self } = this.#city;
    const listing = formatLocation(genesis, location);
    if (location.lane === self.index) {
      const opened = await this.#registry.open(commitment);
      if (opened === undefined) throw refusal('PAYLOAD_ERASED');
      const { basis: purpose, case: matter, handler: operator } = request;
      const entry = { atMs: this.#clock.nowMs(), role, operator, purpose, case: matter };
      const { height } = wanted.asOf;
      await this.#registry.noteCheck({ ...entry, given: what, result: 'hit', proof: `listing:${listing}`, height });
      return { opened, receiptId: undefined };
    }
    return this.#readByLaw({ record: location, commitment }, { listing }, request);
  }

  #requireBasis(basis: string): void {
    if (!this.#city.genesis.policy.access.legalBases.includes(basis)) throw refusal('LEGAL_BASIS_UNKNOWN');
  }

  /** Of the city that made the record, with a receipt. `about` names the record in the private matter. */
  async #readByLaw(
    payload: { readonly record: RecordLocation; readonly commitment: Uint8Array },
    about: { readonly certificate: string } | { readonly listing: string },
    request: OpenListingRequest,
  ): Promise<ReadGiven> {
    const matter = utf8(JSON.stringify({ ...about, case: request.case }));
    const basis = { kind: 'law', code: request.basis } as const;
    const caseCommitment = await this.#registry.keep(matter);
    const operator = await this.#registry.officer(request.handler);
    return this.#exchange.reads.read(
      { ...payload, basis, caseCommitment, operator },
      this.#registry.caseName(request.case),
    );
  }

  /** Throws CERTIFICATE_UNKNOWN, CERTIFICATE_OWN. */
  #otherCitysCertificate(certificateId: Uint8Array) {
    const { value, asOf } = this.#city.fact(certificateFactKey(this.#city.domains, certificateId));
    if (value === undefined) throw refusal('CERTIFICATE_UNKNOWN');
    const fact = readCertificateFact(value);
    if (fact.location.lane !== this.#city.self.index) return { fact, asOf };
    throw new HansaError(
      'CERTIFICATE_OWN',
      'This city issued the certificate and needs nobody\u2019s consent. Its issuers see it with GET /v1/certificates/:code.',
    );
  }

  /** The ledger's refusal of the use, once it is final. Throws NOT_FINAL_YET. */
  async #finalUse(use: RecordLocation): Promise<string | undefined> {
    const status = await finalInTime(this.#city, use);
    if (status.state === 'pending') {
      throw new HansaError('NOT_FINAL_YET', meaningOf('NOT_FINAL_YET'), { retryAfterMs: 1000 });
    }
    return status.state === 'rejected' ? (status.code ?? 'INTERNAL') : undefined;
  }

  #useOf(record: Uint8Array): ConsentUse {
    const { genesis, domains, crypto } = this.#city;
    return unwrapped(checkRecord(record, { genesis, domains, crypto, families })).body as ConsentUse;
  }
}

function proofOf({ salt, payload }: OpenedPayload, commitment: Uint8Array): OpenedProof {
  return { salt: toHex(salt), payload: Buffer.from(payload).toString('base64'), commitment: toHex(commitment) };
}

function parsePayload(payload: Uint8Array): object {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as object;
  } catch {
    throw refusal('PAYLOAD_UNREADABLE');
  }
}
