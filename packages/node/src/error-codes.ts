/**
 * Codes of this package beside those of `@hansa/protocol`: what each means, and what to do now. Sorted. A code never
 * changes its meaning, because scripts and people rely on it.
 */
export const errorCodes: Readonly<Record<string, string>> = {
  ACCESS_ANSWER_LATE:
    'The answer is dated into a batch of receipts that this city closed meanwhile. Nothing of it is used; ask again.',
  ACCESS_NOT_BATCHED:
    'The receipt belongs to no final batch of that city yet. Wait for its next one, or name a city that took part.',
  ACCESS_PERIOD_TOO_LONG: 'The period has more receipts than one answer. Ask for a shorter one.',
  ACCESS_RECEIPTS_LOST:
    'Receipts of a batch on the ledger are missing here: the registry was restored from an older backup. Restore the newest one.',
  ACCESS_REQUEST_STALE:
    'The request is dated too far from the clock of the city that was asked. Compare the clocks of both cities and ask again.',
  ACCESS_REQUEST_STRAY: 'The request is another city’s, or for another one. Each city sends its own requests itself.',
  ACCESS_UNKNOWN: 'This city has no access receipt of this id. Compare it, or ask the other city.',
  ACCOUNT_AMBIGUOUS:
    'The person has several normal accounts at this centre. Give the account number instead of the identity number.',
  ACCOUNT_NUMBER_MALFORMED: 'An account number is 1 to 32 digits, letters or hyphens. Correct it in the source system.',
  ACCOUNT_STATUS_UNFIT:
    'Only an account in normal standing gets a certificate. Settle the account first, then import the newest export.',
  ACCOUNT_STATUS_UNKNOWN:
    'The mapping gives no meaning to this status code. Ask the centre, then add it to the mapping; do not guess.',
  ACCOUNT_UNKNOWN: 'This centre has no such account. Compare the number, or import the newest export of accounts.',
  ALREADY_EXPIRED: 'The restriction is over, and what no longer counts is not published. Nothing needs to be done.',
  ALREADY_JOINED:
    'The city has joined another federation, and a city belongs to one. Make another city with "hansa init".',
  ANSWER_STALE:
    'The newest final block is older than the policy allows for answers. Wait until the city hears from the others again.',
  APPLICATION_DECIDED: 'The application is decided already. List those that wait.',
  APPLICATION_UNKNOWN: 'The city has no such application of this key. Compare the id, or apply again.',
  APPROVALS_TOO_MANY:
    'Too many changes wait for a second officer. Approve or return some of them, then prepare this one.',
  APPROVAL_DECIDED: 'The change is approved or returned already. List those that wait.',
  APPROVAL_UNKNOWN: 'This city has no such prepared change. List those that wait.',
  BATCH_SIZE: 'A batch has no record, or more than one entry holds. Send at least one, and split what is too large.',
  BEHAVIOUR_UNKNOWN: 'The mapping gives no meaning to this behaviour. Ask the centre, then add it to the mapping.',
  BLOCK_UNKNOWN: 'No final block has this height here. Compare it with the height of "hansa status".',
  BODY_EMPTY: 'The body is empty. Send what /openapi.json describes for this route.',
  BODY_MALFORMED: 'The body cannot be read. Correct its encoding and send it again.',
  BODY_TOO_LARGE: 'The body is larger than this route takes. Split it into several requests.',
  BUSY: 'The other city answers other requests. Ask again in a moment, or ask another city.',
  CERTIFICATE_CODE_MALFORMED: 'This is not a certificate code. Type the 32 digits and letters a-f as they are printed.',
  CERTIFICATE_NOT_IN_WALLET: 'The wallet has no copy of this certificate. Fetch it with "hansa wallet receive CODE".',
  CERTIFICATE_OWN:
    'This city issued the certificate and needs nobody’s consent. Its issuers see it with GET /v1/certificates/:code.',
  CHALLENGE_INVALID:
    'The challenge is too old, was used, or is not of this city. Ask for a new one with POST /v1/holder/challenges and sign the request again.',
  CITY_DIRECTORY_NOT_EMPTY: 'The directory for a new city is not empty. Name a new one; keys are never overwritten.',
  CITY_SUSPENDED:
    'The federation suspended or removed the asking city, so the ledger takes no receipts from it. Ask when it votes again.',
  CITY_UNKNOWN: 'The federation has no city of this name. See: hansa status.',
  CITY_UNREACHABLE: 'The other city does not answer now. Try again later.',
  CODE_MALFORMED:
    'This is not a code of a deposit certificate, or codes of two of them. Scan the codes of one presentation again.',
  CODE_PART_MISSING: 'Not all codes of the presentation are scanned yet. Scan the others.',
  CODE_TOO_LARGE:
    'The code has more content than a presentation or a receipt. Refuse it; disclose fewer fields if it is your own.',
  COLUMN_MISSING:
    'The file lacks a column that the mapping reads. Choose the mapping of this centre, or correct its columns, delimiter or encoding.',
  COLUMN_TWICE: 'The header has a column twice. Rename one of them in the export.',
  CONFIG_INVALID:
    'A setting is unknown, missing or out of its range. Correct config.yaml as docs/operating/configuration.md says.',
  CONFIG_MISSING: 'The directory has no config.yaml. Name the directory of a city with --dir.',
  CONFIG_NOT_YAML: 'config.yaml is not valid YAML in UTF-8. Correct the line that the message names.',
  CONSENT_NOT_IN_WALLET: 'The wallet gave no such consent. See: hansa wallet consent list.',
  CONSENT_OTHER_CERTIFICATE: 'The consent is for another certificate. Ask the holder for one for this certificate.',
  CONSENT_REQUIRED: 'This legal basis does not open a certificate. Ask its holder for a consent.',
  CONSENT_USE_SPENT: 'This use of the consent was read with already. Each reading takes a new use.',
  CONSENT_USE_UNKNOWN:
    'The use of the consent is not final at the city that was asked, or of another case. Ask again in a moment.',
  CONTENT_TYPE_UNKNOWN: 'The route does not read this content type. Use one that /openapi.json names.',
  COUNT_MALFORMED: 'This is not a whole number from 0 to 9999. Correct it in the source system.',
  CREDENTIAL_ALGORITHM_REFUSED:
    'The credential is not signed by the algorithm of its key, which the genesis file fixes. Refuse it.',
  CREDENTIAL_DISCLOSURE_INVALID:
    'A disclosed field is not one that the city signed, or stands twice. Refuse it, or ask the holder to present it again.',
  CREDENTIAL_EXPIRED: 'The last valid day of the certificate is over. Ask the holder for a new one.',
  CREDENTIAL_ISSUER_UNKNOWN: 'No city of this federation issued the credential. Refuse it.',
  CREDENTIAL_KEY_OUT_OF_TIME:
    'The city signed this with a key that was not its key when the copy says it was issued. Refuse it: the key may be in other hands.',
  CREDENTIAL_MALFORMED:
    'This is not a copy of a deposit certificate, or it is damaged or cut off. Scan or copy it again, whole.',
  CREDENTIAL_NOT_BOUND:
    'The presentation is not signed by the holder, so anybody could have copied it. Ask the holder to present it for this matter.',
  CREDENTIAL_NOT_OF_RECEIPT:
    'The receipt and the credential do not say the same of the certificate. Take the receipt of this certificate; if it is, refuse the credential.',
  CREDENTIAL_NOT_YET_VALID: 'The credential is from the future. Compare the clock of this device.',
  CREDENTIAL_SIGNATURE_INVALID:
    'The city did not sign this with a key that is known here: it is forged or was changed. Refuse it, or, when the city may have newer keys, verify it together with its receipt.',
  CREDENTIAL_TOO_LARGE: 'This is larger than any copy of a certificate. Check what was scanned or which file was read.',
  CREDENTIAL_TYPE_UNKNOWN: 'The credential is of another type. Ask for a copy of the deposit certificate.',
  CREDENTIAL_WRONG_FEDERATION:
    'The credential is of another federation. Use the genesis file of that federation, or refuse it.',
  DAEMON_ANSWER_UNKNOWN: 'What answers at the URL is not a daemon of Hansa, or one of another version. Check the URL.',
  DAEMON_CUT_OFF:
    'The daemon ended the connection before it answered. Look at its log, then send the same again under the same Idempotency-Key.',
  DAEMON_UNREACHABLE: 'No daemon answers at the URL. Start it with "hansa start --dir DIR", or correct --url.',
  DATE_IMPOSSIBLE: 'The calendar has no such day. Correct the date in the source system.',
  DATE_IN_FUTURE: 'The account is opened after today. Correct the date in the source system.',
  DATE_MALFORMED: 'The date is not written in the format of the mapping. Correct it, or the mapping.',
  DEMO_FAILED: 'A step of the demo did not come true. Read the step and the logs that it names.',
  DEMO_TIMEOUT: 'A step of the demo took too long. Look at the logs of the daemons.',
  DOCUMENTS_CHANGED:
    'The papers of this listing are others by now than those that were shown. List what waits, read them, then approve.',
  DOCUMENTS_TOO_MANY:
    'A listing has eight papers at most, and at most 200 decisions with papers wait for their listings. Join papers into one file, or list or discard what waits.',
  DOCUMENT_TOO_LARGE: 'A paper is larger than 511 KiB. Scan it in grey at 150 dpi, or attach its pages one by one.',
  DOCUMENT_TOO_LATE:
    'This decision was imported already, and a listing commits to its papers. Keep the paper in the file, or lift the listing and decide anew.',
  DOCUMENT_TYPE_UNKNOWN: 'A paper is a PDF, JPEG or PNG file. Convert it and attach it again.',
  DOCUMENT_UNKNOWN:
    'This centre holds no document of the certificate: another one issued it, or it is erased. Ask the issuing centre.',
  ENCODING_INVALID:
    'The file has bytes that its encoding does not have. Export it again, or correct the encoding in the mapping.',
  ENUMERATION_SUSPECTED:
    "A city's officers asked for more lookups than the federation's policy allows in an hour. Ask that city why.",
  FEDERATION_FILE_OTHER: 'The federation file is of another federation. Delete it, or join with the right one.',
  FIELD_INVALID: 'A field has a wrong type or value. Correct it as the message says.',
  FIELD_MISSING: 'A required field is missing. Add it.',
  FIELD_UNKNOWN: 'A field is not known. Remove it, or correct its spelling.',
  FILE_EXISTS: 'The file exists and is not overwritten. Name another one.',
  FILE_MISSING: 'There is no such file. Check the path.',
  FILE_TOO_LARGE: 'The file is larger than any file of its kind. Check the path.',
  FILE_TOO_OPEN: 'A secret file can be read by others. Run: chmod 600 FILE.',
  FILE_UNREADABLE: 'The file cannot be read. Check its permissions.',
  FILE_UNWRITABLE: 'The file cannot be written. Check the permissions of its directory and the free space.',
  FORBIDDEN: 'The role of this token may not do this. Use the token of a role that docs/operating/roles.md names.',
  HEADER_MISSING: 'The file is empty. Its first line must name the columns.',
  HOLDER_PROOF_INVALID:
    'The header Hansa-Holder is not a proof that the holder of a key makes this request now. Sign method, path, body and challenge of this request.',
  HOLDER_PROOF_MISSING: "The request is not signed with a holder's key. Sign it and send the header Hansa-Holder.",
  HTTP_ADDRESS_UNUSABLE:
    'The HTTP API cannot listen on its address. Stop what uses the port, or set http.port in config.yaml.',
  IDEMPOTENCY_KEY_INVALID: 'The Idempotency-Key is not 1 to 128 visible ASCII characters. Send for instance a UUID.',
  IDEMPOTENCY_KEY_IN_USE: 'A request with this Idempotency-Key is being worked on. Wait, then send the same again.',
  IDEMPOTENCY_KEY_REUSED: 'The Idempotency-Key was used for another request. Use a new key for a new request.',
  ID_15_DIGITS: 'A 15-digit number of the first generation is invalid since 2013. Ask for the 18-digit number.',
  ID_CHECK_DIGIT:
    'The check character of the citizen number does not fit: a digit was mistyped. Correct it in the source system.',
  ID_DATE_IMPOSSIBLE:
    'Digits 7 to 14 of the citizen number are not a possible birthday. Correct it in the source system.',
  ID_MALFORMED: 'A citizen number has 17 digits and a check character. Correct it in the source system.',
  ID_PREFIX_UNASSIGNED: 'No province has the first two digits of the citizen number. Correct it in the source system.',
  ID_TEST_PREFIX: 'Prefix 99 marks a synthetic person, which only a test federation admits. Remove the row.',
  ID_TYPE_MISFIT:
    'This type of document does not belong to this kind of subject. Correct one of them in the source system.',
  ID_TYPE_UNKNOWN: 'The mapping gives no meaning to this type of document. Ask the centre, then add it to the mapping.',
  IMPORT_CUT_OFF: 'The daemon ended before the import was done. What it sealed stands; import the file again to go on.',
  IMPORT_INTERRUPTED: 'The import was interrupted. What it counted stands; import the same file again to go on.',
  INTERNAL:
    'The daemon failed in a way that it should not. Nothing acknowledged is lost; report it with the request id.',
  JSON_INVALID: 'The line is not a JSON object. Write one object a line.',
  KEYS_DO_NOT_MATCH:
    "The keys are not those that the genesis file names for this city. Restore the keys, or have the genesis made with this city's member card.",
  KEYS_NOT_PREPARED:
    'No new keys were prepared, or they are the present ones already. Prepare some: hansa keys rotate.',
  KEYS_PREPARED:
    'New keys were prepared already. Propose them; or delete them, when their proposal is withdrawn or was never made.',
  KEY_BINDING_INVALID:
    "The presentation is not signed by the holder's key that the city signed. Refuse it: it is somebody else's copy.",
  KEY_BINDING_STALE: 'The presentation was not made just now. Ask the holder to present it again.',
  KEY_BINDING_WRONG_AUDIENCE: 'The presentation is for another city. Ask the holder to present it for this one.',
  KEY_BINDING_WRONG_COPY:
    'The signature of the holder is over other fields: some were taken away or added. Ask the holder to present it again.',
  KEY_BINDING_WRONG_NONCE:
    'The presentation is for another matter, or was shown before. Ask the holder to present it for this one.',
  KEY_EXISTS: 'A key file exists and is never overwritten. Move it away first when a new key is really wanted.',
  KEY_FILE_MODE:
    'Others on this machine may read or write a key file. Run: chmod 600 FILE; if others used this machine, treat the key as stolen.',
  KEY_MALFORMED: 'A key file does not have the form of a key. Restore it from the backup.',
  KEY_MISSING: 'A key file is missing. Restore it from the backup; keys are never made again.',
  KEY_UNREADABLE: 'A key file cannot be read. Run the daemon as the user that owns it.',
  KEY_UNWRITABLE: 'A key file cannot be written. Check the directory and its permissions.',
  LANE_WINDOW_FULL: 'The city is too far ahead of the agreement. Wait as long as Retry-After says, then send again.',
  LEGAL_BASIS_UNKNOWN: 'The federation’s policy has no such legal basis. Use one of policy.access.legalBases.',
  LISTING_DIFFERS:
    'This decision about this subject is imported already with other content. Amend or lift the listing, or correct the row.',
  LISTING_DOCUMENT_UNKNOWN:
    'The listing has no such paper. Open its details and take the commitment of one of its documents.',
  MAPPING_INVALID: 'The mapping lacks a field, or has a wrong one. Correct what the message names.',
  MAPPING_LACKS_KIND: 'The mapping has no part for this kind of file. Add it, or choose another mapping.',
  MAPPING_NOT_YAML: 'The mapping is not valid YAML. Correct the line that the message names.',
  MAPPING_UNKNOWN: 'There is no built-in mapping of this name. Use one of those that the message names, or a file.',
  MEMBERSHIP_CARD_DIFFERS:
    'The proposal has other keys than the card. Do not approve it, and ask the city and the proposer which is right.',
  MEMBER_CARD_INVALID: 'The member card is damaged or not one. Ask the city for its card again.',
  MEMBER_CARD_MISSING:
    'The member card of the city is not in its directory. Put it back; other cities can show what was on it.',
  METHOD_NOT_ALLOWED: 'The path knows other methods. Use one that the Allow header names.',
  MONEY_MALFORMED: 'The amount is not written in the unit of the mapping. Correct it, or the mapping.',
  MONEY_NEGATIVE: 'The amount is negative. Correct it in the source system.',
  MONEY_TOO_LARGE: 'The amount is larger than any real one. Check the unit (yuan or fen) in the mapping.',
  NETWORK_KEY_INVALID: 'The network key does not have 32 bytes. Restore the key file from the backup.',
  NETWORK_KEY_MISMATCH:
    'The network key is not the one that the genesis file names. Use the key made for this genesis file.',
  NETWORK_START_FAILED:
    'The network did not start. Check the listen addresses, and that no other program uses the port.',
  NETWORK_STOPPED: 'The network is stopped, because the daemon is stopping. Ask again when it runs.',
  NOT_A_MEMBER:
    "The genesis file names no such member. Correct the city's name in config.yaml, or use the right genesis file.",
  NOT_CERTIFICATE_HOLDER:
    "The certificate is of another key. Use the wallet that applied for it, or have it issued anew on this wallet's key.",
  NOT_FINAL_YET: 'The federation has not agreed on it yet. Send the same request again with the same Idempotency-Key.',
  NOT_FOUND: 'There is nothing at this path. See /openapi.json for what there is.',
  NOT_JOINED: 'The city has not heard from a quorum since its start, so it may not sign yet (R6). Wait for the others.',
  NOT_JOINED_YET: 'The city has no genesis file yet. Run: hansa join --dir DIR --genesis FILE.',
  NOT_READY: 'The city does not take part at present. See "hansa status" for why.',
  OBSERVER_NO_LOOKUPS:
    'An observer has no share of the key that persons are looked up with. Ask a city, or send the proof id of a check.',
  OPRF_ASKER_QUARANTINED: 'The asking city is quarantined. The federation must decide on it first.',
  OPRF_ASKER_SUSPENDED:
    'The asking city is suspended or removed, and looks nobody up. The federation must recover it first.',
  OPRF_DEALER_LIED: 'A city dealt wrongly in the OPRF ceremony, which goes on without it. Call that city.',
  OPRF_EVALUATOR_LIED:
    'A city answered with an evaluation that it cannot prove, and is left alone for ten minutes. Call that city.',
  OPRF_GENERATION_OTHER: 'The present key is of another generation. Look at the ledger again.',
  OPRF_NOTHING_DEALT: 'This city has nothing to give in that ceremony. Look at the present one.',
  OPRF_NO_KEY:
    'The federation has no OPRF key yet, so nobody can be looked up. Wait until enough cities are connected: they make it by themselves.',
  OPRF_QUOTA_EXHAUSTED:
    'The lookups of this officer, or of this matter, are used up for this hour. Wait, or find out why so many were made.',
  OPRF_RECORDS_MISSING:
    'A city had many more persons evaluated for records of its own than its lane shows records. Ask that city which import it was.',
  OPRF_REQUEST_MALFORMED:
    'The request is not one of the OPRF door. Send the canonical encoding with at least one element of ristretto255, and at most `oprfElementsMax`.',
  OPRF_REQUEST_MISDIRECTED: 'The request is of another city, or to another one. Ask for yourself.',
  OPRF_REQUEST_REPLAYED: 'The request was answered before. Draw a new nonce and ask again.',
  OPRF_REQUEST_STALE: 'The request is from another time. Compare the clocks of the two cities.',
  OPRF_SHARE_MISSING:
    'The city holds no share of the present key. Ask another one; if it ought to hold one, reshare the key.',
  OPRF_SIGNATURE_INVALID: 'The request is not signed by the credential key of the asking city. Sign it with that key.',
  OPRF_TOO_FEW_EVALUATORS:
    'Too few other cities helped to look the subject up. Wait until more cities are connected, and ask again.',
  ORG_CODE_BODY_CHECK:
    'The organisation number in characters 9 to 17 fails its own check (GB 11714). Correct it in the source system.',
  ORG_CODE_CHECK_CHARACTER:
    'The check character of the credit code does not fit: one was mistyped. Correct it in the source system.',
  ORG_CODE_MALFORMED:
    'A unified social credit code has 18 characters, none of I O S V Z. Correct it in the source system.',
  ORG_CODE_PREFIX_UNASSIGNED: 'No province has the region of the credit code. Correct it in the source system.',
  ORG_CODE_TEST_PREFIX:
    'Region 99 marks a synthetic organisation, which only a test federation admits. Remove the row.',
  PAGE_NOT_BUILT: 'The program of the page that verifies copies is not built. Run pnpm build once.',
  PAYLOAD_ERASED: 'The city that held the private part has erased it. Ask the citizen for the document.',
  PAYLOAD_NOT_COMMITTED:
    'What came is not what the ledger has the commitment of. Do not rely on it; tell the supervisor of that city.',
  PAYLOAD_UNKNOWN: 'The city that was asked has no such payload of this record. Compare the location.',
  PAYLOAD_UNREADABLE: 'The private part is not in a form that this program reads. Update it.',
  PEER_NOT_CONNECTED: 'The other city is not connected. Ask another one, or check the network.',
  POLICY_INVALID:
    'A setting of the policy is unknown or out of its range. Correct the file as docs/operating/policy.md says.',
  POLICY_NOT_YAML: 'The policy file is not valid YAML in UTF-8. Correct it.',
  PROOF_UNKNOWN: 'This is not the proof id of a check. Send it as the check answered it.',
  QUOTING_INVALID: 'The quotation marks do not match. Write a quotation mark inside a quoted value twice.',
  RATE_EXCEEDED: 'The city has more requests than it takes. Send it again when Retry-After says.',
  RATE_LIMITED: 'The other city was asked too often. Ask again later, or ask another city.',
  RATE_MALFORMED: 'The rate is not written in the unit of the mapping. Correct it, or the mapping.',
  RATE_TOO_LARGE: 'The rate is above 100 %. Check the unit (percent or fraction) in the mapping.',
  RECEIPT_NOT_YET: 'No final block proves the record yet. Ask again in a moment.',
  RECORDS_EMPTY: 'The request has no record. Send at least one.',
  RECORDS_TOO_MANY: 'A request becomes one entry and has more than fits. Split it.',
  RECORDS_TRUNCATED: 'The records are cut off, or a length before one is wrong. Send the whole body.',
  RECORD_TOO_LARGE: 'A record is larger than 8 KiB. Keep private data in the registry and send its commitment.',
  RECORD_UNKNOWN: 'No record stands at this location. Compare the location, or wait until the city has caught up.',
  REQUEST_FAILED: 'The other city could not answer the request. Ask another city.',
  REQUEST_TIMEOUT: 'The other city did not answer in time. Ask another city.',
  REQUEST_TOO_LARGE: 'A request to another city is too large. Ask for less at a time.',
  ROW_CELL_COUNT: 'The row has more or fewer cells than the header. Look for a separator inside a value and quote it.',
  ROW_TOO_LONG: 'A row is longer than 65536 characters. Look for a quotation mark that is never closed.',
  SEAL_BROKEN:
    'The sealed payload does not open with this city’s key for this consent. The issuer shall deliver it again.',
  SEAT_NOT_YET:
    'The federation has not added this city, as far as is known here, so nobody lets it in. Send its member card to the other cities; it takes its seat by itself when they have added it.',
  SEVERITY_UNKNOWN: 'The mapping gives no meaning to this severity. Ask the centre, then add it to the mapping.',
  STILL_PENDING: 'It is accepted, but not final yet. Ask for the record again later; do not send it again.',
  STOPPING: 'The daemon is stopping. Send the request again when it runs.',
  STOP_TIMEOUT: 'The daemon did not stop in time and was ended. What was acknowledged is durable; start it again.',
  STORE_CLOSED: 'The store is closed, because the daemon is stopping. Send the request again when it runs.',
  STORE_CORRUPT:
    'The store is damaged. Move its directory away, and restore the newest backup or let the city catch up anew.',
  STORE_FAILED:
    "The store cannot be read or written. Check the disk's space and the permissions, then start again; what was acknowledged is safe.",
  STORE_LOCKED:
    'Another process has the store open. Stop the other daemon of this city first: two with the same keys would fork its lane.',
  STORE_OF_ANOTHER_CITY: 'The data directory is of another city or federation. Correct dataDirectory in config.yaml.',
  STREAMS_TOO_MANY: 'Too many event streams are open. Close one, or try again later.',
  SUBJECT_KIND_UNKNOWN:
    'The mapping gives no meaning to this kind of subject. Ask the centre, then add it to the mapping.',
  TEXT_MALFORMED: 'The text is too long or has invisible characters. Correct it in the source system.',
  TOKENS_MALFORMED: 'tokens.json is damaged. Make new tokens with "hansa init --dir DIR --tokens" and restart.',
  TOKEN_FILE_MISSING: 'There is no token file. Name one with --token-file.',
  TOKEN_MISSING: 'The request has no token. Send "Authorization: Bearer TOKEN".',
  TOKEN_UNKNOWN:
    'The token is not one of this city. Use its file in the directory "tokens" of the city; after "hansa init --tokens" restart the daemon.',
  USAGE: 'The command line is wrong. See --help of the command.',
  VALUE_MISSING: 'The cell is empty, absent, or neither a text nor a number. Fill it in the source system.',
  WALLET_EXISTS: 'The directory for a new wallet is not empty, and a wallet overwrites nothing. Name a new one.',
  WALLET_MALFORMED: 'A file of the wallet is damaged, or of another wallet. Restore the directory from its backup.',
  WALLET_MISSING: 'The directory has no wallet. Make one with "hansa wallet init".',
};
