import type { Rejection } from './errors.ts';

/**
 * Every code of this package, each with its meaning and what to do now. Sorted; `docs/errors.md` is tested equal
 * to it. A code never changes its meaning: it stands on the ledger forever (L1).
 */
export const errorCodes = {
  ACCESS_ANSWER_OTHER: 'The answer is to another request. Do not rely on it; ask again.',
  ACCESS_ANSWER_UNSIGNED: 'The answer is not signed by the city that was asked. Do not rely on it; ask again.',
  ACCESS_BATCH_GAP: 'The batches do not follow each other. Ask the city for all of the period.',
  ACCESS_BATCH_OTHER_ROOT:
    'These are not all receipts of the batch: their tree has another root. Ask the city for all of them.',
  ACCESS_BATCH_UNKNOWN: 'The ledger has no such batch of this city. Do not rely on the answer.',
  ACCESS_BATCH_UNSORTED:
    'The receipts of the batch are not in ascending order, so nothing can be proven absent. The city breaks the rules: tell its supervisor.',
  ACCESS_LEAF_UNKNOWN: 'A receipt is no leaf of the batch of its time. Do not rely on the answer.',
  ACCESS_PERIOD_INVALID: 'The batch ends before it begins. Send the receipts of a period of some length.',
  ACCESS_PERIOD_NOT_NEXT:
    'The batch does not begin where the last one of this city ended, or the first one not with the federation. Begin it there, so that each receipt has one batch.',
  ACCESS_PERIOD_NOT_OVER: 'The batch ends after the time of the block. Send it when its period is over.',
  ACCESS_PROOF_WRONG: 'The proof does not show what it says of the batch. Do not rely on it; ask for it again.',
  ACCESS_RECEIPT_MALFORMED: 'This is not the canonical encoding of an access receipt. Fetch it again.',
  ACCESS_REQUEST_UNSIGNED: 'The request is not signed by the city that asks. Do not rely on it.',
  ACCESS_TIMES_WRONG: 'The answer is dated before its request or long after it. Do not rely on it; ask again.',
  ACTOR_REPEATED: 'One key signs the record twice. Send each actor signature once.',
  ACTOR_SIGNATURE_INVALID:
    'An actor signature does not verify. Have the person or firm sign exactly this record again.',
  ADDRESSEE_UNKNOWN: 'The addressed centre is not an authority of this federation. Name one of them, or none for all.',
  AMEND_EMPTY: 'The amendment changes nothing. Send it with a severity, a date or a commitment that differs.',
  AMEND_HARSHER:
    'An amendment makes a listing milder or corrects it; this one raises the severity or moves a date back. List it anew, with its own notice and objection window, and lift the old one.',
  APPROVERS_NOT_DISTINCT: 'Handler and approver are the same officer. A second officer must approve.',
  AUTHORITY_QUARANTINED:
    'Evidence against this authority is final, so its records have no effect. The federation must decide on it first.',
  CATALOGUE_REF_INVALID:
    'The catalogue reference is not 1 to 32 of A-Z a-z 0-9 . _ / - without long numbers. Name the item of the public catalogue.',
  CERTIFICATES_TOO_MANY:
    'This centre has the largest allowed number of active certificates of the subject. Revoke or supersede one first.',
  CERTIFICATE_EXISTS: 'A certificate with this code exists. Draw a new random code and issue again.',
  CERTIFICATE_EXPIRED:
    'The certificate is past its last valid day. The holder needs a new one from the issuing centre.',
  CERTIFICATE_NOT_ADDRESSED:
    'The certificate is addressed to another centre. Only that centre may use it; ask the issuing centre for one addressed here.',
  CERTIFICATE_REVOKED: 'The issuing centre revoked the certificate. Do not rely on it; ask the issuing centre.',
  CERTIFICATE_SUPERSEDED: 'A corrected certificate replaced this one. Ask the holder for the new one.',
  CERTIFICATE_UNKNOWN: 'No certificate with this code is final. Check the code, or wait until its issue is final.',
  CERTIFICATE_USED:
    'The certificate is used, once and for good: it can be neither used again nor revoked. Refuse it, or ask the holder for a new one.',
  CERTIFICATE_WITHOUT_HOLDER:
    'The certificate names no key of its holder, so nobody can consent for it. Ask the issuing centre for one with the key of the app.',
  CONSENT_BOUNDS_INVALID:
    'The bounds do not fit the mode. TIME needs an end after its beginning and at most 366 days later, COUNT 1 to 100 uses; neither has the other.',
  CONSENT_EXHAUSTED: 'All uses of the consent are taken. Ask the holder for a new one.',
  CONSENT_EXISTS: 'A consent with this id exists. Have the holder sign one with a new random id.',
  CONSENT_EXPIRED: 'The time of the consent is over. Ask the holder for a new one.',
  CONSENT_GRANTEE_UNKNOWN:
    'The consent names a centre that this federation does not have. Name one of its authorities.',
  CONSENT_NOT_BY_HOLDER:
    'It is not signed with the key of the holder. Only the app that holds the key of the certificate grants or withdraws.',
  CONSENT_NOT_GRANTEE: 'The holder gave the consent to another centre. Ask the holder for one that names this centre.',
  CONSENT_NOT_YET: 'The time of the consent has not begun. Wait until it does, or ask the holder for another one.',
  CONSENT_UNKNOWN: 'No consent with this id is final. Check the id, or wait until its grant is final.',
  CONSENT_WITHDRAWN: 'The holder withdrew the consent. Nothing may be read under it any more.',
  CONSENT_WRONG_PURPOSE: 'The holder gave the consent for another purpose. Ask for one for this purpose.',
  DATES_OUT_OF_ORDER:
    'The dates are not in their legal order. Correct the first date that precedes what it must follow.',
  DATE_MISSING: 'A required date is missing. Send it as days since 1970-01-01.',
  DATE_OUT_OF_RANGE: 'A date is beyond the year 9999. Send dates as days since 1970-01-01.',
  DECISION_IN_FUTURE:
    'The decision is dated after the day of the block. Send the listing on the day of the decision or later.',
  DISPUTE_ALREADY_OPEN: 'A dispute of this listing is open already. Nothing more is needed.',
  DISPUTE_NOT_OPEN: 'No dispute of this listing is open. Nothing needs to be closed.',
  DISPUTE_ONLY_FLAGS:
    'In this federation a dispute flags a listing and does not suspend it (policy.dispute). Open it without an effect, or with flag.',
  ERASURE_KNOWN: 'This city acknowledged the erasure of this record before. Nothing more is needed.',
  EVIDENCE_KNOWN: 'The accused authority is quarantined already. Nothing more is needed.',
  EVIDENCE_NOT_CHECKED:
    'Evidence of this authority before it in the same block was false, so this one was not looked at. Send it again, alone.',
  EVIDENCE_NOT_CONFLICTING:
    'The two statements do not contradict each other. Send evidence of one author about one place only.',
  EVIDENCE_SIGNATURE_INVALID: 'A statement is not signed by the accused authority. Do not relay this evidence.',
  FACT_MALFORMED:
    'A fact of the ledger cannot be read. This program is older than the ledger or its data is damaged; update it.',
  FAMILY_UNKNOWN: 'The record family has no rules here. Use a number of docs/spec/families.md.',
  FEDERATION_FILE_MALFORMED:
    'This is not the canonical encoding of a federation file. Export it again, or give the genesis file.',
  GENESIS_AUTHORITY_COUNT: 'There must be 1 to 1024 cities. Four is the usual start.',
  GENESIS_BAD_ADDRESS: 'This is not a multiaddr. Write it like "/ip4/192.0.2.1/tcp/7400".',
  GENESIS_BAD_HEX: 'This is not the right number of lower-case hexadecimal digits. Copy the value again.',
  GENESIS_BAD_NAME:
    'A name is 1 to 32 of a-z, 0-9 and "-" beginning with a letter; a display name is 1 to 128 visible characters without spaces around it. Correct it.',
  GENESIS_BAD_PEER_ID: 'This is not a libp2p peer id. Copy it from the member file that `hansa init` wrote.',
  GENESIS_DUPLICATE_FIELD: 'An object of the file names the same field twice. Remove one of them.',
  GENESIS_DUPLICATE_KEY: 'Two cities have the same key. Ask one of them for its own member file.',
  GENESIS_DUPLICATE_NAME: 'Two members have the same name. Give each its own.',
  GENESIS_DUPLICATE_PEER_ID: 'Two members have the same peer id. Ask one of them for its own member file.',
  GENESIS_MISSING_FIELD: 'The field is missing. Add it.',
  GENESIS_NOT_JSON: 'The file is not JSON text in UTF-8 without a byte order mark. Fetch the genesis file again.',
  GENESIS_OUT_OF_RANGE: 'The number is outside of its range. Choose one within it.',
  GENESIS_POSSESSION_UNPROVEN:
    'The proof does not show that the city holds the secret of its vote key. Ask the city for its member file again.',
  GENESIS_TOO_LARGE: 'The file is larger than any genesis file. Fetch the right file.',
  GENESIS_UNKNOWN_FIELD: 'The format has no such field. Remove it or correct its spelling.',
  GENESIS_UNSUPPORTED_FORMAT:
    'The format is not "hansa-genesis/1". Name the genesis file itself (a member card is none), or use a release of Hansa that knows the format.',
  GENESIS_WRONG_TYPE: 'The value is of the wrong JSON type. Write it as docs/spec/genesis.md says.',
  ISSUED_IN_FUTURE: 'The certificate is dated after the day of the block. Issue it with the present date.',
  LISTINGS_TOO_MANY:
    'The subject has the largest allowed number of listings, in all or of this city. Lift those that are void or expired first.',
  LISTING_EXPIRED:
    'The listing is past its last date and answers no more. Make a new listing if there is a new decision.',
  LISTING_LIFTED: 'The listing is lifted. It cannot change any more; make a new listing if there is a new decision.',
  LISTING_UNKNOWN: 'The subject has no such listing. Check the location of the listing and the subject.',
  LOCATION_INVALID: 'This is not the location of a record. Write city/sequence/position, for instance haikou/12/0.',
  LOG_DAMAGED:
    'An execution log does not continue the ledger. Restore the data directory, or let the city catch up anew.',
  MALFORMED: 'The bytes are not the canonical encoding of such a message. Encode it with the published schema.',
  MEMBERSHIP_APPROVED_ALREADY: 'This city has approved the proposal. Nothing more is needed.',
  MEMBERSHIP_CHANGE_EMPTY: 'The change leaves everything as it is. Name what is to be different.',
  MEMBERSHIP_CHANGE_WRONG:
    'The change does not fit the authority it is about, as it is now. Look at the present set, and who may propose which change.',
  MEMBERSHIP_DECIDED:
    'The change that ends this epoch is decided. Wait for the new epoch, then propose what is still to be changed.',
  MEMBERSHIP_EPOCH_WRONG: 'The proposal is about another epoch than the present one. Make it anew for the present set.',
  MEMBERSHIP_EXPIRY_WRONG: 'A proposal stands until a time within 30 days from now. Name one within them.',
  MEMBERSHIP_KEY_TAKEN:
    'A key or peer id of the change is, or was, that of a member. Make new keys: one that was given up never comes back.',
  MEMBERSHIP_NAME_TAKEN: 'A member has this name. Choose another one.',
  MEMBERSHIP_NOT_PROPOSER: 'Only the city that made the proposal withdraws it. Ask that city, or do not approve.',
  MEMBERSHIP_POSSESSION_UNPROVEN:
    'The proof does not show that the city holds the secret of its vote key. Ask the city for its member file again.',
  MEMBERSHIP_PROPOSAL_ENDED: 'The proposal is withdrawn, out of date or of an epoch that is over. Propose anew.',
  MEMBERSHIP_PROPOSAL_OPEN:
    'This city has an open proposal, or made one in the same block. Withdraw it first, or wait until it is out of date.',
  MEMBERSHIP_PROPOSAL_UNKNOWN: 'There is no such proposal. Check its location; only the newest of each city counts.',
  MEMBERSHIP_SET_SIZE: 'The set would have no authority that votes, or more than a federation may have. Change less.',
  NOT_CERTIFICATE_ISSUER: 'Only the centre that issued the certificate may do this. Ask that centre.',
  NOT_HELD: 'The asked city does not hold this. Ask another one.',
  NOT_LISTING_CITY: 'Only the city that made the listing may do this. Ask that city, or open a dispute.',
  NO_LONGER_VOTING:
    'The federation suspended or removed this city, or gave it other keys than these. It follows and signs nothing; if it has new keys, start it with them.',
  OBJECTION_WINDOW_OPEN: 'The decision is not after the end of the objection window. Decide when the window has ended.',
  OBJECTION_WINDOW_SHORT:
    'The objection window is shorter than the policy demands. Give notice again with a longer window.',
  OBSERVER_READ_ONLY: 'An observer signs no records. Submit them through an authority.',
  OPRF_CEREMONY_ID_TAKEN: 'A ceremony with this id was opened before. Draw a new random id and open again.',
  OPRF_CEREMONY_OPEN:
    'A ceremony is under way, and was opened less than ten minutes ago. Let it come to its end, or open another one then.',
  OPRF_CEREMONY_UNKNOWN: 'No ceremony with this id is under way. Look at the present one and begin again.',
  OPRF_DEALERS_TOO_FEW:
    'Fewer dealers than a key needs: f + 1 for a new one, the old threshold for new shares. Wait for more deals.',
  OPRF_DEALT_ALREADY: 'This city has dealt in this ceremony. Nothing more is needed.',
  OPRF_DEAL_MISSING: 'A share is claimed of a city that has not dealt. Name dealers of this ceremony only.',
  OPRF_DEAL_WRONG_DEGREE:
    'The deal has not as many commitments as the ceremony has shares to be combined. Deal with its threshold.',
  OPRF_GENERATION_WRONG: 'The generation is not the next one after the present key. Look at the present key.',
  OPRF_HOLDS_TOO_FEW: 'Not enough cities hold the shares of all these dealers. Wait for them, or name fewer dealers.',
  OPRF_KEY_EXISTS:
    'The federation has its OPRF key, and a new one would make every tag unknown. Reshare the present key instead.',
  OPRF_KEY_MISSING: 'The federation has no OPRF key to reshare. Open a ceremony for a fresh one.',
  OPRF_NOTHING_NEW: 'The city has said so much before. Nothing more is needed.',
  OPRF_NOT_EVALUATOR: 'The city holds no share of the present key, so it has none to reshare. Let those deal who do.',
  OPRF_THRESHOLD_OUT_OF_RANGE: 'The threshold is not between f + 1 and n - 2f. Choose one of these.',
  OWN_LANE_MISSING:
    'Others hold signatures of own entries whose bytes nobody who was asked has. The city signs nothing until they come; bring back a newer backup of its store, or the cities that are away.',
  PUBLISH_TOO_LONG: 'The publicity lasts longer than the policy allows for this severity. Shorten publishUntil.',
  PUBLISH_TOO_SHORT:
    'The publicity ends earlier than the policy allows for this severity. Set publishUntil later, or publish nothing.',
  QUORUM_CERTIFICATE_BAD_SIGNATURE:
    'The signature of the quorum certificate is not that of the named signers. Discard it.',
  QUORUM_CERTIFICATE_BAD_SIGNERS:
    'The bitmap of signers is not a canonical one of this federation. Discard the certificate.',
  QUORUM_CERTIFICATE_MALFORMED: 'The quorum certificate is malformed. Discard it.',
  QUORUM_CERTIFICATE_NO_QUORUM: 'The certificate has fewer signers than a quorum. Discard it.',
  QUORUM_CERTIFICATE_WRONG_EPOCH: 'The certificate is of another epoch than the one it is held against. Discard it.',
  QUORUM_CERTIFICATE_WRONG_FEDERATION: 'The certificate is of another federation. Judge it with that genesis file.',
  RECEIPT_BAD_ENTRY_SIGNATURE: 'The entry is not signed by its city. Do not rely on the receipt.',
  RECEIPT_BAD_FACT_PROOF: 'A fact of the receipt does not lead to the agreed state. Do not rely on the receipt.',
  RECEIPT_BAD_FINALIZATION: 'The finalization of the receipt does not hold. Do not rely on the receipt.',
  RECEIPT_BAD_RECORD_PROOF: 'The record of the receipt does not lead to its entry. Do not rely on the receipt.',
  RECEIPT_BAD_SEAL:
    'The receipt does not prove the authority set of its epoch from the genesis file on. Do not rely on it.',
  RECEIPT_BLOCK_MALFORMED: 'The block of the receipt is malformed. Do not rely on the receipt.',
  RECEIPT_BLOCK_MISMATCH: 'The block of the receipt is not the finalized one. Do not rely on the receipt.',
  RECEIPT_DAMAGED: 'The receipt was changed or damaged on its way. Fetch it again.',
  RECEIPT_EMPTY: 'The receipt proves neither a record nor a fact. Ask the city for a complete one.',
  RECEIPT_FACTS_UNORDERED: 'The facts are not ascending by key, one proof each. Fetch the receipt again.',
  RECEIPT_HISTORY_NEEDED:
    'The receipt leaves out the oldest changes of the cities. Give a newer federation file of the same federation: any of its cities exports one.',
  RECEIPT_LACKS_FACT: 'The receipt says nothing about what was asked. Ask the city for a receipt about it.',
  RECEIPT_MALFORMED: 'The file is not a receipt, or not an intact one. Fetch it again.',
  RECEIPT_NOT_FINAL: 'The receipt does not show that its block is final. Ask the city again once it is.',
  RECEIPT_NOT_IN_HISTORY: 'The entry is not in the agreed history. Do not rely on the receipt.',
  RECEIPT_STATE_MISMATCH: 'The state in the receipt is not the agreed one. Do not rely on the receipt.',
  RECEIPT_TOO_LARGE: 'The file is larger than any receipt. Choose the right file.',
  RECEIPT_WRONG_EPOCH:
    'The receipt is of an epoch whose authorities it does not prove. Ask the city for a complete one.',
  RECEIPT_WRONG_FEDERATION: 'The receipt is of another federation. Verify it with the genesis file of that federation.',
  REQUEST_ALREADY_APPLIED:
    'A record with this requestId was applied before. Nothing more is needed; this one has no effect.',
  RESTORED_FROM_BACKUP:
    'Others hold signatures of this city that its own data lacks: it was restored from a backup. It fetched them and goes on; find out why the data was old.',
  RESTRICT_TOO_LONG: 'The restriction lasts longer than the policy allows for this severity. Shorten restrictUntil.',
  RESTRICT_TOO_SHORT:
    'The restriction ends earlier than the policy allows for this severity. Set restrictUntil later, or leave it out.',
  SAFETY_VIOLATED:
    'Two certificates contradict each other: more than f authorities are faulty. Voting stopped; keep the data and call the other cities.',
  SHARE_TOO_LONG: 'The sharing lasts longer than the policy allows for this severity. Shorten shareUntil.',
  SHARE_TOO_SHORT:
    'The sharing ends earlier than the policy allows for this severity. Set shareUntil later, or leave it out.',
  STATE_DIVERGED:
    'The own ledger differs from the agreed one. Voting stopped; keep the data and call the other cities.',
  STORE_DAMAGED:
    'What was written cannot be read back. Restore the data directory, or start with an empty one and let the city catch up.',
  SUBJECT_MALFORMED:
    'The number of the subject does not have the right length or characters. Compare it with the document.',
  TOO_LARGE: 'What was asked for does not fit into one reply. Ask for less.',
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

/** The same with the finding that led to it. */
export function refuseBecause(code: ErrorCode, cause: Rejection): { readonly ok: false; readonly error: Rejection } {
  return { ok: false, error: { code, message: `${errorCodes[code]} (${cause.message})` } };
}
