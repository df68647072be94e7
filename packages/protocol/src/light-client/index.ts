/**
 * Everything that checks a receipt offline, in a browser or anywhere else: give it the genesis file, the receipt and
 * the time. No network, no clock, no permission from anybody (P4).
 */
export { fromHex, toHex } from '../bytes.ts';
export { Domains } from '../crypto/domains.ts';
export { portableReceiptCrypto as portableCrypto } from '../crypto/portable-receipt.ts';
export type { ReceiptCrypto } from '../crypto/types.ts';
export { HansaError, type Rejection, type Result } from '../errors.ts';
export { type BlacklistFact, isLate, type Listing, type LiveListing } from '../families/blacklist/fact.ts';
export { formatDay, legalDay } from '../families/calendar.ts';
export type { CertificateFact, CertificateStatus } from '../families/certificate/fact.ts';
export {
  type ConsentBalance,
  type ConsentFact,
  ConsentPurpose,
  type ConsentStatus,
} from '../families/consent/fact.ts';
export { parseGenesis } from '../genesis/parse.ts';
export type { Authority, Genesis } from '../genesis/types.ts';
export * from '../receipt/context.ts';
export * from '../receipt/explain.ts';
export * from '../receipt/explain-consent.ts';
export * from '../receipt/federation-file.ts';
export type { ProvenRecord } from '../receipt/record-proof.ts';
export * from '../receipt/verify.ts';
export { formatLocation, parseLocation } from '../records/location.ts';
