import { create } from '@bufbuild/protobuf';
import { decodeStrict, encodeMessage, safeNumber } from '../codec/index.ts';
import { type Crypto, DIGEST_BYTES, type Digest, type Domains } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { AccessKind, type AccessRequest, AccessRequestSchema } from '../gen/hansa/v1/exchange_pb.ts';
import { ConsentPurpose, ErasureReason } from '../gen/hansa/v1/families_pb.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { fromRecordRef, type RecordLocation, toRecordRef } from '../records/index.ts';

export { ConsentPurpose, ErasureReason };

/** Bytes of nonces, consent ids and pseudonyms. */
const ID_BYTES = 16;

interface AccessCommon {
  readonly asker: AuthorityIndex;
  readonly answerer: AuthorityIndex;
  /** Where the certificate was issued or the listing made. */
  readonly record: RecordLocation;
  /** SHA-256(salt256 || payload) of the payload that is meant. */
  readonly commitment: Uint8Array;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
  /** By the asker's clock, in milliseconds since 1970. */
  readonly askedAtMs: number;
}

/** P3: why a payload may be read: its holder lets one city use it, or the law does. */
export type ReadBasis =
  | {
      readonly kind: 'consent';
      readonly consentId: Uint8Array;
      readonly purpose: ConsentPurpose;
      /** The final record that took this use of the consent: one read. */
      readonly use: RecordLocation;
    }
  /** One of `policy.access.legalBases`. */
  | { readonly kind: 'law'; readonly code: string };

export interface ReadAsked extends AccessCommon {
  readonly kind: 'read';
  readonly basis: ReadBasis;
  /** SHA-256(salt256 || reference of the case). */
  readonly caseCommitment: Uint8Array;
  /** Pseudonym of the officer. */
  readonly operator: Uint8Array;
}

export interface DeliveryAsked extends AccessCommon {
  readonly kind: 'delivery';
  readonly consentId: Uint8Array;
  readonly purpose: ConsentPurpose;
}

export interface NoticeAsked extends AccessCommon {
  readonly kind: 'notice';
  readonly reason: ErasureReason;
}

/** What one city asks of another about a private payload. */
export type AccessAsked = ReadAsked | DeliveryAsked | NoticeAsked;

/** Bytes of an `AccessRequest`. */
export function encodeAccessRequest(asked: AccessAsked): Uint8Array {
  const { kind, asker, answerer, record, commitment, nonce, askedAtMs } = asked;
  const common = {
    ...{ kind: kinds[kind], asker: asker + 1, answerer: answerer + 1 },
    ...{ record: recordRef(record), commitment, nonce, askedAtMs: BigInt(askedAtMs) },
  };
  return encodeMessage(AccessRequestSchema, create(AccessRequestSchema, { ...common, ...particulars(asked) }));
}

/** The request in its bytes. MALFORMED when they are not canonical or no city would ask so. */
export function decodeAccessRequest(genesis: Genesis, bytes: Uint8Array): Result<AccessAsked> {
  const decoded = decodeStrict(AccessRequestSchema, bytes, limits.accessMessageBytesMax);
  if (!decoded.ok) return decoded;
  const message = decoded.value;
  const record = fromRecordRef(message.record);
  const askedAtMs = safeNumber(message.askedAtMs);
  if (record === undefined || askedAtMs === undefined || askedAtMs === 0) return refuse('MALFORMED');
  const { commitment, nonce } = message;
  const asker = message.asker - 1;
  const answerer = message.answerer - 1;
  const cities = genesis.authorities.length;
  // guard: P3 two cities of the federation
  if (asker < 0 || answerer < 0 || asker >= cities || answerer >= cities || asker === answerer) {
    return refuse('MALFORMED');
  }
  if (commitment.length !== DIGEST_BYTES || nonce.length !== ID_BYTES) return refuse('MALFORMED');
  const common = { asker, answerer, record, commitment, nonce, askedAtMs };
  const asked = readParticulars(message, common);
  if (asked === undefined) return refuse('MALFORMED');
  // guard: P3 whoever made the record holds its payload
  if (holderOf(asked) !== record.lane) return refuse('MALFORMED');
  return accept(asked);
}

