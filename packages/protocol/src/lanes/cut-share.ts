import { limits } from '../limits.ts';
import type { VerifiedEntry } from './header.ts';

/** What a lane adds to a cut. */
export interface CutShare {
  readonly bytes: number;
  readonly records: number;
  /** Of actors. */
  readonly signatures: number;
}

/** C3: whether a cut may add so much, so that a block executes in well below a second. */
export function fitsCut({ bytes, records, signatures }: CutShare): boolean {
  return (
    bytes <= limits.cutBytesMax && records <= limits.cutRecordsMax && signatures <= limits.cutSignaturesMax // guard: C3 what a cut costs is capped
  );
}

export function addShare(a: CutShare, b: CutShare): CutShare {
  return { bytes: a.bytes + b.bytes, records: a.records + b.records, signatures: a.signatures + b.signatures };
}

export function shareOf({ header, signatures }: VerifiedEntry): CutShare {
  return { bytes: header.byteLength, records: header.recordCount, signatures };
}

export const NO_SHARE: CutShare = { bytes: 0, records: 0, signatures: 0 };

/** R3: what one entry may hold. */
export function fitsEntry(records: readonly Uint8Array[], byteLength: number): boolean {
  if (records.length === 0 || records.length > limits.entryRecordsMax || byteLength > limits.entryBytesMax)
    return false;
  return records.every((record) => record.length > 0 && record.length <= limits.recordBytesMax);
}
