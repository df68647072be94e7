import { HansaError } from '@hansa/protocol';
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys';
import type { PrivateKey } from '@libp2p/interface';
import { peerIdFromPrivateKey } from '@libp2p/peer-id';

/** The libp2p identity of an Ed25519 seed of 32 bytes. */
export async function networkIdentity(secret: Uint8Array): Promise<{ privateKey: PrivateKey; peerId: string }> {
  if (secret.length !== 32) {
    throw new HansaError(
      'NETWORK_KEY_INVALID',
      'The network key must be 32 bytes. Restore the key file or make a new one with `hansa init`.',
    );
  }
  const privateKey = await generateKeyPairFromSeed('Ed25519', secret);
  return { privateKey, peerId: peerIdFromPrivateKey(privateKey).toString() };
}

/** The peer id (base58) that a genesis file names for the holder of this seed. */
export async function peerIdOf(secret: Uint8Array): Promise<string> {
  return (await networkIdentity(secret)).peerId;
}
