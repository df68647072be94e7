import { randomBytes } from 'node:crypto';
import { fromHex, HansaError, toHex, u32be } from '@hansa/protocol';
import { encodeOpenedPayload, sealInfo } from '@hansa/protocol/access';
import { type ConsentPurpose, consentStatus, type ErasureReason } from '@hansa/protocol/families';
import type { RecordLocation, Store, Write } from '@hansa/protocol/replica';
import { decodeJson, encodeJson, privateKey, privateRange } from '../registry/tables.ts';
import { Turn } from '../registry/turn.ts';
import type { Asking } from './asking.ts';
import type { FinalFacts } from './final-facts.ts';
import { exchangeKeys, locationBytes } from './keys.ts';
import type { ExchangeCity, ExchangeLog, PrivateSide } from './ports.ts';
import type { OpenRequest } from './receipt-desk.ts';
import { seal } from './seal.ts';
import { requestOf, type SignedRow, signedRow } from './signed-row.ts';
import { WaitingRows } from './waiting-rows.ts';

/** What another city is to get or to be told, until it acknowledges. Bytes in hex. */
export type OutgoingRow = {
  readonly to: number;
  readonly record: RecordLocation;
  readonly commitment: string;
  /** Once it was sent: the other city may have taken it, though its answer was lost. */
  readonly signed?: SignedRow;
} & (
  | { readonly kind: 'delivery'; readonly consentId: string; readonly purpose: ConsentPurpose }
  | { readonly kind: 'notice'; readonly reason: ErasureReason }
  | OpeningRow
);

/** A use was taken here, of which the city that made the record signs that it knows: what was delivered was opened, or refused. */
interface OpeningRow {
  readonly kind: 'opening';
  readonly consentId: string;
  readonly purpose: ConsentPurpose;
  readonly use: RecordLocation;
  readonly caseCommitment: string;
  readonly operator: string;
  /** `PrivateSide.caseName` of it. */
  readonly caseName: string;
}

/** An opening, or a refusal of one. */
export type ToldOpening = Extract<OutgoingRow, { kind: 'opening' }>;

/** An opening, to be committed together with what makes it one. */
export function openingWrite(row: ToldOpening): Write {
  return { key: keyOf(row), value: encodeJson(row) };
}

/** Refusals after which another try may find the other city further on. */
const LATER: ReadonlySet<string> = new Set([
  'CITY_UNREACHABLE',
  'CONSENT_UNKNOWN',
  'NOT_FINAL_YET',
  'ACCESS_REQUEST_STALE',
]);

/** Deliveries and notices that wait, durably, and are pushed until they are acknowledged (P3). */
export class Outgoing {
  readonly #city: ExchangeCity;
  readonly #store: Store;
  readonly #facts: FinalFacts;
  readonly #private: PrivateSide;
  readonly #asking: Asking;
  readonly #log: ExchangeLog;
  readonly #turn = new Turn();
  readonly #adding = new Turn();
  readonly #rows = new WaitingRows(() => this.waiting());
  /** Requests whose answers may still come: no batch closes over them. By row. */
  readonly #held = new Map<string, OpenRequest>();

  constructor(options: {
    readonly city: ExchangeCity;
    readonly store: Store;
    readonly facts: FinalFacts;
    readonly privateSide: PrivateSide;
    readonly asking: Asking;
    readonly log: ExchangeLog;
  }) {
    this.#city = options.city;
    this.#store = options.store;
    this.#facts = options.facts;
    this.#private = options.privateSide;
    this.#asking = options.asking;
    this.#log = options.log;
  }

  /** To be called before a batch is closed: answers of before the start may still come. */
  async restore(): Promise<void> {
    for (const row of await this.waiting()) {
      if (row.signed !== undefined) this.#hold(keyOf(row), requestOf(this.#city.genesis, row.signed));
    }
  }

  get isEmpty(): boolean {
    return this.#rows.none;
  }

  /** Rows were written by somebody else: `openingWrite`. */
  added(): void {
    this.#rows.added();
  }

