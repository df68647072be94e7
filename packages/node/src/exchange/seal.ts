import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

/** What is sealed to one city's exchange key. */
export interface SealedBox {
  /** 32 bytes: the sender's ephemeral public key. */
  readonly encapsulatedKey: Uint8Array;
  /** 16 bytes longer than what was sealed. */
  readonly ciphertext: Uint8Array;
}

/** HPKE (RFC 9180) in base mode: X25519 with HKDF-SHA256, ChaCha20-Poly1305. */
export const sealSuite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});

/** `info` names what it is sealed for: it opens with the same only. */
export async function seal(publicKey: Uint8Array, info: Uint8Array, plain: Uint8Array): Promise<SealedBox> {
  const recipientPublicKey = await sealSuite.kem.deserializePublicKey(bufferOf(publicKey));
  const { enc, ct } = await sealSuite.seal({ recipientPublicKey, info: bufferOf(info) }, bufferOf(plain));
  return { encapsulatedKey: new Uint8Array(enc), ciphertext: new Uint8Array(ct) };
}

/** Undefined when it was not sealed to this key for this purpose, or was changed on its way. */
export async function openSealed(
  secretKey: Uint8Array,
  info: Uint8Array,
  box: SealedBox,
): Promise<Uint8Array | undefined> {
  try {
    const recipientKey = await sealSuite.kem.importKey('raw', bufferOf(secretKey), false);
    const recipient = { recipientKey, enc: bufferOf(box.encapsulatedKey), info: bufferOf(info) };
    return new Uint8Array(await sealSuite.open(recipient, bufferOf(box.ciphertext)));
  } catch {
    return undefined;
  }
}

/** A copy of its own: views of larger arrays must not be handed over whole. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
