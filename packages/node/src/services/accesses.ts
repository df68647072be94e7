import { fromHex, HansaError, toHex } from '@hansa/protocol';
import {
  type AccessBatch,
  type AccessContext,
  AccessTree,
  batchOf,
  type CheckedTestimony,
  checkTestimony,
  encodeAccessProof,
  isPartyOf,
  missingFrom,
  readerOf,
  type Testimony,
  type VerifiedAccess,
  verifyAccessReceipt,
} from '@hansa/protocol/access';
import { accessBatchFactKey, ErasureReason } from '@hansa/protocol/families';
import { explainAccessProof } from '@hansa/protocol/receipt';
import { formatLocation, parseLocation, sameLocation } from '@hansa/protocol/records';
import type { CityPort, RegistryPort } from '../api/ports.ts';
import { cityName, cityNamed } from '../city-names.ts';
import { END_OF_TIME_MS, type Exchange } from '../exchange/index.ts';
import type { Clock } from './clock.ts';
import { type ConsentPurposeName, consentPurposes, nameOf } from './consents.ts';
import { unwrapped } from './unwrapped.ts';
import { timeView } from './views.ts';

export const erasureReasons = {
  lifted: ErasureReason.LIFTED,
  expired: ErasureReason.EXPIRED,
  'holder-request': ErasureReason.HOLDER_REQUEST,
  withdrawn: ErasureReason.WITHDRAWN,
} as const;
export type ErasureReasonName = keyof typeof erasureReasons;

/** One access in the words of the API. */
export interface AccessView {
  readonly id: string;
  readonly at: string;
  readonly kind: 'read' | 'delivery' | 'notice';
  readonly record: string;
  /** Who saw the payload, and who held it. */
  readonly reader: string;
  readonly holder: string;
  readonly outcome: 'granted' | 'refused';
  readonly code: string | null;
  readonly purpose: ConsentPurposeName | null;
  readonly consent: string | null;
  readonly legalBasis: string | null;
  /** Name of the officer when it is this city's, else the pseudonym. */
  readonly officer: string | null;
  readonly reason: ErasureReasonName | null;
  /** The batch that it is in on this city's lane; null: it waits for its batch. */
  readonly batch: string | null;
}

export interface AccessFilter {
  readonly from?: string;
  readonly to?: string;
  readonly record?: string;
  readonly officer?: string;
  readonly case?: string;
  readonly limit: number;
}

/** A testimony as it travels in JSON: numbers, hex and base64. */
export interface TestimonyView {
  readonly city: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly batches: {
    readonly location: string;
    readonly fromMs: number;
    readonly toMs: number;
    readonly root: string;
    readonly ids: string[];
  }[];
  readonly receipts: string[];
}

export interface TestimonyVerdict {
  readonly city: string;
  readonly covered: { readonly from: string; readonly to: string } | null;
  readonly accesses: AccessView[];
  /** Leaves whose receipts were not shown. */
  readonly withheld: string[];
  /** Receipts that this city or the sender holds, and the city's batches lack. */
  readonly missing: { readonly access: AccessView; readonly batch: string; readonly hidden: boolean }[];
}

/** Receipts of one answer: an auditor asks for shorter periods. */
const receiptsMax = 10_000;
/** Refused accesses that a holder is shown, the first ones. */
const refusalsMax = 1_000;

/** Who looked: by record, officer, case and time; with all that shows an answer to be complete (P3). */
export class AccessService {
  readonly #city: CityPort;
  readonly #registry: RegistryPort;
  readonly #exchange: Exchange;
  readonly #clock: Clock;

  constructor(options: {
    readonly city: CityPort;
    readonly registry: RegistryPort;
    readonly exchange: Exchange;
    readonly clock: Clock;
  }) {
    this.#city = options.city;
    this.#registry = options.registry;
    this.#exchange = options.exchange;
    this.#clock = options.clock;
  }

