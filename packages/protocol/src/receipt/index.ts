export * from './context.ts';
export * from './encode.ts';
export * from './explain.ts';
export * from './explain-access.ts';
export * from './explain-consent.ts';
export * from './federation-file.ts';
export type { ProvenRecord } from './record-proof.ts';
export * from './trace.ts';
export * from './verify.ts';
