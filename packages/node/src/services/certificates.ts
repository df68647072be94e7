import { fromHex, HansaError, toHex, utf8 } from '@hansa/protocol';
import {
  CERTIFICATE_FAMILY,
  CERTIFICATE_ID_BYTES,
  certificateFactKey,
  certificateStatus,
  certificateTypes,
  checkRecord,
  encodeCertificateRevoke,
  encodeCertificateUse,
  families,
  readCertificateFact,
} from '@hansa/protocol/families';
import { encodeRecord } from '@hansa/protocol/records';
import type { AsOf, CertificateDocument, CityPort, RegistryPort } from '../api/ports.ts';
import type { Role } from '../api/roles.ts';
import { cityNamed } from '../city-names.ts';
import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import { refusal } from './meanings.ts';
import type { Prepared, Submission, Submitted, Wait } from './submission.ts';
import { unwrapped } from './unwrapped.ts';
import { asOfView, type CertificateView, certificateView, type RevokeReasonName, revokeReasons } from './views.ts';

export interface IssueRequest {
  /** Personal account number at this centre. */
  readonly account: string;
  /** Name of the only city that may use it; absent: any city. */
  readonly addressedTo?: string;
  readonly handler: string;
  /** Of the counter; printed on the document. */
  readonly phone?: string;
  /** The citizen's public key. */
  readonly holderKey?: Uint8Array;
}

export interface CertificateAnswer {
  readonly certificate: CertificateView;
  readonly asOf: AsOf;
  /** As of a check. */
  readonly stale: boolean;
  /** The printed fields; only at the issuing city, for its issuers. */
  readonly document?: CertificateDocument;
}

const refusalOf = {
  expired: 'CERTIFICATE_EXPIRED',
  used: 'CERTIFICATE_USED',
  revoked: 'CERTIFICATE_REVOKED',
  superseded: 'CERTIFICATE_SUPERSEDED',
} as const;

/** Deposit certificates: issue from an account, look up, use once, revoke. */
export class CertificateService {
  readonly #city: CityPort;
  readonly #registry: RegistryPort;
  readonly #submission: Submission;
  readonly #clock: Clock;

  constructor(city: CityPort, registry: RegistryPort, submission: Submission, clock: Clock) {
    this.#city = city;
    this.#registry = registry;
    this.#submission = submission;
    this.#clock = clock;
  }