  get #context(): AccessContext {
    const { genesis, domains, crypto } = this.#city;
    return { genesis, domains, crypto };
  }

  async list(filter: AccessFilter): Promise<AccessView[]> {
    const { genesis } = this.#city;
    const { limit } = filter;
    const period = this.#period(filter);
    const found = await this.#exchange.book.find({
      ...{ ...period, limit },
      ...(filter.record === undefined ? {} : { record: unwrapped(parseLocation(genesis, filter.record)) }),
      ...(filter.officer === undefined ? {} : { officer: await this.#registry.officer(filter.officer) }),
      ...(filter.case === undefined ? {} : { case: this.#registry.caseName(filter.case) }),
    });
    return this.#views(found);
  }

  /** Accesses to a certificate, for its holder; this city's part of them. Refusals, however many, hide no look. */
  async ofCertificate(location: Parameters<typeof sameLocation>[0]): Promise<AccessView[]> {
    const { book } = this.#exchange;
    const everything = { fromMs: 0, toMs: END_OF_TIME_MS, record: location };
    const granted = await book.find({ ...everything, outcome: 'granted', limit: receiptsMax });
    const refused = await book.find({ ...everything, outcome: 'refused', limit: refusalsMax });
    const inOrder = [...granted, ...refused].sort((a, b) => a.answered.answeredAtMs - b.answered.answeredAtMs);
    return this.#views(inOrder);
  }

  /** What this city can show of a period. Throws ACCESS_PERIOD_TOO_LONG, ACCESS_RECEIPTS_LOST. */
  async testimony(filter: Pick<AccessFilter, 'from' | 'to'>): Promise<TestimonyView> {
    const { genesis, self } = this.#city;
    const { fromMs, toMs } = this.#period(filter);
    const agreed = await this.#exchange.batches.ofLane(self.index, fromMs, toMs);
    if (agreed.reduce((sum, { count }) => sum + count, 0) > receiptsMax) {
      throw tooLong();
    }
    const batches = [];
    const receipts: string[] = [];
    for (const batch of agreed) {
      const { ids, root } = await this.#exchange.batches.content(batch);
      const { fromMs: begin, toMs: end } = batch;
      const location = formatLocation(genesis, batch.location);
      batches.push({ location, fromMs: begin, toMs: end, root: toHex(root), ids: ids.map(toHex) });
      for (const id of ids) {
        const access = await this.#exchange.book.get(id);
        if (access !== undefined) receipts.push(Buffer.from(access.bytes).toString('base64'));
      }
    }
    return { city: self.name, fromMs, toMs, batches, receipts };
  }

  /** Checks any city's testimony against the ledger, and against the receipts that are known here or sent along. */
  async verify(view: TestimonyView, others: readonly string[]): Promise<TestimonyVerdict> {
    const { genesis } = this.#city;
    const testimony = this.#readTestimony(view);
    const agreed = await this.#exchange.batches.ofLane(testimony.city, testimony.fromMs, testimony.toMs);
    const checked: CheckedTestimony = unwrapped(checkTestimony(this.#context, testimony, agreed));
    const period = { fromMs: view.fromMs, toMs: view.toMs };
    const own = await this.#exchange.book.find({ ...period, limit: receiptsMax + 1 });
    // guard: P3 a comparison with a part of the receipts would call a testimony whole that is not
    if (own.length > receiptsMax) throw tooLong();
    const sent = others.map((each) => unwrapped(verifyAccessReceipt(this.#context, base64(each))));
    const missing = missingFrom(testimony, distinct([...own, ...sent]));
    const views = await this.#views(missing.map(({ access }) => access));
    return {
      city: view.city,
      covered:
        checked.covered === undefined
          ? null
          : { from: timeView(checked.covered.fromMs), to: timeView(checked.covered.toMs) },
      accesses: await this.#views(checked.accesses),
      withheld: checked.withheld.map(toHex),
      missing: missing.map(({ batch, hidden }, index) => ({
        access: views[index] as AccessView,
        batch: formatLocation(genesis, batch.location),
        hidden,
      })),
    };
  }

  /**
   * `AccessProof` bytes: whether a city's batch has the receipt. The own city's by its own receipts; another one's by the testimony
   * it gave. Throws ACCESS_UNKNOWN, ACCESS_NOT_BATCHED.
   */
  async prove(id: string, view: TestimonyView | undefined): Promise<Uint8Array> {
    const access = await this.#exchange.book.get(fromHex(id) ?? new Uint8Array(0));
    if (access === undefined) {
      throw new HansaError('ACCESS_UNKNOWN', 'This city has no receipt of this id. Compare it, or ask the other city.');
    }
    const lane = view === undefined ? this.#city.self.index : cityNamed(this.#city.genesis, view.city).index;
    const batch = await this.#batchOf(access, lane);
    if (batch === undefined || !isPartyOf(access, lane)) {
      throw new HansaError(
        'ACCESS_NOT_BATCHED',
        'The receipt belongs to no final batch of that city yet. Wait for its next one, or name a city that took part.',
      );
    }
    const content =
      view === undefined
        ? await this.#exchange.batches.content(batch)
        : this.#readTestimony(view).batches.find(({ location }) => sameLocation(location, batch.location));
    if (content === undefined) {
      throw new HansaError('ACCESS_NOT_BATCHED', 'The testimony lacks the batch of this time. Ask for that period.');
    }
    const { present, leaves } = new AccessTree(this.#city.crypto, content.ids).prove(access.id);
    // With the lane's newest batch: whether this one took effect, while it is that.
    const factKeys = [accessBatchFactKey(this.#city.domains, lane)];
    const ledgerReceipt = await this.#city.receipt({ record: batch.location, factKeys });
    const proof = encodeAccessProof({ receipt: access.bytes, batch, present, leaves, ledgerReceipt });
    unwrapped(explainAccessProof(this.#context, proof));
    return proof;
  }

  async #batchOf(access: VerifiedAccess, lane: number): Promise<AccessBatch | undefined> {
    const { answeredAtMs } = access.answered;
    return batchOf(await this.#exchange.batches.ofLane(lane, answeredAtMs, answeredAtMs + 1), access);
  }

  async #views(found: readonly VerifiedAccess[]): Promise<AccessView[]> {
    return Promise.all(found.map((access) => this.#view(access)));
  }

  async #view(access: VerifiedAccess): Promise<AccessView> {
    const { genesis, self } = this.#city;
    const { asked, answered, id } = access;
    const officer =
      asked.kind === 'read' ? ((await this.#registry.officerName(asked.operator)) ?? toHex(asked.operator)) : null;
    const consented =
      asked.kind === 'delivery'
        ? asked
        : asked.kind === 'read' && asked.basis.kind === 'consent'
          ? asked.basis
          : undefined;
    const batch = await this.#batchOf(access, self.index);
    return {
      id: toHex(id),
      at: timeView(answered.answeredAtMs),
      kind: asked.kind,
      record: formatLocation(genesis, asked.record),
      reader: cityName(genesis, readerOf(asked)),
      holder: cityName(genesis, asked.record.lane),
      outcome: answered.refused === undefined ? 'granted' : 'refused',
      code: answered.refused ?? null,
      purpose: consented === undefined ? null : nameOf(consentPurposes, consented.purpose),
      consent: consented === undefined ? null : toHex(consented.consentId),
      legalBasis: asked.kind === 'read' && asked.basis.kind === 'law' ? asked.basis.code : null,
      officer,
      reason: asked.kind === 'notice' ? nameOf(erasureReasons, asked.reason) : null,
      batch: batch === undefined ? null : formatLocation(genesis, batch.location),
    };
  }

  #readTestimony(view: TestimonyView): Testimony {
    const { genesis } = this.#city;
    if (![view, ...view.batches].every(({ fromMs, toMs }) => isPeriod(fromMs, toMs))) {
      throw new HansaError(
        'FIELD_INVALID',
        'fromMs and toMs are milliseconds since 1970, the first before the second.',
      );
    }
    return {
      city: cityNamed(this.#city.genesis, view.city).index,
      ...{ fromMs: view.fromMs, toMs: view.toMs },
      batches: view.batches.map(({ location, fromMs, toMs, root, ids }) => ({
        ...{ location: unwrapped(parseLocation(genesis, location)), fromMs, toMs, count: ids.length },
        root: fromHex(root) ?? new Uint8Array(0),
        ids: ids.map((each) => fromHex(each) ?? new Uint8Array(0)),
      })),
      receipts: view.receipts.map(base64),
    };
  }

  #period({ from, to }: Pick<AccessFilter, 'from' | 'to'>): { readonly fromMs: number; readonly toMs: number } {
    const fromMs = from === undefined ? 0 : Date.parse(from);
    const toMs = to === undefined ? this.#clock.nowMs() + 1 : Date.parse(to);
    if (!isPeriod(fromMs, toMs)) {
      throw new HansaError(
        'FIELD_INVALID',
        'from and to are times like 2026-11-23T02:10:00Z, the first before the second.',
      );
    }
    return { fromMs, toMs };
  }
}

function isPeriod(fromMs: number, toMs: number): boolean {
  return fromMs >= 0 && fromMs < toMs && toMs <= END_OF_TIME_MS;
}

function tooLong(): HansaError {
  return new HansaError(
    'ACCESS_PERIOD_TOO_LONG',
    `There are more than ${receiptsMax} receipts of this period. Ask for a shorter one.`,
  );
}

function base64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function distinct(accesses: readonly VerifiedAccess[]): VerifiedAccess[] {
  return [...new Map(accesses.map((access) => [toHex(access.id), access])).values()];
}
