import { create } from '@bufbuild/protobuf';
import { concatBytes, equalBytes, u32be } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import { DIGEST_BYTES, type Digest, type Domains, type Hasher } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { OpenedPayloadSchema } from '../gen/hansa/v1/exchange_pb.ts';
import { limits } from '../limits.ts';
import type { DeliveryAsked } from './request.ts';

/** A private payload with the salt that makes its commitment. */
export interface OpenedPayload {
  /** 32 bytes. */
  readonly salt: Uint8Array;
  readonly payload: Uint8Array;
}

/** P1: SHA-256(salt256 || payload). */
export function payloadCommitment(hasher: Hasher, { salt, payload }: OpenedPayload): Digest {
  return hasher.sha256(concatBytes(salt, payload));
}

/** The payload is the one that the ledger has the commitment of. */
export function isCommitted(hasher: Hasher, opened: OpenedPayload, commitment: Uint8Array): boolean {
  return opened.salt.length === DIGEST_BYTES && equalBytes(payloadCommitment(hasher, opened), commitment);
}

/** Bytes of an `OpenedPayload`: what is sealed. */
export function encodeOpenedPayload({ salt, payload }: OpenedPayload): Uint8Array {
  return encodeMessage(OpenedPayloadSchema, create(OpenedPayloadSchema, { salt, payload }));
}

/** MALFORMED for everything that no city seals. */
export function decodeOpenedPayload(bytes: Uint8Array): Result<OpenedPayload> {
  const decoded = decodeStrict(OpenedPayloadSchema, bytes, limits.exchangePayloadBytesMax + 64);
  if (!decoded.ok) return decoded;
  const { salt, payload } = decoded.value;
  if (salt.length !== DIGEST_BYTES || payload.length > limits.exchangePayloadBytesMax) return refuse('MALFORMED');
  return accept({ salt, payload });
}

/**
 * HPKE's `info` of a delivery: a sealed box opens only as what it was sealed for. domain("access-seal") || u32be grantee ||
 * u32be lane || u64be sequence || u32be position || consent id.
 */
export function sealInfo(
  domains: Domains,
  delivery: Pick<DeliveryAsked, 'answerer' | 'record' | 'consentId'>,
): Uint8Array {
  const { answerer, record, consentId } = delivery;
  const high = Math.floor(record.sequence / 0x1_0000_0000);
  return domains.message(
    'access-seal',
    concatBytes(
      ...[u32be(answerer), u32be(record.lane), u32be(high), u32be(record.sequence >>> 0), u32be(record.position)],
      consentId,
    ),
  );
}
