import { HansaError } from '@hansa/protocol';
import {
  BLACKLIST_FAMILY,
  type BlacklistBody,
  blacklistTypes,
  checkRecord,
  encodeBlacklistAmend,
  encodeBlacklistDispute,
  encodeBlacklistLift,
  families,
  parseDay,
} from '@hansa/protocol/families';
import { encodeRecord, parseLocation, toRecordRef } from '@hansa/protocol/records';
import type { CityPort, RegistryPort } from '../api/ports.ts';
import type { Decision, DocumentInfo } from '../registry/index.ts';
import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import { refusal } from './meanings.ts';
import { type Officers, pseudonyms } from './officers.ts';
import { readSubject, type SubjectInput } from './subjects.ts';
import type { Submission, Submitted, Wait } from './submission.ts';
import {
  type DisputeEffectName,
  disputeEffects,
  type LiftReasonName,
  liftReasons,
  type SeverityName,
  severityNames,
} from './views.ts';

export interface AmendRequest extends Officers {
  readonly severity?: SeverityName;
  readonly publishUntil?: string;
  readonly shareUntil?: string;
  readonly restrictUntil?: string;
}

export interface LiftRequest extends Officers {
  readonly reason: LiftReasonName;
}

/** A paper of a decision that is to be listed. */
export interface DecisionRequest {
  readonly subject: SubjectInput;
  readonly judgementNumber: string;
  /** Legal day like `2026-11-23`. */
  readonly decidedOn: string;
}

export interface DisputeRequest {
  readonly state: 'open' | 'closed';
  readonly handler: string;
  /** Of a dispute that is opened; else what the federation's policy says. */
  readonly effect?: DisputeEffectName;
}

const disputeStates = { open: 1, closed: 2 } as const;

/**
 * Changes of a listing, named by its location. The subject's tag comes from the listing's own record, so that nobody
 * has to send the ID number again.
 */
export class BlacklistService {
  readonly #city: CityPort;
  readonly #registry: RegistryPort;
  readonly #submission: Submission;
  readonly #clock: Clock;

  constructor(city: CityPort, registry: RegistryPort, submission: Submission, clock: Clock) {
    this.#clock = clock;
    this.#city = city;
    this.#registry = registry;
    this.#submission = submission;
  }

  async amend(location: string, request: AmendRequest, attempt: Attempt, wait: Wait): Promise<Submitted> {
    return this.#submit(blacklistTypes.amend, attempt, wait, async () => {
      const target = await this.#ownTarget(location);
      const officers = await pseudonyms(this.#registry, request);
      const { severity } = request;
      return encodeBlacklistAmend({
        ...target,
        ...officers,
        ...(severity === undefined ? {} : { severity: severityNames[severity] }),
        publishUntil: readDay('publishUntil', request.publishUntil),
        shareUntil: readDay('shareUntil', request.shareUntil),
        restrictUntil: readDay('restrictUntil', request.restrictUntil),
      });
    });
  }

  /** All papers that now wait for the decision's listing. Throws DOCUMENT_*, DOCUMENTS_TOO_MANY and the codes of the subject. */
  async attachDocument(
    decision: DecisionRequest,
    document: { readonly name: string; readonly content: string },
  ): Promise<readonly DocumentInfo[]> {
    const content = Buffer.from(document.content, 'base64');
    return this.#registry.attachDocument(this.#decision(decision), document.name, content);
  }

  /** How many papers were deleted. */
  async discardDocuments(decision: DecisionRequest): Promise<number> {
    return this.#registry.discardDocuments(this.#decision(decision));
  }

  /** Papers that wait for the listing of each decision, in their order. */
  async waitingDocuments(decisions: readonly DecisionRequest[]): Promise<readonly (readonly DocumentInfo[])[]> {
    return this.#registry.waitingDocuments(decisions.map((decision) => this.#decision(decision)));
  }

  #decision({ subject, judgementNumber, decidedOn }: DecisionRequest): Decision {
    return {
      subject: readSubject(subject, this.#city.genesis, this.#clock.nowMs()),
      judgementNumber: judgementNumber.trim(),
      decidedOn: readDay('decidedOn', decidedOn),
    };
  }

  /** Refuses what is no listing of this city, as changing it would. */
  async ownListing(location: string): Promise<void> {
    await this.#ownTarget(location);
  }

  async lift(location: string, request: LiftRequest, attempt: Attempt, wait: Wait): Promise<Submitted> {
    return this.#submit(blacklistTypes.lift, attempt, wait, async () => {
      const target = await this.#ownTarget(location);
      const officers = await pseudonyms(this.#registry, request);
      return encodeBlacklistLift({ ...target, ...officers, reason: liftReasons[request.reason] });
    });
  }

  /** Any city may open a dispute; the listing city closes it. */
  async dispute(location: string, request: DisputeRequest, attempt: Attempt, wait: Wait): Promise<Submitted> {
    return this.#submit(blacklistTypes.dispute, attempt, wait, async () => {
      if (request.state === 'closed' && request.effect !== undefined) {
        throw new HansaError('FIELD_INVALID', 'body: a dispute that is closed has no effect. Leave out effect.');
      }
      const target = request.state === 'open' ? await this.#target(location) : await this.#ownTarget(location);
      const handler = await this.#registry.officer(request.handler);
      const { state, effect } = request;
      const named = effect === undefined ? {} : { effect: disputeEffects[effect] };
      return encodeBlacklistDispute({ ...target, handler, state: disputeStates[state], ...named });
    });
  }

  async #submit(type: number, attempt: Attempt, wait: Wait, bodyOf: () => Promise<Uint8Array>): Promise<Submitted> {
    const prepare = async () => {
      const requestId = attempt.requestId();
      return { record: encodeRecord({ family: BLACKLIST_FAMILY, type, requestId, body: await bodyOf() }) };
    };
    return (await this.#submission.one(attempt, prepare, wait)).submitted;
  }

  /** Only the listing city amends or lifts: refused before it is sealed. */
  async #ownTarget(text: string) {
    const target = await this.#target(text);
    if (target.listing.lane !== this.#city.self.index) {
      throw refusal('NOT_LISTING_CITY');
    }
    return target;
  }

  async #target(text: string) {
    const { genesis, domains, crypto } = this.#city;
    const location = parseLocation(genesis, text);
    if (!location.ok) throw new HansaError(location.error.code, location.error.message);
    const entry = await this.#city.entry(location.value.lane, location.value.sequence);
    const record = entry?.records[location.value.position];
    const view = record === undefined ? undefined : checkRecord(record, { genesis, domains, crypto, families });
    const body =
      view?.ok === true && view.value.familyName === 'blacklist' ? (view.value.body as BlacklistBody) : undefined;
    if (body?.$typeName !== 'hansa.v1.BlacklistList') {
      throw new HansaError(
        'LISTING_UNKNOWN',
        `No listing stands at ${text}. Take the location from the answer of a check.`,
      );
    }
    return { subjectTag: body.subjectTag, listing: toRecordRef(location.value) };
  }
}

/** Day number of a date field; 0 (as it stands now) when it is absent. */
function readDay(field: string, text: string | undefined): number {
  if (text === undefined) return 0;
  const day = parseDay(text);
  if (day === undefined) {
    throw new HansaError('FIELD_INVALID', `body: the field ${field} is not a date. Write it like 2026-11-23.`);
  }
  return day;
}
