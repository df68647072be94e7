import { BLACKLIST_FAMILY, blacklistTypes, encodeBlacklistList } from '@hansa/protocol/families';
import { encodeRecord } from '@hansa/protocol/records';
import type { Random } from '../kernel/random.ts';

const REQUEST_ID_BYTES = 16;
const SUBJECT_BYTES = 32;
const DOCUMENT_BYTES = 32;
/** Papers behind a listing that fill a record up to its size; more are refused (`documentCommitmentsMax`). */
const DOCUMENTS_MAX = 8;
const CATALOGUE_REF_BYTES_MAX = 32;

/**
 * Valid listings of one city. They are made from a template of the wanted size, in which each gets a subject and a
 * request id of its own: making one costs a copy.
 */
export class ListingFactory {
  readonly #template: Uint8Array;
  readonly #random: Random;
  readonly #subjectAt: number;
  readonly #requestAt: number;

  /** `today`: days since 1970 in the federation's legal time. `bytes`: about the size of each record. */
  constructor(options: { readonly random: Random; readonly today: number; readonly bytes: number }) {
    this.#random = options.random;
    const marker = options.random.bytes(SUBJECT_BYTES);
    const request = options.random.bytes(REQUEST_ID_BYTES);
    this.#template = templateOf(options.bytes, options.today, marker, request, options.random);
    this.#subjectAt = placeOf(this.#template, marker);
    this.#requestAt = placeOf(this.#template, request);
  }

  /** Bytes of each record. */
  get recordBytes(): number {
    return this.#template.length;
  }

  next(): Uint8Array {
    const record = this.#template.slice();
    record.set(this.#random.bytes(SUBJECT_BYTES), this.#subjectAt);
    record.set(this.#random.bytes(REQUEST_ID_BYTES), this.#requestAt);
    return record;
  }
}

/** The listing closest to the size: documents first, then the text of the catalogue reference. */
function templateOf(
  bytes: number,
  today: number,
  subject: Uint8Array,
  request: Uint8Array,
  random: Random,
): Uint8Array {
  const handler = random.bytes(16);
  const approver = random.bytes(16);
  const commitment = random.bytes(32);
  const make = (documents: number, reference: string): Uint8Array =>
    encodeRecord({
      family: BLACKLIST_FAMILY,
      type: blacklistTypes.list,
      requestId: request,
      body: encodeBlacklistList({
        subjectTag: subject,
        severity: 2,
        noticeDate: today - 60,
        objectionUntil: today - 45,
        decidedOn: today - 30,
        effectiveFrom: today,
        publishUntil: today + 100,
        shareUntil: today + 200,
        restrictUntil: today + 300,
        handler,
        approver,
        commitment,
        catalogueRef: reference,
        documentCommitments: Array.from({ length: documents }, (_, index) => documentOf(index)),
      }),
    });
  const shortest = 'fund-2025-07';
  let documents = 0;
  while (documents < DOCUMENTS_MAX && make(documents + 1, shortest).length <= bytes) documents += 1;
  const spare = bytes - make(documents, shortest).length;
  return make(documents, shortest.padEnd(Math.min(CATALOGUE_REF_BYTES_MAX, shortest.length + Math.max(0, spare)), 'x'));
}

function documentOf(index: number): Uint8Array {
  return new Uint8Array(DOCUMENT_BYTES).fill(index + 1);
}

/** Where the marker stands; it is random, so it stands there only. */
function placeOf(bytes: Uint8Array, marker: Uint8Array): number {
  for (let place = 0; place + marker.length <= bytes.length; place++) {
    if (marker.every((byte, index) => bytes[place + index] === byte)) return place;
  }
  throw new Error('the template has lost what is to be replaced in it');
}
