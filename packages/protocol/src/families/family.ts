import type { Crypto, Digest, Domains } from '../crypto/index.ts';
import type { ErrorCode } from '../error-codes.ts';
import type { Rejection, Result } from '../errors.ts';
import type { Authority, AuthorityIndex, Genesis } from '../genesis/types.ts';
import type { Record as HansaRecord, RecordLocation } from '../records/index.ts';

/** What the stateless rules may look at: nothing that differs from city to city or from day to day. */
export interface CheckContext {
  readonly genesis: Genesis;
  readonly domains: Domains;
  readonly crypto: Crypto;
}

/** What execution knows of the record's place in the agreed order. */
export interface ApplyContext extends CheckContext {
  /** The city that speaks: the owner of the record's lane. */
  readonly lane: AuthorityIndex;
  readonly location: RecordLocation;
  /** L4: the block's timestamp is the legal time. */
  readonly timestampMs: number;
  /** Its legal day. */
  readonly today: number;
}

export interface FactReader {
  /** Value of a current fact; not to be changed. */
  get(key: Uint8Array): Uint8Array | undefined;
}

/** The current facts. Writes are dropped when the record is rejected. */
export interface FactState extends FactReader {
  /** Keys are digests (32 bytes), values at least one byte; undefined removes the fact. */
  set(key: Uint8Array, value: Uint8Array | undefined): void;
}

export interface Fact {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** How the family's facts are asked for: by the name of a thing (a subject tag, a certificate code). */
export interface FactQuery {
  key(domains: Domains, name: Uint8Array): Digest;
  /** The decoded fact; throws FACT_MALFORMED on bytes that this family never wrote. */
  read(value: Uint8Array): unknown;
}

/**
 * L2: a record family. It is a deterministic function of its arguments: no clock, no randomness, no memory of its own.
 * `Body` is what its check makes of a record's body, so that nothing is decoded twice.
 */
export interface Family<Body = unknown> {
  /** Never used for another family again. */
  readonly number: number;
  readonly name: string;
  /** Names of the record types by number. */
  readonly types: Readonly<Record<number, string>>;
  readonly query: FactQuery;
  /** The stateless rules: schema, sizes, dates among themselves. The type is one of `types`. */
  check(record: HansaRecord, context: CheckContext): Result<Body>;
  /** The rules that need the current facts, and their effect. */
  apply(state: FactState, body: Body, context: ApplyContext): Rejection | undefined;
  /**
   * The costly rest of the stateless rules, which execution checks late: asked of own records before they are sealed, so
   * that an honest city never runs into `costly`.
   */
  vouch?(body: Body, context: CheckContext): Rejection | undefined;
  /**
   * Rejections that cost signature checks. The lane's further records of this family in the same block are refused
   * with `after`, without a look at them: one liar costs a block one such check.
   */
  readonly costly?: { readonly codes: readonly ErrorCode[]; readonly after: ErrorCode };
  /** Keys of the facts that show what became of a record: a receipt of the record carries them. */
  concerns?(body: Body, context: { readonly domains: Domains; readonly lane: AuthorityIndex }): readonly Digest[];
  /** Facts that are there before the first block. */
  genesisFacts?(context: CheckContext): readonly Fact[];
  /**
   * C12: what a new epoch changes, before its first record. `context.genesis` has the new set, `before` the authorities
   * until then.
   */
  beginEpoch?(state: FactState, context: CheckContext, before: readonly Authority[]): void;
  /**
   * Whether records of a lane may have an effect at all. It may look at facts of its own family only; the ledger asks
   * again after each accepted record of the family.
   */
  admit?(state: FactReader, lane: AuthorityIndex, domains: Domains): Rejection | undefined;
}
