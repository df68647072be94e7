import { u32be, utf8 } from '../src/bytes.ts';
import { type Crypto, Domains } from '../src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import {
  defaultParameters,
  defaultPolicy,
  defaultUtcOffsetMinutes,
  encodeGenesis,
  type Genesis,
  type GenesisDraft,
  type Policy,
  parseGenesis,
  type VoteSchemeName,
} from '../src/genesis/index.ts';

/** A federation whose secrets follow from its name, for tests. */
export interface TestFederation {
  readonly crypto: Crypto;
  readonly draft: GenesisDraft;
  readonly bytes: Uint8Array;
  readonly genesis: Genesis;
  readonly domains: Domains;
  /** Ed25519 seeds, BLS, X25519 and again Ed25519 secrets by authority index. */
  readonly laneSecrets: readonly Uint8Array[];
  readonly voteSecrets: readonly Uint8Array[];
  readonly exchangeSecrets: readonly Uint8Array[];
  readonly credentialSecrets: readonly Uint8Array[];
}

const CITY_NAMES = ['haikou', 'sanya', 'danzhou', 'qionghai'];

export function testFederation(
  crypto: Crypto,
  cities: number,
  name = 'test federation',
  voteScheme?: VoteSchemeName,
  policy: Partial<Policy> = {},
): TestFederation {
  const secret = (purpose: string, index: number) => testSecret(crypto, name, purpose, index);
  const indices = Array.from({ length: cities }, (_, index) => index);
  const laneSecrets = indices.map((index) => secret('lane', index));
  const voteSecrets = indices.map((index) => secret('vote', index));
  const exchangeSecrets = indices.map((index) => secret('exchange', index));
  const credentialSecrets = indices.map((index) => secret('credential', index));
  const draft: GenesisDraft = {
    name,
    testFederation: true,
    createdAtMs: Date.UTC(2026, 10, 1),
    utcOffsetMinutes: defaultUtcOffsetMinutes,
    parameters: defaultParameters,
    policy: { ...defaultPolicy, ...policy },
    ...(voteScheme === undefined ? {} : { voteScheme }),
    authorities: indices.map((index) => ({
      name: CITY_NAMES[index] ?? `city-${index}`,
      displayName: `测试城市 ${index}`,
      laneKey: crypto.ed25519.publicKey(laneSecrets[index] as Uint8Array),
      voteKey: crypto.bls.publicKey(voteSecrets[index] as Uint8Array),
      voteKeyProof: crypto.bls.provePossession(voteSecrets[index] as Uint8Array),
      exchangeKey: crypto.x25519.publicKey(exchangeSecrets[index] as Uint8Array),
      credentialKey: crypto.ed25519.publicKey(credentialSecrets[index] as Uint8Array),
      peerId: testPeerId(crypto, index),
      addresses: [`/ip4/127.0.0.1/tcp/${7400 + index}`],
    })),
    observers: [],
  };
  const bytes = encodeGenesis(draft);
  const genesis = unwrap(parseGenesis(crypto, bytes));
  const domains = new Domains(crypto, genesis.federationId);
  return {
    ...{ crypto, draft, bytes, genesis, domains },
    ...{ laneSecrets, voteSecrets, exchangeSecrets, credentialSecrets },
  };
}

/** The secret of a city for a purpose (`lane`, `credential`), in the test federation of that name. */
export function testSecret(crypto: Crypto, federation: string, purpose: string, index: number): Uint8Array {
  const bytes = crypto.sha256(utf8(`${federation} ${purpose} ${index}`));
  // Below the order of the BLS group.
  bytes[0] = (bytes[0] as number) & 0x3f;
  return bytes;
}

/** Text of the right alphabet and length; no key stands behind it. */
export function testPeerId(crypto: Crypto, index: number): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  const noise = [...crypto.sha256(u32be(index)), ...crypto.sha256(u32be(index + 1_000_000))];
  return `12D3KooW${noise
    .slice(0, 44)
    .map((byte) => alphabet[byte % alphabet.length])
    .join('')}`;
}