/** The city that made the record and holds its payload. */
export function holderOf(asked: AccessAsked): AuthorityIndex {
  return asked.kind === 'read' ? asked.answerer : asked.asker;
}

/** The city that sees the payload, or saw it. */
export function readerOf(asked: AccessAsked): AuthorityIndex {
  return asked.kind === 'read' ? asked.asker : asked.answerer;
}

/** What an answer is about: SHA-256(domain("access-request") || bytes). */
export function accessRequestDigest(domains: Domains, bytes: Uint8Array): Digest {
  return domains.digest('access-request', bytes);
}

/** 64 bytes by the asker's credential key. */
export function signAccessRequest(
  crypto: Crypto,
  domains: Domains,
  bytes: Uint8Array,
  credentialSecret: Uint8Array,
): Uint8Array {
  return crypto.ed25519.sign(domains.message('access-request', bytes), credentialSecret);
}

const kinds = { read: AccessKind.READ, delivery: AccessKind.DELIVERY, notice: AccessKind.NOTICE } as const;

function particulars(asked: AccessAsked): object {
  switch (asked.kind) {
    case 'read': {
      const { basis, caseCommitment, operator } = asked;
      if (basis.kind === 'law') return { legalBasis: basis.code, caseCommitment, operator };
      const { consentId, purpose, use } = basis;
      return { consentId, purpose, use: recordRef(use), caseCommitment, operator };
    }
    case 'delivery':
      return { consentId: asked.consentId, purpose: asked.purpose };
    case 'notice':
      return { reason: asked.reason };
  }
}

/** Undefined when a field is missing, or one stands there that this kind has not. */
function readParticulars(message: AccessRequest, common: AccessCommon): AccessAsked | undefined {
  const { kind, purpose, consentId, legalBasis, caseCommitment, operator, reason } = message;
  const use = fromRecordRef(message.use);
  const consented = consentId.length === ID_BYTES && purpose !== ConsentPurpose.UNSPECIFIED;
  const unconsented = consentId.length === 0 && purpose === ConsentPurpose.UNSPECIFIED && message.use === undefined;
  const ofPerson = caseCommitment.length === DIGEST_BYTES && operator.length === ID_BYTES;
  const ofNobody = caseCommitment.length === 0 && operator.length === 0;
  switch (kind) {
    case AccessKind.READ: {
      if (!ofPerson || reason !== ErasureReason.UNSPECIFIED) return undefined;
      if (LEGAL_BASIS.test(legalBasis) && unconsented) {
        return { ...common, kind: 'read', basis: { kind: 'law', code: legalBasis }, caseCommitment, operator };
      }
      if (legalBasis !== '' || !consented || use === undefined || use.lane !== common.asker) return undefined;
      return { ...common, kind: 'read', basis: { kind: 'consent', consentId, purpose, use }, caseCommitment, operator };
    }
    case AccessKind.DELIVERY: {
      if (!ofNobody || legalBasis !== '' || reason !== ErasureReason.UNSPECIFIED) return undefined;
      if (!consented || message.use !== undefined) return undefined;
      return { ...common, kind: 'delivery', consentId, purpose };
    }
    case AccessKind.NOTICE: {
      if (!ofNobody || legalBasis !== '' || !unconsented || reason === ErasureReason.UNSPECIFIED) return undefined;
      return { ...common, kind: 'notice', reason };
    }
    default:
      return undefined;
  }
}

const LEGAL_BASIS = /^[A-Z][A-Z_]{0,31}$/;

function recordRef(location: RecordLocation) {
  return { $typeName: 'hansa.v1.RecordRef' as const, ...toRecordRef(location) };
}
