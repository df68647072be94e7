import { randomBytes } from 'node:crypto';
import { fromHex, HansaError, toHex } from '@hansa/protocol';
import type { Application, ApplicationPurpose, ApplicationsPort, CityPort, RefusalReason } from '../api/ports.ts';
import { cityNamed } from '../city-names.ts';
import { TokenBucket } from '../network/token-bucket.ts';
import { Turn } from '../registry/turn.ts';
import type { Attempt } from './attempt.ts';
import type { CertificateService } from './certificates.ts';
import type { Clock } from './clock.ts';
import type { Submitted, Wait } from './submission.ts';

export interface ApplyRequest {
  /** Account number at this centre or the holder's citizen number. */
  readonly account: string;
  readonly addressedTo?: string;
  readonly purpose: ApplicationPurpose;
  readonly phone?: string;
}

/** What one phone asks for in an hour, mistakes included. */
const perKeyAnHour = 5;
/** What the whole city takes a second: keys cost nothing, so that a bound for each alone is none. */
const perSecond = 2;
const burst = 50;
/** What officers can still look through. */
const pendingMax = 1000;
/** Keys whose last hour is remembered. */
const keysMax = 10_000;

/**
 * Applications for certificates from citizens' phones: they wait until an officer has seen who applies. What is applied for is not
 * compared with the accounts: an answer about that would tell anybody who has an account here.
 */
export class ApplicationService {
  readonly #city: CityPort;
  readonly #book: ApplicationsPort;
  readonly #certificates: CertificateService;
  readonly #clock: Clock;
  readonly #turn = new Turn();
  readonly #all: TokenBucket;
  readonly #byKey = new Map<string, TokenBucket>();

  constructor(city: CityPort, book: ApplicationsPort, certificates: CertificateService, clock: Clock) {
    this.#city = city;
    this.#book = book;
    this.#certificates = certificates;
    this.#clock = clock;
    this.#all = new TokenBucket(perSecond, burst);
  }

  /** Kept until an officer decides. The same application of the same key, while it waits, is one. */
  async apply(holderKey: Uint8Array, request: ApplyRequest): Promise<Application> {
    const { addressedTo } = request;
    if (addressedTo !== undefined) cityNamed(this.#city.genesis, addressedTo);
    const key = toHex(holderKey);
    return this.#turn.take(async () => {
      const pending = await this.#book.pending();
      const same = pending.find((each) => each.holderKey === key && isSame(each, request));
      if (same !== undefined) return same;
      this.#take(key);
      if (pending.length >= pendingMax) throw tooMany(60_000); // guard: P4 officers are not buried
      const application: Application = {
        ...{ id: toHex(randomBytes(16)), state: 'pending', holderKey: key },
        ...request,
        appliedAtMs: this.#clock.nowMs(),
      };
      await this.#book.add(application);
      return application;
    });
  }

  /** The own application of a holder. Throws APPLICATION_UNKNOWN, also for another's: ids say nothing to others. */
  async own(id: string, holderKey: Uint8Array): Promise<Application> {
    const application = await this.#find(id);
    if (application.holderKey !== toHex(holderKey)) throw unknown(); // guard: P4 an application is its holder's
    return application;
  }

  async pending(): Promise<readonly Application[]> {
    return this.#book.pending();
  }

  /**
   * Issues the certificate, on the applicant's key. Twice is once: the record's requestId is the application's id. Throws
   * APPLICATION_DECIDED and what issuing throws; then the application goes on waiting.
   */
  async approve(
    id: string,
    request: { readonly handler: string; readonly phone?: string },
    attempt: Attempt,
    wait: Wait,
  ): Promise<Submitted & { readonly code: string }> {
    return this.#turn.take(async () => {
      const application = await this.#find(id);
      if (application.state !== 'pending') throw decided();
      const { account, addressedTo } = application;
      const issued = await this.#certificates.issue(
        {
          ...{ account: account ?? '', holderKey: bytesOf(application.holderKey), handler: request.handler },
          ...(addressedTo === undefined ? {} : { addressedTo }),
          ...(request.phone === undefined ? {} : { phone: request.phone }),
        },
        { ...attempt, requestId: () => bytesOf(id) },
        wait,
      );
      const decidedAtMs = this.#clock.nowMs();
      const { handler } = request;
      await this.#book.decide(application, { state: 'approved', decidedAtMs, handler, certificate: issued.code });
      return issued;
    });
  }

  async refuse(
    id: string,
    { handler, reason }: { readonly handler: string; readonly reason: RefusalReason },
  ): Promise<Application> {
    return this.#turn.take(async () => {
      const application = await this.#find(id);
      if (application.state !== 'pending') throw decided();
      const decidedAtMs = this.#clock.nowMs();
      return this.#book.decide(application, { state: 'refused', decidedAtMs, handler, refusal: reason });
    });
  }

  async #find(id: string): Promise<Application> {
    const application = await this.#book.get(id);
    if (application === undefined) throw unknown();
    return application;
  }

  #take(key: string): void {
    let bucket = this.#byKey.get(key);
    if (bucket === undefined) {
      bucket = new TokenBucket(perKeyAnHour / 3600, perKeyAnHour);
      const oldest = this.#byKey.size < keysMax ? undefined : this.#byKey.keys().next().value;
      if (oldest !== undefined) this.#byKey.delete(oldest);
      this.#byKey.set(key, bucket);
    }
    const waitMs = bucket.take() || this.#all.take();
    if (waitMs > 0) throw tooMany(waitMs); // guard: P4 nobody floods a counter
  }
}

function isSame(application: Application, request: ApplyRequest): boolean {
  const { account, addressedTo, purpose } = application;
  return account === request.account && addressedTo === request.addressedTo && purpose === request.purpose;
}

function bytesOf(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array(0);
}

function unknown(): HansaError {
  return new HansaError(
    'APPLICATION_UNKNOWN',
    'This city has no such application of this key. Compare the id, or apply again.',
  );
}

function decided(): HansaError {
  return new HansaError('APPLICATION_DECIDED', 'The application is decided already. List those that wait.');
}

function tooMany(retryAfterMs: number): HansaError {
  return new HansaError('RATE_EXCEEDED', 'The city has more requests than it takes. Send it again later.', {
    retryAfterMs,
  });
}
