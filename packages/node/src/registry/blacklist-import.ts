import { equalBytes, fromHex, toHex } from '@hansa/protocol';
import { errorCodes } from '@hansa/protocol/error-codes';
import { formatLocation } from '@hansa/protocol/records';
import type { RecordLocation, Write } from '@hansa/protocol/replica';
import type { BlacklistDraft, Refusal } from '../import/index.ts';
import { refusal } from '../services/meanings.ts';
import type { CitySecret } from './city-secret.ts';
import type { DocumentInfo } from './document-types.ts';
import type { ListingDocuments } from './documents.ts';
import {
  encodePayload,
  keptListing,
  type ListingPayload,
  listingContent,
  listingPayload,
  listingRecord,
  listingRequestId,
} from './listings.ts';
import type { Officers } from './officers.ts';
import type { KnownRequest, PreparedRequest, Requests } from './requests.ts';
import { patiently } from './submitting.ts';
import type { RegistryOptions } from './types.ts';
import type { Vault } from './vault.ts';

export interface ImportedRow<T> {
  readonly line: number;
  readonly value: T;
}

export interface BatchResult {
  readonly submitted: number;
  readonly alreadyThere: number;
  readonly refused: readonly Refusal[];
  /** Lines of the file, one for each location. */
  readonly lines: readonly number[];
  readonly locations: readonly RecordLocation[];
}

export interface BlacklistParts {
  readonly options: RegistryOptions;
  readonly secret: CitySecret;
  readonly vault: Vault;
  readonly officers: Officers;
  readonly requests: Requests;
  readonly documents: ListingDocuments;
}

export interface BatchOptions {
  readonly dryRun: boolean;
  readonly signal: AbortSignal | undefined;
  /** Of each listing that is made; undefined: whatever waits for it. */
  readonly documents: readonly string[] | undefined;
}

interface FreshRow {
  readonly line: number;
  readonly draft: BlacklistDraft;
  readonly requestId: Uint8Array;
  readonly content: Uint8Array;
  /** The ledger rejected an earlier record of it. */
  readonly isAgain: boolean;
}

interface AgainRow {
  readonly line: number;
  readonly prepared: PreparedRequest;
}

/** The ledger's last word on a row. */
interface Settled {
  readonly code: string;
  readonly location: RecordLocation;
}

/** An earlier record of the same request had its effect. */
const APPLIED = 'REQUEST_ALREADY_APPLIED';

/**
 * One batch of decisions on its way to the lane: what is known is left out, payloads and requests are flushed, then
 * the records are submitted as one entry and their places written down.
 */
export class BlacklistImport {
  readonly #parts: BlacklistParts;

  constructor(parts: BlacklistParts) {
    this.#parts = parts;
  }

