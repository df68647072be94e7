import { HansaError } from '@hansa/protocol';
import type { Digest } from '@hansa/protocol/crypto';
import { legalDay } from '@hansa/protocol/families';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { Subject, TagFamily } from '@hansa/protocol/subjects';
import type {
  CheckEntry,
  ImportEvent,
  NumberedCheck,
  ImportOptions as PortImportOptions,
  TagAsking,
} from '../api/ports.ts';
import {
  type Account,
  type BlacklistDraft,
  checkSubject,
  type Mapping,
  mappingFrom,
  type Refusal,
  readAccounts,
  readBlacklist,
} from '../import/index.ts';
import { Accounts, soleNormal } from './accounts.ts';
import { ApplicationBook } from './applications.ts';
import { ApprovalBook } from './approvals.ts';
import { type BatchResult, BlacklistImport, type ImportedRow } from './blacklist-import.ts';
import {
  type CertificateDocument,
  type CertificateDraft,
  type CertificateRequest,
  Certificates,
} from './certificates.ts';
import { CheckBook } from './check-book.ts';
import { CitySecret } from './city-secret.ts';
import type { Decision, DocumentInfo } from './document-types.ts';
import { ListingDocuments } from './documents.ts';
import { counted, type RegistryImportEvent, runImport } from './importing.ts';
import { keptListing, type ListingPayload, listingRequestId } from './listings.ts';
import { Officers } from './officers.ts';
import { Requests } from './requests.ts';
import { patiently } from './submitting.ts';
import { Turn } from './turn.ts';
import {
  type ImportKind,
  type ImportOptions,
  type ImportReport,
  type ImportStop,
  listedMax,
  type RegistryOptions,
} from './types.ts';
import { Vault } from './vault.ts';

/**
 * The city's private side: accounts, payloads and salts, officers. Nothing of it reaches a lane but tags, commitments
 * and pseudonyms (P1).
 */
export class Registry {
  /** Requests for certificates from citizens' phones. */
  readonly applications: ApplicationBook;
  /** Changes of the blacklist that wait for a second officer. */
  readonly approvals: ApprovalBook;
  readonly #options: RegistryOptions;
  readonly #secret: CitySecret;
  readonly #accounts: Accounts;
  readonly #vault: Vault;
  readonly #officers: Officers;
  readonly #requests: Requests;
  readonly #documents: ListingDocuments;
  readonly #blacklist: BlacklistImport;
  readonly #certificates: Certificates;
  readonly #checkBook: CheckBook;
  /** Two imports of one file at once must not seal a row twice; a turn lasts until the lane has room for its rows. */
  readonly #listingTurn = new Turn();
  readonly #accountTurn = new Turn();
  /** Nothing in it waits for the lane: a counter has its certificate while an import waits for a quorum. */
  readonly #draftTurn = new Turn();

