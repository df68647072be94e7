import { fromBinary } from '@bufbuild/protobuf';
import { safeNumber } from '../../codec/index.ts';
import { WireWriter } from '../../codec/wire-writer.ts';
import type { Digest, Domains } from '../../crypto/index.ts';
import { ConsentFactSchema, ConsentMode, ConsentPurpose } from '../../gen/hansa/v1/families_pb.ts';
import type { AuthorityIndex } from '../../genesis/types.ts';
import { fromRecordRef, type RecordLocation } from '../../records/location.ts';
import { malformedFact } from '../checks.ts';

export { ConsentMode, ConsentPurpose };

/** A consent as it stands now. */
export interface ConsentFact {
  /** The record that granted it; any city may have carried it. */
  readonly location: RecordLocation;
  readonly certificateId: Uint8Array;
  /** The one centre that may read. */
  readonly grantee: AuthorityIndex;
  readonly purpose: ConsentPurpose;
  readonly mode: ConsentMode;
  /** From the first moment, until before the second, in milliseconds since 1970-01-01 UTC; 0 without TIME. */
  readonly fromMs: number;
  readonly toMs: number;
  /** 0 without COUNT. */
  readonly maxUses: number;
  /** Uses that stand on the ledger, in every mode. */
  readonly uses: number;
  readonly withdrawnBy: RecordLocation | undefined;
  /** 0 while it is not withdrawn. */
  readonly withdrawnAtMs: number;
  /** L4: legal time at which the grant became final. */
  readonly grantedAtMs: number;
  /** The key that signed the grant; only it withdraws. */
  readonly holderKey: Uint8Array;
}

/** Whether a use would be accepted now, and if not, why. */
export type ConsentStatus = 'active' | 'not-yet' | 'expired' | 'withdrawn' | 'exhausted';

/** What is left of a consent. Undefined: without such a bound. */
export interface ConsentBalance {
  readonly usesLeft: number | undefined;
  readonly msLeft: number | undefined;
}

/** Key of a consent's fact; the id has 16 bytes. */
export function consentFactKey(domains: Domains, consentId: Uint8Array): Digest {
  return domains.digest('fact/consent', consentId);
}

/** L4: whether the consent admits a use at a moment: the block's time for the ledger, the asker's for whoever looks. */
export function consentStatus(fact: ConsentFact, nowMs: number): ConsentStatus {
  if (fact.withdrawnBy !== undefined) return 'withdrawn';
  if (hasTime(fact) && nowMs >= fact.toMs) return 'expired';
  if (hasCount(fact) && fact.uses >= fact.maxUses) return 'exhausted';
  return hasTime(fact) && nowMs < fact.fromMs ? 'not-yet' : 'active';
}

/** Nothing is left of a withdrawn consent. */
export function consentBalance(fact: ConsentFact, nowMs: number): ConsentBalance {
  const over = fact.withdrawnBy !== undefined;
  return {
    usesLeft: hasCount(fact) ? (over ? 0 : Math.max(0, fact.maxUses - fact.uses)) : undefined,
    msLeft: hasTime(fact) ? (over ? 0 : Math.max(0, fact.toMs - Math.max(nowMs, fact.fromMs))) : undefined,
  };
}

function hasTime({ mode }: ConsentFact): boolean {
  return mode !== ConsentMode.COUNT;
}

function hasCount({ mode }: ConsentFact): boolean {
  return mode !== ConsentMode.TIME;
}

/** Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readConsentFact(bytes: Uint8Array): ConsentFact {
  try {
    const fact = fromBinary(ConsentFactSchema, bytes);
    const location = fromRecordRef(fact.ref);
    const withdrawnBy = fromRecordRef(fact.withdrawnBy);
    const times = [fact.fromMs, fact.toMs, fact.withdrawnAtMs, fact.grantedAtMs].map(safeNumber);
    const [fromMs, toMs, withdrawnAtMs, grantedAtMs] = times;
    if (
      location === undefined ||
      fact.grantee === 0 ||
      fromMs === undefined ||
      toMs === undefined ||
      withdrawnAtMs === undefined ||
      grantedAtMs === undefined ||
      (fact.withdrawnBy === undefined) !== (withdrawnBy === undefined)
    ) {
      throw malformedFact();
    }
    const { certificateId, grantee, purpose, mode, maxUses, uses, holderKey } = fact;
    return {
      ...{ location, certificateId, grantee: grantee - 1, purpose, mode, fromMs, toMs, maxUses, uses },
      ...{ withdrawnBy, withdrawnAtMs, grantedAtMs, holderKey },
    };
  } catch {
    throw malformedFact();
  }
}

const writer = new WireWriter();

/** `ConsentFact` bytes, as protobuf-es would write them. */
export function encodeConsentFact(fact: ConsentFact): Uint8Array {
  writer.message(1, () => writeLocation(fact.location));
  writer.bytes(2, fact.certificateId);
  writer.number(3, fact.grantee + 1);
  writer.number(4, fact.purpose);
  writer.number(5, fact.mode);
  writer.number(6, fact.fromMs);
  writer.number(7, fact.toMs);
  writer.number(8, fact.maxUses);
  writer.number(9, fact.uses);
  const { withdrawnBy } = fact;
  if (withdrawnBy !== undefined) writer.message(10, () => writeLocation(withdrawnBy));
  writer.number(11, fact.withdrawnAtMs);
  writer.number(12, fact.grantedAtMs);
  writer.bytes(13, fact.holderKey);
  return writer.take();
}

function writeLocation(location: RecordLocation): void {
  writer.number(1, location.lane);
  writer.number(2, location.sequence);
  writer.number(3, location.position);
}
