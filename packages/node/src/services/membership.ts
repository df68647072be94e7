import { HansaError } from '@hansa/protocol';
import {
  encodeMembershipApprove,
  encodeMembershipPropose,
  encodeMembershipWithdraw,
  MEMBERSHIP_FAMILY,
  membershipTypes,
} from '@hansa/protocol/families';
import { epochOf, isVoter } from '@hansa/protocol/genesis';
import { encodeRecord, parseLocation, type RecordLocation, toRecordRef } from '@hansa/protocol/records';
import type { CityPort, RegistryPort } from '../api/ports.ts';
import { cityNamed } from '../city-names.ts';
import { type MemberCard, type MemberCardFile, memberCardOf } from '../keys/index.ts';
import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import { refusal } from './meanings.ts';
import { type ChangeName, changeKinds, type ProposalView, proposalAt } from './membership-views.ts';
import { type Officers, pseudonyms } from './officers.ts';
import type { Submission, Submitted, Wait } from './submission.ts';
import { unwrapped } from './unwrapped.ts';

export interface ProposeRequest extends Officers {
  readonly change: ChangeName;
  /** The city that is to be suspended or removed. */
  readonly city?: string;
  /** The city as it is to be, of every other change. */
  readonly member?: MemberCardFile;
  /** Days for which it may be approved. */
  readonly days?: number;
}

export interface ProposalRequest extends Officers {
  /** Location of the proposal. */
  readonly proposal: string;
}

/** A record of the family, and what became of the proposal; null while that is not known here. */
export interface MembershipSubmitted extends Submitted {
  readonly proposal: ProposalView | null;
}

/** A day less than the ledger allows: its clock is the block's. */
export const proposalDaysMax = 29;
export const proposalDaysPreset = 7;
const DAY_MS = 86_400_000;

/**
 * The officers' way to change the authorities (C12). What the ledger would refuse is refused here, before it stands on
 * the lane; it judges again when the record is final.
 */
export class MembershipService {
  readonly #city: CityPort;
  readonly #registry: RegistryPort;
  readonly #submission: Submission;
  readonly #clock: Clock;

  constructor(city: CityPort, registry: RegistryPort, submission: Submission, clock: Clock) {
    this.#city = city;
    this.#registry = registry;
    this.#submission = submission;
    this.#clock = clock;
  }

  /** Throws MEMBERSHIP_*, CITY_UNKNOWN, FIELD_INVALID, APPROVERS_NOT_DISTINCT. */
  async propose(request: ProposeRequest, attempt: Attempt, wait: Wait): Promise<MembershipSubmitted> {
    const submitted = await this.#submit(membershipTypes.propose, attempt, wait, async () => {
      const change = this.#change(request);
      const standsMs = (request.days ?? proposalDaysPreset) * DAY_MS;
      return encodeMembershipPropose({
        epoch: BigInt(epochOf(this.#city.genesis)),
        change,
        expiresAtMs: BigInt(this.#clock.nowMs() + standsMs),
        ...(await pseudonyms(this.#registry, request)),
      });
    });
    return this.#outcome(submitted, unwrapped(parseLocation(this.#city.genesis, submitted.location)));
  }

  /** Throws MEMBERSHIP_*, LOCATION_*, APPROVERS_NOT_DISTINCT. */
  async approve(request: ProposalRequest, attempt: Attempt, wait: Wait): Promise<MembershipSubmitted> {
    return this.#about(request, membershipTypes.approve, encodeMembershipApprove, attempt, wait);
  }

  /** Throws MEMBERSHIP_*, LOCATION_*, APPROVERS_NOT_DISTINCT. */
  async withdraw(request: ProposalRequest, attempt: Attempt, wait: Wait): Promise<MembershipSubmitted> {
    return this.#about(request, membershipTypes.withdraw, encodeMembershipWithdraw, attempt, wait);
  }

  async #about(
    request: ProposalRequest,
    type: number,
    encode: (body: {
      proposal: ReturnType<typeof toRecordRef>;
      handler: Uint8Array;
      approver: Uint8Array;
    }) => Uint8Array,
    attempt: Attempt,
    wait: Wait,
  ): Promise<MembershipSubmitted> {
    const location = unwrapped(parseLocation(this.#city.genesis, request.proposal));
    const submitted = await this.#submit(type, attempt, wait, async () =>
      encode({ proposal: toRecordRef(location), ...(await pseudonyms(this.#registry, request)) }),
    );
    return this.#outcome(submitted, location);
  }

  #outcome(submitted: Submitted, proposal: RecordLocation): MembershipSubmitted {
    return { ...submitted, proposal: proposalAt(this.#city, proposal) ?? null };
  }

  async #submit(type: number, attempt: Attempt, wait: Wait, bodyOf: () => Promise<Uint8Array>): Promise<Submitted> {
    const prepare = async () => {
      const requestId = attempt.requestId();
      const record = encodeRecord({ family: MEMBERSHIP_FAMILY, type, requestId, body: await bodyOf() });
      const [code] = this.#city.trial([record]);
      if (code !== undefined) throw refusal(code);
      return { record };
    };
    return (await this.#submission.one(attempt, prepare, wait)).submitted;
  }

  #change({ change, city, member }: ProposeRequest) {
    const { genesis, self } = this.#city;
    if (!isVoter(genesis, self.index))
      throw wrong('This city does not vote, so it proposes nothing. Ask one that does.');
    const kind = changeKinds[change];
    if (change === 'suspend' || change === 'remove') {
      if (city === undefined || member !== undefined) {
        throw new HansaError(
          'FIELD_INVALID',
          `body: to ${change}, the name of a city is needed, and no card. Send city without member.`,
        );
      }
      return { kind, subject: cityNamed(genesis, city).index };
    }
    if (member === undefined || city !== undefined) {
      throw new HansaError(
        'FIELD_INVALID',
        `body: to ${change}, the card of a city is needed. Send member without city.`,
      );
    }
    const card = memberCardOf(member);
    const subject = change === 'add' ? genesis.authorities.length : this.#seatOf(change, card);
    return { kind, subject, member: { ...card, addresses: [...card.addresses] } };
  }

  #seatOf(change: ChangeName, { name }: MemberCard): number {
    const { genesis, self } = this.#city;
    const { index } = cityNamed(genesis, name);
    if (change === 'rotate' && index !== self.index) {
      throw wrong(`A city rotates its own keys, and the card is of ${name}. For a city that lost them: recover.`);
    }
    if (change === 'recover' && index === self.index) {
      throw wrong('The card is of this city, which others recover. With its present keys at work: rotate.');
    }
    return index;
  }
}

function wrong(message: string): HansaError {
  return new HansaError('MEMBERSHIP_CHANGE_WRONG', message);
}
