import { decodeStrict } from '../../codec/index.ts';
import { decodeSigners } from '../../consensus/signers.ts';
import { refuse, rejection } from '../../error-codes.ts';
import type { Rejection, Result } from '../../errors.ts';
import {
  OprfCeremonyKind,
  type OprfDeal,
  OprfDealSchema,
  OprfHoldSchema,
  type OprfOpen,
  OprfOpenSchema,
  OprfSettleSchema,
} from '../../gen/hansa/v1/oprf_pb.ts';
import { votersOf } from '../../genesis/authority-set.ts';
import { faultsTolerated } from '../../genesis/types.ts';
import { limits } from '../../limits.ts';
import { ELEMENT_BYTES } from '../../oprf/scalar.ts';
import type { Record as HansaRecord } from '../../records/index.ts';
import type { CheckContext } from '../family.ts';
import { type OprfBody, oprfTypes } from './body.ts';

export const CEREMONY_ID_BYTES = 16;

/**
 * How many shares may be needed. At least f + 1, so that the faulty cities together evaluate nothing; at most n - 2f, so
 * that the honest ones among any q holders suffice while f of them are away.
 */
export function thresholdRange(cities: number): { readonly min: number; readonly max: number } {
  const faulty = faultsTolerated(cities);
  return { min: faulty + 1, max: Math.min(cities - 2 * faulty, limits.oprfThresholdMax) };
}

/** What a ceremony is opened with unless its opener says otherwise: f + 1, and never one city alone if there are more. */
export function standardThreshold(cities: number): number {
  const { min, max } = thresholdRange(cities);
  return Math.min(Math.max(min, 2), max);
}

export function checkOprf(record: HansaRecord, context: CheckContext): Result<OprfBody> {
  const cities = context.genesis.authorities.length;
  switch (record.type) {
    case oprfTypes.open:
      return checked(decodeStrict(OprfOpenSchema, record.body), (body) =>
        checkOpen(body, votersOf(context.genesis).length),
      );
    case oprfTypes.deal:
      return checked(decodeStrict(OprfDealSchema, record.body), checkDeal);
    case oprfTypes.hold:
      return checked(decodeStrict(OprfHoldSchema, record.body), (body) => checkBitmap(body, cities));
    case oprfTypes.settle:
      return checked(decodeStrict(OprfSettleSchema, record.body), (body) => checkBitmap(body, cities));
    default:
      return refuse('TYPE_UNKNOWN');
  }
}

function checked<B extends OprfBody>(decoded: Result<B>, check: (body: B) => Rejection | undefined): Result<B> {
  if (!decoded.ok) return decoded;
  const { ceremonyId } = decoded.value;
  const error = ceremonyId.length === CEREMONY_ID_BYTES ? check(decoded.value) : rejection('MALFORMED');
  return error === undefined ? decoded : { ok: false, error };
}

function checkOpen(body: OprfOpen, cities: number): Rejection | undefined {
  if (body.generation === 0 || body.kind === OprfCeremonyKind.UNSPECIFIED) return rejection('MALFORMED');
  const { min, max } = thresholdRange(cities);
  const fits = body.threshold >= min && body.threshold <= max; // guard: P2 more than the faulty cities, no more than the honest
  return fits ? undefined : rejection('OPRF_THRESHOLD_OUT_OF_RANGE');
}

function checkDeal(body: OprfDeal): Rejection | undefined {
  const { commitments } = body;
  const wellFormed =
    commitments.length > 0 &&
    commitments.length <= limits.oprfThresholdMax &&
    commitments.every(({ length }) => length === ELEMENT_BYTES);
  return wellFormed ? undefined : rejection('MALFORMED');
}

function checkBitmap({ dealers }: { readonly dealers: Uint8Array }, cities: number): Rejection | undefined {
  const indices = decodeSigners(dealers, cities);
  return indices === undefined || indices.length === 0 ? rejection('MALFORMED') : undefined;
}
