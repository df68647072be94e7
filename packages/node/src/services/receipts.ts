import { HansaError, toHex } from '@hansa/protocol';
import type { Domains } from '@hansa/protocol/crypto';
import {
  certificateFactKey,
  checkRecord,
  families,
  legalDay,
  readBlacklistFact,
  readCertificateFact,
} from '@hansa/protocol/families';
import { explainReceipt, type ReceiptContext, type VerifiedReceipt, verifyReceipt } from '@hansa/protocol/receipt';
import { formatLocation, parseLocation } from '@hansa/protocol/records';
import type { LedgerPort } from '../api/ports.ts';
import type { Role } from '../api/roles.ts';
import { readCode } from './certificates.ts';
import { type CheckRequest, type CheckService, factKeyOfProof } from './check.ts';
import { refusal } from './meanings.ts';
import { unwrapped } from './unwrapped.ts';
import { type CertificateView, certificateView, type ListingView, listingViews, timeView } from './views.ts';

/** What a receipt is asked about: exactly one of these. */
export type ReceiptQuestion =
  | { readonly record: string }
  | { readonly certificate: string }
  /** `proof` of a check's answer. */
  | { readonly proof: string }
  | CheckRequest;

/** What a verifier asks the receipt about, beside its own record. */
export interface AboutReceipt {
  readonly certificate?: string;
  readonly proof?: string;
}

/** What a verified receipt says, for people and programs. */
export interface ReceiptView {
  readonly federation: string;
  /** Height of the final block that vouches for the state. */
  readonly height: number;
  /** The state that the facts are from. */
  readonly checkpointHeight: number;
  /** Legal time of the block that vouches, not of the state: blocks between may have changed what is proven. */
  readonly vouchedAt: string;
  readonly facts: number;
  readonly record?: {
    readonly location: string;
    readonly recordId: string;
    readonly family: string;
    readonly type: string;
    readonly standing: 'stands' | 'does-not-stand' | 'unproven';
  };
  readonly certificate?: CertificateView | { readonly code: string; readonly status: 'unknown' };
  /** Listings live on the day of the question; `none` is verified absence. */
  readonly subject?: { readonly result: 'hit' | 'none'; readonly listings: ListingView[] };
}

/** Receipts on request: whoever gets one needs the genesis file and nobody's word. */
export class ReceiptService {
  readonly #city: LedgerPort;
  readonly #check: CheckService | undefined;

  /** Without `check`: of an observer, which cannot look persons up. */
  constructor(city: LedgerPort, check: CheckService | undefined) {
    this.#city = city;
    this.#check = check;
  }

  /** Receipt bytes. Waits until a final block covers the record. Errors: OBSERVER_NO_LOOKUPS and those of questions. */
  async make(question: ReceiptQuestion, role: Role): Promise<Uint8Array> {
    if ('record' in question) return this.#ofRecord(question.record);
    if ('certificate' in question)
      return this.#ofFact(certificateFactKey(this.#city.domains, readCode(question.certificate)));
    if ('proof' in question) return this.#ofFact(factKeyOfProof(question.proof));
    if (this.#check === undefined) throw refusal('OBSERVER_NO_LOOKUPS');
    const { proof } = await this.#check.check(question, { role, given: 'receipt' });
    return this.#ofFact(factKeyOfProof(proof));
  }

  #ofFact(key: Uint8Array): Promise<Uint8Array> {
    return this.#city.receipt({ factKeys: [key] });
  }

  /** With the fact that the record is about: only it tells whether the record took effect. */
  async #ofRecord(text: string): Promise<Uint8Array> {
    const { genesis, domains, crypto } = this.#city;
    const location = unwrapped(parseLocation(genesis, text));
    const entry = await this.#city.entry(location.lane, location.sequence);
    const record = entry?.records[location.position];
    if (record === undefined) {
      throw new HansaError(
        'RECORD_UNKNOWN',
        `No record stands at ${text}. Compare the location, or wait until the city has caught up.`,
      );
    }
    const checked = checkRecord(record, { genesis, domains, crypto, families });
    const family = checked.ok ? families.get(checked.value.record.family) : undefined;
    const factKeys = checked.ok ? (family?.concerns?.(checked.value.body, { domains, lane: location.lane }) ?? []) : [];
    return this.#city.receipt({ record: location, factKeys });
  }
}

/** Verifies a receipt and says what it proves on the legal day of `atMs`. Needs no city. Throws RECEIPT_* codes. */
export function readReceipt(
  context: ReceiptContext & { readonly domains: Domains },
  bytes: Uint8Array,
  about: AboutReceipt,
  atMs: number,
): ReceiptView {
  const { genesis } = context;
  const receipt = unwrapped(verifyReceipt(context, bytes));
  const explained = unwrapped(explainReceipt(context, receipt, atMs));
  const today = legalDay(atMs, genesis.utcOffsetMinutes);
  return {
    federation: genesis.name,
    height: receipt.height,
    checkpointHeight: receipt.checkpointHeight,
    vouchedAt: timeView(receipt.timestampMs),
    facts: receipt.facts.length,
    ...recordPart(context, receipt, explained.record),
    ...certificatePart(
      context,
      receipt,
      about.certificate ?? (explained.certificate && toHex(explained.certificate.certificateId)),
      today,
    ),
    ...subjectPart(
      context,
      receipt,
      about.proof ?? (explained.subject && proofOf(context, explained.subject.subjectTag)),
      today,
    ),
  };
}

function recordPart(
  context: ReceiptContext,
  receipt: VerifiedReceipt,
  standing: 'stands' | 'does-not-stand' | 'unproven' | undefined,
) {
  if (receipt.record === undefined) return {};
  const { location, recordId, family, type } = receipt.record;
  const known = families.get(family);
  return {
    record: {
      location: formatLocation(context.genesis, location),
      recordId: toHex(recordId),
      family: known?.name ?? String(family),
      type: known?.types[type] ?? String(type),
      standing: standing ?? 'unproven',
    },
  };
}

function certificatePart(
  context: Parameters<typeof readReceipt>[0],
  receipt: VerifiedReceipt,
  code: string | undefined,
  today: number,
) {
  if (code === undefined) return {};
  const certificateId = readCode(code);
  const { value } = factOf(receipt, context.domains.digest('fact/certificate', certificateId));
  if (value === undefined) return { certificate: { code: toHex(certificateId), status: 'unknown' as const } };
  return { certificate: certificateView(context.genesis, certificateId, readCertificateFact(value), today) };
}

function subjectPart(context: ReceiptContext, receipt: VerifiedReceipt, proof: string | undefined, today: number) {
  if (proof === undefined) return {};
  const { value } = factOf(receipt, factKeyOfProof(proof));
  if (value !== undefined) readBlacklistFact(value);
  const listings = listingViews(context.genesis, value, today);
  return { subject: { result: listings.length > 0 ? ('hit' as const) : ('none' as const), listings } };
}

function factOf(receipt: VerifiedReceipt, key: Uint8Array): { readonly value: Uint8Array | undefined } {
  const found = receipt.facts.find((fact) => toHex(fact.key) === toHex(key));
  if (found === undefined) {
    throw new HansaError(
      'RECEIPT_LACKS_FACT',
      'The receipt says nothing about what was asked. Ask the city for a receipt about it.',
    );
  }
  return found;
}

function proofOf(context: Parameters<typeof readReceipt>[0], subjectTag: Uint8Array): string {
  return `blacklist:${toHex(context.domains.digest('fact/blacklist', subjectTag))}`;
}
