import type { Behaviour } from '../import/vocabulary.ts';
import type { LiftReasonName, SeverityName } from '../services/views.ts';

/** The queue of changes that one officer has prepared and another has to approve. Nothing of it leaves the city (P1). */

/** A decision of this centre that is to become a listing. Dates are legal days like `2026-11-23`. */
export interface ListingForm {
  readonly subject: { readonly kind: 'id' | 'org'; readonly number: string };
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly severity: SeverityName;
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
      readonly severity?: SeverityName;
      readonly publishUntil?: string;
      readonly shareUntil?: string;
      readonly restrictUntil?: string;
    }
  | { readonly kind: 'lift'; readonly location: string; readonly reason: LiftReasonName };

export interface Approval {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly state: 'waiting' | 'approved' | 'returned';
  /** Once it is decided, a listing's person is gone from here: number and name stand in the listing's own payload. */
  readonly change: Change;
  /** Name of the officer who prepared it. */
  readonly handler: string;
  readonly preparedAtMs: number;
  readonly decidedAtMs?: number;
  /** Name of the officer who approved or returned it. */
  readonly approver?: string;
  /** Of the record that it became. */
  readonly location?: string;
  /** Why it was returned. */
  readonly reason?: string;
}

export interface ApprovalDecision {
  readonly state: 'approved' | 'returned';
  readonly decidedAtMs: number;
  readonly approver: string;
  readonly location?: string;
  readonly reason?: string;
}

/** Durable when a promise resolves. */
export interface ApprovalsPort {
  /** Those that wait, oldest first. */
  waiting(): Promise<readonly Approval[]>;
  /** Those that are decided, the newest first, at most `limit`. */
  decided(limit: number): Promise<readonly Approval[]>;
  get(id: string): Promise<Approval | undefined>;
  add(approval: Approval): Promise<void>;
  decide(approval: Approval, decision: ApprovalDecision): Promise<Approval>;
}
