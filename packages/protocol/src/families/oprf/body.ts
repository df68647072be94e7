import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { encodeMessage } from '../../codec/index.ts';
import {
  OprfCeremonyKind,
  type OprfDeal,
  OprfDealSchema,
  type OprfHold,
  OprfHoldSchema,
  type OprfOpen,
  OprfOpenSchema,
  type OprfSettle,
  OprfSettleSchema,
} from '../../gen/hansa/v1/oprf_pb.ts';

export { OprfCeremonyKind };

export const OPRF_FAMILY = 6;

export const oprfTypes = { open: 1, deal: 2, hold: 3, settle: 4 } as const;

export type OprfBody = OprfOpen | OprfDeal | OprfHold | OprfSettle;

/** Body of `open`. */
export function encodeOprfOpen(body: MessageInitShape<typeof OprfOpenSchema>): Uint8Array {
  return encodeMessage(OprfOpenSchema, create(OprfOpenSchema, body));
}

/** Body of `deal`. */
export function encodeOprfDeal(body: MessageInitShape<typeof OprfDealSchema>): Uint8Array {
  return encodeMessage(OprfDealSchema, create(OprfDealSchema, body));
}

/** Body of `hold`. */
export function encodeOprfHold(body: MessageInitShape<typeof OprfHoldSchema>): Uint8Array {
  return encodeMessage(OprfHoldSchema, create(OprfHoldSchema, body));
}

/** Body of `settle`. */
export function encodeOprfSettle(body: MessageInitShape<typeof OprfSettleSchema>): Uint8Array {
  return encodeMessage(OprfSettleSchema, create(OprfSettleSchema, body));
}
