import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { encodeMessage } from '../../codec/index.ts';
import {
  type ConsentGrant,
  ConsentGrantSchema,
  type ConsentUse,
  ConsentUseSchema,
  type ConsentWithdraw,
  ConsentWithdrawSchema,
} from '../../gen/hansa/v1/families_pb.ts';

export const CONSENT_FAMILY = 3;

export const consentTypes = { grant: 1, withdraw: 2, use: 3 } as const;

/** A body with the keys whose signatures the record carries; the ledger verifies them before it applies the record (R2). */
export type ConsentBody = (ConsentGrant | ConsentWithdraw | ConsentUse) & Signed;

export interface Signed {
  readonly signers: readonly Uint8Array[];
}

/** Body of `grant`. */
export function encodeConsentGrant(body: MessageInitShape<typeof ConsentGrantSchema>): Uint8Array {
  return encodeMessage(ConsentGrantSchema, create(ConsentGrantSchema, body));
}

/** Body of `withdraw`. */
export function encodeConsentWithdraw(body: MessageInitShape<typeof ConsentWithdrawSchema>): Uint8Array {
  return encodeMessage(ConsentWithdrawSchema, create(ConsentWithdrawSchema, body));
}

/** Body of `use`. */
export function encodeConsentUse(body: MessageInitShape<typeof ConsentUseSchema>): Uint8Array {
  return encodeMessage(ConsentUseSchema, create(ConsentUseSchema, body));
}
