import { concatBytes } from '../bytes.ts';
import type { Crypto, Domains } from '../crypto/index.ts';
import { type ErrorCode, rejection } from '../error-codes.ts';
import { invariant, type Rejection } from '../errors.ts';
import { legalDay } from '../families/calendar.ts';
import type { Family } from '../families/family.ts';
import type { FamilyRegistry } from '../families/registry.ts';
import type { Authority, AuthorityIndex, Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import {
  actorMessages,
  checkActors,
  decodeRecord,
  type Record as HansaRecord,
  REQUEST_KEY_BYTES,
  type RecordLocation,
  requestKeys,
} from '../records/index.ts';
import type { RejectedRecord } from './execution-log.ts';
import type { FactOverlay } from './fact-overlay.ts';
import type { RequestSet } from './request-set.ts';
import type { LedgerBlock, LedgerEntry, RecordOutcome } from './types.ts';

const NO_REQUEST = new Uint8Array(limits.requestIdBytes);

export interface BlockExecutionOptions {
  readonly genesis: Genesis;
  readonly crypto: Crypto;
  readonly domains: Domains;
  readonly families: FamilyRegistry;
  readonly facts: FactOverlay;
  readonly requests: Pick<RequestSet, 'has' | 'add'>;
  readonly block: LedgerBlock;
  /** C12: the authorities until now, when this is the first block of an epoch. */
  readonly before?: readonly Authority[] | undefined;
}

/** Executes the records of one block, one after the other, on the facts and the set of applied requests. */
export class BlockExecution {
  readonly #options: BlockExecutionOptions;
  /** L4: the legal day of every record of the block. */
  readonly #today: number;
  /** Families that may refuse a whole lane. */
  readonly #gates: readonly Family[];
  /** Their verdict by lane; forgotten when one of them applied a record. */
  readonly #refusals = new Map<AuthorityIndex, Rejection | undefined>();
  /** `lane:family` whose costly rejection this block has paid for. */
  readonly #spent = new Set<string>();
  readonly #outcomes: RecordOutcome[] = [];
  readonly #rejected: RejectedRecord[] = [];
  /** Of the applied records, entry by entry. */
  readonly #requestKeys: Uint8Array[] = [];
  /** What the actors of the present entry's records signed, hashed all at once. */
  #actorMessages: ReadonlyMap<HansaRecord, Uint8Array> = new Map();

  constructor(options: BlockExecutionOptions) {
    this.#options = options;
    this.#today = legalDay(options.block.timestampMs, options.genesis.utcOffsetMinutes);
    this.#gates = options.families.list().filter((family) => family.admit !== undefined);
  }

  /** C12: what the new epoch changes takes effect before its first record. */
  #beginEpoch(): void {
    const { before, families, facts } = this.#options;
    if (before === undefined) return;
    for (const family of families.list()) family.beginEpoch?.(facts, this.#options, before);
    facts.keep();
  }

  run(): { outcomes: RecordOutcome[]; rejected: RejectedRecord[]; requestKeys: Uint8Array } {
    this.#beginEpoch();
    const { entries } = this.#options.block;
    entries.forEach((entry, index) => {
      invariant(followsInOrder(entries[index - 1], entry), 'entries stand by lane and sequence (L1)'); // guard: L1 one order
      this.#executeEntry(entry, index);
    });
    return { outcomes: this.#outcomes, rejected: this.#rejected, requestKeys: concatBytes(...this.#requestKeys) };
  }

  #executeEntry({ lane, sequence, records }: LedgerEntry, entryIndex: number): void {
    const decoded = records.map(decodeRecord);
    // Of what cannot be decoded there is no request; its place is filled, so that all keys are hashed at once.
    const requests = requestKeys(
      this.#options.domains,
      lane,
      decoded.map((record) => (record.ok ? record.value.requestId : NO_REQUEST)),
    );
    const signed = decoded.flatMap((record) => (record.ok && record.value.actors.length > 0 ? [record.value] : []));
    const messages = actorMessages(this.#options.domains, this.#options.crypto, signed);
    this.#actorMessages = new Map(signed.map((record, index) => [record, messages[index] as Uint8Array]));
    const applied = new Uint8Array(records.length * REQUEST_KEY_BYTES);
    let appliedCount = 0;
    decoded.forEach((record, position) => {
      const request = requests[position] as Uint8Array;
      const isApplied = this.#executeRecord(record, { lane, sequence, position }, request, entryIndex);
      if (isApplied) applied.set(request, REQUEST_KEY_BYTES * appliedCount++);
    });
    this.#requestKeys.push(applied.subarray(0, REQUEST_KEY_BYTES * appliedCount));
  }

  /** Whether the record was applied. */
  #executeRecord(
    decoded: ReturnType<typeof decodeRecord>,
    location: RecordLocation,
    request: Uint8Array,
    entryIndex: number,
  ): boolean {
    const { position } = location;
    const code = decoded.ok ? this.#apply(decoded.value, location, request) : 'MALFORMED';
    if (code !== undefined) this.#rejected.push({ entryIndex, position, code }); // guard: L1 the reason is kept
    this.#outcomes.push({
      location,
      family: decoded.ok ? decoded.value.family : 0,
      type: decoded.ok ? decoded.value.type : 0,
      rejected: code,
    });
    return code === undefined;
  }

  /** The code of the first rule that the record breaks; the order of the rules is part of the agreement. */
  #apply(record: HansaRecord, location: RecordLocation, request: Uint8Array): string | undefined {
    const { genesis, crypto, domains, families, facts, requests, block } = this.#options;
    const { lane } = location;
    const family = families.get(record.family);
    if (family === undefined) return known('FAMILY_UNKNOWN');
    if (family.types[record.type] === undefined) return known('TYPE_UNKNOWN');
    const refused = this.#refusal(lane);
    if (refused !== undefined) return refused.code; // guard: C10 a quarantined author has no effect
    if (requests.has(request)) return known('REQUEST_ALREADY_APPLIED'); // guard: R2 a request has one effect
    const { costly } = family;
    if (costly !== undefined && this.#spent.has(spender(lane, family))) return known(costly.after); // guard: C10 false evidence of a lane is looked at once a block
    const checked = family.check(record, { genesis, crypto, domains });
    if (!checked.ok) return checked.error.code;
    const unsigned = checkActors(crypto, domains, record, this.#actorMessages.get(record));
    if (unsigned !== undefined) return unsigned.code; // guard: R2 actor signatures verify
    const context = {
      genesis,
      crypto,
      domains,
      lane,
      location,
      timestampMs: block.timestampMs,
      today: this.#today,
    };
    const broken = family.apply(facts, checked.value, context);
    if (broken !== undefined) {
      facts.drop(); // guard: L1 a rejected record has no effect
      if (costly?.codes.some((code) => code === broken.code) === true) this.#spent.add(spender(lane, family));
      return broken.code;
    }
    facts.keep();
    if (family.admit !== undefined) this.#refusals.clear(); // guard: C10 from the next record on
    requests.add(request); // guard: R2 an applied request is remembered
    return undefined;
  }

  /** C10: why no record of the lane may have an effect. */
  #refusal(lane: AuthorityIndex): Rejection | undefined {
    const cached = this.#refusals.get(lane);
    if (cached !== undefined || this.#refusals.has(lane)) return cached;
    const { facts, domains } = this.#options;
    let refusal: Rejection | undefined;
    for (const family of this.#gates) refusal ??= family.admit?.(facts, lane, domains);
    this.#refusals.set(lane, refusal);
    return refusal;
  }
}

function spender(lane: AuthorityIndex, family: Family): string {
  return `${lane}:${family.number}`;
}

function known(code: ErrorCode): string {
  return rejection(code).code;
}

function followsInOrder(previous: LedgerEntry | undefined, next: LedgerEntry): boolean {
  if (previous === undefined || next.lane > previous.lane) return true;
  return next.lane === previous.lane && next.sequence === previous.sequence + 1;
}
