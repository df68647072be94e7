import type { Family } from '../family.ts';
import { applyConsent } from './apply.ts';
import { CONSENT_FAMILY, type ConsentBody } from './body.ts';
import { checkConsent } from './check.ts';
import { consentFactKey, readConsentFact } from './fact.ts';

export * from './body.ts';
export { CONSENT_ID_BYTES } from './check.ts';
export * from './fact.ts';

/** Family 3: whom a certificate's holder lets read it, for what, how long and how often. */
export const consent: Family<ConsentBody> = {
  number: CONSENT_FAMILY,
  name: 'consent',
  types: { 1: 'grant', 2: 'withdraw', 3: 'use' },
  query: { key: consentFactKey, read: readConsentFact },
  check: checkConsent,
  apply: applyConsent,
  concerns: ({ consentId }, { domains }) => [consentFactKey(domains, consentId)],
};
