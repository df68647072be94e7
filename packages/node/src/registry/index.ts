export type { CertificateDocument, CertificateDraft, CertificateRequest } from './certificates.ts';
export { type Decision, type DocumentInfo, documentTypes } from './document-types.ts';
export {
  decodeDocument,
  documentBytesMax,
  documentName,
  type ListingDocument,
} from './documents.ts';
export type { ListingPayload } from './listings.ts';
export * from './open.ts';
export * from './registry.ts';
export * from './types.ts';
