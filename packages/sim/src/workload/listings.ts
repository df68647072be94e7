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
 * Valid listings of one city, with subjects of their own. They are copies of a template of the wanted size in which
 * subject and request id are new; a template serves for a day, because listings have dates.
 */
export class ListingFactory {
  readonly #random: Random;
  readonly #bytes: number;
  #day = -1;
  #template: Uint8Array = new Uint8Array();
  #subjectAt = 0;
  #requestAt = 0;

  /** `bytes`: size of each record, as far as listings are that small and large (about 165 to 470 bytes). */
  constructor(options: { readonly random: Random; readonly bytes: number }) {
    this.#random = options.random;
    this.#bytes = options.bytes;
  }

  /** `today`: days since 1970 in the federation's legal time. */
  next(today: number): Uint8Array {
    if (today !== this.#day) this.#prepare(today);
    const record = this.#template.slice();
    record.set(this.#random.bytes(SUBJECT_BYTES), this.#subjectAt);
    record.set(this.#random.bytes(REQUEST_ID_BYTES), this.#requestAt);
    return record;
  }

  #prepare(today: number): void {
    const subject = this.#random.bytes(SUBJECT_BYTES);
    const request = this.#random.bytes(REQUEST_ID_BYTES);
    this.#template = templateOf(this.#bytes, today, subject, request, this.#random);
    this.#subjectAt = placeOf(this.#template, subject);
    this.#requestAt = placeOf(this.#template, request);
    this.#day = today;
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
  const shortest = 'f1';
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
