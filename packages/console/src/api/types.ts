import type { paths } from '@hansa/node/client';

/** What the daemon answers, as docs/operating/http-api.md describes it. */

/** Answer 200 to a request, as the description of the API has it. */
type Answer<Method extends 'get' | 'post', Path extends keyof paths> = paths[Path][Method] extends {
  responses: { 200: { content: { 'application/json': infer Answered } } };
}
  ? Answered
  : never;

export type ConsentAnswer = Answer<'get', '/v1/consents/{id}'>;
export type ConsentsAnswer = Answer<'get', '/v1/certificates/{code}/consents'>;
export type OpenedCertificate = Answer<'post', '/v1/certificates/{code}/open'>;
export type OpenedListing = Answer<'post', '/v1/blacklist/{city}/{sequence}/{position}/open'>;
export type PaperInfo = Answer<'post', '/v1/blacklist/documents'>['documents'][number];
export type Access = Answer<'get', '/v1/access'>['accesses'][number];
export type Consent = ConsentAnswer['consent'];

export type Role = 'operator' | 'clerk' | 'issuer' | 'approver' | 'auditor';

export interface Session {
  readonly role: Role;
  /** Routes that the role may call, as `METHOD /path/:parameter`. */
  readonly may: readonly string[];
  readonly city: string;
  readonly displayName: string;
  readonly federation: string;
  readonly federationId: string;
  readonly testFederation: boolean;
}

export interface AsOf {
  readonly height: number;
  readonly timestampMs: number;
}

export type Severity = 'minor' | 'general' | 'serious';

export interface Listing {
  readonly location: string;
  readonly city: string;
  readonly cityName: string;
  readonly severity: Severity;
  readonly decidedOn: string;
  readonly effectiveFrom: string;
  readonly publishUntil: string | null;
  readonly shareUntil: string | null;
  readonly restrictUntil: string | null;
  readonly listedAt: string;
  readonly disputed: boolean;
  readonly late: boolean;
  readonly published: boolean;
  readonly shared: boolean;
  readonly restricted: boolean;
  /** It would restrict, if its open dispute did not suspend it. */
  readonly suspended: boolean;
}

export interface CheckAnswer {
  readonly result: 'hit' | 'none';
  readonly listings: readonly Listing[];
  readonly asOf: AsOf;
  /** Older than the policy calls fresh. */
  readonly stale: boolean;
  readonly proof: string;
}

export type Purpose = 'loan' | 'withdrawal' | 'account' | 'supervision';

export interface CheckRequest {
  readonly subject: { readonly kind: 'id' | 'org'; readonly number: string };
  readonly purpose: Purpose;
  readonly case: string;
  /** The officer who asks: lookups are limited for each (P2). */
  readonly operator: string;
}

export interface Status {
  readonly city: string;
  readonly displayName: string;
  readonly federation: string;
  readonly federationId: string;
  readonly testFederation: boolean;
  readonly joined: boolean;
  readonly halted: boolean;
  readonly behind: boolean;
  readonly epoch: number;
  readonly view: number;
  readonly finalizedHeight: number;
  readonly executedHeight: number;
  readonly checkpointHeight: number;
  readonly asOf: string;
  readonly historyRoot: string;
  readonly stateRoot: string;
  readonly entries: number;
  readonly records: number;
  readonly rejectedRecords: number;
  readonly facts: number;
  readonly peers: readonly { readonly name: string; readonly connected: boolean }[];
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly evidence: number;
  readonly alarm: { readonly code: string; readonly message: string } | null;
}

/** Something that was read here is lifted or erased. */
export interface Notice {
  readonly at: string;
  readonly from: string;
  readonly record: string;
  readonly reason: string;
}

/** The key that subjects are looked up with. */
export interface Oprf {
  readonly key: {
    readonly generation: number;
    readonly threshold: number;
    readonly evaluators: readonly string[];
  } | null;
  readonly holdsShare: boolean;
  readonly ceremony: { readonly kind: 'fresh' | 'reshare' } | null;
  readonly alarms: readonly { readonly code: string; readonly message: string; readonly at: string }[];
}

export interface City {
  readonly index: number;
  readonly name: string;
  readonly displayName: string;
  readonly self: boolean;
  readonly connected: boolean;
  readonly quarantined: boolean;
}

export interface Lane {
  readonly city: string;
  readonly heldSequence: number;
  readonly finalizedSequence: number;
  readonly executedSequence: number;
  readonly quarantined: boolean;
}

export interface Block {
  readonly height: number;
  readonly view: number;
  readonly epoch: number;
  readonly timestamp: string;
  readonly digest: string;
  readonly parent: string;
  readonly advances: readonly { readonly city: string; readonly sequence: number }[];
  readonly checkpoint: {
    readonly height: number;
    readonly historySize: number;
    readonly historyRoot: string;
    readonly stateRoot: string;
  };
}

