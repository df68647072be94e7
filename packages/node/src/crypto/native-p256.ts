import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { isStrictP256Key, isStrictP256Signature, portableP256, type SignatureScheme } from '@hansa/protocol/crypto';

/** SubjectPublicKeyInfo of a compressed point on P-256, up to the point (RFC 5480). */
const SPKI_PREFIX = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex');

/** ES256 verified by OpenSSL, by the strict rule that all implementations share. A city seldom signs with P-256: that is noble's. */
export const nativeP256: SignatureScheme = {
  publicKey: portableP256.publicKey,
  sign: portableP256.sign,
  verify: (signature, message, publicKey) => {
    if (!isStrictP256Signature(signature) || !isStrictP256Key(publicKey)) return false; // guard: R1 no twins, one encoding
    const key = keyObject(publicKey);
    return key !== undefined && verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
  },
};

/** Undefined when the point is not on the curve. */
function keyObject(publicKey: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
