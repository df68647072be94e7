import { equalBytes } from '../../bytes.ts';
import { decodeStrict, safeNumber } from '../../codec/index.ts';
import { DIGEST_BYTES, type Hasher } from '../../crypto/index.ts';
import { refuse, rejection } from '../../error-codes.ts';
import type { Rejection, Result } from '../../errors.ts';
import {
  type AccessBatch,
  AccessBatchSchema,
  type AccessErased,
  AccessErasedSchema,
  ErasureReason,
} from '../../gen/hansa/v1/families_pb.ts';
import type { Genesis } from '../../genesis/types.ts';
import { fromRecordRef, type Record } from '../../records/index.ts';
import { COMMITMENT_BYTES } from '../checks.ts';
import type { CheckContext } from '../family.ts';
import { type AccessBody, accessTypes } from './body.ts';

export function checkAccess(record: Record, { genesis, crypto }: CheckContext): Result<AccessBody> {
  switch (record.type) {
    case accessTypes.batch:
      return checked(decodeStrict(AccessBatchSchema, record.body), (body) => checkBatch(body, crypto));
    case accessTypes.erased:
      return checked(decodeStrict(AccessErasedSchema, record.body), (body) => checkErased(body, genesis));
    default:
      return refuse('TYPE_UNKNOWN');
  }
}

function checked<B extends AccessBody>(decoded: Result<B>, check: (body: B) => Rejection | undefined): Result<B> {
  if (!decoded.ok) return decoded;
  const error = check(decoded.value);
  return error === undefined ? decoded : { ok: false, error };
}

function checkBatch({ root, count, fromMs, toMs }: AccessBatch, hasher: Hasher): Rejection | undefined {
  if (root.length !== DIGEST_BYTES) return rejection('MALFORMED');
  // RFC 6962: the root over no leaf is the hash of nothing, and of any leaf something else.
  const isEmpty = equalBytes(root, hasher.sha256(new Uint8Array()));
  if (isEmpty !== (count === 0)) return rejection('MALFORMED'); // guard: P3 a batch says how many receipts it has
  const [from, to] = [safeNumber(fromMs), safeNumber(toMs)];
  if (from === undefined || to === undefined || to <= from) return rejection('ACCESS_PERIOD_INVALID');
  return undefined;
}

function checkErased({ record, commitment, reason }: AccessErased, genesis: Genesis): Rejection | undefined {
  const location = fromRecordRef(record);
  const wellFormed =
    location !== undefined &&
    location.lane < genesis.authorities.length &&
    commitment.length === COMMITMENT_BYTES &&
    reason !== ErasureReason.UNSPECIFIED;
  return wellFormed ? undefined : rejection('MALFORMED');
}
