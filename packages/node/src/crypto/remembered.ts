import { type Crypto, type Hasher, P256_KEY_BYTES, type SignatureScheme } from '@hansa/protocol/crypto';

/** Signatures of one generation: more than a lane may run ahead with, at about 100 bytes each. */
const GENERATION_MAX = 32_768;

/**
 * The same cryptography, which verifies no Ed25519 or P-256 signature twice in a row of many: an actor's signature is looked at
 * when its record is submitted and again when the agreed order executes it, and costs more than everything else about
 * the record. Only what was found good is remembered, under the digest of signature, key and message together, so that
 * no other bytes can pass for it; a bad signature is verified each time.
 */
export function rememberingSignatures(crypto: Crypto, generationMax: number = GENERATION_MAX): Crypto {
  return {
    ...crypto,
    ed25519: remembering(crypto, crypto.ed25519, 32, generationMax),
    p256: remembering(crypto, crypto.p256, P256_KEY_BYTES, generationMax),
  };
}

function remembering(
  hasher: Hasher,
  scheme: SignatureScheme,
  keyBytes: number,
  generationMax: number,
): SignatureScheme {
  let newer = new Set<string>();
  let older = new Set<string>();
  const verify: SignatureScheme['verify'] = (signature, message, publicKey) => {
    // Of other lengths nothing is good, and the three would not be told apart where they meet.
    if (signature.length !== 64 || publicKey.length !== keyBytes) return false;
    const name = nameOf(hasher, signature, publicKey, message);
    if (newer.has(name) || older.has(name)) return true;
    if (!scheme.verify(signature, message, publicKey)) return false;
    newer.add(name);
    if (newer.size >= generationMax) {
      older = newer;
      newer = new Set();
    }
    return true;
  };
  return { ...scheme, verify };
}

function nameOf({ sha256 }: Hasher, signature: Uint8Array, publicKey: Uint8Array, message: Uint8Array): string {
  const bytes = new Uint8Array(64 + publicKey.length + message.length);
  bytes.set(signature);
  bytes.set(publicKey, 64);
  bytes.set(message, 64 + publicKey.length);
  const digest = sha256(bytes);
  return Buffer.from(digest.buffer, digest.byteOffset, digest.length).toString('latin1');
}
