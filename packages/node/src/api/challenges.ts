import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { HansaError } from '@hansa/protocol';

/** How long a holder has between asking for a challenge and sending the request that it is for. */
export const challengeMs = 2 * 60 * 1000;

const AGE_BYTES = 6;
const RANDOM_BYTES = 10;
const MAC_BYTES = 16;
/** Of one challenge each; far more requests than a city answers in two minutes. */
const redeemedMax = 100_000;

/**
 * Challenges for requests that a holder signs. Giving one out keeps nothing, so nobody fills the memory by asking; only
 * those that were used are remembered, until they would be too old anyway. After a restart a challenge is none.
 */
export class Challenges {
  readonly #nowMs: () => number;
  readonly #secret = randomBytes(32);
  /** Challenge -> when it ends, in the order of use. */
  readonly #redeemed = new Map<string, number>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** A fresh challenge, in base64url. */
  create(): string {
    const content = Buffer.alloc(AGE_BYTES + RANDOM_BYTES);
    content.writeUIntBE(this.#nowMs() + challengeMs, 0, AGE_BYTES);
    randomBytes(RANDOM_BYTES).copy(content, AGE_BYTES);
    return Buffer.concat([content, this.#mac(content)]).toString('base64url');
  }

  /** Uses a challenge up. Throws CHALLENGE_INVALID for one that is not of this city's, too old, or used before. */
  redeem(challenge: string): void {
    const bytes = Buffer.from(challenge, 'base64url');
    const content = bytes.subarray(0, AGE_BYTES + RANDOM_BYTES);
    const now = this.#nowMs();
    if (bytes.length !== AGE_BYTES + RANDOM_BYTES + MAC_BYTES || bytes.toString('base64url') !== challenge) {
      throw invalid();
    }
    if (!timingSafeEqual(bytes.subarray(content.length), this.#mac(content))) throw invalid(); // guard: P4 the city made it
    const endsAtMs = content.readUIntBE(0, AGE_BYTES);
    if (endsAtMs <= now) throw invalid();
    if (this.#redeemed.has(challenge)) throw invalid(); // guard: P4 whoever overhears a request cannot send it again
    this.#forget(now);
    if (this.#redeemed.size >= redeemedMax) {
      throw new HansaError('RATE_EXCEEDED', 'The city has more requests than it takes. Send it again in a minute.', {
        retryAfterMs: challengeMs,
      });
    }
    this.#redeemed.set(challenge, endsAtMs);
  }

  #mac(content: Buffer): Buffer {
    return createHmac('sha256', this.#secret).update(content).digest().subarray(0, MAC_BYTES);
  }

  #forget(now: number): void {
    for (const [challenge, endsAtMs] of this.#redeemed) {
      // Used in about the order of their making: a few that end later only stay a little longer.
      if (endsAtMs > now) return;
      this.#redeemed.delete(challenge);
    }
  }
}

function invalid(): HansaError {
  return new HansaError(
    'CHALLENGE_INVALID',
    'The challenge is too old, was used, or is not of this city. Ask for a new one with POST /v1/holder/challenges and sign the request again.',
  );
}
