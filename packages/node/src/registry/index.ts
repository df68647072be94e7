export type { CertificateDocument, CertificateDraft, CertificateRequest } from './certificates.ts';
export type { ListingPayload } from './listings.ts';
export * from './open.ts';
export * from './registry.ts';
export * from './types.ts';
