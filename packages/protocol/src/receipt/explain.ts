import { decodeStrict } from '../codec/index.ts';
import type { Domains } from '../crypto/index.ts';
import { accept, type Result } from '../errors.ts';
import { BLACKLIST_FAMILY } from '../families/blacklist/body.ts';
import {
  type BlacklistFact,
  blacklistFactKey,
  type LiveListing,
  liveListings,
  readBlacklistFact,
} from '../families/blacklist/fact.ts';
import { legalDay } from '../families/calendar.ts';
import { CERTIFICATE_FAMILY } from '../families/certificate/body.ts';
import {
  type CertificateFact,
  type CertificateStatus,
  certificateFactKey,
  certificateStatus,
  readCertificateFact,
} from '../families/certificate/fact.ts';
import { CONSENT_FAMILY } from '../families/consent/body.ts';
import {
  BlacklistAmendSchema,
  BlacklistDisputeSchema,
  BlacklistLiftSchema,
  BlacklistListSchema,
  CertificateIssueSchema,
  CertificateRevokeSchema,
  CertificateSupersedeSchema,
  CertificateUseSchema,
  ConsentGrantSchema,
  ConsentUseSchema,
  ConsentWithdrawSchema,
} from '../gen/hansa/v1/families_pb.ts';
import { sameLocation } from '../records/location.ts';
import type { RecordLocation } from '../replica/effects.ts';
import type { ReceiptContext } from './context.ts';
import { type ConsentStanding, explainConsent } from './explain-consent.ts';
import { provenFact } from './proven-fact.ts';
import type { ProvenRecord } from './record-proof.ts';
import type { VerifiedReceipt } from './verify.ts';

/** What is proven about one subject. The state is that of `VerifiedReceipt`; only the day is the verifier's. */
export interface SubjectStanding {
  readonly subjectTag: Uint8Array;
  /** The legal day that was asked about. */
  readonly day: number;
  /** Listings that answer on that day, each with its dispute mark. Empty: verified absence. */
  readonly live: readonly LiveListing[];
  /** The whole fact, with lifted and expired listings; undefined when the subject has none. */
  readonly fact: BlacklistFact | undefined;
}

/** What is proven about one deposit certificate. */
export interface CertificateStanding {
  readonly certificateId: Uint8Array;
  readonly day: number;
  /** `unknown`: no city of the federation issued it. `expired` holds however good the signatures are. */
  readonly status: CertificateStatus | 'unknown';
  readonly fact: CertificateFact | undefined;
}

/**
 * Whether the receipt's record has the effect that it was made for. A record that broke a rule is final as well, but
 * without effect (L1); only a fact can tell. `unproven`: the receipt has no fact that does.
 */
export type RecordStanding = 'stands' | 'does-not-stand' | 'unproven';

export interface ReceiptExplanation {
  readonly record: RecordStanding | undefined;
  readonly subject: SubjectStanding | undefined;
  readonly certificate: CertificateStanding | undefined;
  readonly consent: ConsentStanding | undefined;
}

/**
 * Listings of a subject that are live on the legal day of `atMs`, or their verified absence. Errors: RECEIPT_LACKS_FACT
 * when the receipt says nothing about the subject, which is not the same as absence; FACT_MALFORMED.
 */
export function explainSubject(
  context: ReceiptContext,
  receipt: VerifiedReceipt,
  subjectTag: Uint8Array,
  atMs: number,
): Result<SubjectStanding> {
  const fact = provenFact(context, receipt, (domains) => blacklistFactKey(domains, subjectTag), readBlacklistFact);
  if (!fact.ok) return fact;
  const day = legalDay(atMs, context.genesis.utcOffsetMinutes);
  return accept({ subjectTag, day, live: liveListings(fact.value.read, day), fact: fact.value.read });
}

/**
 * Status of a certificate on the legal day of `atMs`: a certificate that was active in the proven state is `expired`
 * once its validity is over. Errors: as for `explainSubject`.
 */
export function explainCertificate(
  context: ReceiptContext,
  receipt: VerifiedReceipt,
  certificateId: Uint8Array,
  atMs: number,
): Result<CertificateStanding> {
  const key = (domains: Domains) => certificateFactKey(domains, certificateId);
  const fact = provenFact(context, receipt, key, readCertificateFact);
  if (!fact.ok) return fact;
  const { read } = fact.value;
  const day = legalDay(atMs, context.genesis.utcOffsetMinutes);
  const status = read === undefined ? 'unknown' : certificateStatus(read, day);
  return accept({ certificateId, day, status, fact: read });
}

