import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { encodeMessage } from '../../codec/index.ts';
import {
  type CertificateIssue,
  CertificateIssueSchema,
  type CertificateRevoke,
  CertificateRevokeSchema,
  type CertificateSupersede,
  CertificateSupersedeSchema,
  type CertificateUse,
  CertificateUseSchema,
} from '../../gen/hansa/v1/families_pb.ts';

export const CERTIFICATE_FAMILY = 2;

export const certificateTypes = { issue: 1, supersede: 2, revoke: 3, use: 4 } as const;

export type CertificateBody = CertificateIssue | CertificateSupersede | CertificateRevoke | CertificateUse;

/** Body of `issue`. */
export function encodeCertificateIssue(body: MessageInitShape<typeof CertificateIssueSchema>): Uint8Array {
  return encodeMessage(CertificateIssueSchema, create(CertificateIssueSchema, body));
}

/** Body of `supersede`. */
export function encodeCertificateSupersede(body: MessageInitShape<typeof CertificateSupersedeSchema>): Uint8Array {
  return encodeMessage(CertificateSupersedeSchema, create(CertificateSupersedeSchema, body));
}

/** Body of `revoke`. */
export function encodeCertificateRevoke(body: MessageInitShape<typeof CertificateRevokeSchema>): Uint8Array {
  return encodeMessage(CertificateRevokeSchema, create(CertificateRevokeSchema, body));
}

/** Body of `use`. */
export function encodeCertificateUse(body: MessageInitShape<typeof CertificateUseSchema>): Uint8Array {
  return encodeMessage(CertificateUseSchema, create(CertificateUseSchema, body));
}
