import { equalBytes, fromHex, HansaError, toHex } from '@hansa/protocol';
import {
  CONSENT_FAMILY,
  CONSENT_ID_BYTES,
  type ConsentBody,
  type ConsentFact,
  ConsentMode,
  ConsentPurpose,
  type ConsentStatus,
  certificateFactKey,
  checkRecord,
  consentBalance,
  consentFactKey,
  consentStatus,
  families,
  readCertificateFact,
  readConsentFact,
} from '@hansa/protocol/families';
import { checkActors, decodeRecord, formatLocation } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { AsOf, CityPort } from '../api/ports.ts';
import { cityName } from '../city-names.ts';
import type { ConsentIndex } from '../exchange/consent-index.ts';
import type { Attempt } from './attempt.ts';
import { readCode } from './certificates.ts';
import type { Clock } from './clock.ts';
import { refusal } from './meanings.ts';
import type { Prepared, Submission, Submitted, Wait } from './submission.ts';
import { unwrapped } from './unwrapped.ts';
import { asOfView, legalTime, timeView } from './views.ts';

export const consentPurposes = {
  'loan-approval': ConsentPurpose.LOAN_APPROVAL,
  'loan-review': ConsentPurpose.LOAN_REVIEW,
  withdrawal: ConsentPurpose.WITHDRAWAL,
  transfer: ConsentPurpose.TRANSFER,
} as const;
export type ConsentPurposeName = keyof typeof consentPurposes;

export const consentModes = {
  time: ConsentMode.TIME,
  count: ConsentMode.COUNT,
  'time-and-count': ConsentMode.TIME_COUNT,
} as const;

/** A consent in the words of the API. Null: without such a bound. */
export interface ConsentView {
  readonly id: string;
  readonly status: ConsentStatus;
  readonly certificate: string;
  readonly grantee: string;
  readonly purpose: ConsentPurposeName;
  readonly mode: keyof typeof consentModes;
  readonly from: string | null;
  readonly to: string | null;
  readonly maxUses: number | null;
  readonly uses: number;
  /** The balance. */
  readonly usesLeft: number | null;
  readonly location: string;
  readonly grantedAt: string;
  readonly withdrawnAt: string | null;
}

/**
 * Consents of holders: carried to the ledger for whoever brings one, because the holder's signature is all that makes one.
 * The holder's secret is never here.
 */
export class ConsentService {
  readonly #city: CityPort;
  readonly #submission: Submission;
  readonly #index: ConsentIndex;
  readonly #clock: Clock;

  constructor(city: CityPort, submission: Submission, index: ConsentIndex, clock: Clock) {
    this.#city = city;
    this.#submission = submission;
    this.#index = index;
    this.#clock = clock;
  }

  /**
   * `Record` bytes of a grant or a withdrawal, signed by the holder. What the ledger would refuse is refused at once. `admit`
   * throws when there are too many; only what would be sealed counts, so that noise keeps no holder out.
   */
  async submit(
    record: Uint8Array,
    attempt: Attempt,
    wait: Wait,
    admit: () => void,
  ): Promise<Submitted & { readonly id: string }> {
    const body = this.#checked(record);
    const prepare = async (): Promise<Prepared> => {
      const applied = await this.#appliedBefore(record, body);
      if (applied !== undefined) return { record, applied };
      this.#refuseEarly(body);
      admit();
      return { record };
    };
    const { submitted } = await this.#submission.one(attempt, prepare, wait);
    return { id: toHex(body.consentId), ...submitted };
  }

