import type { Rejection } from './errors.ts';

/**
 * Every code of this package, each with its meaning and what to do now. Sorted; `docs/spec/errors.md` is tested equal
 * to it. A code never changes its meaning: it stands on the ledger forever (L1).
 */
export const errorCodes = {
  ACTOR_REPEATED: 'One key signs the record twice. Send each actor signature once.',
  ACTOR_SIGNATURE_INVALID:
    'An actor signature does not verify. Have the person or firm sign exactly this record again.',
  ADDRESSEE_UNKNOWN: 'The addressed centre is not an authority of this federation. Name one of them, or none for all.',
  AMEND_EMPTY: 'The amendment changes nothing. Send it with a severity, a date or a commitment that differs.',
  APPROVERS_NOT_DISTINCT: 'Handler and approver are the same officer. A second officer must approve.',
  AUTHORITY_QUARANTINED:
    'Evidence against this authority is final, so its records have no effect. The federation must decide on it first.',
  CATALOGUE_REF_INVALID:
    'The catalogue reference is not 1 to 32 of A-Z a-z 0-9 . _ / - without long numbers. Name the item of the public catalogue.',
  CERTIFICATE_EXISTS: 'A certificate with this code exists. Draw a new random code and issue again.',
  CERTIFICATE_EXPIRED:
    'The certificate is past its last valid day. The holder needs a new one from the issuing centre.',
  CERTIFICATE_NOT_ADDRESSED:
    'The certificate is addressed to another centre. Only that centre may use it; ask the issuing centre for one addressed here.',
  CERTIFICATE_REVOKED: 'The issuing centre revoked the certificate. Do not rely on it; ask the issuing centre.',
  CERTIFICATE_SUPERSEDED: 'A corrected certificate replaced this one. Ask the holder for the new one.',
  CERTIFICATE_UNKNOWN: 'No certificate with this code is final. Check the code, or wait until its issue is final.',
  CERTIFICATE_USED: 'The certificate was used before, and a use is single. Refuse it, or ask the holder for a new one.',
  DATES_OUT_OF_ORDER:
    'The dates are not in their legal order. Correct the first date that precedes what it must follow.',
  DATE_MISSING: 'A required date is missing. Send it as days since 1970-01-01.',
  DATE_OUT_OF_RANGE: 'A date is beyond the year 9999. Send dates as days since 1970-01-01.',
  DECISION_IN_FUTURE:
    'The decision is dated after the day of the block. Send the listing on the day of the decision or later.',
  DISPUTE_ALREADY_OPEN: 'A dispute of this listing is open already. Nothing more is needed.',
  DISPUTE_NOT_OPEN: 'No dispute of this listing is open. Nothing needs to be closed.',
  EVIDENCE_KNOWN: 'The accused authority is quarantined already. Nothing more is needed.',
  EVIDENCE_NOT_CONFLICTING:
    'The two statements do not contradict each other. Send evidence of one author about one place only.',
  EVIDENCE_SIGNATURE_INVALID: 'A statement is not signed by the accused authority. Do not relay this evidence.',
  FACT_MALFORMED:
    'A fact of the ledger cannot be read. This program is older than the ledger or its data is damaged; update it.',
  FAMILY_UNKNOWN: 'The record family has no rules here. Use a number of docs/spec/families.md.',
  ISSUED_IN_FUTURE: 'The certificate is dated after the day of the block. Issue it with the present date.',
  LISTINGS_TOO_MANY:
    'The subject has the largest allowed number of listings. Lift those that are void or expired first.',
  LISTING_EXPIRED:
    'The listing is past its last date and answers no more. Make a new listing if there is a new decision.',
  LISTING_LIFTED: 'The listing is lifted. It cannot change any more; make a new listing if there is a new decision.',
  LISTING_UNKNOWN: 'The subject has no such listing. Check the location of the listing and the subject.',
  LOCATION_INVALID: 'This is not the location of a record. Write city/sequence/position, for instance haikou/12/0.',
  LOG_DAMAGED:
    'An execution log does not continue the ledger. Restore the data directory, or let the city catch up anew.',
  MALFORMED: 'The bytes are not the canonical encoding of such a message. Encode it with the published schema.',
  NOT_CERTIFICATE_ISSUER: 'Only the centre that issued the certificate may do this. Ask that centre.',
  NOT_LISTING_CITY: 'Only the city that made the listing may do this. Ask that city, or open a dispute.',
  OBJECTION_WINDOW_OPEN: 'The decision is not after the end of the objection window. Decide when the window has ended.',
  OBJECTION_WINDOW_SHORT:
    'The objection window is shorter than the policy demands. Give notice again with a longer window.',
  PUBLISH_TOO_LONG: 'The publicity lasts longer than the policy allows for this severity. Shorten publishUntil.',
  REQUEST_ALREADY_APPLIED:
    'A record with this requestId was applied before. Nothing more is needed; this one has no effect.',
  RESTRICT_TOO_LONG: 'The restriction lasts longer than the policy allows for this severity. Shorten restrictUntil.',
  SHARE_TOO_LONG: 'The sharing lasts longer than the policy allows for this severity. Shorten shareUntil.',
  TYPE_UNKNOWN: 'The record family has no such type. Use a type of docs/spec/families.md.',
  VALIDITY_TOO_LONG: 'The certificate is valid longer than the policy allows. Shorten validUntil.',
  WRONG_EPOCH: 'The statement names an epoch that this federation is not in. It is ignored.',
  WRONG_FEDERATION: 'The bytes belong to another federation. Check the genesis file of their sender.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

const rejections = new Map<ErrorCode, Rejection>();

/** The rejection of a code with its standard message. One object per code: the ledger makes thousands a second. */
export function rejection(code: ErrorCode): Rejection {
  let known = rejections.get(code);
  if (known === undefined) {
    known = Object.freeze({ code, message: errorCodes[code] });
    rejections.set(code, known);
  }
  return known;
}

/** The same as a failed result. */
export function refuse(code: ErrorCode): { readonly ok: false; readonly error: Rejection } {
  return { ok: false, error: rejection(code) };
}
