import { randomBytes } from 'node:crypto';
import type { Domains } from '@hansa/protocol/crypto';
import { encodeBlacklistList, legalDay } from '@hansa/protocol/families';
import { actorMessage, encodeRecord } from '@hansa/protocol/records';
import { nativeCrypto } from '../crypto/index.ts';

const UTC_OFFSET_MINUTES = 480;
const MARK_TAG = 0xa1;
const MARK_REQUEST = 0xa2;

/**
 * Listings of about 300 bytes (three documents each), made by patching one encoded record: what is measured is the federation, not the
 * generator. Every record has its own subject and request.
 */
export class RecordMill {
  readonly #template: Uint8Array;
  readonly #tagAt: number;
  readonly #requestAt: number;
  #random = randomBytes(64 * 1024);
  #used = 0;

  constructor(nowMs: number) {
    this.#template = encodeRecord({
      family: 1,
      type: 1,
      requestId: new Uint8Array(16).fill(MARK_REQUEST),
      body: listingBody(nowMs, new Uint8Array(32).fill(MARK_TAG), 3),
    });
    this.#tagAt = indexOfRun(this.#template, MARK_TAG, 32);
    this.#requestAt = indexOfRun(this.#template, MARK_REQUEST, 16);
  }

  get recordBytes(): number {
    return this.#template.length;
  }

  next(): Uint8Array {
    const record = this.#template.slice();
    record.set(this.#take(32), this.#tagAt);
    record.set(this.#take(16), this.#requestAt);
    return record;
  }

  #take(length: number): Uint8Array {
    if (this.#used + length > this.#random.length) {
      this.#random = randomBytes(64 * 1024);
      this.#used = 0;
    }
    this.#used += length;
    return this.#random.subarray(this.#used - length, this.#used);
  }
}

/** A listing that an actor signed too (300 bytes with the signature). */
export function signedRecord(domains: Domains, nowMs: number, secret: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const draft = { family: 1, type: 1, requestId: randomBytes(16), body: listingBody(nowMs, randomBytes(32), 0) };
  const signature = nativeCrypto.ed25519.sign(actorMessage(domains, nativeCrypto, draft), secret);
  return encodeRecord({ ...draft, actors: [{ publicKey, signature }] });
}

function listingBody(nowMs: number, subjectTag: Uint8Array, documents: number): Uint8Array {
  const today = legalDay(nowMs, UTC_OFFSET_MINUTES);
  return encodeBlacklistList({
    subjectTag,
    severity: 2,
    noticeDate: today - 60,
    objectionUntil: today - 45,
    decidedOn: today - 30,
    effectiveFrom: today,
    publishUntil: today + 100,
    shareUntil: today + 200,
    restrictUntil: today + 300,
    handler: randomBytes(16),
    approver: randomBytes(16),
    commitment: randomBytes(32),
    catalogueRef: 'fund-2025-07',
    documentCommitments: Array.from({ length: documents }, () => randomBytes(32)),
  });
}

function indexOfRun(bytes: Uint8Array, mark: number, length: number): number {
  for (let at = 0; at + length <= bytes.length; at++) {
    let run = 0;
    while (run < length && bytes[at + run] === mark) run++;
    if (run === length) return at;
  }
  throw new Error('the template lacks its mark');
}
