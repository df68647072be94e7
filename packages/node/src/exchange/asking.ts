import { HansaError } from '@hansa/protocol';
import type { AccessAsked, OpenedPayload, VerifiedAccess } from '@hansa/protocol/access';
import type { Write } from '@hansa/protocol/replica';
import type { ExchangeCity } from './ports.ts';
import type { OpenRequest, ReceiptDesk } from './receipt-desk.ts';
import type { SealedBox } from './seal.ts';
import { decodeExchangeReply, encodeExchangeRequest } from './wire.ts';

/** How long an answer may take: a payload on a slow line, and a disk that flushes. */
const answerTimeoutMs = 10_000;

export interface AskOptions {
  readonly sealed?: SealedBox;
  readonly caseName?: Uint8Array;
  /** Commits together with the receipt. */
  readonly more?: (access: VerifiedAccess) => readonly Write[];
}

export interface Asked {
  readonly access: VerifiedAccess;
  /** What came with a granted read; not yet compared with its commitment. */
  readonly opened: OpenedPayload | undefined;
}

/** Asks other cities on the exchange stream; each answer becomes a receipt before anything is done with it (P3). */
export class Asking {
  readonly #city: ExchangeCity;
  readonly #desk: ReceiptDesk;

  constructor(city: ExchangeCity, desk: ReceiptDesk) {
    this.#city = city;
    this.#desk = desk;
  }

  /** Signs; the caller asks with `again`, and may write it down before. */
  draft(draft: Parameters<ReceiptDesk['ask']>[0]): OpenRequest {
    return this.#desk.ask(draft);
  }

  /** Keeps the batches from closing over the time of the answer, though the request may fail and be asked again. */
  hold(request: OpenRequest): void {
    this.#desk.reopen(request);
  }

  release(request: OpenRequest): void {
    this.#desk.ended(request);
  }

  /**
   * Asks with a request that is signed already. Throws CITY_UNREACHABLE when no answer came, the code of a request that the
   * city would not hear, and the codes of an answer that does not verify. A refusal is an answer.
   */
  async again(request: OpenRequest, options: AskOptions = {}): Promise<Asked> {
    this.#desk.reopen(request);
    try {
      const { sealed, caseName, more } = options;
      const frame = encodeExchangeRequest({ bytes: request.bytes, signature: request.signature, sealed });
      const decoded = decodeExchangeReply(await this.#send(request.asked, frame));
      if (!decoded.ok) throw new HansaError(decoded.error.code, decoded.error.message);
      if (decoded.value.kind === 'unheard') {
        const city = this.#nameOf(request.asked);
        throw new HansaError(
          decoded.value.code,
          `${city} did not take the request (${decoded.value.code}). Compare the clocks of both cities and ask again.`,
        );
      }
      const { answer, opened } = decoded.value;
      const access = await this.#desk.answered(request, answer, {
        ...(caseName === undefined ? {} : { caseName }),
        ...(more === undefined ? {} : { more }),
      });
      return { access, opened };
    } finally {
      this.#desk.ended(request);
    }
  }

  async #send({ answerer, ...asked }: AccessAsked, frame: Uint8Array): Promise<Uint8Array> {
    try {
      return await this.#city.ask(answerer, 'exchange', frame, answerTimeoutMs);
    } catch (error) {
      if (!(error instanceof HansaError)) throw error;
      if (error.code === 'STOPPING') throw error;
      throw new HansaError(
        'CITY_UNREACHABLE',
        `${this.#nameOf({ ...asked, answerer } as AccessAsked)} does not answer now (${error.code}). Try again later.`,
        { retryAfterMs: error.retryAfterMs ?? 1000 },
      );
    }
  }

  #nameOf({ answerer }: AccessAsked): string {
    return this.#city.genesis.authorities[answerer]?.name ?? String(answerer);
  }
}
