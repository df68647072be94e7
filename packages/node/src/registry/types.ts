import type { Crypto, Domains } from '@hansa/protocol/crypto';
import type { Authority, Genesis } from '@hansa/protocol/genesis';
import type { RecordLocation, Store } from '@hansa/protocol/replica';
import type { SubjectTagger } from '@hansa/protocol/subjects';
import type { Refusal } from '../import/index.ts';

export interface RegistryOptions {
  readonly genesis: Genesis;
  readonly self: Authority;
  readonly crypto: Crypto;
  readonly domains: Domains;
  /** A store of its own, in a directory that nobody else can read (`openRegistryStore`). */
  readonly store: Store;
  readonly tagger: SubjectTagger;
  /** At least 32 bytes; the same for the life of the city, because keys of the store depend on it. */
  readonly citySecret: Uint8Array;
  /** Seals own records, all or none, and resolves when they are durable. A thrown `retryAfterMs` is waited for. */
  readonly submit: (records: readonly Uint8Array[]) => Promise<{ readonly locations: readonly RecordLocation[] }>;
  /**
   * The own lane, to find out after a crash whether a record reached it. Without it the record is submitted again, and
   * the ledger refuses the second one (R2).
   */
  readonly lane?: OwnLane;
  /** Milliseconds since 1970; the clock of legal days. */
  readonly nowMs?: () => number;
}

export interface OwnLane {
  /** R6: the city has heard what the others hold of its lane. Before that entries of it may be missing here. */
  ready(): boolean;
  /** Sequence of the last own entry; 0 before the first. */
  tip(): number | Promise<number>;
  /** Position -> why the ledger rejected it, of an own entry; undefined while that is not known. */
  rejected(sequence: number): Promise<ReadonlyMap<number, string> | undefined>;
  /** Why the ledger would reject own records now, one after the other; undefined: it would not. */
  trial(records: readonly Uint8Array[]): readonly (string | undefined)[];
  /** `Record` bytes of an own entry. */
  records(sequence: number): Promise<readonly Uint8Array[] | undefined>;
}

export type ImportKind = 'blacklist' | 'accounts';

export interface ImportOptions {
  /** Checks everything and keeps nothing. */
  readonly dryRun?: boolean;
  /** After each batch of up to 1000 rows. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Ends the import after the batch at work. */
  readonly signal?: AbortSignal;
  /** Commitments of the papers that each listing has to take; when others wait, it is not made (DOCUMENTS_CHANGED). */
  readonly documents?: readonly string[];
}

export interface ImportProgress {
  readonly rows: number;
  readonly bytes: number;
  readonly submitted: number;
  readonly alreadyThere: number;
  readonly refused: number;
}

/** What became of a file: rows = submitted + alreadyThere + refusedCount. */
export interface ImportReport {
  readonly kind: ImportKind;
  readonly dryRun: boolean;
  readonly rows: number;
  /** Sealed by this import (accounts: kept or changed); in a dry run those that would be. */
  readonly submitted: number;
  /** Known from an earlier import or an earlier row, with the same content: no second effect (R2). */
  readonly alreadyThere: number;
  readonly refusedCount: number;
  /** The first `listedMax` of them, by line. */
  readonly refused: readonly Refusal[];
  /** Refused rows beyond those listed. */
  readonly refusedNotListed: number;
  /** Of the first `listedMax` submitted records, in the order of rows. */
  readonly locations: readonly RecordLocation[];
  /** Submitted records beyond those located above. */
  readonly locationsNotListed: number;
  /** Of the last record submitted: when it is final, so are all before it. */
  readonly lastLocation: RecordLocation | undefined;
  /** Set when the file was not read to its end, with what to do. What is counted above stands; import again to go on. */
  readonly stopped: ImportStop | undefined;
}

export interface ImportStop {
  readonly code: string;
  readonly message: string;
  /** Where the file could not be read on; absent when something else stopped the import. */
  readonly line?: number;
}

/** Memory does not grow with the file: of more rows than these only the number is told. */
export const listedMax = 10_000;
/** Rows that become one entry. */
export const batchRowsMax = 1000;