  async batch(
    rows: readonly ImportedRow<BlacklistDraft>[],
    { dryRun, signal, documents }: BatchOptions,
  ): Promise<BatchResult> {
    // It may have waited for its turn.
    signal?.throwIfAborted();
    const { fresh, again, alreadyThere, refused } = await this.#sort(rows);
    const nothing = { refused, alreadyThere, lines: [], locations: [] };
    if (dryRun) return { ...nothing, submitted: fresh.length + again.length };
    const pending = again.map(({ prepared }) => prepared);
    const prepared = [...pending, ...(await this.#prepare(fresh, pending, signal, documents))];
    if (prepared.length === 0) return { ...nothing, submitted: 0 };
    const { options, requests } = this.#parts;
    const records = prepared.map(({ record }) => record);
    const { locations } = await patiently(() => options.submit(records), signal);
    await options.store.commit(requests.locatedWrites(prepared, locations), true);
    const lines = [...again, ...fresh].map(({ line }) => line);
    return { submitted: prepared.length, alreadyThere, refused, lines, locations };
  }

  /** Fresh rows; requests left pending by a crash, to go again as they were; repetitions; and contradictions. */
  async #sort(rows: readonly ImportedRow<BlacklistDraft>[]) {
    const { secret, requests } = this.#parts;
    const keyed = rows.map(({ line, value: draft }) => {
      const requestId = listingRequestId(secret, draft);
      return { line, draft, requestId, content: listingContent(secret, listingPayload(draft), draft.catalogueRef) };
    });
    // At once: one read after the other costs a thread's wake-up each.
    const kept = await Promise.all(keyed.map(({ requestId }) => requests.get(requestId)));
    const rejected = await this.#rejectedAmong(kept);
    const settled = await this.#settledAmong(keyed, kept, rejected);
    const fresh = new Map<string, FreshRow>();
    const again = new Map<string, AgainRow>();
    const refused: Refusal[] = [];
    let alreadyThere = 0;
    for (const [i, { line, draft, requestId, content }] of keyed.entries()) {
      const name = toHex(requestId);
      const verdict = fresh.has(name) ? undefined : settled.get(i);
      if (verdict !== undefined) {
        if (verdict.code === APPLIED) alreadyThere++;
        else refused.push(this.#rejectedAgain(line, verdict));
        continue;
      }
      // What the ledger rejected had no effect: it may be right by now.
      const known = rejected.has(i) ? undefined : kept[i];
      const before = fresh.get(name)?.content ?? known?.content;
      if (before === undefined) fresh.set(name, { line, draft, requestId, content, isAgain: rejected.has(i) });
      else if (!equalBytes(before, content)) refused.push(differs(line));
      else if (known?.state === 'pending' && !again.has(name)) again.set(name, { line, prepared: known.prepared });
      else alreadyThere++;
    }
    return { fresh: [...fresh.values()], again: [...again.values()], alreadyThere, refused };
  }

  /** Which of the requests have a record that the ledger rejected. One look for each entry. */
  async #rejectedAmong(kept: readonly (KnownRequest | undefined)[]): Promise<ReadonlySet<number>> {
    const { lane } = this.#parts.options;
    const entries = new Map<number, ReadonlyMap<number, string> | undefined>();
    const rejected = new Set<number>();
    for (const [i, known] of kept.entries()) {
      if (lane === undefined || known?.state !== 'located') continue;
      const { sequence, position } = known.location;
      if (!entries.has(sequence)) entries.set(sequence, await lane.rejected(sequence));
      if (entries.get(sequence)?.has(position) === true) rejected.add(i); // guard: L1 what was rejected had no effect
    }
    return rejected;
  }

  /**
   * Rows that come again as they were, and that the ledger would reject again as it is now: they are not sent again. A row
   * with other content, or whose reason is gone, is.
   */
  async #settledAmong(
    keyed: readonly { readonly content: Uint8Array }[],
    kept: readonly (KnownRequest | undefined)[],
    rejected: ReadonlySet<number>,
  ): Promise<ReadonlyMap<number, Settled>> {
    const { lane } = this.#parts.options;
    const settled = new Map<number, Settled>();
    if (lane === undefined || rejected.size === 0) return settled;
    const entries = new Map<number, readonly Uint8Array[] | undefined>();
    const tried: { readonly i: number; readonly location: RecordLocation; readonly record: Uint8Array }[] = [];
    for (const i of rejected) {
      const known = kept[i];
      if (known?.state !== 'located' || !equalBytes(known.content, keyed[i]?.content ?? known.content)) continue;
      const { sequence, position } = known.location;
      if (!entries.has(sequence)) entries.set(sequence, await lane.records(sequence));
      const record = entries.get(sequence)?.[position];
      if (record !== undefined) tried.push({ i, location: known.location, record });
    }
    const codes = lane.trial(tried.map(({ record }) => record));
    for (const [place, { i, location }] of tried.entries()) {
      const code = codes[place];
      if (code !== undefined) settled.set(i, { code, location });
    }
    return settled;
  }

  #rejectedAgain(line: number, { code, location }: Settled): Refusal {
    const place = formatLocation(this.#parts.options.genesis, location);
    const meanings: Readonly<Record<string, string>> = errorCodes;
    const message = `${meanings[code] ?? code} The ledger refused this row at ${place} and would refuse it again now, so it was not sent again.`;
    return { line, code, message };
  }

