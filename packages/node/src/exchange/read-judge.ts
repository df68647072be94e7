import { equalBytes } from '@hansa/protocol';
import type { OpenedPayload, ReadAsked, VerifiedAccess } from '@hansa/protocol/access';
import { basesOfCertificates } from '@hansa/protocol/genesis';
import { sameLocation } from '@hansa/protocol/records';
import type { Store, Write } from '@hansa/protocol/replica';
import type { ConsentUse } from '@hansa/protocol/wire';
import { refusal } from '../services/meanings.ts';
import { type AccessBook, END_OF_TIME_MS } from './access-book.ts';
import type { Verdict } from './door-keeper.ts';
import type { FinalFacts, PayloadRecord } from './final-facts.ts';
import { exchangeKeys } from './keys.ts';
import type { ExchangeCity, PrivateSide } from './ports.ts';

/** Ends of a consent or its certificate, before which a use may have been taken. */
const OVER: ReadonlySet<string> = new Set([
  ...['CONSENT_WITHDRAWN', 'CONSENT_EXPIRED', 'CERTIFICATE_REVOKED', 'CERTIFICATE_SUPERSEDED'],
]);
/** Of one record: more than a consent has uses. */
const ACCESSES_MAX = 10_000;

/** The owner's side (P3): whether another city may read, by what is final here. */
export class ReadJudge {
  readonly #city: ExchangeCity;
  readonly #store: Store;
  readonly #facts: FinalFacts;
  readonly #private: PrivateSide;
  readonly #book: AccessBook;

  constructor(options: {
    readonly city: ExchangeCity;
    readonly store: Store;
    readonly facts: FinalFacts;
    readonly privateSide: PrivateSide;
    readonly book: AccessBook;
  }) {
    this.#city = options.city;
    this.#store = options.store;
    this.#facts = options.facts;
    this.#private = options.privateSide;
    this.#book = options.book;
  }

