import { create } from '@bufbuild/protobuf';
import { equalBytes } from '../bytes.ts';
import { decodeStrict, encodeMessage, safeNumber } from '../codec/index.ts';
import type { Digest, Domains, ReceiptCrypto } from '../crypto/index.ts';
import { accept, invariant, type Rejection, type Result, reject } from '../errors.ts';
import { EntryHeaderSchema, EntrySchema, type SignedHeader, SignedHeaderSchema } from '../gen/hansa/v1/lane_pb.ts';
import { epochOf } from '../genesis/authority-set.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { merkleRootOfDigests } from '../merkle/index.ts';
import { countActors, recordIds } from '../records/index.ts';
import { QuickReader } from '../records/quick-reader.ts';

/** The fields of an entry's header (R3). */
export interface HeaderFields {
  readonly epoch: number;
  readonly lane: AuthorityIndex;
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly previous: Digest;
  readonly recordsRoot: Digest;
  readonly recordCount: number;
  readonly byteLength: number;
  readonly createdAtMs: number;
}

/** A decoded header with the carried bytes that digest and signature are over (R1). */
export interface CarriedHeader extends HeaderFields {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly digest: Digest;
}

/** An entry whose header, count, length and Merkle root were verified. */
export class VerifiedEntry {
  readonly header: CarriedHeader;
  /** `Entry` bytes as carried. */
  readonly bytes: Uint8Array;
  /** Actor signatures of its records, each of which costs whoever executes it a verification. */
  readonly signatures: number;

  constructor(header: CarriedHeader, bytes: Uint8Array, records: readonly Uint8Array[]) {
    this.header = header;
    this.bytes = bytes;
    this.signatures = countActors(records);
  }

  /**
   * Views of `bytes`, made anew each time: thousands of entries wait for their block, and as many small arrays a entry
   * would be most of the garbage collector's work.
   */
  get records(): readonly Uint8Array[] {
    const parts = readParts(this.bytes);
    invariant(parts !== undefined, 'a verified entry has the canonical form');
    return parts.records;
  }
}

export function encodeHeader(federationId: Digest, header: HeaderFields): Uint8Array {
  return encodeMessage(
    EntryHeaderSchema,
    create(EntryHeaderSchema, {
      federationId,
      epoch: BigInt(header.epoch),
      authority: header.lane,
      sequence: BigInt(header.sequence),
      previousDigest: header.previous,
      recordsRoot: header.recordsRoot,
      recordCount: header.recordCount,
      byteLength: header.byteLength,
      createdAtMs: BigInt(header.createdAtMs),
    }),
  );
}

/** C12: which entries are of use: those of the present epoch, or all up to it (a store and a receipt keep older ones). */
export type EpochsRead = 'present' | 'any';

/** Decodes a signed header strictly. The signature is not checked here. */
export function decodeHeader(
  domains: Domains,
  genesis: Genesis,
  signed: SignedHeader,
  epochs: EpochsRead = 'present',
): Result<CarriedHeader> {
  const decoded = decodeStrict(EntryHeaderSchema, signed.header, 512);
  if (!decoded.ok) return decoded;
  const message = decoded.value;
  if (!equalBytes(message.federationId, domains.federationId)) {
    return reject('WRONG_FEDERATION', 'The entry belongs to another federation; check the genesis file of its sender.');
  }
  const epoch = safeNumber(message.epoch);
  const sequence = safeNumber(message.sequence);
  const createdAtMs = safeNumber(message.createdAtMs);
  if (
    epoch === undefined ||
    sequence === undefined ||
    createdAtMs === undefined ||
    sequence < 1 ||
    message.previousDigest.length !== 32 ||
    message.recordsRoot.length !== 32 ||
    signed.signature.length !== 64
  ) {
    return malformed('a field is missing or out of range');
  }
  const present = epochOf(genesis);
  // guard: C12 entries of another epoch are refused
  if (epochs === 'present' ? epoch !== present : epoch > present) {
    return reject('WRONG_EPOCH', 'The entry names an epoch that this federation is not in.');
  }
  if (message.authority >= genesis.authorities.length) return malformed('a field is missing or out of range');
  if (message.recordCount < 1 || message.recordCount > limits.entryRecordsMax) return malformed('the record count');
  if (message.byteLength > limits.entryBytesMax) return malformed('the byte length');
  return accept({
    epoch,
    lane: message.authority,
    sequence,
    previous: message.previousDigest,
    recordsRoot: message.recordsRoot,
    recordCount: message.recordCount,
    byteLength: message.byteLength,
    createdAtMs,
    bytes: signed.header,
    signature: signed.signature,
    digest: domains.digest('entry', signed.header),
  });
}

