import { randomBytes } from 'node:crypto';
import { fromHex, HansaError, u32be } from '@hansa/protocol';
import { encodeOpenedPayload, sealInfo } from '@hansa/protocol/access';
import { type ConsentPurpose, consentStatus, type ErasureReason } from '@hansa/protocol/families';
import type { RecordLocation, Store } from '@hansa/protocol/replica';
import { decodeJson, encodeJson, privateKey, privateRange } from '../registry/tables.ts';
import { Turn } from '../registry/turn.ts';
import type { Asking } from './asking.ts';
import type { FinalFacts } from './final-facts.ts';
import { locationBytes } from './keys.ts';
import type { ExchangeCity, ExchangeLog, PrivateSide } from './ports.ts';
import { seal } from './seal.ts';
import { WaitingRows } from './waiting-rows.ts';

/** What another city is to get, until it acknowledges. Bytes in hex. */
export type OutgoingRow =
  | {
      readonly kind: 'delivery';
      readonly to: number;
      readonly record: RecordLocation;
      readonly commitment: string;
      readonly consentId: string;
      readonly purpose: ConsentPurpose;
    }
  | {
      readonly kind: 'notice';
      readonly to: number;
      readonly record: RecordLocation;
      readonly commitment: string;
      readonly reason: ErasureReason;
    };

/** Refusals after which another try may find the other city further on. */
const LATER: ReadonlySet<string> = new Set(['CITY_UNREACHABLE', 'CONSENT_UNKNOWN', 'ACCESS_REQUEST_STALE']);

/** Deliveries and notices that wait, durably, and are pushed until they are acknowledged (P3). */
export class Outgoing {
  readonly #city: ExchangeCity;
  readonly #store: Store;
  readonly #facts: FinalFacts;
  readonly #private: PrivateSide;
  readonly #asking: Asking;
  readonly #log: ExchangeLog;
  readonly #turn = new Turn();
  readonly #rows = new WaitingRows(() => this.waiting());

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

  /** Durable when it resolves; `pump` sends it. */
  async add(rows: readonly OutgoingRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#store.commit(
      rows.map((row) => ({ key: keyOf(row), value: encodeJson(row) })),
      true,
    );
    this.#rows.added();
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
    const remove = { key: keyOf(row), value: undefined };
    try {
      const asked = row.kind === 'delivery' ? await this.#delivery(row) : this.#notice(row);
      if (asked === undefined) {
        await this.#store.commit([remove], true);
        return true;
      }
      const { access } = await this.#asking.ask(asked.draft, { ...asked.options, more: () => [remove] });
      const city = this.#city.genesis.authorities[row.to]?.name;
      const { refused } = access.answered;
      if (refused === undefined) this.#log.info({ city, kind: row.kind }, 'acknowledged by the other city');
      else this.#log.warn({ city, kind: row.kind, code: refused }, 'refused by the other city; both have the receipt');
      return true;
    } catch (error) {
      if (!(error instanceof HansaError)) throw error;
      if (!LATER.has(error.code))
        this.#log.warn({ code: error.code, kind: row.kind }, 'the other city did not take it');
      return false;
    }
  }

  /** Undefined when there is nothing to deliver any more. */
  async #delivery(row: Extract<OutgoingRow, { kind: 'delivery' }>) {
    const { consentId, commitment, common } = this.#common(row, row.consentId);
    const consent = this.#facts.consent(consentId);
    const status = consent === undefined ? 'expired' : consentStatus(consent, this.#facts.legalMs());
    // guard: P3 nothing is handed over under a consent that ended
    if (consent === undefined || status === 'withdrawn' || status === 'expired') return undefined;
    const certificate = this.#facts.certificate(consent.certificateId);
    if (certificate === undefined || this.#facts.certificateEnded(certificate) !== undefined) return undefined;
    const opened = await this.#private.open(commitment);
    const grantee = this.#city.genesis.authorities[row.to];
    if (opened === undefined || grantee === undefined) return undefined;
    const info = sealInfo(this.#city.domains, { answerer: row.to, record: row.record, consentId });
    const sealed = await seal(grantee.exchangeKey, info, encodeOpenedPayload(opened));
    return {
      draft: { ...common, kind: 'delivery' as const, consentId, purpose: row.purpose },
      options: { sealed },
    };
  }

  #notice(row: Extract<OutgoingRow, { kind: 'notice' }>) {
    const { common } = this.#common(row);
    return { draft: { ...common, kind: 'notice' as const, reason: row.reason }, options: {} };
  }

  #common(row: OutgoingRow, consentId = '') {
    const commitment = fromHex(row.commitment) ?? new Uint8Array(0);
    const nonce = new Uint8Array(randomBytes(16));
    const common = { asker: this.#city.self.index, answerer: row.to, record: row.record, commitment, nonce };
    return { common, commitment, consentId: fromHex(consentId) ?? new Uint8Array(0) };
  }
}

function keyOf(row: OutgoingRow): Uint8Array {
  const what = row.kind === 'delivery' ? (fromHex(row.consentId) ?? new Uint8Array(0)) : locationBytes(row.record);
  return privateKey('outgoing', Uint8Array.of(row.kind === 'delivery' ? 1 : 2), u32be(row.to), what);
}