  /** Throws CONSENT_UNKNOWN. */
  show(id: string): { readonly consent: ConsentView; readonly asOf: AsOf } {
    const consentId = readConsentId(id);
    const { value, asOf } = this.#city.fact(consentFactKey(this.#city.domains, consentId));
    if (value === undefined) throw refusal('CONSENT_UNKNOWN');
    return {
      consent: consentView(this.#city, consentId, readConsentFact(value), this.#nowMs(asOf)),
      asOf: asOfView(this.#city.genesis, asOf),
    };
  }

  /** The consents that the holder of a certificate gave, newest first, at most `limit`. Throws CERTIFICATE_UNKNOWN. */
  async ofCertificate(code: string, limit: number): Promise<{ consents: ConsentView[]; asOf: AsOf }> {
    const certificateId = readCode(code);
    const { value, asOf } = this.#city.fact(certificateFactKey(this.#city.domains, certificateId));
    if (value === undefined) throw refusal('CERTIFICATE_UNKNOWN');
    const consents: ConsentView[] = [];
    for (const consentId of await this.#index.of(certificateId, limit)) {
      const fact = this.#city.fact(consentFactKey(this.#city.domains, consentId)).value;
      if (fact === undefined) continue;
      consents.push(consentView(this.#city, consentId, readConsentFact(fact), this.#nowMs(asOf)));
    }
    return { consents, asOf: asOfView(this.#city.genesis, asOf) };
  }

  #nowMs(asOf: AsOf): number {
    return Math.max(this.#clock.nowMs(), legalTime(this.#city.genesis, asOf.timestampMs));
  }

  /** The body of a withdrawal names the consent of the path. Throws FIELD_INVALID. */
  async withdraw(id: string, record: Uint8Array, attempt: Attempt, wait: Wait, admit: () => void) {
    const body = this.#checked(record);
    if (body.$typeName !== 'hansa.v1.ConsentWithdraw' || !equalBytes(body.consentId, readConsentId(id))) {
      throw new HansaError('FIELD_INVALID', 'record: not the withdrawal of this consent. Send the one that names it.');
    }
    return this.submit(record, attempt, wait, admit);
  }

  #checked(record: Uint8Array): HolderSigned {
    const { genesis, domains, crypto } = this.#city;
    const decoded = unwrapped(decodeRecord(record));
    const { body } = unwrapped(checkRecord(record, { genesis, domains, crypto, families }));
    const consent = body as ConsentBody;
    if (decoded.family !== CONSENT_FAMILY || consent.$typeName === 'hansa.v1.ConsentUse') {
      throw new HansaError('FIELD_INVALID', 'record: neither a grant nor a withdrawal of a consent. Sign one of them.');
    }
    const unsigned = checkActors(crypto, domains, decoded);
    // guard: P3 what the holder did not sign is not even sealed
    if (unsigned !== undefined) throw new HansaError(unsigned.code, unsigned.message);
    return consent;
  }

  /** Where these very bytes stand, when they had their effect: a wallet that sends them twice gets one answer. */
  async #appliedBefore(record: Uint8Array, body: ConsentBody): Promise<RecordLocation | undefined> {
    const { value } = this.#city.fact(consentFactKey(this.#city.domains, body.consentId));
    if (value === undefined) return undefined;
    const fact = readConsentFact(value);
    const location = body.$typeName === 'hansa.v1.ConsentGrant' ? fact.location : fact.withdrawnBy;
    if (location === undefined) return undefined;
    const stands = (await this.#city.entry(location.lane, location.sequence))?.records[location.position];
    return stands !== undefined && equalBytes(stands, record) ? location : undefined;
  }

  /** The ledger's own rules as of now, so that nobody fills the lane with what it will refuse. */
  #refuseEarly(body: HolderSigned): void {
    const { domains } = this.#city;
    const { value } = this.#city.fact(consentFactKey(domains, body.consentId));
    if (body.$typeName === 'hansa.v1.ConsentWithdraw') {
      if (value === undefined) throw refusal('CONSENT_UNKNOWN');
      const fact = readConsentFact(value);
      if (!isSigner(body.signers, fact.holderKey)) throw refusal('CONSENT_NOT_BY_HOLDER');
      if (fact.withdrawnBy !== undefined) throw refusal('CONSENT_WITHDRAWN');
      return;
    }
    if (value !== undefined) throw refusal('CONSENT_EXISTS');
    const certificate = this.#city.fact(certificateFactKey(domains, body.certificateId)).value;
    if (certificate === undefined) throw refusal('CERTIFICATE_UNKNOWN');
    const { holderKey } = readCertificateFact(certificate);
    if (holderKey.length === 0) throw refusal('CERTIFICATE_WITHOUT_HOLDER');
    if (!isSigner(body.signers, holderKey)) throw refusal('CONSENT_NOT_BY_HOLDER');
  }
}

/** What a holder signs: a grant or a withdrawal. */
type HolderSigned = Exclude<ConsentBody, { readonly $typeName: 'hansa.v1.ConsentUse' }>;

export function consentView(
  { genesis }: Pick<CityPort, 'genesis'>,
  consentId: Uint8Array,
  fact: ConsentFact,
  nowMs: number,
): ConsentView {
  const { usesLeft } = consentBalance(fact, nowMs);
  return {
    id: toHex(consentId),
    status: consentStatus(fact, nowMs),
    certificate: toHex(fact.certificateId),
    grantee: cityName(genesis, fact.grantee),
    purpose: nameOf(consentPurposes, fact.purpose),
    mode: nameOf(consentModes, fact.mode),
    from: fact.toMs === 0 ? null : timeView(fact.fromMs),
    to: fact.toMs === 0 ? null : timeView(fact.toMs),
    maxUses: fact.maxUses === 0 ? null : fact.maxUses,
    uses: fact.uses,
    usesLeft: usesLeft ?? null,
    location: formatLocation(genesis, fact.location),
    grantedAt: timeView(fact.grantedAtMs),
    withdrawnAt: fact.withdrawnBy === undefined ? null : timeView(fact.withdrawnAtMs),
  };
}

/** 16 bytes in hex. Throws FIELD_INVALID. */
export function readConsentId(text: string): Uint8Array {
  const id = fromHex(text.trim().toLowerCase());
  if (id?.length === CONSENT_ID_BYTES) return id;
  throw new HansaError('FIELD_INVALID', 'A consent\u2019s id is 32 hexadecimal digits. Take it from the wallet.');
}

export function nameOf<Name extends string>(names: Readonly<Record<Name, number>>, value: number): Name {
  const name = (Object.keys(names) as Name[]).find((each) => names[each] === value);
  if (name === undefined) throw new Error(`no name for ${value}`);
  return name;
}

function isSigner(signers: readonly Uint8Array[], key: Uint8Array): boolean {
  return signers.some((signer) => equalBytes(signer, key));
}
