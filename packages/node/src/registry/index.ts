export type { CertificateDocument, CertificateDraft, CertificateRequest } from './certificates.ts';
export {
  type DocumentInfo,
  decodeDocument,
  documentBytesMax,
  documentName,
  type ListingDocument,
} from './documents.ts';
export type { Decision, ListingPayload } from './listings.ts';
export * from './open.ts';
export * from './registry.ts';
export * from './types.ts';
