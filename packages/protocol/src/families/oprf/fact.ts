import { create, fromBinary } from '@bufbuild/protobuf';
import { concatBytes, u32be, utf8 } from '../../bytes.ts';
import { encodeMessage, safeNumber } from '../../codec/index.ts';
import { decodeSigners, encodeSigners } from '../../consensus/signers.ts';
import type { Digest, Domains } from '../../crypto/index.ts';
import { OprfCeremonyKind, type OprfFact, OprfFactSchema } from '../../gen/hansa/v1/oprf_pb.ts';
import { RecordRefSchema } from '../../gen/hansa/v1/record_pb.ts';
import type { AuthorityIndex } from '../../genesis/types.ts';
import { fromRecordRef, type RecordLocation, toRecordRef } from '../../records/index.ts';
import { malformedFact } from '../checks.ts';

export type CeremonyKind = 'fresh' | 'reshare';

interface Ceremony {
  /** The record that opened, or settled, it. */
  readonly location: RecordLocation;
  /** 16 bytes. */
  readonly ceremonyId: Uint8Array;
  readonly generation: number;
  readonly kind: CeremonyKind;
  readonly threshold: number;
}

/** The federation's key: what is public of it follows from its dealers' deals (`combineDeals`). */
export interface OprfKey extends Ceremony {
  /** Ascending; their polynomials make the key. */
  readonly dealers: readonly AuthorityIndex[];
  /** Ascending; they hold a share. */
  readonly evaluators: readonly AuthorityIndex[];
  /** L4 */
  readonly settledAtMs: number;
}

/** The ceremony under way. */
export interface OprfCeremony extends Ceremony {
  /** L4 */
  readonly openedAtMs: number;
  /** Ascending. */
  readonly dealt: readonly AuthorityIndex[];
}

export interface OprfDealt {
  readonly location: RecordLocation;
  readonly ceremonyId: Uint8Array;
  readonly commitments: readonly Uint8Array[];
}

export interface OprfHeld {
  readonly location: RecordLocation;
  readonly ceremonyId: Uint8Array;
  /** Whose shares the city holds; ascending. */
  readonly dealers: readonly AuthorityIndex[];
}

export const oprfFactName = {
  key: utf8('key'),
  ceremony: utf8('ceremony'),
  deal: (generation: number, dealer: AuthorityIndex) => concatBytes(utf8('deal'), u32be(generation), u32be(dealer)),
  hold: (holder: AuthorityIndex) => concatBytes(utf8('hold'), u32be(holder)),
} as const;

/** Key of a fact of the family; `name` as in `oprfFactName`. */
export function oprfFactKey(domains: Domains, name: Uint8Array): Digest {
  return domains.digest('fact/oprf', name);
}

/** Any fact of the family. Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readOprfFact(bytes: Uint8Array): OprfFact['fact'] {
  try {
    return fromBinary(OprfFactSchema, bytes).fact;
  } catch {
    throw malformedFact();
  }
}

/** The four readers below throw FACT_MALFORMED on bytes that the ledger never wrote. */
export function readOprfKey(bytes: Uint8Array, cities: number): OprfKey {
  const { case: kind, value } = readOprfFact(bytes);
  if (kind !== 'key') throw malformedFact();
  const dealers = bitmap(value.dealers, cities);
  const evaluators = bitmap(value.evaluators, cities);
  return { ...ceremony(value), dealers, evaluators, settledAtMs: time(value.settledAtMs) };
}

export function readOprfCeremony(bytes: Uint8Array, cities: number): OprfCeremony {
  const { case: kind, value } = readOprfFact(bytes);
  if (kind !== 'ceremony') throw malformedFact();
  const dealt = value.dealt.length === 0 ? [] : bitmap(value.dealt, cities);
  return { ...ceremony(value), dealt, openedAtMs: time(value.openedAtMs) };
}

