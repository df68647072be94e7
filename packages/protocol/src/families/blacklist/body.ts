import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { encodeMessage } from '../../codec/index.ts';
import {
  type BlacklistAmend,
  BlacklistAmendSchema,
  type BlacklistDispute,
  BlacklistDisputeSchema,
  type BlacklistLift,
  BlacklistLiftSchema,
  type BlacklistList,
  BlacklistListSchema,
} from '../../gen/hansa/v1/families_pb.ts';

export const BLACKLIST_FAMILY = 1;

export const blacklistTypes = { list: 1, amend: 2, dispute: 3, lift: 4 } as const;

export type BlacklistBody = BlacklistList | BlacklistAmend | BlacklistDispute | BlacklistLift;

/** Body of `list`. */
export function encodeBlacklistList(body: MessageInitShape<typeof BlacklistListSchema>): Uint8Array {
  return encodeMessage(BlacklistListSchema, create(BlacklistListSchema, body));
}

/** Body of `amend`; what is left out stays as it is. */
export function encodeBlacklistAmend(body: MessageInitShape<typeof BlacklistAmendSchema>): Uint8Array {
  return encodeMessage(BlacklistAmendSchema, create(BlacklistAmendSchema, body));
}

/** Body of `dispute`. */
export function encodeBlacklistDispute(body: MessageInitShape<typeof BlacklistDisputeSchema>): Uint8Array {
  return encodeMessage(BlacklistDisputeSchema, create(BlacklistDisputeSchema, body));
}

/** Body of `lift`. */
export function encodeBlacklistLift(body: MessageInitShape<typeof BlacklistLiftSchema>): Uint8Array {
  return encodeMessage(BlacklistLiftSchema, create(BlacklistLiftSchema, body));
}