/** What the receipt says of its own record and of the subject, certificate or consent that the record is about. */
export function explainReceipt(
  context: ReceiptContext,
  receipt: VerifiedReceipt,
  atMs: number,
): Result<ReceiptExplanation> {
  const { record } = receipt;
  const explained = record === undefined ? undefined : explainRecord(context, receipt, record, atMs);
  const nothing = { record: record && ('unproven' as const), ...NOTHING };
  if (explained === undefined) return accept(nothing);
  if (explained.ok) return explained;
  return explained.error.code === 'RECEIPT_LACKS_FACT' ? accept(nothing) : explained;
}

const NOTHING = { subject: undefined, certificate: undefined, consent: undefined } as const;

/** Undefined for other families and malformed bodies. */
function explainRecord(
  context: ReceiptContext,
  receipt: VerifiedReceipt,
  record: ProvenRecord,
  atMs: number,
): Result<ReceiptExplanation> | undefined {
  const about = aboutOf(record);
  if (about === undefined) return undefined;
  switch (record.family) {
    case BLACKLIST_FAMILY: {
      const subject = explainSubject(context, receipt, about, atMs);
      if (!subject.ok) return subject;
      return accept({ ...NOTHING, record: standingOfListing(record, subject.value), subject: subject.value });
    }
    case CERTIFICATE_FAMILY: {
      const found = explainCertificate(context, receipt, about, atMs);
      if (!found.ok) return found;
      const certificate = found.value;
      return accept({ ...NOTHING, record: standingOfCertificateRecord(record, certificate), certificate });
    }
    default: {
      const consent = explainConsent(context, receipt, about, atMs);
      if (!consent.ok) return consent;
      return accept({ ...NOTHING, record: standingOfConsentRecord(record, consent.value), consent: consent.value });
    }
  }
}

/** Amendments, disputes and lifts show in the listing itself and leave no trace of their own. */
function standingOfListing(record: ProvenRecord, standing: SubjectStanding): RecordStanding {
  if (record.type !== 1) return 'unproven';
  const stands = standing.fact?.listings.some(({ location }) => sameLocation(location, record.location));
  return stands === true ? 'stands' : 'does-not-stand';
}

/** An issue stands as the fact's origin; supersede, revoke and use as what ended it. */
function standingOfCertificateRecord(record: ProvenRecord, standing: CertificateStanding): RecordStanding {
  const mark: RecordLocation | undefined = record.type === 1 ? standing.fact?.location : standing.fact?.endedBy;
  return mark !== undefined && sameLocation(mark, record.location) ? 'stands' : 'does-not-stand';
}

/** A grant stands as the fact's origin, a withdrawal as what ended it; of a use, the fact has the number only. */
function standingOfConsentRecord(record: ProvenRecord, { fact }: ConsentStanding): RecordStanding {
  if (record.type === 3) return 'unproven';
  const mark = record.type === 1 ? fact?.location : fact?.withdrawnBy;
  return mark !== undefined && sameLocation(mark, record.location) ? 'stands' : 'does-not-stand';
}

/** Subject tag, certificate code or consent id in the body of a record; undefined for other families and malformed bodies. */
function aboutOf({ family, type, record }: ProvenRecord): Uint8Array | undefined {
  if (family === BLACKLIST_FAMILY) {
    const schema = [BlacklistListSchema, BlacklistAmendSchema, BlacklistDisputeSchema, BlacklistLiftSchema][type - 1];
    const body = schema === undefined ? undefined : decodeStrict(schema, record.body);
    return body?.ok === true ? body.value.subjectTag : undefined;
  }
  if (family === CERTIFICATE_FAMILY) {
    const schemas = [CertificateIssueSchema, CertificateSupersedeSchema, CertificateRevokeSchema, CertificateUseSchema];
    const schema = schemas[type - 1];
    const body = schema === undefined ? undefined : decodeStrict(schema, record.body);
    return body?.ok === true ? body.value.certificateId : undefined;
  }
  if (family === CONSENT_FAMILY) {
    const schema = [ConsentGrantSchema, ConsentWithdrawSchema, ConsentUseSchema][type - 1];
    const body = schema === undefined ? undefined : decodeStrict(schema, record.body);
    return body?.ok === true ? body.value.consentId : undefined;
  }
  return undefined;
}
