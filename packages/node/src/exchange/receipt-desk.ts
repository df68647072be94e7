import { HansaError, limits, unwrap } from '@hansa/protocol';
import {
  type AccessAsked,
  type AccessContext,
  accessRequestDigest,
  encodeAccessAnswer,
  encodeAccessReceipt,
  encodeAccessRequest,
  signAccessAnswer,
  signAccessRequest,
  type VerifiedAccess,
  verifyAccessAnswer,
  verifyAccessReceipt,
} from '@hansa/protocol/access';
import type { Write } from '@hansa/protocol/replica';
import { Turn } from '../registry/turn.ts';
import type { AccessBook } from './access-book.ts';
import type { Signed } from './wire.ts';

/** A request of this city that is under way: its receipt, if it comes, is not dated before it. */
export interface OpenRequest extends Signed {
  readonly asked: AccessAsked;
}

/**
 * Signs requests and answers, and dates receipts so that each belongs to a batch that is not closed yet: answers are dated
 * and kept in one turn, and a batch ends before every request that is still open.
 */
export class ReceiptDesk {
  readonly #context: AccessContext;
  readonly #credentialSecret: Uint8Array;
  readonly #book: AccessBook;
  readonly #nowMs: () => number;
  readonly #turn = new Turn();
  /** Since when each one keeps the batches waiting. */
  readonly #open = new Map<OpenRequest, number>();
  #closedMs: number;

  constructor(options: {
    readonly context: AccessContext;
    readonly credentialSecret: Uint8Array;
    readonly book: AccessBook;
    readonly nowMs: () => number;
  }) {
    this.#context = options.context;
    this.#credentialSecret = options.credentialSecret;
    this.#book = options.book;
    this.#nowMs = options.nowMs;
    this.#closedMs = options.context.genesis.createdAtMs;
  }

  /** End of the newest batch: no receipt is dated before it any more. */
  get closedMs(): number {
    return this.#closedMs;
  }

  /** Signs a request with the present time. `ended` must be called with it, or batches wait. */
  ask(draft: DistributiveOmit<AccessAsked, 'askedAtMs'>): OpenRequest {
    const asked = { ...draft, askedAtMs: Math.max(this.#nowMs(), this.#closedMs) } as AccessAsked;
    const bytes = encodeAccessRequest(asked);
    const { crypto, domains } = this.#context;
    return this.reopen({ asked, bytes, signature: signAccessRequest(crypto, domains, bytes, this.#credentialSecret) });
  }

  /**
   * A request of before, to be asked again as it was. No batch is closed over its time for as long as an answer may be dated;
   * one that is lost for longer than that keeps no batch waiting.
   */
  reopen(request: OpenRequest): OpenRequest {
    if (!this.#open.has(request)) this.#open.set(request, this.#nowMs());
    return request;
  }

  ended(request: OpenRequest): void {
    this.#open.delete(request);
  }

  /** The receipt of an answer that came, kept. Throws the code of what is wrong with it. */
  async answered(
    request: OpenRequest,
    answer: Signed,
    options: { readonly caseName?: Uint8Array; readonly more?: (access: VerifiedAccess) => readonly Write[] } = {},
  ): Promise<VerifiedAccess> {
    const { asked, bytes } = request;
    const verified = verifyAccessAnswer(this.#context, { bytes, asked }, answer.bytes, answer.signature);
    // guard: P3 only an answer that its city signed becomes a receipt
    if (!verified.ok) throw new HansaError(verified.error.code, verified.error.message);
    return this.#turn.take(async () => {
      const known = await this.#book.ofRequest(verified.value.requestDigest);
      if (known !== undefined) return known;
      // An answer to a request of a batch that is closed: the answer took longer than the daemon lived.
      if (verified.value.answeredAtMs < this.#closedMs) throw late();
      const access = this.#receipt(request, answer);
      await this.#book.keep(access, options.caseName, options.more?.(access));
      return access;
    });
  }

  /**
   * Signs the answer and keeps the receipt; durable, together with `more`, when it resolves: before anything leaves.
   * `refused` undefined: what was asked is done.
   */
  async answer(
    request: Signed & { readonly asked: AccessAsked },
    refused: string | undefined,
    more: readonly Write[] = [],
  ): Promise<VerifiedAccess> {
    return this.#turn.take(async () => {
      const { crypto, domains } = this.#context;
      const requestDigest = accessRequestDigest(domains, request.bytes);
      const answeredAtMs = Math.max(this.#nowMs(), request.asked.askedAtMs, this.#closedMs);
      const bytes = encodeAccessAnswer({ requestDigest, refused, answeredAtMs });
      const answer = { bytes, signature: signAccessAnswer(crypto, domains, bytes, this.#credentialSecret) };
      const access = this.#receipt(request, answer);
      await this.#book.keep(access, undefined, more); // guard: P3 the receipt is kept before the payload leaves
      return access;
    });
  }

  /** Its request is near enough in time to be answered. */
  isTimely({ askedAtMs }: AccessAsked): boolean {
    const answeredAtMs = Math.max(this.#nowMs(), this.#closedMs);
    const behindMs = answeredAtMs - askedAtMs;
    return behindMs <= limits.accessAnswerMsMax && -behindMs <= limits.accessAnswerMsMax;
  }

  /** Ends a batch: what comes from now on belongs to the next one. Resolves to its end. */
  async close(): Promise<number> {
    return this.#turn.take(async () => {
      const nowMs = this.#nowMs();
      for (const [request, sinceMs] of this.#open) {
        if (nowMs - sinceMs > limits.accessAnswerMsMax) this.#open.delete(request);
      }
      const endMs = Math.min(nowMs, ...[...this.#open.keys()].map(({ asked }) => asked.askedAtMs));
      this.#closedMs = Math.max(this.#closedMs, endMs);
      return this.#closedMs;
    });
  }

  /** Of a batch that is on the ledger or under way. */
  closedUntil(ms: number): void {
    this.#closedMs = Math.max(this.#closedMs, ms);
  }

  #receipt(request: Signed, answer: Signed): VerifiedAccess {
    const bytes = encodeAccessReceipt({
      ...{ request: request.bytes, requestSignature: request.signature },
      ...{ answer: answer.bytes, answerSignature: answer.signature },
    });
    return unwrap(verifyAccessReceipt(this.#context, bytes));
  }
}

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;

function late(): HansaError {
  return new HansaError(
    'ACCESS_ANSWER_LATE',
    'The answer is dated into a batch of receipts that is closed. Nothing of it is used; ask again.',
  );
}
