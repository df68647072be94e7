import { concatBytes, u32be } from '@hansa/protocol';
import type { RecordLocation, StoreReader } from '@hansa/protocol/replica';

/**
 * Keys of the city's private store. First byte: table.
 *
 * | table | key | value |
 * |---|---|---|
 * | accounts | HMAC of the account number | `Account` as JSON |
 * | holders | HMAC of the citizen number, HMAC of the account number | empty |
 * | payloads | commitment | salt (32 bytes) and payload |
 * | requests | requestId | its state, see `Requests` |
 * | requests | `certificate/`, requestId | code of the certificate drafted for it |
 * | pending | first requestId of a batch | all of them; while their records may not be on the lane |
 * | listings | lane, sequence, position | commitment of the listing's payload |
 * | certificates | certificate code | `IssuedCertificate` as JSON |
 * | officers | pseudonym | name |
 * | counters | name | next number as text |
 * | checks | number (u48) | `CheckEntry` as JSON |
 * | applications | application id | `Application` as JSON |
 * | approvals | approval id | `Approval` as JSON |
 * | copies | commitment of a certificate | the citizen's copy (SD-JWT) of it |
 * | documents | requestId of a listing to come | `DocumentInfo` of its papers as JSON |
 * | oprfDeals | ceremony id | the own polynomial, or what is left to hand out of it, as JSON |
 * | oprfShares | ceremony id, dealer (u32) | the share that the dealer gave |
 * | oprfEvaluations | number (u48) | `Evaluation` as JSON |
 * | accesses | receipt id | `AccessReceipt` |
 * | accessTimes | receipt's time (u48), receipt id | empty |
 * | accessIndex | 1 record, 2 officer, 3 HMAC of the case; 16 bytes; time (u48), receipt id | empty |
 * | accessRequests | request digest | receipt id: an answer that was given is given again |
 * | accessBatches | lane (u32), end (u48) | `AgreedBatch` as JSON |
 * | spentUses | place of a use of a consent | request digest it was read with |
 * | outgoing | kind, city (u32), what | delivery or notice as JSON, until it is acknowledged |
 * | delivered | consent id | payload sealed to this city, as JSON |
 * | notices | time (u48), receipt id | notice of another city as JSON |
 * | consentsOf | certificate code, legal time of the grant (u48), consent id | empty |
 * | exchange | name | what the exchange goes on from after a restart |
 *
 * Numbers of persons and accounts are in keys only as HMACs with the city's secret: a listing of keys shows nothing.
 */
const tables = {
  accounts: 1,
  holders: 2,
  payloads: 3,
  requests: 4,
  pending: 5,
  listings: 6,
  certificates: 7,
  officers: 8,
  counters: 9,
  checks: 10,
  applications: 20,
  copies: 21,
  documents: 22,
  approvals: 30,
  oprfDeals: 40,
  oprfShares: 41,
  oprfEvaluations: 42,
  accesses: 60,
  accessTimes: 61,
  accessIndex: 62,
  accessRequests: 63,
  accessBatches: 64,
  spentUses: 65,
  outgoing: 66,
  delivered: 67,
  notices: 68,
  exchange: 69,
  consentsOf: 70,
} as const;

export type PrivateTable = keyof typeof tables;

export function privateKey(table: PrivateTable, ...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(new Uint8Array([tables[table]]), ...parts);
}

/** All keys of a table that begin with `prefix`; without one, the whole table. */
export function privateRange(table: PrivateTable, prefix?: Uint8Array): { gte: Uint8Array; lt: Uint8Array } {
  if (prefix === undefined) return { gte: privateKey(table), lt: new Uint8Array([tables[table] + 1]) };
  // Keys are prefixes of one length and one more part: no part is 64 bytes of 0xff.
  return { gte: privateKey(table, prefix), lt: privateKey(table, prefix, new Uint8Array(64).fill(0xff)) };
}

export function locationKey(location: RecordLocation): Uint8Array {
  const high = Math.floor(location.sequence / 0x1_0000_0000);
  return privateKey(
    'listings',
    u32be(location.lane),
    u32be(high),
    u32be(location.sequence >>> 0),
    u32be(location.position),
  );
}

export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The city's own writing: its form is not checked again. */
export function decodeJson<T>(bytes: Uint8Array): T {
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}

export async function getJson<T>(store: StoreReader, key: Uint8Array): Promise<T | undefined> {
  const bytes = await store.get(key);
  return bytes === undefined ? undefined : decodeJson<T>(bytes);
}