  async judge(asked: ReadAsked, requestDigest: Uint8Array): Promise<Verdict> {
    // guard: P3 a city that hears of no blocks does not know what was withdrawn
    if (this.#facts.isStale()) return { refused: 'ANSWER_STALE' };
    const silenced = this.#facts.silencedBy(asked.asker);
    if (silenced !== undefined) return { refused: silenced }; // guard: P3 nobody looks whose looks nobody could count
    // The asker is further: what it relies on may not be final here yet. It asks again, and there is no receipt so far.
    if (asked.basis.kind === 'consent' && !this.#facts.isExecuted(asked.basis.use)) throw refusal('NOT_FINAL_YET');
    const record = await this.#facts.payloadRecord(asked.record);
    if (record === undefined || !record.commitments.some((each) => equalBytes(each, asked.commitment))) {
      return { refused: 'PAYLOAD_UNKNOWN' };
    }
    const refused = await this.#refused(asked, record);
    if (refused !== undefined) {
      return (await this.#wasAllowed(asked, refused))
        ? { refused: undefined, writes: this.#spent(asked, requestDigest) }
        : { refused };
    }
    const opened = await this.#private.open(asked.commitment);
    if (opened === undefined) return { refused: 'PAYLOAD_ERASED' };
    return { refused: undefined, opened, writes: this.#spent(asked, requestDigest) };
  }

  /**
   * What was delivered was opened while its basis stood, and is told now: the ledger took the use, and takes none afterwards. That
   * is a look like any other; nothing is given any more.
   */
  async #wasAllowed(asked: ReadAsked, refused: string): Promise<boolean> {
    if (asked.basis.kind !== 'consent' || !OVER.has(refused)) return false;
    if ((await this.#refusedUse(asked, asked.basis, false)) !== undefined) return false;
    const { consentId } = asked.basis;
    const everything = { fromMs: 0, toMs: END_OF_TIME_MS, limit: ACCESSES_MAX };
    const found = await this.#book.find({ ...everything, record: asked.record });
    return found.some(
      ({ asked: before, answered }) =>
        before.kind === 'delivery' &&
        before.answerer === asked.asker &&
        answered.refused === undefined &&
        equalBytes(before.consentId, consentId),
    );
  }

  #spent({ basis }: ReadAsked, requestDigest: Uint8Array): Write[] {
    return basis.kind === 'law' ? [] : [{ key: exchangeKeys.spentUse(basis.use), value: requestDigest }];
  }

  /** A read that was granted before, whose answer was lost: as long as its basis stands. */
  async again({ asked }: VerifiedAccess): Promise<OpenedPayload | undefined> {
    if (asked.kind !== 'read' || this.#facts.isStale() || this.#facts.silencedBy(asked.asker)) return undefined;
    const record = await this.#facts.payloadRecord(asked.record);
    if (record === undefined || (await this.#refused(asked, record, true)) !== undefined) return undefined;
    return this.#private.open(asked.commitment);
  }

  async #refused(asked: ReadAsked, record: PayloadRecord, again = false): Promise<string | undefined> {
    if (record.kind === 'listing') {
      // guard: P3 a lifted listing answers nobody
      const ended = this.#facts.listingEnded(asked.record, record.subjectTag);
      if (ended !== undefined) return ended;
    }
    const { basis } = asked;
    if (basis.kind === 'law') return this.#refusedByLaw(basis.code, record);
    return this.#refusedByConsent(asked, basis, record, again);
  }

  #refusedByLaw(code: string, record: PayloadRecord): string | undefined {
    const { access } = this.#city.genesis.policy;
    // guard: P3 only what the federation agreed on is a legal basis
    if (!access.legalBases.includes(code)) return 'LEGAL_BASIS_UNKNOWN';
    // guard: P3 a certificate is opened by its holder, a court, or whom the policy names
    if (record.kind === 'certificate' && !basesOfCertificates(access).includes(code)) return 'CONSENT_REQUIRED';
    return undefined;
  }

  async #refusedByConsent(
    asked: ReadAsked,
    { consentId, purpose, use }: Extract<ReadAsked['basis'], { kind: 'consent' }>,
    record: PayloadRecord,
    again: boolean,
  ): Promise<string | undefined> {
    const consent = this.#facts.consent(consentId);
    if (consent === undefined) return 'CONSENT_UNKNOWN';
    // guard: P3 a consent of another certificate opens nothing
    if (record.kind !== 'certificate' || !equalBytes(consent.certificateId, record.certificateId)) {
      return 'CONSENT_OTHER_CERTIFICATE';
    }
    if (consent.grantee !== asked.asker) return 'CONSENT_NOT_GRANTEE'; // guard: P3 whom the holder named
    if (consent.purpose !== purpose) return 'CONSENT_WRONG_PURPOSE'; // guard: P3 what the holder named
    if (consent.withdrawnBy !== undefined) return 'CONSENT_WITHDRAWN'; // guard: P3 withdrawn is withdrawn
    const nowMs = this.#facts.legalMs();
    if (consent.toMs !== 0 && nowMs >= consent.toMs) return 'CONSENT_EXPIRED'; // guard: P3 expired is expired
    const certificate = this.#facts.certificate(record.certificateId);
    if (certificate === undefined || !sameLocation(certificate.location, asked.record)) return 'CERTIFICATE_UNKNOWN';
    const ended = this.#facts.certificateEnded(certificate);
    if (ended !== undefined) return ended;
    return this.#refusedUse(asked, { consentId, use }, again);
  }

  async #refusedUse(
    asked: ReadAsked,
    { consentId, use }: Pick<Extract<ReadAsked['basis'], { kind: 'consent' }>, 'consentId' | 'use'>,
    again: boolean,
  ): Promise<string | undefined> {
    const final = await this.#facts.finalRecord(use);
    const body = final?.body as ConsentUse | undefined;
    // guard: P3 each read has a use on the ledger, for this case
    if (
      final === undefined ||
      body?.$typeName !== 'hansa.v1.ConsentUse' ||
      !equalBytes(body.consentId, consentId) ||
      !equalBytes(body.caseCommitment, asked.caseCommitment)
    ) {
      return 'CONSENT_USE_UNKNOWN';
    }
    // The ledger's own refusal of the use, with its own code: the last use went to another, or the bounds were passed.
    if (final.rejected !== undefined) return final.rejected;
    // guard: P3 a use is one read
    if (!again && (await this.#store.get(exchangeKeys.spentUse(use))) !== undefined) return 'CONSENT_USE_SPENT';
    return undefined;
  }
}
