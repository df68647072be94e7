import { randomBytes } from 'node:crypto';
import { fromHex, HansaError, toHex } from '@hansa/protocol';
import {
  addMonths,
  CERTIFICATE_FAMILY,
  certificateTypes,
  checkRecord,
  civilDate,
  encodeCertificateIssue,
  families,
  formatDay,
  legalDay,
} from '@hansa/protocol/families';
import { encodeRecord } from '@hansa/protocol/records';
import { cityNamed } from '../city-names.ts';
import { type Account, formatMonth, formatRate, monthsBefore } from '../import/index.ts';
import type { CitySecret } from './city-secret.ts';
import { encodePayload } from './listings.ts';
import type { Officers } from './officers.ts';
import { encodeJson, getJson, privateKey } from './tables.ts';
import type { RegistryOptions } from './types.ts';
import type { Vault } from './vault.ts';

export interface CertificateRequest {
  /** Account number at this centre, or the holder's citizen number. */
  readonly account: string;
  /** Name of the only city that may use it; absent: any. */
  readonly addressedTo?: string;
  /** Day since 1970-01-01; today when absent. */
  readonly issuedOn?: number;
  /** Last valid day; the policy's longest term (two months) when absent. */
  readonly validUntil?: number;
  /** Name of the officer who issues it. */
  readonly handler: string;
  /** Of the counter; printed on the document. */
  readonly phone?: string;
  /** The citizen's public key, for the own copy and for consents; absent: the citizen has none. */
  readonly holderKey?: Uint8Array;
  /** 16 bytes; the same one gives the same draft again. Random when absent. */
  readonly requestId?: Uint8Array;
}

export interface CertificateDraft {
  /** 16 random bytes: the code on the document. */
  readonly certificateId: Uint8Array;
  readonly requestId: Uint8Array;
  readonly commitment: Uint8Array;
  /** `Record` bytes, ready to be sealed. The payload is durable. */
  readonly record: Uint8Array;
  readonly issuedOn: number;
  readonly validUntil: number;
  readonly document: CertificateDocument;
}

/**
 * The printed fields of 异地贷款职工住房公积金缴存使用证明. Dates `2026-03-02`, months `2026-03`, money in fen, rates
 * `12%`. Absent: `addressedTo` when any centre may use it, `continuousSince` when no month is continuous,
 * `loanTotalFen` when the centre does not know it, `phone` when none was given. A type and not an interface, so that it
 * can be passed on as a record of printed fields.
 */
export type CertificateDocument = {
  readonly format: 'hansa-deposit-certificate/1';
  readonly number: string;
  readonly code: string;
  readonly issuedBy: string;
  readonly addressedTo?: string;
  readonly holderName: string;
  readonly holderIdentityNumber: string;
  readonly accountNumber: string;
  readonly openedOn: string;
  readonly employerName: string;
  readonly employerCode: string;
  readonly baseFen: number;
  readonly employerRate: string;
  readonly personalRate: string;
  readonly monthlyDepositFen: number;
  readonly balanceFen: number;
  readonly accountStatus: 'normal';
  readonly continuousSince?: string;
  readonly continuousThrough: string;
  readonly continuousMonths: number;
  readonly everBorrowed: boolean;
  readonly loanCount: number;
  readonly loanTotalFen?: number;
  readonly loanOutstandingFen: number;
  readonly handler: string;
  readonly phone?: string;
  readonly issuedOn: string;
  readonly validUntil: string;
};

interface IssuedCertificate {
  readonly commitment: string;
  readonly requestId: string;
  readonly record: string;
  readonly issuedOn: number;
  readonly validUntil: number;
}

const CODE_BYTES = 16;

/** Deposit certificates of this centre's accounts: drafts and, for its own clerks, documents. */
export class Certificates {
  readonly #options: RegistryOptions;
  readonly #secret: CitySecret;
  readonly #vault: Vault;
  readonly #officers: Officers;

  constructor(options: RegistryOptions, secret: CitySecret, vault: Vault, officers: Officers) {
    this.#options = options;
    this.#secret = secret;
    this.#vault = vault;
    this.#officers = officers;
  }

  /** The draft that was made for a requestId before. */
  async drafted(requestId: Uint8Array): Promise<CertificateDraft | undefined> {
    const certificateId = await this.#options.store.get(requestKey(requestId));
    if (certificateId === undefined) return undefined;
    const issued = await this.#issued(certificateId);
    const document = await this.document(certificateId);
    if (issued === undefined || document === undefined) return undefined;
    const [commitment, record] = [fromHex(issued.commitment), fromHex(issued.record)];
    if (commitment === undefined || record === undefined) return undefined;
    return {
      certificateId,
      requestId,
      commitment,
      record,
      issuedOn: issued.issuedOn,
      validUntil: issued.validUntil,
      document,
    };
  }

