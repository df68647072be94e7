import { accept, limits, type Result, unwrap } from '@hansa/protocol';
import { accessReceiptParts, type OpenedPayload, type VerifiedAccess } from '@hansa/protocol/access';
import {
  create,
  decodeStrict,
  type ExchangeReply,
  ExchangeReplySchema,
  type ExchangeRequest,
  ExchangeRequestSchema,
  encodeMessage,
} from '@hansa/protocol/wire';
import type { SealedBox } from './seal.ts';

/** A signed message of one side. */
export interface Signed {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

export interface ExchangeAsked extends Signed {
  /** Of a delivery. */
  readonly sealed: SealedBox | undefined;
}

/** What came back: a signed answer, or a code for a request that nobody can be held to. */
export type ExchangeAnswered =
  | { readonly kind: 'answered'; readonly answer: Signed; readonly opened: OpenedPayload | undefined }
  | { readonly kind: 'unheard'; readonly code: string };

/** The answer inside of a receipt, as it was signed. */
export function answerOf({ bytes }: VerifiedAccess): Signed {
  const { answer, answerSignature } = unwrap(accessReceiptParts(bytes));
  return { bytes: answer, signature: answerSignature };
}

export function encodeExchangeRequest({ bytes, signature, sealed }: ExchangeAsked): Uint8Array {
  const fields = { request: bytes, signature, ...(sealed === undefined ? {} : { sealed: { ...sealed } }) };
  return encodeMessage(ExchangeRequestSchema, create(ExchangeRequestSchema, fields));
}

/** MALFORMED for everything that no city writes. */
export function decodeExchangeRequest(bytes: Uint8Array): Result<ExchangeAsked> {
  const decoded: Result<ExchangeRequest> = decodeStrict(ExchangeRequestSchema, bytes, limits.exchangeFrameBytesMax);
  if (!decoded.ok) return decoded;
  const { request, signature, sealed } = decoded.value;
  return accept({ bytes: request, signature, sealed });
}

export function encodeExchangeReply(reply: ExchangeAnswered): Uint8Array {
  const fields =
    reply.kind === 'unheard'
      ? { unheard: reply.code }
      : {
          ...{ answer: reply.answer.bytes, signature: reply.answer.signature },
          ...(reply.opened === undefined ? {} : { opened: { ...reply.opened } }),
        };
  return encodeMessage(ExchangeReplySchema, create(ExchangeReplySchema, fields));
}

/** MALFORMED for everything that no city writes. */
export function decodeExchangeReply(bytes: Uint8Array): Result<ExchangeAnswered> {
  const decoded: Result<ExchangeReply> = decodeStrict(ExchangeReplySchema, bytes, limits.exchangeFrameBytesMax);
  if (!decoded.ok) return decoded;
  const { answer, signature, opened, unheard } = decoded.value;
  if (unheard !== '') {
    // Only what a code looks like is passed on.
    const code = /^[A-Z][A-Z0-9_]{0,63}$/.test(unheard) ? unheard : 'MALFORMED';
    return accept({ kind: 'unheard', code });
  }
  return accept({ kind: 'answered', answer: { bytes: answer, signature }, opened });
}