export interface Entry {
  readonly city: string;
  readonly sequence: number;
  readonly digest: string;
  readonly previousDigest: string;
  readonly recordsRoot: string;
  readonly byteLength: number;
  readonly createdAt: string;
  readonly height: number | null;
  readonly records: readonly {
    readonly location: string;
    readonly recordId: string;
    readonly family: string;
    readonly type: string;
  }[];
}

export interface RecordView {
  readonly location: string;
  readonly recordId: string;
  readonly family: string;
  readonly type: string;
  readonly state: 'pending' | 'final' | 'rejected';
  readonly height: number | null;
  readonly code: string | null;
  readonly provable: boolean;
  readonly requestId: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Evidence {
  readonly city: string;
  readonly kind: 'lane-fork' | 'conflicting-votes' | 'conflicting-proposals';
  readonly proof: string;
}

export interface FinalitySample {
  readonly height: number;
  readonly timestamp: string;
  readonly afterMs: number;
}

export interface Submitted {
  readonly location: string;
  readonly state: 'pending' | 'final';
  readonly height?: number;
}

/** RFC 9457. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly detail: string;
  readonly retryAfterMs?: number;
}

export type CertificateStatus = 'active' | 'expired' | 'used' | 'revoked' | 'superseded';

export interface Certificate {
  readonly code: string;
  readonly status: CertificateStatus;
  readonly location: string;
  readonly issuer: string;
  readonly issuerName: string;
  readonly addressedTo: string | null;
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly issuedAt: string;
  readonly commitment: string;
  readonly endedBy: string | null;
  readonly endedAt: string | null;
  readonly revokeReason: string | null;
  readonly supersededBy: string | null;
  /** Active certificates of the same person from other cities. */
  readonly conflicts: readonly {
    readonly code: string;
    readonly issuer: string;
    readonly issuerName: string;
    readonly validUntil: string;
  }[];
}

export interface CertificateAnswer {
  readonly certificate: Certificate;
  readonly asOf: AsOf;
  /** The printed fields; at the issuing city, for its issuers. */
  readonly document?: Readonly<Record<string, unknown>>;
}

export interface Application {
  readonly id: string;
  readonly account: string;
  readonly addressedTo: string | null;
  readonly purpose: string;
  readonly phone: string | null;
  readonly appliedAt: string;
  readonly holderKey: string;
}

export interface ListingForm {
  readonly subject: { readonly kind: 'id' | 'org'; readonly number: string };
  readonly name: string;
  readonly behaviour: string;
  readonly severity: Severity;
  readonly amountFen?: number;
  readonly judgementNumber: string;
  readonly noticeDate: string;
  readonly objectionUntil: string;
  readonly decidedOn: string;
  readonly restrictUntil: string;
}

export type Change =
  | { readonly kind: 'list'; readonly listing: ListingForm }
  | {
      readonly kind: 'amend';
      readonly location: string;
      readonly severity?: Severity;
      readonly publishUntil?: string;
      readonly shareUntil?: string;
      readonly restrictUntil?: string;
    }
  | { readonly kind: 'lift'; readonly location: string; readonly reason: string };

export interface Approval {
  readonly id: string;
  readonly state: 'waiting' | 'approved' | 'returned';
  readonly change: Change;
  readonly handler: string;
  readonly preparedAt: string;
  readonly decidedAt: string | null;
  readonly approver: string | null;
  readonly location: string | null;
  readonly reason: string | null;
}

/** With the papers that the listing will commit to. */
export interface WaitingApproval extends Approval {
  readonly documents: readonly PaperInfo[];
}

export interface CheckEntry {
  readonly number: number;
  readonly at: string;
  readonly role: Role;
  /** The officer, or the role where none was named. */
  readonly operator: string;
  /** Of a check; a legal basis where details of a listing were given, `document` where a certificate's document was. */
  readonly purpose: string;
  readonly case: string;
  readonly given: 'answer' | 'receipt' | 'details' | 'paper' | 'document';
  readonly result: 'hit' | 'none';
  readonly proof: string;
  readonly height: number;
}

/** One line of an import's answer. */
export type ImportLine =
  | { readonly kind: 'progress'; readonly rows: number; readonly bytes: number }
  | {
      readonly kind: 'refused';
      readonly line: number;
      readonly column?: string;
      readonly code: string;
      readonly message: string;
    }
  | {
      readonly kind: 'report';
      readonly rows: number;
      readonly accepted: number;
      readonly unchanged: number;
      readonly refused: number;
      readonly dryRun: boolean;
      readonly lastLocation?: string;
      readonly state?: 'pending' | 'final';
      readonly stopped?: { readonly code: string; readonly message: string };
    }
  | ({ readonly kind: 'problem' } & Problem);
