import type { Family } from '../family.ts';
import { applyOprf, beginEpoch } from './apply.ts';
import { OPRF_FAMILY, type OprfBody } from './body.ts';
import { checkOprf } from './check.ts';
import { oprfFactKey, readOprfFact } from './fact.ts';

export * from './body.ts';
export { CEREMONY_ID_BYTES, standardThreshold, thresholdRange } from './check.ts';
export * from './fact.ts';

/** Family 6: the ceremony that makes the federation's OPRF key, and who holds a share of it (P2). */
export const oprf: Family<OprfBody> = {
  number: OPRF_FAMILY,
  name: 'oprf',
  types: { 1: 'open', 2: 'deal', 3: 'hold', 4: 'settle' },
  query: { key: oprfFactKey, read: readOprfFact },
  check: checkOprf,
  apply: applyOprf,
  beginEpoch,
};
