import { toHex } from '@hansa/protocol';
import { CERTIFICATE_FAMILY, certificateTypes, MEMBERSHIP_FAMILY, membershipTypes } from '@hansa/protocol/families';
import {
  CertificateUseSchema,
  decodeStrict,
  type Evidence,
  MembershipApproveSchema,
  type MembershipChange,
  MembershipEvidenceSchema,
  MembershipProposeSchema,
  MembershipWithdrawSchema,
  type RecordRef,
  RecordSchema,
} from '@hansa/protocol/wire';
import type { Decoder, SeenEntry, SeenHeader } from './decode.ts';

/** A record whose outcome is judged, by its position in the entry. */
export type NotableRecord =
  | { readonly position: number; readonly kind: 'use'; readonly certificate: string }
  | { readonly position: number; readonly kind: 'evidence'; readonly evidence: Evidence }
  | MembershipRecord;

/** C12. `proposal`: the place of a record, `lane/sequence/position`. */
export type MembershipRecord = { readonly position: number; readonly kind: 'membership' } & (
  | { readonly act: 'propose'; readonly change: MembershipChange; readonly epoch: number; readonly expiresAtMs: number }
  | { readonly act: 'approve' | 'withdraw'; readonly proposal: string }
);

export interface KnownEntry {
  /** Counts up: a small name for sets of entries. */
  readonly id: number;
  readonly epoch: number;
  readonly lane: number;
  readonly sequence: number;
  readonly digest: string;
  readonly previous: string;
  readonly recordsRoot: string;
  readonly byteLength: number;
  readonly notable: readonly NotableRecord[];
}

/** Place of a lane and a sequence in one number: lanes are at most 1024, sequences stay below 2^42. */
function placeOf(lane: number, sequence: number): number {
  return lane * 2 ** 42 + sequence;
}

/** All entries that some faithful city holds, each once; branches of a fork side by side (R4). */
export class EntryBook {
  readonly #decoder: Decoder;
  readonly #places = new Map<number, KnownEntry[]>();
  #nextId = 1;

  constructor(decoder: Decoder) {
    this.#decoder = decoder;
  }

  /** The entry that is stored under this key of the table of entries. Its value is read the first time only. */
  stored(lane: number, sequence: number, digestStart: string, value: Uint8Array): KnownEntry | undefined {
    const known = this.at(lane, sequence).find(({ digest }) => digest.startsWith(digestStart));
    if (known !== undefined) return known;
    const entry = this.#decoder.entry(value);
    return entry === undefined ? undefined : this.#add(entry);
  }

  #add({ header, records }: SeenEntry): KnownEntry {
    const { epoch, lane, sequence, digest, previous, recordsRoot, byteLength } = header;
    const place = placeOf(lane, sequence);
    const known: KnownEntry = {
      id: this.#nextId++,
      epoch,
      lane,
      sequence,
      digest,
      previous,
      recordsRoot,
      byteLength,
      notable: notableRecords(records),
    };
    const there = this.#places.get(place);
    if (there === undefined) this.#places.set(place, [known]);
    else there.push(known);
    return known;
  }

  at(lane: number, sequence: number): readonly KnownEntry[] {
    return this.#places.get(placeOf(lane, sequence)) ?? [];
  }

  find(lane: number, sequence: number, digest: string): KnownEntry | undefined {
    return this.at(lane, sequence).find((entry) => entry.digest === digest);
  }

  /**
   * The entries from just above `below` up to a tip, newest first; `missing` where nobody faithful holds the next one,
   * `broken` when the chain of previous digests does not end at `below`.
   */
  chain(
    lane: number,
    below: { readonly sequence: number; readonly digest: string },
    tip: { readonly sequence: number; readonly digest: string },
  ): KnownEntry[] | 'missing' | 'broken' {
    const entries: KnownEntry[] = [];
    let { digest } = tip;
    for (let sequence = tip.sequence; sequence > below.sequence; sequence--) {
      const entry = this.find(lane, sequence, digest);
      if (entry === undefined) return 'missing';
      entries.push(entry);
      digest = entry.previous;
    }
    return digest === below.digest ? entries : 'broken';
  }

  forget(entry: Pick<KnownEntry, 'lane' | 'sequence'>): void {
    this.#places.delete(placeOf(entry.lane, entry.sequence));
  }
}

const FAMILY_TAG = 8;

function notableRecords(records: readonly Uint8Array[]): NotableRecord[] {
  const notable: NotableRecord[] = [];
  records.forEach((bytes, position) => {
    // A record begins with its family: nearly all are passed over after two bytes.
    if (bytes[0] !== FAMILY_TAG) return;
    if (bytes[1] !== CERTIFICATE_FAMILY && bytes[1] !== MEMBERSHIP_FAMILY) return;
    const record = decodeStrict(RecordSchema, bytes);
    if (!record.ok) return;
    const { family, type, body } = record.value;
    if (family === CERTIFICATE_FAMILY && type === certificateTypes.use) {
      const use = decodeStrict(CertificateUseSchema, body);
      if (use.ok) notable.push({ position, kind: 'use', certificate: toHex(use.value.certificateId) });
    } else if (family === MEMBERSHIP_FAMILY) {
      const said = membershipRecord(position, type, body);
      if (said !== undefined) notable.push(said);
    }
  });
  return notable;
}

function membershipRecord(position: number, type: number, body: Uint8Array): NotableRecord | undefined {
  const kind = 'membership';
  switch (type) {
    case membershipTypes.evidence: {
      const said = decodeStrict(MembershipEvidenceSchema, body);
      const evidence = said.ok ? said.value.evidence : undefined;
      return evidence && { position, kind: 'evidence', evidence };
    }
    case membershipTypes.propose: {
      const said = decodeStrict(MembershipProposeSchema, body);
      if (!said.ok || said.value.change === undefined) return undefined;
      const { change, epoch, expiresAtMs } = said.value;
      return { position, kind, act: 'propose', change, epoch: Number(epoch), expiresAtMs: Number(expiresAtMs) };
    }
    case membershipTypes.approve: {
      const said = decodeStrict(MembershipApproveSchema, body);
      return said.ok ? { position, kind, act: 'approve', proposal: placeText(said.value.proposal) } : undefined;
    }
    case membershipTypes.withdraw: {
      const said = decodeStrict(MembershipWithdrawSchema, body);
      return said.ok ? { position, kind, act: 'withdraw', proposal: placeText(said.value.proposal) } : undefined;
    }
    default:
      return undefined;
  }
}

function placeText(ref: RecordRef | undefined): string {
  return ref === undefined ? '' : `${ref.lane}/${ref.sequence}/${ref.position}`;
}

export type { SeenHeader };