  async issue(request: IssueRequest, attempt: Attempt, wait: Wait): Promise<Submitted & { readonly code: string }> {
    const { addressedTo } = request;
    if (addressedTo !== undefined) cityNamed(this.#city.genesis, addressedTo);
    const prepare = async (): Promise<Prepared> => {
      const issuedOn = this.#clock.today({ height: 0, timestampMs: 0 });
      const draft = await this.#registry.draftCertificate({ ...request, issuedOn, requestId: attempt.requestId() });
      const { value } = this.#city.fact(certificateFactKey(this.#city.domains, draft.certificateId));
      const known = value === undefined ? undefined : readCertificateFact(value).location;
      return (await this.#submission.applied(known, attempt)) ?? draft;
    };
    const { submitted, record } = await this.#submission.one(attempt, prepare, wait);
    return { code: this.#codeOf(record), ...submitted };
  }

  /** Status on the ledger; the document too, for the issuing city's issuers, which is kept as a look. Throws CERTIFICATE_UNKNOWN. */
  async look(code: string, role: Role): Promise<CertificateAnswer> {
    const certificateId = readCode(code);
    const { fact, asOf } = this.#fact(certificateId);
    const certificate = certificateView(this.#city.genesis, certificateId, fact, this.#clock.today(asOf));
    const document = role === 'issuer' ? await this.#registry.certificateDocument(certificateId) : undefined;
    if (document !== undefined) await this.#noteLook(certificateId, role, asOf); // guard: P1 no look at papers that is not kept
    const stale = this.#clock.isStale(asOf);
    return {
      certificate,
      asOf: asOfView(this.#city.genesis, asOf),
      stale,
      ...(document === undefined ? {} : { document }),
    };
  }

  /** Whoever supervises the city sees who read the papers of whom. */
  async #noteLook(certificateId: Uint8Array, role: Role, { height }: AsOf): Promise<void> {
    const code = toHex(certificateId);
    const looked = { atMs: this.#clock.nowMs(), role, operator: `role:${role}`, purpose: 'document', case: code };
    await this.#registry.noteCheck({
      ...looked,
      given: 'document',
      result: 'hit',
      proof: `certificate:${code}`,
      height,
    });
  }

  /**
   * Uses the certificate for a loan. What the own state already excludes is refused at once: an ended certificate never
   * becomes active again. Between two cities at the same moment the agreed order decides.
   */
  async use(
    code: string,
    request: { loanReference: string; handler: string },
    attempt: Attempt,
    wait: Wait,
  ): Promise<Submitted> {
    const certificateId = readCode(code);
    const prepare = async (): Promise<Prepared> => {
      const { fact, asOf } = this.#fact(certificateId);
      const before = await this.#submission.applied(fact.endedBy, attempt);
      if (before !== undefined) return before;
      const status = certificateStatus(fact, this.#clock.today(asOf));
      if (status !== 'active') throw refusal(refusalOf[status]);
      if (fact.addressedTo !== undefined && fact.addressedTo !== this.#city.self.index) {
        throw refusal('CERTIFICATE_NOT_ADDRESSED');
      }
      const payload = utf8(JSON.stringify({ certificate: toHex(certificateId), loanReference: request.loanReference }));
      const body = encodeCertificateUse({
        certificateId,
        commitment: await this.#registry.keep(payload),
        handler: await this.#registry.officer(request.handler),
      });
      return certificateRecord(certificateTypes.use, attempt, body);
    };
    return (await this.#submission.one(attempt, prepare, wait)).submitted;
  }

  async revoke(
    code: string,
    request: { reason: RevokeReasonName; handler: string },
    attempt: Attempt,
    wait: Wait,
  ): Promise<Submitted> {
    const certificateId = readCode(code);
    const prepare = async (): Promise<Prepared> => {
      const { fact } = this.#fact(certificateId);
      const before = await this.#submission.applied(fact.endedBy, attempt);
      if (before !== undefined) return before;
      if (fact.location.lane !== this.#city.self.index) throw refusal('NOT_CERTIFICATE_ISSUER');
      // Whatever the day: an expired one may still be revoked.
      const ended = certificateStatus(fact, fact.validUntil);
      if (ended !== 'active') throw refusal(refusalOf[ended]);
      const body = encodeCertificateRevoke({
        certificateId,
        reason: revokeReasons[request.reason],
        handler: await this.#registry.officer(request.handler),
      });
      return certificateRecord(certificateTypes.revoke, attempt, body);
    };
    return (await this.#submission.one(attempt, prepare, wait)).submitted;
  }

  /** Code of the certificate that an own record issues. */
  #codeOf(record: Uint8Array): string {
    const { genesis, domains, crypto } = this.#city;
    const { body } = unwrapped(checkRecord(record, { genesis, domains, crypto, families }));
    return toHex((body as { readonly certificateId: Uint8Array }).certificateId);
  }

  #fact(certificateId: Uint8Array) {
    const { value, asOf } = this.#city.fact(certificateFactKey(this.#city.domains, certificateId));
    if (value === undefined) throw refusal('CERTIFICATE_UNKNOWN');
    return { fact: readCertificateFact(value), asOf };
  }
}

/** The 16 bytes of a printed code: 32 hexadecimal digits; case, blanks and hyphens do not matter. */
export function readCode(code: string): Uint8Array {
  const id = fromHex(code.replace(/[\s-]/g, ''));
  if (id?.length !== CERTIFICATE_ID_BYTES) {
    throw new HansaError(
      'CERTIFICATE_CODE_MALFORMED',
      'A certificate code is 32 digits and letters a to f. Type it as it is printed on the certificate.',
    );
  }
  return id;
}

function certificateRecord(type: number, attempt: Attempt, body: Uint8Array): Prepared {
  return { record: encodeRecord({ family: CERTIFICATE_FAMILY, type, requestId: attempt.requestId(), body }) };
}
