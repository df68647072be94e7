import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { encodeMessage } from '../../codec/index.ts';
import {
  type AccessBatch,
  AccessBatchSchema,
  type AccessErased,
  AccessErasedSchema,
} from '../../gen/hansa/v1/families_pb.ts';

export const ACCESS_FAMILY = 4;

export const accessTypes = { batch: 1, erased: 2 } as const;

export type AccessBody = AccessBatch | AccessErased;

/** Body of `batch`. */
export function encodeAccessBatch(body: MessageInitShape<typeof AccessBatchSchema>): Uint8Array {
  return encodeMessage(AccessBatchSchema, create(AccessBatchSchema, body));
}

/** Body of `erased`. */
export function encodeAccessErased(body: MessageInitShape<typeof AccessErasedSchema>): Uint8Array {
  return encodeMessage(AccessErasedSchema, create(AccessErasedSchema, body));
}
