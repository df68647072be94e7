export * from './evaluate.ts';
export * from './group.ts';
export * from './portable-group.ts';
export { PROOF_BYTES, type Statement, verifyProof } from './proof.ts';
export {
  addScalars,
  decodeScalar,
  ELEMENT_BYTES,
  encodeScalar,
  SCALAR_BYTES,
  type Scalar,
  scalarFromUniform,
  UNIFORM_BYTES,
} from './scalar.ts';
export * from './sharing.ts';
