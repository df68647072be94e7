import { equalBytes, toHex } from '@hansa/protocol';
import { type NoticeAsked, readerOf } from '@hansa/protocol/access';
import { consentStatus, ErasureReason } from '@hansa/protocol/families';
import { sameLocation } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import { encodeJson } from '../registry/tables.ts';
import { refusal } from '../services/meanings.ts';
import { type AccessBook, END_OF_TIME_MS } from './access-book.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { Delivered, Held } from './delivered.ts';
import type { Verdict } from './door-keeper.ts';
import type { FinalFacts } from './final-facts.ts';
import { exchangeKeys } from './keys.ts';
import type { Outgoing, OutgoingRow } from './outgoing.ts';
import type { ExchangeCity, PrivateSide } from './ports.ts';

/** A notice of another city, for the operator. */
export interface NoticeRow {
  readonly from: number;
  readonly record: RecordLocation;
  readonly reason: ErasureReason;
  readonly atMs: number;
}

/** Forgetting: what is lifted, withdrawn, over or erased goes here too, and each city says on its lane that it did. */
export class Erasures {
  readonly #city: ExchangeCity;
  readonly #facts: FinalFacts;
  readonly #book: AccessBook;
  readonly #private: PrivateSide;
  readonly #delivered: Delivered;
  readonly #outgoing: Outgoing;
  readonly #acknowledgements: Acknowledgements;
  readonly #nowMs: () => number;

  constructor(options: {
    readonly city: ExchangeCity;
    readonly facts: FinalFacts;
    readonly book: AccessBook;
    readonly privateSide: PrivateSide;
    readonly delivered: Delivered;
    readonly outgoing: Outgoing;
    readonly acknowledgements: Acknowledgements;
    readonly nowMs: () => number;
  }) {
    this.#city = options.city;
    this.#facts = options.facts;
    this.#book = options.book;
    this.#private = options.privateSide;
    this.#delivered = options.delivered;
    this.#outgoing = options.outgoing;
    this.#acknowledgements = options.acknowledgements;
    this.#nowMs = options.nowMs;
  }

  /** A listing was lifted: every city forgets what it holds of it; the one that made it tells those who had read it. */
  async lifted(listing: RecordLocation): Promise<void> {
    const record = await this.#facts.payloadRecord(listing);
    if (record === undefined) return;
    await this.#forget(listing, record.commitments, ErasureReason.LIFTED);
  }

  /** Own payloads of a record are deleted with their salts, and whoever holds or read it is told. */
  async erase(location: RecordLocation, reason: ErasureReason): Promise<boolean> {
    const record = await this.#facts.payloadRecord(location);
    if (record === undefined) return false;
    await this.#forget(location, record.commitments, reason);
    return true;
  }

  /** The holder withdrew a consent: what was delivered under it goes. */
  async withdrawn(consentId: Uint8Array): Promise<void> {
    const held = await this.#delivered.held();
    const gone = held.filter((each) => equalBytes(each.consentId, consentId));
    await this.#let(gone, held, ErasureReason.WITHDRAWN);
  }

  /** What was delivered under consents that are over: withdrawn, expired, or used up for a certificate that ran out. */
  async sweep(): Promise<void> {
    const held = await this.#delivered.held();
    const nowMs = this.#facts.legalMs();
    const over: Held[] = [];
    const withdrawn: Held[] = [];
    for (const each of held) {
      const consent = this.#facts.consent(each.consentId);
      const status = consent === undefined ? 'active' : consentStatus(consent, nowMs);
      if (status === 'withdrawn') withdrawn.push(each);
      else if (status === 'expired') over.push(each);
      else if (status === 'exhausted' && this.#facts.isPast(consent)) over.push(each);
    }
    await this.#let(withdrawn, held, ErasureReason.WITHDRAWN);
    await this.#let(over, held, ErasureReason.EXPIRED);
  }

  /** The city that made a record says that it is to be forgotten. */
  async judge(asked: NoticeAsked): Promise<Verdict> {
    // The other city may be further: it tells again, until it is heard.
    if (!this.#facts.isExecuted(asked.record)) throw refusal('NOT_FINAL_YET');
    const known = await this.#facts.payloadRecord(asked.record);
    // guard: P3 nothing is acknowledged on the ledger of what is not on it
    if (known === undefined || !known.commitments.some((each) => equalBytes(each, asked.commitment))) {
      return { refused: 'PAYLOAD_UNKNOWN' };
    }
    const atMs = this.#nowMs();
    const row: NoticeRow = { from: asked.asker, record: asked.record, reason: asked.reason, atMs };
    const held = (await this.#delivered.held()).filter(({ record }) => sameLocation(record, asked.record));
    return {
      refused: undefined,
      writes: [
        { key: exchangeKeys.notice(atMs, asked.nonce), value: encodeJson(row) },
        ...held.map(({ consentId }) => ({ key: exchangeKeys.delivered(consentId), value: undefined })),
        // The notice comes once: what it asks for is not lost in a crash after its answer
        ...this.#acknowledgements.writes(asked.record, [asked.commitment], asked.reason),
      ],
      after: () => {
        this.#acknowledgements.added();
        this.#acknowledgements.pump(AbortSignal.timeout(PATIENCE_MS)).catch(() => undefined);
      },
    };
  }

  async #forget(location: RecordLocation, commitments: readonly Uint8Array[], reason: ErasureReason): Promise<void> {
    const isOwn = location.lane === this.#city.self.index;
    const held = (await this.#delivered.held()).filter(({ record }) => sameLocation(record, location));
    await this.#delivered.forget(held.map(({ consentId }) => consentId));
    const [first] = commitments;
    if (first === undefined) return;
    if (isOwn) {
      // Whom to tell is known before anything is gone.
      await this.#outgoing.add(await this.#notices(location, first, reason));
      for (const commitment of commitments) await this.#private.erase(commitment); // guard: P1 payload and salt go
    }
    await this.#acknowledgements.add(location, commitments, reason);
  }

  /** To each city that saw the payload, once. */
  async #notices(record: RecordLocation, commitment: Uint8Array, reason: ErasureReason): Promise<OutgoingRow[]> {
    const everything = { fromMs: 0, toMs: END_OF_TIME_MS, limit: Number.MAX_SAFE_INTEGER };
    const readers = new Set<number>();
    for (const { asked, answered } of await this.#book.find({ ...everything, record })) {
      if (asked.kind !== 'notice' && answered.refused === undefined) readers.add(readerOf(asked));
    }
    readers.delete(this.#city.self.index);
    return [...readers].map((to) => ({ kind: 'notice', to, record, commitment: toHex(commitment), reason }));
  }

  /** Acknowledged when nothing of the record is left: it may be held under another consent. */
  async #let(gone: readonly Held[], held: readonly Held[], reason: ErasureReason): Promise<void> {
    if (gone.length === 0) return;
    const left = held.filter((each) => !gone.includes(each));
    const done = gone.filter(({ record }) => !left.some((each) => sameLocation(each.record, record)));
    // Nobody finds it again after a crash to say that it went
    const writes = done.flatMap(({ record, commitment }) =>
      this.#acknowledgements.writes(record, [commitment], reason),
    );
    await this.#delivered.forget(
      gone.map(({ consentId }) => consentId),
      writes,
    );
    this.#acknowledgements.added();
  }
}

const PATIENCE_MS = 15_000;
