import { create } from '@bufbuild/protobuf';
import { equalBytes } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import type { Crypto, Digest, Domains } from '../crypto/index.ts';
import { refuse, refuseBecause } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { AccessReceiptSchema } from '../gen/hansa/v1/exchange_pb.ts';
import { credentialKeysAt } from '../genesis/credential-keys.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { type AccessAnswered, decodeAccessAnswer } from './answer.ts';
import { type AccessAsked, accessRequestDigest, decodeAccessRequest } from './request.ts';

/** All that a verifier needs; neither a network nor a clock. */
export interface AccessContext {
  /** C12: of an epoch that is not before the access: each message is held against its city's key of its own time. */
  readonly genesis: Genesis;
  readonly domains: Domains;
  readonly crypto: Crypto;
}

/** The signed messages of one access, as they were carried (R1). */
export interface AccessReceiptParts {
  readonly request: Uint8Array;
  readonly requestSignature: Uint8Array;
  readonly answer: Uint8Array;
  readonly answerSignature: Uint8Array;
}

/** A receipt whose two signatures hold: neither city can deny its part. */
export interface VerifiedAccess {
  readonly id: Digest;
  readonly bytes: Uint8Array;
  readonly asked: AccessAsked;
  readonly answered: AccessAnswered;
}

/** Bytes of an `AccessReceipt`. */
export function encodeAccessReceipt(parts: AccessReceiptParts): Uint8Array {
  return encodeMessage(AccessReceiptSchema, create(AccessReceiptSchema, { ...parts }));
}

/** The signed messages of a receipt; nothing is verified. Errors: ACCESS_RECEIPT_MALFORMED. */
export function accessReceiptParts(bytes: Uint8Array): Result<AccessReceiptParts> {
  const decoded = decodeStrict(AccessReceiptSchema, bytes, limits.accessReceiptBytesMax);
  return decoded.ok ? decoded : refuseBecause('ACCESS_RECEIPT_MALFORMED', decoded.error);
}

/** A receipt's name, and the data of its leaf: SHA-256(domain("access-receipt") || bytes). */
export function accessReceiptId(domains: Domains, bytes: Uint8Array): Digest {
  return domains.digest('access-receipt', bytes);
}

/** Errors: MALFORMED, ACCESS_REQUEST_UNSIGNED. */
export function verifyAccessRequest(
  context: AccessContext,
  bytes: Uint8Array,
  signature: Uint8Array,
): Result<AccessAsked> {
  const asked = decodeAccessRequest(context.genesis, bytes);
  if (!asked.ok) return asked;
  const message = context.domains.message('access-request', bytes);
  const { asker, askedAtMs } = asked.value;
  // guard: P3 signed by the city that asks
  if (!signedBy(context, asker, askedAtMs, message, signature)) return refuse('ACCESS_REQUEST_UNSIGNED');
  return asked;
}

/** Of a request that was verified. Errors: MALFORMED, ACCESS_ANSWER_UNSIGNED, ACCESS_ANSWER_OTHER, ACCESS_TIMES_WRONG. */
export function verifyAccessAnswer(
  context: AccessContext,
  request: { readonly bytes: Uint8Array; readonly asked: AccessAsked },
  bytes: Uint8Array,
  signature: Uint8Array,
): Result<AccessAnswered> {
  const { domains } = context;
  const answered = decodeAccessAnswer(bytes);
  if (!answered.ok) return answered;
  const message = domains.message('access-answer', bytes);
  // guard: P3 signed by the city that answers
  if (!signedBy(context, request.asked.answerer, answered.value.answeredAtMs, message, signature)) {
    return refuse('ACCESS_ANSWER_UNSIGNED');
  }
  // guard: P3 the answer is to this request
  if (!equalBytes(answered.value.requestDigest, accessRequestDigest(domains, request.bytes))) {
    return refuse('ACCESS_ANSWER_OTHER');
  }
  const afterMs = answered.value.answeredAtMs - request.asked.askedAtMs;
  // guard: P3 the receipt's time is the access', so that it belongs to one batch of each city
  if (afterMs < 0 || afterMs > limits.accessAnswerMsMax) return refuse('ACCESS_TIMES_WRONG');
  return answered;
}

/** Errors: ACCESS_RECEIPT_MALFORMED with the finding, ACCESS_REQUEST_UNSIGNED and those of an answer. */
export function verifyAccessReceipt(context: AccessContext, bytes: Uint8Array): Result<VerifiedAccess> {
  const parts = accessReceiptParts(bytes);
  if (!parts.ok) return parts;
  const { request, requestSignature, answer, answerSignature } = parts.value;
  const asked = verifyAccessRequest(context, request, requestSignature);
  if (!asked.ok) return asked;
  const answered = verifyAccessAnswer(context, { bytes: request, asked: asked.value }, answer, answerSignature);
  if (!answered.ok) return answered;
  return accept({
    id: accessReceiptId(context.domains, bytes),
    bytes,
    asked: asked.value,
    answered: answered.value,
  });
}

/** Both cities have a leaf for it. */
export function isPartyOf({ asked }: VerifiedAccess, city: AuthorityIndex): boolean {
  return asked.asker === city || asked.answerer === city;
}

function signedBy(
  { genesis, crypto }: AccessContext,
  city: AuthorityIndex,
  atMs: number,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== 64) return false;
  return credentialKeysAt(genesis, city, atMs).some((key) => crypto.ed25519.verify(signature, message, key));
}
