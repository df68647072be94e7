import { HansaError, utf8 } from '@hansa/protocol';
import {
  BLACKLIST_FAMILY,
  blacklistTypes,
  checkRecord,
  encodeBlacklistList,
  families,
  formatDay,
} from '@hansa/protocol/families';
import { encodeRecord } from '@hansa/protocol/records';
import type { RecordLocation, StoreReader } from '@hansa/protocol/replica';
import { type BlacklistDraft, severityNumbers } from '../import/index.ts';
import type { CitySecret } from './city-secret.ts';
import type { Decision, DocumentInfo } from './document-types.ts';
import { decodeJson, locationKey } from './tables.ts';
import type { RegistryOptions } from './types.ts';
import type { Vault } from './vault.ts';

/** Private payload of a listing: what only the listing city holds. Dates as `2026-03-02`, money in fen. */
export interface ListingPayload {
  readonly format: 'hansa-listing/1';
  readonly subjectKind: 'id' | 'org';
  readonly identityNumber: string;
  readonly name: string;
  readonly behaviour: string;
  readonly severity: string;
  readonly amountFen: number | null;
  readonly judgementNumber: string;
  readonly noticeDate: string;
  readonly objectionUntil: string;
  readonly decidedOn: string;
  readonly restrictUntil: string;
  readonly handler: string;
  readonly approver: string;
  /** Absent when there are none. */
  readonly documents?: readonly DocumentInfo[];
}

export function listingPayload(draft: BlacklistDraft): ListingPayload {
  return {
    format: 'hansa-listing/1',
    subjectKind: draft.subject.kind,
    identityNumber: draft.subject.number,
    name: draft.name,
    behaviour: draft.behaviour,
    severity: draft.severity,
    amountFen: draft.amountFen ?? null,
    judgementNumber: draft.judgementNumber,
    noticeDate: formatDay(draft.noticeDate),
    objectionUntil: formatDay(draft.objectionUntil),
    decidedOn: formatDay(draft.decidedOn),
    restrictUntil: formatDay(draft.restrictUntil),
    handler: draft.handler,
    approver: draft.approver,
  };
}

/** The payload of an own listing; undefined when there is none at this location, or it is erased. */
export async function keptListing(
  store: StoreReader,
  vault: Vault,
  location: RecordLocation,
): Promise<ListingPayload | undefined> {
  const commitment = await store.get(locationKey(location));
  const opened = commitment === undefined ? undefined : await vault.open(commitment);
  return opened === undefined ? undefined : decodeJson<ListingPayload>(opened.payload);
}

/**
 * R2: one decision about one subject is one request, however often and in whatever file it comes. It is a keyed hash,
 * because requestIds are public and judgement numbers can be guessed.
 */
export function listingRequestId(secret: CitySecret, draft: Decision): Uint8Array {
  const { judgementNumber, subject, decidedOn } = draft;
  return secret.pseudonym('blacklist', judgementNumber, subject.kind, subject.number, String(decidedOn));
}

/** Tells a repetition from another content under the same decision. */
export function listingContent(secret: CitySecret, payload: ListingPayload, catalogueRef: string): Uint8Array {
  return secret.pseudonym('content', JSON.stringify(payload), catalogueRef);
}

export interface ListingParts {
  readonly requestId: Uint8Array;
  readonly subjectTag: Uint8Array;
  readonly handler: Uint8Array;
  readonly approver: Uint8Array;
  readonly commitment: Uint8Array;
  readonly documentCommitments: readonly Uint8Array[];
}

/** `Record` bytes of a listing. Throws the code of the stateless rule that it breaks. */
export function listingRecord(options: RegistryOptions, draft: BlacklistDraft, parts: ListingParts): Uint8Array {
  const { subjectTag, handler, approver, commitment, requestId } = parts;
  const documentCommitments = [...parts.documentCommitments];
  const {
    noticeDate,
    objectionUntil,
    decidedOn,
    effectiveFrom,
    publishUntil,
    shareUntil,
    restrictUntil,
    catalogueRef,
  } = draft;
  const body = encodeBlacklistList({
    ...{ subjectTag, handler, approver, commitment, catalogueRef, documentCommitments },
    ...{ noticeDate, objectionUntil, decidedOn, effectiveFrom, publishUntil, shareUntil, restrictUntil },
    severity: severityNumbers[draft.severity],
  });
  const record = encodeRecord({ family: BLACKLIST_FAMILY, type: blacklistTypes.list, requestId, body });
  const { genesis, domains, crypto } = options;
  const checked = checkRecord(record, { genesis, domains, crypto, families });
  if (!checked.ok) throw new HansaError(checked.error.code, checked.error.message);
  return record;
}

export function encodePayload(payload: object): Uint8Array {
  return utf8(JSON.stringify(payload));
}
