import { create } from '@bufbuild/protobuf';
import { decodeStrict, encodeMessage, safeNumber } from '../codec/index.ts';
import { type Crypto, DIGEST_BYTES, type Domains } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { AccessAnswerSchema, AccessOutcome } from '../gen/hansa/v1/exchange_pb.ts';
import { limits } from '../limits.ts';

/** What the other city says, and signs. */
export interface AccessAnswered {
  readonly requestDigest: Uint8Array;
  /** Why it refused; undefined when it did what was asked. */
  readonly refused: string | undefined;
  /** The receipt's time, in milliseconds since 1970, by the answerer's clock. */
  readonly answeredAtMs: number;
}

/** Bytes of an `AccessAnswer`. */
export function encodeAccessAnswer({ requestDigest, refused, answeredAtMs }: AccessAnswered): Uint8Array {
  const outcome = refused === undefined ? AccessOutcome.GRANTED : AccessOutcome.REFUSED;
  const fields = { requestDigest, outcome, code: refused ?? '', answeredAtMs: BigInt(answeredAtMs) };
  return encodeMessage(AccessAnswerSchema, create(AccessAnswerSchema, fields));
}

/** The answer in its bytes; MALFORMED for all others. */
export function decodeAccessAnswer(bytes: Uint8Array): Result<AccessAnswered> {
  const decoded = decodeStrict(AccessAnswerSchema, bytes, limits.accessMessageBytesMax);
  if (!decoded.ok) return decoded;
  const { requestDigest, outcome, code } = decoded.value;
  const answeredAtMs = safeNumber(decoded.value.answeredAtMs);
  if (requestDigest.length !== DIGEST_BYTES || answeredAtMs === undefined) return refuse('MALFORMED');
  if (outcome === AccessOutcome.GRANTED && code === '')
    return accept({ requestDigest, refused: undefined, answeredAtMs });
  // guard: P3 a refusal says why
  if (outcome !== AccessOutcome.REFUSED || !REFUSAL.test(code)) return refuse('MALFORMED');
  return accept({ requestDigest, refused: code, answeredAtMs });
}

/** 64 bytes by the answerer's credential key. */
export function signAccessAnswer(
  crypto: Crypto,
  domains: Domains,
  bytes: Uint8Array,
  credentialSecret: Uint8Array,
): Uint8Array {
  return crypto.ed25519.sign(domains.message('access-answer', bytes), credentialSecret);
}

const REFUSAL = /^[A-Z][A-Z0-9_]{0,63}$/;
