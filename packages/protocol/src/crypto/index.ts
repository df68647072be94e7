export { isFiniteCompressed } from './bls-encoding.ts';
export * from './domains.ts';
export { isStrictPoint, isStrictSignature } from './ed25519-strict.ts';
export { portableCrypto } from './portable.ts';
export { portableBls } from './portable-bls.ts';
export { portableEd25519 } from './portable-ed25519.ts';
export { portableHasher } from './portable-hash.ts';
export { portableX25519 } from './portable-x25519.ts';
export * from './types.ts';