  constructor(options: RegistryOptions) {
    const secret = new CitySecret(options.citySecret);
    this.#secret = secret;
    this.#options = options;
    this.#secret = secret;
    this.#accounts = new Accounts(secret, options.store);
    this.#vault = new Vault(options.crypto, options.store);
    this.#officers = new Officers(secret, options.store);
    this.#requests = new Requests(options.store, options.self.index, options.lane);
    this.#checkBook = new CheckBook(options.store);
    this.applications = new ApplicationBook(options.store);
    this.approvals = new ApprovalBook(options.store);
    this.#certificates = new Certificates(options, secret, this.#vault, this.#officers);
    const parts = { vault: this.#vault, requests: this.#requests };
    this.#documents = new ListingDocuments({ hasher: options.crypto, store: options.store, ...parts });
    this.#blacklist = new BlacklistImport({
      ...{ options, secret, documents: this.#documents },
      ...{ vault: this.#vault, officers: this.#officers, requests: this.#requests },
    });
  }

  /** Tags of subjects that an officer asks about, for a matter (P2). Errors: OPRF_NO_KEY and the asker's others. */
  async tags(family: TagFamily, subjects: readonly Subject[], asking: TagAsking): Promise<readonly Uint8Array[]> {
    const operator = await this.#officers.keep(asking.operator);
    const caseCommitment = this.#secret.commitment('case', asking.case);
    return this.#options.tagger.tag(family, subjects, { purpose: 'lookup', operator, caseCommitment });
  }

  /** Decisions of this centre become listings of its lane. Throws MAPPING_LACKS_KIND; all else is in the report. */
  async importBlacklist(
    source: AsyncIterable<Uint8Array>,
    mapping: Mapping,
    options: ImportOptions = {},
  ): Promise<ImportReport> {
    return this.#report('blacklist', this.#events('blacklist', source, mapping, options), options);
  }

  /** The accounts of this centre, brought up to date in the private store; nothing is submitted. */
  async importAccounts(
    source: AsyncIterable<Uint8Array>,
    mapping: Mapping,
    options: ImportOptions = {},
  ): Promise<ImportReport> {
    return this.#report('accounts', this.#events('accounts', source, mapping, options), options);
  }

  /** The same as a stream; `mapping` is the name of a built-in mapping or the text of a mapping file. */
  async *import(
    kind: ImportKind,
    source: AsyncIterable<Uint8Array>,
    { mapping: name, ...options }: PortImportOptions,
  ): AsyncGenerator<ImportEvent> {
    const { dryRun } = options;
    const events = this.#events(kind, source, await mappingFrom(name), options);
    let last: RecordLocation | undefined;
    let stop: ImportStop | undefined;
    let progress = { rows: 0, bytes: 0, submitted: 0, alreadyThere: 0, refused: 0 };
    for await (const event of events) {
      if (event.kind === 'refused') {
        yield { kind: 'refused', ...event.refusal };
        continue;
      }
      progress = { ...event.progress };
      if (event.kind === 'stopped') stop = event.stop;
      else if (event.locations.length > 0) {
        last = event.locations[event.locations.length - 1];
        yield { kind: 'sealed', lines: event.lines, locations: event.locations };
      }
      yield { kind: 'progress', rows: progress.rows, bytes: progress.bytes };
    }
    const { rows, submitted: accepted, alreadyThere: unchanged, refused } = progress;
    const end = {
      ...(last === undefined ? {} : { lastLocation: last }),
      ...(stop === undefined ? {} : { stopped: stop }),
    };
    yield { kind: 'report', rows, accepted, unchanged, refused, dryRun, ...end };
  }

  /** By account number or citizen number; of a person's several accounts the normal one, else the one opened last. */
  async findAccount(numberOrCitizen: string): Promise<Account | undefined> {
    const accounts = await this.#accountsOf(numberOrCitizen);
    const newest = [...accounts].sort((a, b) => b.openedOn - a.openedOn);
    return newest.find(({ status }) => status === 'normal') ?? newest[0];
  }

  /**
   * A certificate of an account, its payload durable, its record ready to be sealed. The same requestId gives the same
   * draft again (R2).
   *
   * Throws ACCOUNT_UNKNOWN, ACCOUNT_STATUS_UNFIT, ACCOUNT_AMBIGUOUS, CITY_UNKNOWN, the codes of citizen numbers, and
   * those of the certificate family (VALIDITY_TOO_LONG, DATES_OUT_OF_ORDER).
   */
  async draftCertificate(request: CertificateRequest): Promise<CertificateDraft> {
    return this.#draftTurn.take(async () => {
      const before = request.requestId === undefined ? undefined : await this.#certificates.drafted(request.requestId);
      if (before !== undefined) return before;
      return this.#certificates.draft(request, soleNormal(await this.#accountsOf(request.account)));
    });
  }

  /** For the issuing city's clerks; undefined when this city did not issue it, or erased it. */
  async certificateDocument(certificateId: Uint8Array): Promise<CertificateDocument | undefined> {
    return this.#certificates.document(certificateId);
  }

  /**
   * Papers of a decision that is not listed yet: its listing commits to them. Gives all that wait for it; one of the same name
   * is replaced. Throws DOCUMENT_TYPE_UNKNOWN, DOCUMENT_TOO_LARGE, DOCUMENT_TOO_LATE, DOCUMENTS_TOO_MANY.
   */
  async attachDocument(decision: Decision, name: string, content: Uint8Array): Promise<readonly DocumentInfo[]> {
    return this.#documents.attach(listingRequestId(this.#secret, decision), name, content);
  }

  /** Deletes the papers that wait for a decision's listing; how many there were. */
  async discardDocuments(decision: Decision): Promise<number> {
    return this.#documents.discard(listingRequestId(this.#secret, decision));
  }

  /** Papers that wait for the listing of each decision, in their order. */
  async waitingDocuments(decisions: readonly Decision[]): Promise<readonly (readonly DocumentInfo[])[]> {
    return this.#documents.waitingFor(decisions.map((decision) => listingRequestId(this.#secret, decision)));
  }

  /** The private payload of an own listing; undefined when there is none at this location, or it is erased. */
  async listing(location: RecordLocation): Promise<ListingPayload | undefined> {
    return keptListing(this.#options.store, this.#vault, location);
  }

  /** Keeps a check with its purpose and matter (P2); durable when it resolves, which is before the answer leaves. */
  async noteCheck(entry: CheckEntry): Promise<void> {
    return this.#checkBook.note(entry);
  }

  /** Checks with `from` <= number, ascending, at most `limit`; the newest `limit` when `from` is absent. */
  async checks(options: { readonly from?: number; readonly limit: number }): Promise<readonly NumberedCheck[]> {
    return this.#checkBook.list(options);
  }

  /** 16-byte pseudonym of an officer; the name is kept, so that this city can resolve it. */
  async officer(name: string): Promise<Uint8Array> {
    return this.#officers.keep(name);
  }

  /** 16 bytes of a case's reference, for the index of accesses. */
  caseName(reference: string): Uint8Array {
    return this.#secret.pseudonym('case', reference);
  }

  async officerName(pseudonym: Uint8Array): Promise<string | undefined> {
    return this.#officers.nameOf(pseudonym);
  }

  /** Keeps a private payload with a fresh salt; returns its 32-byte commitment, SHA-256(salt || payload). */
  async keep(payload: Uint8Array): Promise<Digest> {
    return this.#vault.keep(payload);
  }

  /** What is behind a commitment: a proof of it is salt and payload together. */
  async open(commitment: Uint8Array): Promise<{ readonly salt: Uint8Array; readonly payload: Uint8Array } | undefined> {
    return this.#vault.open(commitment);
  }

  /** The citizen's copy that was made of a certificate's payload. */
  async credentialCopy(commitment: Uint8Array): Promise<string | undefined> {
    return this.#vault.copyOf(commitment);
  }

  async keepCredentialCopy(commitment: Uint8Array, copy: string): Promise<void> {
    return this.#vault.keepCopy(commitment, copy);
  }

  /** P1: deletes payload and salt; the commitment on the lane then says nothing. */
  async erase(commitment: Uint8Array): Promise<void> {
    return this.#vault.erase(commitment);
  }

  #events(
    kind: ImportKind,
    source: AsyncIterable<Uint8Array>,
    mapping: Mapping,
    options: ImportOptions,
  ): AsyncGenerator<RegistryImportEvent> {
    const { genesis } = this.#options;
    const today = this.#today();
    const context = { testFederation: genesis.testFederation, today, policy: genesis.policy.listing };
    const { source: passing, bytes } = counted(source);
    const dryRun = options.dryRun === true;
    const { signal, documents } = options;
    if (kind === 'accounts') {
      const rows = readAccounts(passing, mapping, context);
      const batch = (accounts: readonly ImportedRow<Account>[]) =>
        this.#accountTurn.take(() => this.#accountBatch(accounts, dryRun));
      return runImport({ kind, rows, bytesRead: bytes, signal, batch, before: async () => undefined });
    }
    const rows = readBlacklist(passing, mapping, context);
    const batch = (drafts: readonly ImportedRow<BlacklistDraft>[]) =>
      this.#listingTurn.take(() => this.#blacklist.batch(drafts, { dryRun, signal, documents }));
    const settle = () => this.#listingTurn.take(() => patiently(() => this.#requests.settle(), signal));
    return runImport({ kind, rows, bytesRead: bytes, signal, batch, before: dryRun ? async () => undefined : settle });
  }

  async #accountBatch(batch: readonly ImportedRow<Account>[], dryRun: boolean): Promise<BatchResult> {
    const { writes, changed } = await this.#accounts.changes(batch.map(({ value }) => value));
    if (!dryRun && writes.length > 0) await this.#options.store.commit(writes, true);
    return { submitted: changed, alreadyThere: batch.length - changed, refused: [], lines: [], locations: [] };
  }

  async #report(
    kind: ImportKind,
    events: AsyncIterable<RegistryImportEvent>,
    options: ImportOptions,
  ): Promise<ImportReport> {
    const refused: Refusal[] = [];
    const locations: RecordLocation[] = [];
    let lastLocation: RecordLocation | undefined;
    let stopped: ImportStop | undefined;
    let counts = { rows: 0, submitted: 0, alreadyThere: 0, refused: 0 };
    let located = 0;
    for await (const event of events) {
      if (event.kind === 'refused') {
        if (refused.length < listedMax) refused.push(event.refusal);
        continue;
      }
      counts = event.progress;
      if (event.kind === 'stopped') {
        stopped = event.stop;
        continue;
      }
      located += event.locations.length;
      locations.push(...event.locations.slice(0, listedMax - locations.length));
      lastLocation = event.locations[event.locations.length - 1] ?? lastLocation;
      options.onProgress?.(event.progress);
    }
    return {
      ...{ kind, dryRun: options.dryRun === true, rows: counts.rows },
      ...{ submitted: counts.submitted, alreadyThere: counts.alreadyThere, refusedCount: counts.refused },
      // A batch tells its contradictions after the reader's refusals.
      refused: refused.sort((a, b) => a.line - b.line),
      refusedNotListed: counts.refused - refused.length,
      ...{ locations, locationsNotListed: located - locations.length, lastLocation, stopped },
    };
  }

  async #accountsOf(numberOrCitizen: string): Promise<Account[]> {
    const typed = numberOrCitizen.trim();
    const account = await this.#accounts.byNumber(typed);
    if (account !== undefined) return [account];
    // Account numbers are shorter or longer: what has the length of a citizen number is one, and a mistyped one is told.
    if (!/^\d{15}$|^\d{17}[\dXx]$/.test(typed)) return [];
    const { testFederation } = this.#options.genesis;
    const subject = checkSubject('person', typed, { testFederation, today: this.#today() });
    if (!subject.ok) throw new HansaError(subject.error.code, subject.error.message);
    return this.#accounts.byHolder(subject.value.number);
  }

  #today(): number {
    return legalDay((this.#options.nowMs ?? Date.now)(), this.#options.genesis.utcOffsetMinutes);
  }
}
