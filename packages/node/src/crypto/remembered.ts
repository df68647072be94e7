import { type Crypto, P256_KEY_BYTES, type SignatureScheme } from '@hansa/protocol/crypto';

/** Signatures of one generation: what a lane may run ahead with, at about 200 bytes each. */
const GENERATION_MAX = 16_384;

/** Two views of the same cryptography. */
export interface RememberingCrypto {
  /** Remembers the signatures that it finds good: for what is verified when it is submitted. */
  readonly door: Crypto;
  /** Knows what the door remembers: for execution, which meets the records of other cities only once. */
  readonly core: Crypto;
}

/**
 * The same cryptography, which verifies no Ed25519 or P-256 signature twice in a row of many: an actor's signature is looked at
 * when its record is submitted and again when the agreed order executes it, and costs more than everything else about
 * the record. Only what was found good is remembered, by all bytes of signature, key and message, so that no other
 * bytes can pass for it; a bad signature is verified each time.
 */
export function rememberingSignatures(crypto: Crypto, generationMax: number = GENERATION_MAX): RememberingCrypto {
  const ed25519 = remembering(crypto.ed25519, 32, generationMax);
  const p256 = remembering(crypto.p256, P256_KEY_BYTES, generationMax);
  return {
    door: { ...crypto, ed25519: ed25519.door, p256: p256.door },
    core: { ...crypto, ed25519: ed25519.core, p256: p256.core },
  };
}

function remembering(
  scheme: SignatureScheme,
  keyBytes: number,
  generationMax: number,
): { readonly door: SignatureScheme; readonly core: SignatureScheme } {
  let newer = new Set<string>();
  let older = new Set<string>();
  const verify = (isDoor: boolean, ...parts: Parameters<SignatureScheme['verify']>): boolean => {
    const [signature, message, publicKey] = parts;
    // Of other lengths nothing is good, and the three would not be told apart where they meet.
    if (signature.length !== 64 || publicKey.length !== keyBytes) return false;
    const name = nameOf(signature, publicKey, message);
    if (newer.has(name) || older.has(name)) return true;
    if (!scheme.verify(...parts)) return false;
    if (!isDoor) return true;
    newer.add(name);
    if (newer.size >= generationMax) {
      older = newer;
      newer = new Set();
    }
    return true;
  };
  return {
    door: { ...scheme, verify: (...parts) => verify(true, ...parts) },
    core: { ...scheme, verify: (...parts) => verify(false, ...parts) },
  };
}

function nameOf(signature: Uint8Array, publicKey: Uint8Array, message: Uint8Array): string {
  const bytes = Buffer.allocUnsafe(64 + publicKey.length + message.length);
  bytes.set(signature);
  bytes.set(publicKey, 64);
  bytes.set(message, 64 + publicKey.length);
  return bytes.toString('latin1');
}