  /** Durable when it resolves; `pump` sends it. */
  async add(rows: readonly OutgoingRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#store.commit(
      rows.map((row) => ({ key: keyOf(row), value: encodeJson(row) })),
      true,
    );
    this.#rows.added();
  }

  /**
   * A refusal of a use, to be receipted by both cities, now or when the other one is back. One receipt, however often the
   * use is asked about again. Durable when it resolves.
   */
  async refused(row: ToldOpening): Promise<void> {
    const told = exchangeKeys.state('refused', locationBytes(row.use));
    await this.#adding.take(async () => {
      // guard: P3 a refusal is receipted once
      if ((await this.#store.get(told)) !== undefined) return;
      await this.#store.commit([openingWrite(row), { key: told, value: Uint8Array.of(1) }], true);
      this.#rows.added();
    });
  }

  /** Tries all that waits, once. True when nothing waits any more. */
  async pump(): Promise<boolean> {
    return this.#turn.take(async () => {
      const away = new Set<number>();
      let waiting = false;
      for (const row of await this.#rows.list()) {
        const done = !away.has(row.to) && (await this.#push(row));
        if (done) continue;
        waiting = true;
        away.add(row.to);
      }
      return !waiting;
    });
  }

  async waiting(): Promise<OutgoingRow[]> {
    const rows: OutgoingRow[] = [];
    for await (const [, value] of this.#store.range(privateRange('outgoing'))) {
      rows.push(decodeJson<OutgoingRow>(value));
    }
    return rows;
  }

  /** False: to be tried again. */
  async #push(row: OutgoingRow): Promise<boolean> {
    const key = keyOf(row);
    const remove = { key, value: undefined };
    try {
      if (this.#city.genesis.authorities[row.to]?.standing === 'removed') {
        this.#log.warn({ kind: row.kind }, 'not told to the other city: the federation removed it');
        return await this.#forget(key);
      }
      // guard: P3 nothing is handed to a city whose receipts the ledger does not take
      if (row.kind === 'delivery' && this.#facts.silencedBy(row.to) !== undefined) {
        return (await this.#deliverable(row)) === undefined && (await this.#forget(key));
      }
      const asked = await this.#asked(row);
      if (asked === undefined) return await this.#forget(key);
      const request = await this.#request(row, asked.draft);
      const { access } = await this.#asking.again(request, { ...asked.options, more: () => [remove] });
      this.#release(key);
      // It had not caught up, and did not know whether the use stands: that was no answer to keep.
      if (row.kind === 'opening' && access.answered.refused === 'ANSWER_STALE') return await this.#afresh(row);
      const city = this.#city.genesis.authorities[row.to]?.name;
      const { refused } = access.answered;
      if (refused === undefined) this.#log.info({ city, kind: row.kind }, 'acknowledged by the other city');
      else this.#log.warn({ city, kind: row.kind, code: refused }, 'refused by the other city; both have the receipt');
      return true;
    } catch (error) {
      if (!(error instanceof HansaError)) throw error;
      return this.#failed(row, error.code);
    }
  }

  /** There is nothing to tell any more. */
  async #forget(key: Uint8Array): Promise<true> {
    await this.#store.commit([{ key, value: undefined }], true);
    this.#release(key);
    return true;
  }

  /** The one that was sent before, if any: however often an answer is lost, there is one receipt (P3). */
  async #request(row: OutgoingRow, draft: Parameters<Asking['draft']>[0]): Promise<OpenRequest> {
    const key = keyOf(row);
    // guard: P3 what may have been answered is asked again as it was
    if (row.signed !== undefined) return requestOf(this.#city.genesis, row.signed);
    const request = this.#asking.draft(draft);
    this.#hold(key, request);
    await this.#store.commit([{ key, value: encodeJson({ ...row, signed: signedRow(request) }) }], true);
    return request;
  }

  async #failed(row: OutgoingRow, code: string): Promise<boolean> {
    const key = keyOf(row);
    if (code === 'ACCESS_ANSWER_LATE') {
      // It was taken long ago; the other city alone has the receipt.
      await this.#forget(key);
      this.#log.warn({ kind: row.kind }, 'acknowledged too late for a receipt; the other city has one');
      return true;
    }
    if (code === 'ACCESS_REQUEST_STALE') {
      // Never answered, and never will be.
      await this.#afresh(row);
    }
    if (!LATER.has(code)) this.#log.warn({ code, kind: row.kind }, 'the other city did not take it');
    return false;
  }

  /** The next try is another request. */
  async #afresh(row: OutgoingRow): Promise<false> {
    const key = keyOf(row);
    const { signed: _never, ...fresh } = row;
    await this.#store.commit([{ key, value: encodeJson(fresh) }], true);
    this.#rows.added();
    this.#release(key);
    return false;
  }

  #hold(key: Uint8Array, request: OpenRequest): void {
    // Of its own: asking ends the request that it asks with.
    const held = { ...request };
    this.#held.set(toHex(key), held);
    this.#asking.hold(held);
  }

  #release(key: Uint8Array): void {
    const held = this.#held.get(toHex(key));
    if (held !== undefined) this.#asking.release(held);
    this.#held.delete(toHex(key));
  }

  /** Undefined when there is nothing to tell any more. */
  async #asked(row: OutgoingRow) {
    switch (row.kind) {
      case 'delivery':
        return this.#delivery(row);
      case 'notice':
        return this.#notice(row);
      case 'opening':
        return this.#opening(row);
    }
  }

  /** Undefined when there is nothing to deliver any more. */
  async #delivery(row: Extract<OutgoingRow, { kind: 'delivery' }>) {
    const { consentId, common } = this.#common(row, row.consentId);
    const opened = await this.#deliverable(row);
    const grantee = this.#city.genesis.authorities[row.to];
    if (opened === undefined || grantee === undefined) return undefined;
    const info = sealInfo(this.#city.domains, { answerer: row.to, record: row.record, consentId });
    const sealed = await seal(grantee.exchangeKey, info, encodeOpenedPayload(opened));
    return {
      draft: { ...common, kind: 'delivery' as const, consentId, purpose: row.purpose },
      options: { sealed },
    };
  }

  /** The payload, while its consent and its certificate stand. */
  async #deliverable(row: Extract<OutgoingRow, { kind: 'delivery' }>) {
    const { consentId, commitment } = this.#common(row, row.consentId);
    const consent = this.#facts.consent(consentId);
    const status = consent === undefined ? 'expired' : consentStatus(consent, this.#facts.legalMs());
    // guard: P3 nothing is handed over under a consent that ended
    if (consent === undefined || status === 'withdrawn' || status === 'expired') return undefined;
    const certificate = this.#facts.certificate(consent.certificateId);
    if (certificate === undefined || this.#facts.certificateEnded(certificate) !== undefined) return undefined;
    return this.#private.open(commitment);
  }

  #notice(row: Extract<OutgoingRow, { kind: 'notice' }>) {
    const { common } = this.#common(row);
    return { draft: { ...common, kind: 'notice' as const, reason: row.reason }, options: {} };
  }

  #opening(row: Extract<OutgoingRow, { kind: 'opening' }>) {
    const { common, consentId } = this.#common(row, row.consentId);
    const { purpose, use } = row;
    const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array(0);
    return {
      draft: {
        ...{ ...common, kind: 'read' as const, basis: { kind: 'consent' as const, consentId, purpose, use } },
        ...{ caseCommitment: bytes(row.caseCommitment), operator: bytes(row.operator) },
      },
      options: { caseName: bytes(row.caseName) },
    };
  }

  #common(row: OutgoingRow, consentId = '') {
    const commitment = fromHex(row.commitment) ?? new Uint8Array(0);
    const nonce = new Uint8Array(randomBytes(16));
    const common = { asker: this.#city.self.index, answerer: row.to, record: row.record, commitment, nonce };
    return { common, commitment, consentId: fromHex(consentId) ?? new Uint8Array(0) };
  }
}

const kinds = { delivery: 1, notice: 2, opening: 3 } as const;

function keyOf(row: OutgoingRow): Uint8Array {
  return privateKey('outgoing', Uint8Array.of(kinds[row.kind]), u32be(row.to), whatOf(row));
}

function whatOf(row: OutgoingRow): Uint8Array {
  switch (row.kind) {
    case 'delivery':
      return fromHex(row.consentId) ?? new Uint8Array(0);
    case 'notice':
      return locationBytes(row.record);
    case 'opening':
      return locationBytes(row.use);
  }
}
