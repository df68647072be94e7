import { fromHex, HansaError, toHex, utf8 } from '@hansa/protocol';
import type { Approval, ApprovalsPort, Change, ListingForm } from '../api/approval-ports.ts';
import type { DocumentInfo } from '../registry/index.ts';
import { Turn } from '../registry/turn.ts';
import type { Attempt } from './attempt.ts';
import type { BlacklistService } from './blacklist.ts';
import type { Clock } from './clock.ts';
import type { ImportService } from './imports.ts';
import { meaningOf, refusal } from './meanings.ts';
import type { Wait } from './submission.ts';

/** With the papers that the listing would commit to if it were approved now. */
export type WaitingApproval = Approval & { readonly documents: readonly DocumentInfo[] };

/** What officers can still look through. */
const waitingMax = 1000;

/** How a form is read: as a row of an export, by the rules of every import. */
const formMapping = `format: hansa-mapping/1
centre: console
blacklist:
  file: { format: jsonl, encoding: utf-8 }
  fields:
    subjectKind: { column: kind, values: { id: person, org: organisation } }
    name: { column: name }
    identityType: { column: kind, values: { id: citizen-number, org: credit-code } }
    identityNumber: { column: number }
    behaviour:
      column: behaviour
      values: { false-withdrawal: false-withdrawal, false-loan: false-loan, default: default, employer-nonpayment: employer-nonpayment, other: other }
    severity: { column: severity, values: { minor: minor, general: general, serious: serious } }
    amount: { column: amountFen, unit: fen }
    judgementNumber: { column: judgementNumber }
    noticeDate: { column: noticeDate, format: YYYY-MM-DD }
    objectionUntil: { column: objectionUntil, format: YYYY-MM-DD }
    decidedOn: { column: decidedOn, format: YYYY-MM-DD }
    restrictUntil: { column: restrictUntil, format: YYYY-MM-DD }
    handler: { column: handler }
    approver: { column: approver }
    catalogueRef: { constant: joint-discipline/housing-fund }
`;

/**
 * Two officers for every change of the blacklist: one prepares it, and it waits in the city's private registry until
 * another approves or returns it. What a rule refuses is refused when it is prepared, not when the second officer has read it.
 */
export class ApprovalService {
  readonly #book: ApprovalsPort;
  readonly #blacklist: BlacklistService;
  readonly #imports: ImportService;
  readonly #clock: Clock;
  readonly #turn = new Turn();

  constructor(book: ApprovalsPort, blacklist: BlacklistService, imports: ImportService, clock: Clock) {
    this.#book = book;
    this.#blacklist = blacklist;
    this.#imports = imports;
    this.#clock = clock;
  }

  /** Twice under one Idempotency-Key is once. Throws the code of the rule that the change breaks; APPROVALS_TOO_MANY. */
  async prepare(change: Change, handler: string, attempt: Attempt): Promise<Approval> {
    return this.#turn.take(async () => {
      const id = toHex(attempt.requestId());
      const before = await this.#book.get(id);
      if (before !== undefined) return before;
      if ((await this.#book.waiting()).length >= waitingMax) {
        throw new HansaError('APPROVALS_TOO_MANY', meaningOf('APPROVALS_TOO_MANY'), { retryAfterMs: 60_000 });
      }
      // Whoever approves is another officer, whose name is not known yet.
      if (change.kind === 'list')
        await this.#import(change.listing, { handler, approver: `not ${handler}` }, { dryRun: true, wait: 'none' });
      else await this.#blacklist.ownListing(change.location);
      const approval: Approval = {
        ...{ id, state: 'waiting', change },
        ...{ handler: handler.trim(), preparedAtMs: this.#clock.nowMs() },
      };
      await this.#book.add(approval);
      return approval;
    });
  }

