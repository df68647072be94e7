import { rejection } from '../../error-codes.ts';
import type { Rejection } from '../../errors.ts';
import type { AccessBatch, AccessErased } from '../../gen/hansa/v1/families_pb.ts';
import { fromRecordRef } from '../../records/index.ts';
import type { ApplyContext, FactState } from '../family.ts';
import type { AccessBody } from './body.ts';
import {
  accessBatchFactKey,
  encodeAccessBatchFact,
  encodeErasureFact,
  erasureFactKey,
  readAccessBatchFact,
} from './fact.ts';

export function applyAccess(state: FactState, body: AccessBody, context: ApplyContext): Rejection | undefined {
  return body.$typeName === 'hansa.v1.AccessBatch' ? batch(state, body, context) : erased(state, body, context);
}

/**
 * A city's batches follow each other without gap and overlap, so that each receipt has exactly one batch that it must be
 * in, and one that is missing there is proven to be missing.
 */
function batch(state: FactState, body: AccessBatch, context: ApplyContext): Rejection | undefined {
  const [fromMs, toMs] = [Number(body.fromMs), Number(body.toMs)];
  // guard: L4 a period that is not over by the block's time may still get receipts
  if (toMs > context.timestampMs) return rejection('ACCESS_PERIOD_NOT_OVER');
  const key = accessBatchFactKey(context.domains, context.lane);
  const value = state.get(key);
  const before = value === undefined ? undefined : readAccessBatchFact(value);
  if (before !== undefined && fromMs !== before.toMs) return rejection('ACCESS_PERIOD_NOT_NEXT'); // guard: P3 no gap
  // guard: P3 nor one before the first, where a city could leave what it hides
  if (before === undefined && fromMs > context.genesis.createdAtMs) return rejection('ACCESS_PERIOD_NOT_NEXT');
  const { root, count } = body;
  const { location } = context;
  state.set(key, encodeAccessBatchFact({ location, fromMs, toMs, root, count, previous: before?.location }));
  return undefined;
}

/** Of whatever the city held: what it issued, was given, or kept of another's answer. Each city speaks for itself. */
function erased(state: FactState, body: AccessErased, context: ApplyContext): Rejection | undefined {
  const record = fromRecordRef(body.record);
  if (record === undefined) return rejection('MALFORMED');
  const key = erasureFactKey(context.domains, context.lane, record);
  if (state.get(key) !== undefined) return rejection('ERASURE_KNOWN'); // guard: P1 the first acknowledgement stands
  const { commitment, reason } = body;
  const { location, timestampMs } = context;
  state.set(key, encodeErasureFact({ location, commitment, reason, erasedAtMs: timestampMs }));
  return undefined;
}
