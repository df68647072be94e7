import type { Family } from '../family.ts';
import { applyBlacklist } from './apply.ts';
import { BLACKLIST_FAMILY, type BlacklistBody } from './body.ts';
import { checkBlacklist } from './check.ts';
import { blacklistFactKey, readBlacklistFact } from './fact.ts';

export * from './body.ts';
export * from './fact.ts';

/** Family 1: who may not draw on the fund or borrow from it, since when, until when, by whose decision. */
export const blacklist: Family<BlacklistBody> = {
  number: BLACKLIST_FAMILY,
  name: 'blacklist',
  types: { 1: 'list', 2: 'amend', 3: 'dispute', 4: 'lift' },
  query: { key: blacklistFactKey, read: readBlacklistFact },
  check: checkBlacklist,
  apply: applyBlacklist,
  concerns: ({ subjectTag }, { domains }) => [blacklistFactKey(domains, subjectTag)],
};
