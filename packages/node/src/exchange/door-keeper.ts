import { HansaError } from '@hansa/protocol';
import {
  type AccessAsked,
  type AccessContext,
  accessRequestDigest,
  type OpenedPayload,
  type VerifiedAccess,
  verifyAccessRequest,
} from '@hansa/protocol/access';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Write } from '@hansa/protocol/replica';
import { Turn } from '../registry/turn.ts';
import type { AccessBook } from './access-book.ts';
import type { ReceiptDesk } from './receipt-desk.ts';
import type { SealedBox } from './seal.ts';
import { answerOf, decodeExchangeRequest, encodeExchangeReply } from './wire.ts';

/** What one side decided about a request. */
export interface Verdict {
  /** Why not; undefined: it is done. */
  readonly refused: string | undefined;
  /** Commits together with the receipt. */
  readonly writes?: readonly Write[];
  /** Of a read that is granted. */
  readonly opened?: OpenedPayload;
  /** Runs when the receipt is durable. */
  readonly after?: () => void;
}

/** Decides one kind of requests. A thrown HansaError leaves no receipt: the asker shall ask again. */
export type Judge<Asked extends AccessAsked> = (asked: Asked, about: About) => Promise<Verdict>;

export interface About {
  readonly requestDigest: Uint8Array;
  /** Of a delivery. */
  readonly sealed: SealedBox | undefined;
}

export interface Judges {
  readonly read: Judge<Extract<AccessAsked, { kind: 'read' }>>;
  readonly delivery: Judge<Extract<AccessAsked, { kind: 'delivery' }>>;
  readonly notice: Judge<Extract<AccessAsked, { kind: 'notice' }>>;
  /** What a read that was granted before may still see; undefined: no more. */
  readonly again: (access: VerifiedAccess) => Promise<OpenedPayload | undefined>;
}

/** Answers other cities on the exchange stream: verifies, has it judged, keeps the receipt, and only then answers (P3). */
export class DoorKeeper {
  readonly #context: AccessContext;
  readonly #self: AuthorityIndex;
  readonly #book: AccessBook;
  readonly #desk: ReceiptDesk;
  readonly #judges: Judges;
  /** One at a time: what one receipt takes, the next request finds taken. */
  readonly #turn = new Turn();

  constructor(options: {
    readonly context: AccessContext;
    readonly self: AuthorityIndex;
    readonly book: AccessBook;
    readonly desk: ReceiptDesk;
    readonly judges: Judges;
  }) {
    this.#context = options.context;
    this.#self = options.self;
    this.#book = options.book;
    this.#desk = options.desk;
    this.#judges = options.judges;
  }

  /** Bytes of an `ExchangeReply` to bytes that `from` sent, whatever they are. */
  async answer(from: AuthorityIndex, bytes: Uint8Array): Promise<Uint8Array> {
    const decoded = decodeExchangeRequest(bytes);
    if (!decoded.ok) return unheard(decoded.error.code);
    const { sealed, ...signed } = decoded.value;
    const verified = verifyAccessRequest(this.#context, signed.bytes, signed.signature);
    if (!verified.ok) return unheard(verified.error.code);
    const asked = verified.value;
    // guard: P3 a request comes from the city that signed it, to the city that it names
    if (asked.asker !== from || asked.answerer !== this.#self) return unheard('ACCESS_REQUEST_STRAY');
    const digest = accessRequestDigest(this.#context.domains, signed.bytes);
    try {
      return await this.#turn.take(() => this.#answer({ ...signed, asked }, digest, sealed));
    } catch (error) {
      if (error instanceof HansaError) return unheard(error.code);
      throw error;
    }
  }

  async #answer(
    request: { readonly bytes: Uint8Array; readonly signature: Uint8Array; readonly asked: AccessAsked },
    digest: Uint8Array,
    sealed: SealedBox | undefined,
  ): Promise<Uint8Array> {
    // Asked again, because the answer was lost: the same answer, and one receipt.
    const before = await this.#book.ofRequest(digest);
    if (before !== undefined) return reply(before, await this.#again(before)); // guard: P3 one receipt a request
    // guard: P3 receipts are of the time of their access
    if (!this.#desk.isTimely(request.asked)) return unheard('ACCESS_REQUEST_STALE');
    const verdict = await this.#judge(request.asked, { requestDigest: digest, sealed });
    const access = await this.#desk.answer(request, verdict.refused, verdict.writes);
    verdict.after?.();
    return reply(access, verdict.refused === undefined ? verdict.opened : undefined);
  }

  async #again(access: VerifiedAccess): Promise<OpenedPayload | undefined> {
    const granted = access.asked.kind === 'read' && access.answered.refused === undefined;
    return granted ? this.#judges.again(access) : undefined;
  }

  async #judge(asked: AccessAsked, about: About): Promise<Verdict> {
    switch (asked.kind) {
      case 'read':
        return this.#judges.read(asked, about);
      case 'delivery':
        return this.#judges.delivery(asked, about);
      case 'notice':
        return this.#judges.notice(asked, about);
    }
  }
}

function reply(access: VerifiedAccess, opened: OpenedPayload | undefined): Uint8Array {
  return encodeExchangeReply({ kind: 'answered', answer: answerOf(access), opened });
}

function unheard(code: string): Uint8Array {
  return encodeExchangeReply({ kind: 'unheard', code });
}
