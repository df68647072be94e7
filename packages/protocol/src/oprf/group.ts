/**
 * What the OPRF needs of ristretto255 (RFC 9496). Elements are their 32 canonical bytes, so that implementations need
 * share no objects: `portableGroup` (any JavaScript), and WebAssembly in `@hansa/node/crypto`, ten times faster.
 */
export interface Group {
  /** The one-way map of RFC 9496, section 4.3.4: 64 uniform bytes to an element. */
  fromUniform(uniform: Uint8Array): Uint8Array;
  /** False for the identity, and for bytes that are no canonical encoding; never throws. */
  isElement(bytes: Uint8Array): boolean;
  /**
   * The sum of scalar times element over all pairs; as many scalars (32 bytes each) as elements. Undefined when an
   * element is malformed or the identity, or when the sum is the identity: nothing honest meets it.
   */
  combine(elements: readonly Uint8Array[], scalars: readonly Uint8Array[]): Uint8Array | undefined;
  /** Scalar times the generator; undefined for zero. */
  multiplyBase(scalar: Uint8Array): Uint8Array | undefined;
}
