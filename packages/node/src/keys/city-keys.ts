import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crypto } from '@hansa/protocol/crypto';
import { syncDirectory } from '../files.ts';
import { KEY_BYTES, readKeyFile, writeKeyFile } from './key-file.ts';

/** One file each, in the city's `keys` directory. */
export const keyFileNames = {
  lane: 'lane.key',
  vote: 'vote.key',
  network: 'network.key',
  city: 'city.key',
  exchange: 'exchange.key',
  credential: 'credential.key',
} as const;

/** The secrets that a city makes for itself; nobody else ever has them. */
export interface CityKeys {
  /** Ed25519 seed: signs entries and proposals. */
  readonly lane: Uint8Array;
  /** BLS12-381 scalar, big endian: signs votes. */
  readonly vote: Uint8Array;
  /** Ed25519 seed: the libp2p identity. */
  readonly network: Uint8Array;
  /** HMAC key: officers' pseudonyms and what else must be the same every time and guessable by nobody. */
  readonly city: Uint8Array;
  /** X25519: opens what other cities seal to this one (P3). */
  readonly exchange: Uint8Array;
  /** Ed25519 seed: signs citizens' credentials, and requests and answers of the exchange (P3, P4). */
  readonly credential: Uint8Array;
}

/** Every secret of a city, in the order in which it is written and read. */
const cityKeyNames = ['lane', 'vote', 'network', 'city', 'exchange', 'credential'] as const;

/** Order of the BLS12-381 groups: a vote key is a scalar from 1 to this minus 1. */
const BLS_ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;

/** Fresh keys from the system's randomness. */
export function generateCityKeys(): CityKeys {
  return {
    lane: randomKey(),
    vote: randomScalar(),
    network: randomKey(),
    city: randomKey(),
    exchange: randomKey(),
    credential: randomKey(),
  };
}

/** Makes the key directory (mode 0700) with all key files, flushed. Never overwrites: `KEY_EXISTS`. */
export async function writeCityKeys(directory: string, keys: CityKeys): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of cityKeyNames) {
    await writeKeyFile(join(directory, keyFileNames[name]), keys[name]);
  }
  await syncDirectory(directory);
}

/** Errors: those of `readKeyFile`. */
export async function readCityKeys(directory: string): Promise<CityKeys> {
  const read = (name: keyof CityKeys) => readKeyFile(join(directory, keyFileNames[name]));
  return {
    lane: await read('lane'),
    vote: await read('vote'),
    network: await read('network'),
    city: await read('city'),
    exchange: await read('exchange'),
    credential: await read('credential'),
  };
}

/** An observer's only key: the libp2p identity, in the same file as a city's. Never overwrites: `KEY_EXISTS`. */
export async function writeNetworkKey(directory: string): Promise<Uint8Array> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const key = randomKey();
  await writeKeyFile(join(directory, keyFileNames.network), key);
  await syncDirectory(directory);
  return key;
}

/** Errors: those of `readKeyFile`. */
export function readNetworkKey(directory: string): Promise<Uint8Array> {
  return readKeyFile(join(directory, keyFileNames.network));
}

/** Public halves of the keys. */
export interface PublicKeys {
  readonly laneKey: Uint8Array;
  readonly voteKey: Uint8Array;
  readonly voteKeyProof: Uint8Array;
  readonly exchangeKey: Uint8Array;
  readonly credentialKey: Uint8Array;
  readonly peerId: string;
}

export async function publicKeys(crypto: Crypto, keys: CityKeys): Promise<PublicKeys> {
  // Imported when needed: libp2p takes longer to load than most commands run.
  const { peerIdOf } = await import('../network/identity.ts');
  return {
    laneKey: crypto.ed25519.publicKey(keys.lane),
    voteKey: crypto.bls.publicKey(keys.vote),
    voteKeyProof: crypto.bls.provePossession(keys.vote),
    exchangeKey: crypto.x25519.publicKey(keys.exchange),
    credentialKey: crypto.ed25519.publicKey(keys.credential),
    peerId: await peerIdOf(keys.network),
  };
}

function randomKey(): Uint8Array {
  return new Uint8Array(randomBytes(KEY_BYTES));
}

/** Uniform: what is no scalar is thrown away (RFC 9380 names the bias of reducing 32 bytes). */
function randomScalar(): Uint8Array {
  for (;;) {
    const bytes = randomBytes(KEY_BYTES);
    const value = BigInt(`0x${bytes.toString('hex')}`);
    if (value > 0n && value < BLS_ORDER) return new Uint8Array(bytes);
  }
}
