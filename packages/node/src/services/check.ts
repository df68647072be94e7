import { fromHex, HansaError, toHex } from '@hansa/protocol';
import { blacklistFactKey } from '@hansa/protocol/families';
import type { AsOf, CityPort, RegistryPort } from '../api/ports.ts';
import type { Role } from '../api/roles.ts';
import type { Clock } from './clock.ts';
import { refusal } from './meanings.ts';
import { readSubject, type SubjectInput } from './subjects.ts';
import { asOfView, type ListingView, listingViews } from './views.ts';

/** What a check may be for; a check without a matter in hand is none. */
export const purposes = ['loan', 'withdrawal', 'account', 'supervision'] as const;
export type Purpose = (typeof purposes)[number];

export interface CheckRequest {
  readonly subject: SubjectInput;
  readonly purpose: Purpose;
  /** Reference of the matter, as the centre's own system names it. */
  readonly case: string;
  /** The officer who asks: lookups are limited for each (P2). Without one, all of a role are one. */
  readonly operator?: string;
}

/** Who asks, and what is given: the answer, or a receipt of it. */
export interface Asking {
  readonly role: Role;
  readonly given: 'answer' | 'receipt';
}

export interface CheckAnswer {
  readonly result: 'hit' | 'none';
  readonly listings: ListingView[];
  readonly asOf: AsOf;
  /** The newest block is older than the policy lets answers be, and the policy says that they are given all the same. */
  readonly stale: boolean;
  /** Names the fact, so that its receipt can be asked for: presence or absence. */
  readonly proof: string;
}

const proofPrefix = 'blacklist:';
const factKeyBytes = 32;

/** "Is this person listed?" from the city's own verified state, with the time as of which it holds. */
export class CheckService {
  readonly #city: CityPort;
  readonly #registry: RegistryPort;
  readonly #clock: Clock;

  constructor(city: CityPort, registry: RegistryPort, clock: Clock) {
    this.#city = city;
    this.#registry = registry;
    this.#clock = clock;
  }

  /** The answer, once the check is kept with its purpose and matter (P2). */
  async check(request: CheckRequest, { role, given }: Asking): Promise<CheckAnswer> {
    const operator = request.operator ?? `role:${role}`;
    const key = await this.#factKey(request, operator);
    const { value, asOf } = this.#city.fact(key);
    this.#refuseStale(asOf);
    const listings = listingViews(this.#city.genesis, value, this.#clock.today(asOf));
    const result: CheckAnswer['result'] = listings.length > 0 ? 'hit' : 'none';
    const proof = `${proofPrefix}${toHex(key)}`;
    const { purpose, case: matter } = request;
    const entry = {
      atMs: this.#clock.nowMs(),
      role,
      operator,
      purpose,
      case: matter,
      given,
      result,
      proof,
      height: asOf.height,
    };
    await this.#registry.noteCheck(entry); // guard: P2 no answer that is not kept
    const stale = this.#clock.isStale(asOf);
    return { result, listings, asOf: asOfView(this.#city.genesis, asOf), stale, proof };
  }

  /** A city that hears of no blocks does not know who was listed or lifted since; the policy says whether it answers. */
  #refuseStale(asOf: AsOf): void {
    const { staleAnswers } = this.#city.genesis.policy.lookup;
    if (staleAnswers === 'refuse' && this.#clock.isStale(asOf)) {
      throw refusal('ANSWER_STALE');
    }
  }

  /** Key of the subject's fact. P2: the tag and the key are made here and the number goes no further. */
  async #factKey({ subject: input, case: matter }: CheckRequest, operator: string): Promise<Uint8Array> {
    const subject = readSubject(input, this.#city.genesis, this.#clock.nowMs());
    const [tag] = await this.#registry.tags('blacklist', [subject], { operator, case: matter });
    return blacklistFactKey(this.#city.domains, tag as Uint8Array);
  }
}

/** The fact key in the `proof` of a check's answer. Throws PROOF_UNKNOWN. */
export function factKeyOfProof(proof: string): Uint8Array {
  const key = proof.startsWith(proofPrefix) ? fromHex(proof.slice(proofPrefix.length)) : undefined;
  if (key?.length !== factKeyBytes) {
    throw new HansaError('PROOF_UNKNOWN', 'This is not the proof id of a check. Send it as the check answered it.');
  }
  return key;
}