export function verifyHeaderSignature(
  crypto: ReceiptCrypto,
  domains: Domains,
  genesis: Genesis,
  header: CarriedHeader,
): boolean {
  const owner = genesis.authorities[header.lane];
  if (owner === undefined || owner.standing !== undefined) return false; // guard: C12 who does not vote has no lane
  return crypto.ed25519.verify(header.signature, domains.message('entry-signature', header.bytes), owner.laneKey);
}

/** A decoded `Entry`: an announcement when it has no records. */
export interface DecodedEntry {
  readonly header: CarriedHeader;
  readonly records: readonly Uint8Array[];
  readonly bytes: Uint8Array;
}

export function decodeEntry(
  domains: Domains,
  genesis: Genesis,
  bytes: Uint8Array,
  epochs: EpochsRead = 'present',
): Result<DecodedEntry> {
  const parts = readParts(bytes);
  // What has not the usual form goes the strict way, which says what is wrong.
  const decoded = parts === undefined ? decodeStrict(EntrySchema, bytes, limits.frameBytesMax) : accept(parts);
  if (!decoded.ok) return decoded;
  const { signed, records } = decoded.value;
  if (signed === undefined) return malformed('there is no header');
  const header = decodeHeader(domains, genesis, signed, epochs);
  if (!header.ok) return header;
  return accept({ header: header.value, records, bytes });
}

/** The parts of canonical `Entry` bytes, read in one pass; undefined for all others, and for forms that are not usual. */
function readParts(bytes: Uint8Array): { signed: SignedHeader; records: Uint8Array[] } | undefined {
  if (bytes.length > limits.frameBytesMax) return undefined;
  const reader = new QuickReader(bytes);
  // A copy: headers are remembered longer than the entry, whose bytes a view would keep in memory.
  const signed = decodeStrict(SignedHeaderSchema, reader.bytes(1).slice());
  const records = reader.repeated(2);
  return reader.done && signed.ok ? { signed: signed.value, records } : undefined;
}

/** Checks the records against the header's count, length and root. */
export function verifyRecords(crypto: ReceiptCrypto, domains: Domains, entry: DecodedEntry): Result<VerifiedEntry> {
  const { header, records } = entry;
  if (records.length !== header.recordCount) return malformed('the number of records differs from the header');
  let byteLength = 0;
  for (const record of records) {
    if (record.length === 0 || record.length > limits.recordBytesMax) return malformed('a record has an invalid size');
    byteLength += record.length;
  }
  if (byteLength !== header.byteLength) return malformed('the records are not as long as the header says');
  if (!equalBytes(recordsRoot(crypto, domains, records), header.recordsRoot)) {
    return malformed('the records do not hash to the header’s root');
  }
  return accept(new VerifiedEntry(header, entry.bytes, records));
}

function recordsRoot(crypto: ReceiptCrypto, domains: Domains, records: readonly Uint8Array[]): Digest {
  return merkleRootOfDigests(crypto, recordIds(domains, records));
}

/** Seals records into the next entry of the own lane: one signature for all of them (R3). */
export function sealEntry(
  crypto: ReceiptCrypto,
  domains: Domains,
  laneSecret: Uint8Array,
  position: {
    lane: AuthorityIndex;
    sequence: number;
    previous: Digest;
    createdAtMs: number;
    /** C12: 0 unless said otherwise. */
    epoch?: number;
  },
  records: readonly Uint8Array[],
): VerifiedEntry {
  let byteLength = 0;
  for (const record of records) byteLength += record.length;
  const fields: HeaderFields = {
    ...position,
    epoch: position.epoch ?? 0,
    recordsRoot: recordsRoot(crypto, domains, records),
    recordCount: records.length,
    byteLength,
  };
  const bytes = encodeHeader(domains.federationId, fields);
  const signature = crypto.ed25519.sign(domains.message('entry-signature', bytes), laneSecret);
  const header: CarriedHeader = { ...fields, bytes, signature, digest: domains.digest('entry', bytes) };
  return new VerifiedEntry(header, encodeEntry(header, records), records);
}

/** `Entry` bytes; without records it is an announcement. */
export function encodeEntry(header: CarriedHeader, records: readonly Uint8Array[]): Uint8Array {
  return encodeMessage(
    EntrySchema,
    create(EntrySchema, {
      signed: { header: header.bytes, signature: header.signature },
      records: records as Uint8Array[],
    }),
  );
}

function malformed(what: string): { ok: false; error: Rejection } {
  return reject('MALFORMED', `The entry is malformed: ${what}. Its author must be fixed; the entry is ignored.`);
}