  /** One at a time: the document's number is the next one of the year. */
  async draft(request: CertificateRequest, account: Account): Promise<CertificateDraft> {
    const options = this.#options;
    const { genesis, self, store, tagger } = options;
    const requestId = request.requestId ?? new Uint8Array(randomBytes(CODE_BYTES));
    const today = legalDay((options.nowMs ?? Date.now)(), genesis.utcOffsetMinutes);
    const issuedOn = request.issuedOn ?? today;
    const validUntil = request.validUntil ?? addMonths(issuedOn, genesis.policy.certificate.validityMonthsMax);
    const addressee = request.addressedTo === undefined ? undefined : cityNamed(genesis, request.addressedTo);
    const { number, write: numberWrite } = await this.#nextNumber(civilDate(issuedOn).year);
    const certificateId = new Uint8Array(randomBytes(CODE_BYTES));
    const document = certificateDocument(account, {
      number,
      code: toHex(certificateId),
      issuedBy: self.displayName,
      addressedTo: addressee?.displayName,
      handler: request.handler,
      phone: request.phone,
      issuedOn,
      validUntil,
    });
    const { commitment, write: payloadWrite } = this.#vault.seal(encodePayload(document));
    const context = {
      purpose: 'record',
      operator: this.#officers.pseudonym(request.handler).pseudonym,
      caseCommitment: this.#secret.commitment('case', 'certificate', toHex(requestId)),
    } as const;
    const [subjectTag] = await tagger.tag('certificate', [{ kind: 'id', number: account.citizenNumber }], context);
    const { pseudonym: handler, write: officerWrite } = this.#officers.pseudonym(request.handler);
    const body = encodeCertificateIssue({
      ...{ certificateId, issuedOn, validUntil, commitment, handler },
      ...(request.holderKey === undefined ? {} : { holderKey: request.holderKey }),
      subjectTag: subjectTag as Uint8Array,
      addressedTo: addressee === undefined ? 0 : addressee.index + 1,
    });
    const record = encodeRecord({ family: CERTIFICATE_FAMILY, type: certificateTypes.issue, requestId, body });
    const checked = checkRecord(record, { ...options, families });
    if (!checked.ok) throw new HansaError(checked.error.code, checked.error.message);
    const issued: IssuedCertificate = {
      commitment: toHex(commitment),
      requestId: toHex(requestId),
      record: toHex(record),
      issuedOn,
      validUntil,
    };
    await store.commit(
      [
        ...(officerWrite === undefined ? [] : [officerWrite]),
        ...[numberWrite, payloadWrite],
        { key: privateKey('certificates', certificateId), value: encodeJson(issued) },
        { key: requestKey(requestId), value: certificateId },
      ],
      true,
    );
    return { certificateId, requestId, commitment, record, issuedOn, validUntil, document };
  }

  /** Undefined when this city did not issue it, or erased it. */
  async document(certificateId: Uint8Array): Promise<CertificateDocument | undefined> {
    const issued = await this.#issued(certificateId);
    const opened =
      issued === undefined ? undefined : await this.#vault.open(fromHex(issued.commitment) ?? new Uint8Array(0));
    return opened === undefined
      ? undefined
      : (JSON.parse(new TextDecoder().decode(opened.payload)) as CertificateDocument);
  }

  async #issued(certificateId: Uint8Array): Promise<IssuedCertificate | undefined> {
    return getJson<IssuedCertificate>(this.#options.store, privateKey('certificates', certificateId));
  }

  async #nextNumber(year: number) {
    const { self, store } = this.#options;
    const key = privateKey('counters', new TextEncoder().encode(`certificates/${year}`));
    const next = Number(new TextDecoder().decode((await store.get(key)) ?? new Uint8Array(0))) + 1;
    const number = `${self.name.toUpperCase()}-${year}-${String(next).padStart(6, '0')}`;
    return { number, write: { key, value: new TextEncoder().encode(String(next)) } };
  }
}

interface DocumentFrame {
  readonly number: string;
  readonly code: string;
  readonly issuedBy: string;
  readonly addressedTo: string | undefined;
  readonly handler: string;
  readonly phone: string | undefined;
  readonly issuedOn: number;
  readonly validUntil: number;
}

function certificateDocument(account: Account, frame: DocumentFrame): CertificateDocument {
  const [year, month] = account.paidThrough.split('-').map(Number) as [number, number];
  const { continuousMonths, loanCount, loanTotalFen, loanOutstandingFen } = account;
  return {
    format: 'hansa-deposit-certificate/1',
    ...{ number: frame.number, code: frame.code, issuedBy: frame.issuedBy },
    ...(frame.addressedTo === undefined ? {} : { addressedTo: frame.addressedTo }),
    holderName: account.name,
    holderIdentityNumber: account.citizenNumber,
    accountNumber: account.accountNumber,
    openedOn: formatDay(account.openedOn),
    employerName: account.employerName,
    employerCode: account.employerCode,
    baseFen: account.baseFen,
    employerRate: formatRate(account.employerRate),
    personalRate: formatRate(account.personalRate),
    monthlyDepositFen: account.monthlyDepositFen,
    balanceFen: account.balanceFen,
    accountStatus: 'normal',
    ...(continuousMonths === 0
      ? {}
      : { continuousSince: formatMonth(monthsBefore({ year, month }, continuousMonths - 1)) }),
    continuousThrough: account.paidThrough,
    continuousMonths,
    // Some exports count only loans that are paid back.
    everBorrowed: loanCount > 0 || loanOutstandingFen > 0,
    loanCount,
    ...(loanTotalFen === null ? {} : { loanTotalFen }),
    loanOutstandingFen,
    handler: frame.handler,
    ...(frame.phone === undefined ? {} : { phone: frame.phone }),
    issuedOn: formatDay(frame.issuedOn),
    validUntil: formatDay(frame.validUntil),
  };
}

function requestKey(requestId: Uint8Array): Uint8Array {
  return privateKey('requests', new TextEncoder().encode('certificate/'), requestId);
}
