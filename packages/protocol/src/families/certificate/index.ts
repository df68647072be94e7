import type { Family } from '../family.ts';
import { applyCertificate } from './apply.ts';
import { CERTIFICATE_FAMILY, type CertificateBody } from './body.ts';
import { checkCertificate } from './check.ts';
import { certificateFactKey, readCertificateFact } from './fact.ts';

export * from './body.ts';
export { CERTIFICATE_ID_BYTES } from './check.ts';
export * from './fact.ts';
export { certificateSubjectFactKey, readCertificateSubjectFact } from './siblings.ts';

/** Family 2: deposit certificates: who issued one, whether it is still good, and who used it. */
export const certificate: Family<CertificateBody> = {
  number: CERTIFICATE_FAMILY,
  name: 'certificate',
  types: { 1: 'issue', 2: 'supersede', 3: 'revoke', 4: 'use' },
  query: { key: certificateFactKey, read: readCertificateFact },
  check: checkCertificate,
  apply: applyCertificate,
  concerns: ({ certificateId }, { domains }) => [certificateFactKey(domains, certificateId)],
};