  /** Tags, seals and encodes; payloads, officers and requests are durable when it returns. */
  async #prepare(
    fresh: readonly FreshRow[],
    again: readonly PreparedRequest[],
    signal: AbortSignal | undefined,
    documents: readonly string[] | undefined,
  ): Promise<PreparedRequest[]> {
    if (fresh.length + again.length === 0) return [];
    const { options, secret } = this.#parts;
    const subjects = fresh.map(({ draft }) => draft.subject);
    const context = {
      purpose: 'record',
      operator: secret.pseudonym('officer', 'import'),
      caseCommitment: secret.commitment('case', 'import'),
    } as const;
    const tags = await patiently(() => options.tagger.tag('blacklist', subjects, context), signal);
    return this.#parts.documents.turn.take(() => this.#write(fresh, again, tags, documents));
  }

  async #write(
    fresh: readonly FreshRow[],
    again: readonly PreparedRequest[],
    tags: readonly Uint8Array[],
    approved: readonly string[] | undefined,
  ): Promise<PreparedRequest[]> {
    const { options, vault, officers, requests, documents } = this.#parts;
    const writes: Write[] = [];
    const names = new Map<string, Uint8Array>();
    const officer = (name: string): Uint8Array => {
      const { pseudonym, write } = officers.pseudonym(name);
      if (write !== undefined && !names.has(name)) {
        names.set(name, pseudonym);
        writes.push(write);
      }
      return pseudonym;
    };
    const papers = await this.#papersOf(fresh);
    // guard: P1 a listing takes the papers that its approver saw, also when others were attached while its subject was tagged
    if (approved !== undefined && !fresh.every((row, i) => row.isAgain || areSame(papers[i] ?? [], approved))) {
      throw refusal('DOCUMENTS_CHANGED');
    }
    const prepared = fresh.map(({ draft, requestId, content }, i): PreparedRequest => {
      const own = papers[i] ?? [];
      const payload: ListingPayload = { ...listingPayload(draft), ...(own.length === 0 ? {} : { documents: own }) };
      const { commitment, write } = vault.seal(encodePayload(payload));
      writes.push(write, ...(own.length === 0 ? [] : documents.takenWrites(requestId)));
      const documentCommitments = own.map((each) => fromHex(each.commitment) ?? new Uint8Array(0));
      const record = listingRecord(options, draft, {
        ...{ requestId, commitment, documentCommitments, subjectTag: tags[i] as Uint8Array },
        handler: officer(draft.handler),
        approver: officer(draft.approver),
      });
      return { requestId, content, commitment, record };
    });
    await options.store.commit([...writes, ...(await requests.pendingWrites(again, prepared))], true);
    await documents.taken(fresh.map(({ requestId }) => requestId));
    for (const [name, pseudonym] of names) officers.markKept(name, pseudonym);
    return prepared;
  }

  /** What waits for each row, and of a row that the ledger rejected what its first record took. */
  async #papersOf(fresh: readonly FreshRow[]): Promise<readonly (readonly DocumentInfo[])[]> {
    const { documents, requests, options, vault } = this.#parts;
    const waiting = await documents.waitingFor(fresh.map(({ requestId }) => requestId));
    const earlier = async (requestId: Uint8Array): Promise<readonly DocumentInfo[]> => {
      const known = await requests.get(requestId);
      const before = known?.state === 'located' ? await keptListing(options.store, vault, known.location) : undefined;
      return before?.documents ?? [];
    };
    return Promise.all(
      fresh.map(async ({ requestId, isAgain }, i) => (isAgain ? earlier(requestId) : (waiting[i] ?? []))),
    );
  }
}

function areSame(papers: readonly DocumentInfo[], commitments: readonly string[]): boolean {
  const approved = new Set(commitments);
  return papers.length === approved.size && papers.every(({ commitment }) => approved.has(commitment));
}

function differs(line: number): Refusal {
  return {
    line,
    code: 'LISTING_DIFFERS',
    message:
      'This decision about this subject is imported already with other content. If the old content was wrong, use "hansa blacklist amend" or "lift"; if not, correct the row.',
  };
}
