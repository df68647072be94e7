import type { Crypto, Domains } from '@hansa/protocol/crypto';
import type { CeremonyKind, OprfCeremony, OprfKey } from '@hansa/protocol/families';
import type { Authority, AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import type { RecordLocation, RecordOutcome } from '@hansa/protocol/replica';
import type { Subject, TagFamily } from '@hansa/protocol/subjects';
import type { Decision, DocumentInfo } from '../registry/document-types.ts';
import type { ApprovalsPort } from './approval-ports.ts';
import type { AsOf } from './as-of.ts';

export type { AsOf };

/**
 * What the HTTP API and its services need of the rest of the daemon. The city's runtime and the registry match these
 * interfaces; tests put a fake in their place. Nothing here knows HTTP.
 */

export interface RecordStatus {
  readonly state: 'pending' | 'final' | 'rejected';
  /** Height of the block that made it final. */
  readonly height?: number;
  /** L1: why the ledger rejected it. */
  readonly code?: string;
  /** True when a receipt can be made at once. */
  readonly provable: boolean;
}

export interface CityStatus {
  /** R6 is done: the city may sign. */
  readonly joined: boolean;
  /** C11: an alarm stopped its voting. */
  readonly halted: boolean;
  /** It knows of final blocks that it has not executed. */
  readonly behind: boolean;
  readonly epoch: number;
  readonly view: number;
  readonly finalizedHeight: number;
  readonly executedHeight: number;
  readonly checkpointHeight: number;
  /** Legal time of the last executed block; 0 before the first. */
  readonly timestampMs: number;
  /** Lower-case hex of the executed state's roots. */
  readonly historyRoot: string;
  readonly stateRoot: string;
  /** Entries and records executed. */
  readonly entries: number;
  readonly records: number;
  readonly rejectedRecords: number;
  readonly facts: number;
  /** C12: whether this city has a vote in the present epoch. */
  readonly votes: boolean;
  /** Cities that have one, and how many of them decide. */
  readonly voters: number;
  readonly quorum: number;
  /** Members connected now. */
  readonly peers: readonly PeerStatus[];
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Set when the city stopped voting (C11) or another alarm stands. */
  readonly alarm?: { readonly code: string; readonly message: string };
}

export interface PeerStatus {
  readonly name: string;
  readonly kind: 'authority' | 'observer';
  readonly connected: boolean;
  /** C12: it has a vote in the present epoch. */
  readonly votes: boolean;
}

export interface LaneView {
  readonly lane: AuthorityIndex;
  /** Last entry held, last final entry, last executed entry; 0 before the first. */
  readonly heldSequence: number;
  readonly finalizedSequence: number;
  readonly executedSequence: number;
  readonly quarantined: boolean;
}

export interface BlockView {
  readonly height: number;
  readonly view: number;
  readonly epoch: number;
  readonly timestampMs: number;
  /** Lower-case hex. */
  readonly digest: string;
  readonly parent: string;
  readonly advances: readonly { readonly lane: AuthorityIndex; readonly sequence: number }[];
  readonly checkpoint: {
    readonly height: number;
    readonly historySize: number;
    readonly historyRoot: string;
    readonly stateRoot: string;
  };
}

export interface EntryView {
  readonly lane: AuthorityIndex;
  readonly sequence: number;
  readonly digest: string;
  readonly previousDigest: string;
  readonly recordsRoot: string;
  readonly byteLength: number;
  readonly createdAtMs: number;
  /** Height of the block that made it final; absent while it is not. */
  readonly height?: number;
  /** `Record` bytes, in order. */
  readonly records: readonly Uint8Array[];
}

export interface EvidenceView {
  readonly accused: AuthorityIndex;
  readonly type: 'lane-fork' | 'conflicting-votes' | 'conflicting-proposals';
  /** Bytes of `Evidence`: both signed statements. */
  readonly bytes: Uint8Array;
}

export interface CityEvents {
  finalized: { readonly height: number; readonly view: number; readonly timestampMs: number };
  executed: {
    readonly height: number;
    readonly timestampMs: number;
    readonly records: number;
    readonly rejected: number;
    /** Of each record, in the order of execution. */
    readonly outcomes: readonly RecordOutcome[];
  };
  checkpointed: { readonly height: number };
  evidence: { readonly accused: AuthorityIndex; readonly type: EvidenceView['type'] };
  /** C12: the authorities are others from the block after `height` on. */
  epoch: { readonly epoch: number; readonly height: number };
  alarm: { readonly code: string; readonly message: string };
}

export interface CityEmitter {
  on<Name extends keyof CityEvents>(name: Name, listener: (event: CityEvents[Name]) => void): unknown;
  off<Name extends keyof CityEvents>(name: Name, listener: (event: CityEvents[Name]) => void): unknown;
}

/** Of an executed entry: all its records were accepted but those named. */
export interface EntryOutcome {
  readonly height: number;
  /** Position in the entry -> why the ledger rejected it (L1). */
  readonly rejected: ReadonlyMap<number, string>;
}

/** Who reads the ledger: a city, or an observer, which has no lane and no vote. */
export type LedgerMember = Pick<Authority, 'name' | 'displayName'> & {
  readonly index: AuthorityIndex | undefined;
  /** C12: a city that has no seat yet. */
  readonly newcomer?: boolean;
};

/** What a city, or an observer, knows of the ledger. */
export interface LedgerPort {
  readonly genesis: Genesis;
  readonly self: LedgerMember;
  readonly domains: Domains;
  readonly crypto: Crypto;
  readonly events: CityEmitter;
  outcome(location: RecordLocation): Promise<RecordStatus>;
  waitFinal(location: RecordLocation, signal?: AbortSignal): Promise<RecordStatus>;
  /** What became of an entry's records; undefined while it is not executed here. */
  entryOutcome(lane: AuthorityIndex, sequence: number): Promise<EntryOutcome | undefined>;
  /** A fact of the executed state. */
  fact(key: Uint8Array): { readonly value: Uint8Array | undefined; readonly asOf: AsOf };
  /** Receipt bytes; waits until a finalized checkpoint covers the record. */
  receipt(request: {
    readonly record?: RecordLocation;
    readonly factKeys?: readonly Uint8Array[];
  }): Promise<Uint8Array>;
  /** C12: `SealProof` bytes of the ends of all epochs so far, oldest first. */
  seals(): Promise<readonly Uint8Array[]>;
  status(): CityStatus;
  lanes(): readonly LaneView[];
  /** Final blocks with `from` <= height, ascending, at most `limit`; the newest `limit` when `from` is absent. */
  blocks(options: { readonly from?: number; readonly limit: number }): Promise<readonly BlockView[]>;
  entry(lane: AuthorityIndex, sequence: number): Promise<EntryView | undefined>;
  evidence(): readonly EvidenceView[];
}

/** A city: it also speaks. */
export interface CityPort extends LedgerPort {
  readonly self: Authority;
  /** Seals own records; resolves when they are durable. Throws LANE_WINDOW_FULL or NOT_JOINED with `retryAfterMs`. */
  submit(records: readonly Uint8Array[]): Promise<{ readonly locations: readonly RecordLocation[] }>;
  /** Why the ledger would reject own records now, one after the other; undefined: it would not. Changes nothing. */
  trial(records: readonly Uint8Array[]): readonly (string | undefined)[];
}

export type ImportKind = 'blacklist' | 'accounts';

export interface ImportOptions {
  /** Name of a built-in mapping or the text of a mapping file. */
  readonly mapping: string;
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
  /** Commitments of the papers that each listing has to take; when others wait, it is not made (DOCUMENTS_CHANGED). */
  readonly documents?: readonly string[];
}

/** One refused row. Never carries the value. */
export interface RefusedRow {
  readonly line: number;
  readonly column?: string;
  readonly code: string;
  readonly message: string;
}

export interface ImportReport {
  readonly rows: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly dryRun: boolean;
  /** Of the last record sealed: when it is final, so are all before it. */
  readonly lastLocation?: RecordLocation;
  /** The file was not read to its end. What is counted above stands; import again to go on. */
  readonly stopped?: { readonly code: string; readonly message: string; readonly line?: number };
}

/** What an import tells while it runs; `report` is the last. */
export type ImportEvent =
  | { readonly kind: 'progress'; readonly rows: number; readonly bytes: number }
  | ({ readonly kind: 'refused' } & RefusedRow)
  /** Rows that were sealed: where each line of the file stands on the lane. */
  | { readonly kind: 'sealed'; readonly lines: readonly number[]; readonly locations: readonly RecordLocation[] }
  | ({ readonly kind: 'report' } & ImportReport);

/** The city's private side: accounts, payloads and salts, officers. Nothing of it reaches a lane but commitments (P1). */
export interface RegistryPort {
  /** Tags of subjects that somebody looks up, in order (P2). Errors: OPRF_NO_KEY, OPRF_QUOTA_EXHAUSTED, OPRF_TOO_FEW_EVALUATORS, OPRF_ASKER_SUSPENDED. */
  tags(family: TagFamily, subjects: readonly Subject[], asking: TagAsking): Promise<readonly Uint8Array[]>;
  import(kind: ImportKind, source: AsyncIterable<Uint8Array>, options: ImportOptions): AsyncIterable<ImportEvent>;
  /** 16-byte pseudonym of an officer's name; the same name has the same one. */
  officer(name: string): Promise<Uint8Array>;
  /** Name behind a pseudonym of this city's; undefined for others. */
  officerName(pseudonym: Uint8Array): Promise<string | undefined>;
  /** 16 bytes under which this city finds the accesses of a case again; nobody else can make them. */
  caseName(reference: string): Uint8Array;
  /** What is behind a commitment; undefined when it was never here or is erased. */
  open(commitment: Uint8Array): Promise<{ readonly salt: Uint8Array; readonly payload: Uint8Array } | undefined>;
  /** Keeps a private payload with a fresh salt; returns its 32-byte commitment SHA-256(salt || payload). */
  keep(payload: Uint8Array): Promise<Uint8Array>;
  /** Keeps a check with its purpose and matter (P2); durable when it resolves. */
  noteCheck(entry: CheckEntry): Promise<void>;
  /** Checks with `from` <= number, ascending, at most `limit`; the newest `limit` when `from` is absent. */
  checks(options: { readonly from?: number; readonly limit: number }): Promise<readonly NumberedCheck[]>;
  /** Drafts the certificate of an account of this centre. Throws ACCOUNT_UNKNOWN and other refusals. */
  draftCertificate(request: CertificateRequest): Promise<CertificateDraft>;
  /** The issuer's own document, or undefined when this city did not issue it (or erased it). */
  certificateDocument(certificateId: Uint8Array): Promise<CertificateDocument | undefined>;
  /** The citizen's copy made of the payload behind a commitment; it goes when the payload is erased. */
  credentialCopy(commitment: Uint8Array): Promise<string | undefined>;
  keepCredentialCopy(commitment: Uint8Array, copy: string): Promise<void>;
  /** Papers of a decision that is not listed yet; all that wait for it. One of the same name is replaced. */
  attachDocument(decision: Decision, name: string, content: Uint8Array): Promise<readonly DocumentInfo[]>;
  /** Deletes the papers that wait for a decision's listing; how many there were. */
  discardDocuments(decision: Decision): Promise<number>;
  /** Papers that wait for the listing of each decision, in their order. */
  waitingDocuments(decisions: readonly Decision[]): Promise<readonly (readonly DocumentInfo[])[]>;
  readonly applications: ApplicationsPort;
  readonly approvals: ApprovalsPort;
}

/** Requests for certificates that came from citizens' phones; durable when a promise resolves. */
export interface ApplicationsPort {
  /** Those that wait for an officer, oldest first. */
  pending(): Promise<readonly Application[]>;
  get(id: string): Promise<Application | undefined>;
  add(application: Application): Promise<void>;
  decide(application: Application, decision: ApplicationDecision): Promise<Application>;
}

/** What a certificate is wanted for, in the words of consents. */
export const applicationPurposes = ['loan-approval', 'loan-review', 'withdrawal', 'transfer'] as const;
export const refusalReasons = ['identity-not-confirmed', 'account-unfit', 'not-entitled', 'duplicate'] as const;

export type ApplicationPurpose = (typeof applicationPurposes)[number];
export type RefusalReason = (typeof refusalReasons)[number];

export interface Application {
  /** 16 bytes in hexadecimal: also the requestId of the certificate, so that approving twice issues once (R2). */
  readonly id: string;
  readonly state: 'pending' | 'approved' | 'refused';
  /** The applicant's public key in hexadecimal. */
  readonly holderKey: string;
  /** Account number at this centre or the holder's citizen number; gone once the application is decided. */
  readonly account?: string;
  readonly addressedTo?: string;
  readonly purpose: ApplicationPurpose;
  /** Where the counter reaches the applicant; gone once the application is decided. */
  readonly phone?: string;
  readonly appliedAtMs: number;
  readonly decidedAtMs?: number;
  /** Name of the officer who decided; it stays in this city. */
  readonly handler?: string;
  /** Code of the certificate that it became. */
  readonly certificate?: string;
  readonly refusal?: RefusalReason;
}

export type ApplicationDecision =
  | { readonly state: 'approved'; readonly decidedAtMs: number; readonly handler: string; readonly certificate: string }
  | {
      readonly state: 'refused';
      readonly decidedAtMs: number;
      readonly handler: string;
      readonly refusal: RefusalReason;
    };

/** Who looks a subject up, and for which matter; both leave the city as pseudonyms only. */
export interface TagAsking {
  readonly operator: string;
  readonly case: string;
}

/** Private lookups (P2), for those who look after them. */
export interface OprfPort {
  status(): Promise<OprfStatus>;
  /** Entries with `from` <= number, ascending, at most `limit`; the newest `limit` when `from` is absent. */
  evaluations(options: { readonly from?: number; readonly limit: number }): Promise<readonly NumberedEvaluation[]>;
  /**
   * The record that opens a ceremony; once it is on the lane all cities go on by themselves. Throws the code for which the
   * ledger would reject it now.
   */
  opening(opening: CeremonyOpening): Uint8Array;
}

/** The first ceremony, or one for new shares of the present key. */
export interface CeremonyOpening {
  /** 16 bytes that were never used: the ceremony's id, and the requestId of the record (R2). */
  readonly id: Uint8Array;
  readonly kind: CeremonyKind;
  /** How many shares evaluate together; absent: f + 1, and never one city alone. */
  readonly threshold?: number;
}

export interface OprfStatus {
  readonly key: OprfKey | undefined;
  /** The group's public key. */
  readonly publicKey: Uint8Array | undefined;
  /** This city holds its share. */
  readonly holdsShare: boolean;
  readonly ceremony: OprfCeremony | undefined;
  /** Elements evaluated for other cities since the start; requests by how they ended. */
  readonly evaluated: number;
  readonly outcomes: ReadonlyMap<string, number>;
  /** The newest last. */
  readonly alarms: readonly { readonly code: string; readonly message: string; readonly atMs: number }[];
}

/** What another city had evaluated here, or was refused. Neither who was looked up nor any element is known. */
export interface Evaluation {
  readonly atMs: number;
  readonly asker: AuthorityIndex;
  /** Hexadecimal. */
  readonly operator: string;
  readonly case: string;
  readonly purpose: 'lookup' | 'record';
  readonly count: number;
  readonly generation: number;
  /** `evaluated`, or the code of the refusal. */
  readonly outcome: string;
}

export interface NumberedEvaluation extends Evaluation {
  /** From 1, without gaps. */
  readonly number: number;
}

/** A question about a person or organisation that this city answered. Nothing of it leaves the city (P1). */
export interface CheckEntry {
  readonly atMs: number;
  readonly role: string;
  /** The officer, as the centre's own system names it; the role where none was named. */
  readonly operator: string;
  readonly purpose: string;
  /** Reference of the matter, as the centre's own system names it. */
  readonly case: string;
  /** What was given: the answer of a check, a receipt of it, details or a paper of an own listing, or an own certificate's document. */
  readonly given: 'answer' | 'receipt' | 'details' | 'paper' | 'document';
  /** `hit`: there was something to give. */
  readonly result: 'hit' | 'none';
  /** Names the fact that was asked about, not the person: the proof id of the check. */
  readonly proof: string;
  /** Block at which the answer was true. */
  readonly height: number;
}

export interface NumberedCheck extends CheckEntry {
  /** From 1, in the order of the answers, without gaps. */
  readonly number: number;
}

export interface CertificateRequest {
  readonly account: string;
  readonly addressedTo?: string;
  readonly issuedOn: number;
  readonly handler: string;
  /** Of the counter; printed on the document. */
  readonly phone?: string;
  readonly holderKey?: Uint8Array;
  readonly requestId: Uint8Array;
}

export interface CertificateDraft {
  readonly certificateId: Uint8Array;
  /** `Record` bytes, ready to be sealed. */
  readonly record: Uint8Array;
}

/** The fields of the certificate by their names, as they are printed. */
export type CertificateDocument = object;

/** A small durable key-value table for answers kept under an Idempotency-Key. */
export interface AnswerStore {
  get(key: Uint8Array): Promise<Uint8Array | undefined>;
  /** Durable when it resolves; with `flush` false some time later, in the order of writing. */
  put(key: Uint8Array, value: Uint8Array, flush?: boolean): Promise<void>;
}
