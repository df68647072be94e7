import { type ErrorCode, refuse } from '../../error-codes.ts';
import { accept, type Result } from '../../errors.ts';
import type { ApplyContext, FactReader } from '../family.ts';
import {
  type CertificateFact,
  type CertificateStatus,
  certificateFactKey,
  certificateStatus,
  readCertificateFact,
} from './fact.ts';

const REFUSAL_OF_STATUS: Readonly<Record<Exclude<CertificateStatus, 'active'>, ErrorCode>> = {
  expired: 'CERTIFICATE_EXPIRED',
  used: 'CERTIFICATE_USED',
  revoked: 'CERTIFICATE_REVOKED',
  superseded: 'CERTIFICATE_SUPERSEDED',
};

/** A certificate that is good on the block's legal day, or why not. */
export function activeCertificate(
  state: FactReader,
  certificateId: Uint8Array,
  context: ApplyContext,
): Result<CertificateFact> {
  const value = state.get(certificateFactKey(context.domains, certificateId));
  if (value === undefined) return refuse('CERTIFICATE_UNKNOWN');
  const fact = readCertificateFact(value);
  const status = certificateStatus(fact, context.today);
  return status === 'active' ? accept(fact) : refuse(REFUSAL_OF_STATUS[status]);
}
