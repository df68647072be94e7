export * from './authority-set.ts';
export * from './credential-keys.ts';
export * from './defaults.ts';
export * from './encode.ts';
export * from './parse.ts';
export { basesOfCertificates, crossedMonths, policyDigest } from './policy.ts';
export * from './types.ts';
export * from './vote-scheme.ts';
