import { fromRecordRef } from '../../records/index.ts';
import type { Family } from '../family.ts';
import { applyAccess } from './apply.ts';
import { ACCESS_FAMILY, type AccessBody } from './body.ts';
import { checkAccess } from './check.ts';
import { accessBatchFactKey, erasureFactKey, readAccessBatchFact } from './fact.ts';

export * from './body.ts';
export * from './fact.ts';

/** Family 4: who read what is committed to here, and who holds it no more. */
export const access: Family<AccessBody> = {
  number: ACCESS_FAMILY,
  name: 'access',
  types: { 1: 'batch', 2: 'erased' },
  query: { key: (domains, name) => domains.digest('fact/access', name), read: readAccessBatchFact },
  check: checkAccess,
  apply: applyAccess,
  concerns: (body, { domains, lane }) => {
    if (body.$typeName === 'hansa.v1.AccessBatch') return [accessBatchFactKey(domains, lane)];
    const record = fromRecordRef(body.record);
    return record === undefined ? [] : [erasureFactKey(domains, lane, record)];
  },
};