export function readOprfDeal(bytes: Uint8Array): OprfDealt {
  const { case: kind, value } = readOprfFact(bytes);
  const location = kind === 'deal' ? fromRecordRef(value.ref) : undefined;
  if (kind !== 'deal' || location === undefined) throw malformedFact();
  return { location, ceremonyId: value.ceremonyId, commitments: value.commitments };
}

export function readOprfHold(bytes: Uint8Array, cities: number): OprfHeld {
  const { case: kind, value } = readOprfFact(bytes);
  const location = kind === 'hold' ? fromRecordRef(value.ref) : undefined;
  if (kind !== 'hold' || location === undefined) throw malformedFact();
  return { location, ceremonyId: value.ceremonyId, dealers: bitmap(value.dealers, cities) };
}

export function encodeOprfKey(key: OprfKey, cities: number): Uint8Array {
  const dealers = encodeSigners(key.dealers, cities);
  const evaluators = encodeSigners(key.evaluators, cities);
  return encoded({
    case: 'key',
    value: { ...ceremonyFields(key), dealers, evaluators, settledAtMs: BigInt(key.settledAtMs) },
  });
}

export function encodeOprfCeremony(open: OprfCeremony, cities: number): Uint8Array {
  const dealt = encodeSigners(open.dealt, cities);
  return encoded({ case: 'ceremony', value: { ...ceremonyFields(open), dealt, openedAtMs: BigInt(open.openedAtMs) } });
}

export function encodeOprfDealt({ location, ceremonyId, commitments }: OprfDealt): Uint8Array {
  return encoded({ case: 'deal', value: { ref: ref(location), ceremonyId, commitments: [...commitments] } });
}

export function encodeOprfHeld({ location, ceremonyId, dealers }: OprfHeld, cities: number): Uint8Array {
  return encoded({ case: 'hold', value: { ref: ref(location), ceremonyId, dealers: encodeSigners(dealers, cities) } });
}

type FactInit = NonNullable<Parameters<typeof create<typeof OprfFactSchema>>[1]>['fact'];

function encoded(fact: FactInit): Uint8Array {
  return encodeMessage(OprfFactSchema, create(OprfFactSchema, { fact: fact as NonNullable<FactInit> }));
}

const wireKinds = { fresh: OprfCeremonyKind.FRESH, reshare: OprfCeremonyKind.RESHARE } as const;

/** The wire's name of a kind. */
export function ceremonyKindNumber(kind: CeremonyKind): OprfCeremonyKind {
  return wireKinds[kind];
}

/** Undefined for UNSPECIFIED. */
export function ceremonyKindOf(kind: OprfCeremonyKind): CeremonyKind | undefined {
  if (kind === OprfCeremonyKind.FRESH) return 'fresh';
  return kind === OprfCeremonyKind.RESHARE ? 'reshare' : undefined;
}

interface WireCeremony {
  readonly ref?: Parameters<typeof fromRecordRef>[0];
  readonly ceremonyId: Uint8Array;
  readonly generation: number;
  readonly kind: OprfCeremonyKind;
  readonly threshold: number;
}

function ceremony({ ref, ceremonyId, generation, kind: number, threshold }: WireCeremony): Ceremony {
  const location = fromRecordRef(ref);
  const kind = ceremonyKindOf(number);
  if (location === undefined || kind === undefined) throw malformedFact();
  return { location, ceremonyId, generation, kind, threshold };
}

function ceremonyFields({ location, ceremonyId, generation, kind, threshold }: Ceremony) {
  return { ref: ref(location), ceremonyId, generation, kind: wireKinds[kind], threshold };
}

function ref(location: RecordLocation) {
  return create(RecordRefSchema, toRecordRef(location));
}

function bitmap(bytes: Uint8Array, cities: number): AuthorityIndex[] {
  // C12: what was written while the federation had fewer authorities is shorter.
  const indices = decodeSigners(bytes, Math.min(cities, 8 * bytes.length));
  if (indices === undefined) throw malformedFact();
  return indices;
}

function time(value: bigint): number {
  const milliseconds = safeNumber(value);
  if (milliseconds === undefined) throw malformedFact();
  return milliseconds;
}