  async list(
    decidedMax: number,
  ): Promise<{ readonly waiting: readonly WaitingApproval[]; readonly decided: readonly Approval[] }> {
    const waiting = await this.#book.waiting();
    const listings = waiting.flatMap(({ change }) => (change.kind === 'list' ? [change.listing] : []));
    const papers = (await this.#blacklist.waitingDocuments(listings)).values();
    return {
      waiting: waiting.map((approval) => ({
        ...approval,
        documents: approval.change.kind === 'list' ? (papers.next().value ?? []) : [],
      })),
      decided: await this.#book.decided(decidedMax),
    };
  }

  /** Number of the decision with which a paper waits. Throws APPROVAL_UNKNOWN, APPROVAL_DECIDED, LISTING_DOCUMENT_UNKNOWN. */
  async judgementOf(id: string, commitment: string): Promise<string> {
    const { change } = await this.#find(id);
    if (change.kind !== 'list') throw refusal('LISTING_DOCUMENT_UNKNOWN');
    const [papers = []] = await this.#blacklist.waitingDocuments([change.listing]);
    // guard: P3 an approval opens the papers of its own decision, and nothing else of the vault
    if (!papers.some((paper) => paper.commitment === commitment)) throw refusal('LISTING_DOCUMENT_UNKNOWN');
    return change.listing.judgementNumber;
  }

  /**
   * Carries the change out. Twice is once: the record's requestId follows from the approval. Throws APPROVAL_UNKNOWN,
   * APPROVAL_DECIDED, APPROVERS_NOT_DISTINCT, DOCUMENTS_CHANGED and what the change is refused with; then it goes on waiting.
   */
  async approve(
    id: string,
    { approver, documents = [] }: { readonly approver: string; readonly documents?: readonly string[] },
    attempt: Attempt,
    wait: Wait,
  ): Promise<Approval> {
    return this.#turn.take(async () => {
      const approval = await this.#find(id);
      const { change, handler } = approval;
      // What carries the change out refuses equal names as well; here nothing of the change is touched.
      if (handler === approver.trim()) throw refusal('APPROVERS_NOT_DISTINCT');
      const officers = { handler, approver: approver.trim() };
      const same: Attempt = { ...attempt, requestId: () => fromHex(id) ?? new Uint8Array(16) };
      const location =
        change.kind === 'list'
          ? await this.#import(change.listing, officers, { dryRun: false, wait, documents })
          : await once(async () =>
              change.kind === 'amend'
                ? this.#blacklist.amend(change.location, { ...change, ...officers }, same, wait)
                : this.#blacklist.lift(change.location, { ...change, ...officers }, same, wait),
            );
      return this.#book.decide(approval, {
        ...{ state: 'approved', decidedAtMs: this.#clock.nowMs(), approver: officers.approver },
        ...(location === undefined ? {} : { location }),
      });
    });
  }

  /** Sends it back to whoever prepared it. */
  async giveBack(id: string, approver: string, reason: string): Promise<Approval> {
    return this.#turn.take(async () => {
      const approval = await this.#find(id);
      const decision = { state: 'returned', decidedAtMs: this.#clock.nowMs() } as const;
      return this.#book.decide(approval, { ...decision, approver: approver.trim(), reason: reason.trim() });
    });
  }

  async #find(id: string): Promise<Approval> {
    const approval = await this.#book.get(id);
    if (approval === undefined) throw refusal('APPROVAL_UNKNOWN');
    if (approval.state !== 'waiting') throw refusal('APPROVAL_DECIDED');
    return approval;
  }

  /** A form as an import of one row. Throws the code that the row is refused with; gives the record's location. */
  async #import(
    form: ListingForm,
    officers: { readonly handler: string; readonly approver: string },
    options: { readonly dryRun: boolean; readonly wait: Wait; readonly documents?: readonly string[] },
  ) {
    const { subject, amountFen, ...fields } = form;
    const row = { ...subject, ...fields, ...officers, ...(amountFen === undefined ? {} : { amountFen }) };
    const source = (async function* () {
      yield utf8(`${JSON.stringify(row)}\n`);
    })();
    let location: string | undefined;
    for await (const line of this.#imports.run('blacklist', source, { mapping: formMapping, ...options })) {
      if (line.kind === 'refused') throw new HansaError(line.code, line.message);
      if (line.kind !== 'report') continue;
      // The import's own message ends with advice about a file.
      if (line.stopped !== undefined) throw refusal(line.stopped.code);
      location = line.lastLocation === undefined ? undefined : this.#imports.nameOf(line.lastLocation);
    }
    return location;
  }
}

/** The record's location; undefined when an earlier attempt, cut off before it was written down, has done it. */
async function once(work: () => Promise<{ readonly location: string }>): Promise<string | undefined> {
  try {
    return (await work()).location;
  } catch (error) {
    if (error instanceof HansaError && error.code === 'REQUEST_ALREADY_APPLIED') return undefined;
    throw error;
  }
}
