import type { Crypto } from '@hansa/protocol/crypto';
import { createRandom } from '../kernel/seeded-random.ts';
import { daemonCrypto } from '../real/daemon-crypto.ts';
import { simulatedSignatures } from './simulated-signatures.ts';

/**
 * `real`: the daemon's. `cost`: simulated signatures of this run; the daemon's SHA-256, since digests are what they are; and
 * its X25519 and P-256, which cities hardly use.
 */
export function runCrypto(mode: 'cost' | 'real', seed: number): Crypto {
  if (mode === 'real') return daemonCrypto;
  const { sha256, sha256Pairs, sha256Each, sha256Rows, x25519, p256 } = daemonCrypto;
  return {
    sha256,
    sha256Pairs,
    sha256Each,
    sha256Rows,
    x25519,
    p256,
    ...simulatedSignatures(createRandom(seed, 'secret of the run')),
  };
}
