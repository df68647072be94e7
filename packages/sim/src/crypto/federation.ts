import { unwrap } from '@hansa/protocol';
import { type Crypto, Domains } from '@hansa/protocol/crypto';
import {
  type Authority,
  defaultPolicy,
  defaultUtcOffsetMinutes,
  encodeGenesis,
  type Parameters,
  parseGenesis,
  type VoteSchemeName,
} from '@hansa/protocol/genesis';
import { createRandom } from '../kernel/seeded-random.ts';
import type { Federation, Keys } from '../world/contract.ts';

export interface FederationOptions {
  readonly crypto: Crypto;
  readonly seed: number;
  /** Names of the authorities, in order; unique. */
  readonly cities: readonly { readonly name: string; readonly displayName: string }[];
  readonly observers: readonly { readonly name: string; readonly displayName: string }[];
  readonly parameters: Parameters;
  readonly voteScheme: VoteSchemeName;
  readonly createdAtMs: number;
}

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Keys that follow from the seed, and the genesis made and checked by the protocol's own code. */
export function createFederation(options: FederationOptions): Federation {
  const { crypto, seed, cities, observers, parameters, voteScheme, createdAtMs } = options;
  const secretOf = (purpose: string, index: number) => secretFor(seed, purpose, index);
  const secrets = cities.map((_, index) => ({
    laneSecret: secretOf('lane key', index),
    voteSecret: secretOf('vote key', index),
  }));
  const genesisBytes = encodeGenesis({
    name: `simulation ${seed}`,
    testFederation: true,
    createdAtMs,
    utcOffsetMinutes: defaultUtcOffsetMinutes,
    parameters,
    policy: defaultPolicy,
    voteScheme,
    authorities: cities.map(({ name, displayName }, index) => {
      const { laneSecret, voteSecret } = secrets[index] as (typeof secrets)[number];
      return {
        name,
        displayName,
        laneKey: crypto.ed25519.publicKey(laneSecret),
        voteKey: crypto.bls.publicKey(voteSecret),
        voteKeyProof: crypto.bls.provePossession(voteSecret),
        exchangeKey: crypto.x25519.publicKey(secretOf('exchange key', index)),
        credentialKey: crypto.ed25519.publicKey(secretOf('credential key', index)),
        peerId: peerIdOf(seed, 'authority', index),
        addresses: [],
      };
    }),
    observers: observers.map(({ name, displayName }, index) => ({
      name,
      displayName,
      peerId: peerIdOf(seed, 'observer', index),
    })),
  });
  const genesis = unwrap(parseGenesis(crypto, genesisBytes));
  return { genesis, genesisBytes, domains: new Domains(crypto, genesis.federationId), crypto, secrets };
}

/** C12: an authority with keys of its own for each `generation` from 1 on; 0 are those of the genesis file. */
export function freshMember(
  { crypto, seed }: Pick<FederationOptions, 'crypto' | 'seed'>,
  { index, name, displayName }: Pick<Authority, 'index' | 'name' | 'displayName'>,
  generation: number,
): { readonly member: Omit<Authority, 'index' | 'standing'>; readonly secrets: Keys } {
  const secretOf = (purpose: string) => secretFor(seed, `${purpose} ${generation}`, index);
  const [laneSecret, voteSecret] = [secretOf('lane key'), secretOf('vote key')];
  const member = {
    name,
    displayName,
    laneKey: crypto.ed25519.publicKey(laneSecret),
    voteKey: crypto.bls.publicKey(voteSecret),
    voteKeyProof: crypto.bls.provePossession(voteSecret),
    exchangeKey: crypto.x25519.publicKey(secretOf('exchange key')),
    credentialKey: crypto.ed25519.publicKey(secretOf('credential key')),
    peerId: peerIdOf(seed, `authority ${generation}`, index),
    addresses: [],
  };
  return { member, secrets: { laneSecret, voteSecret } };
}

function secretFor(seed: number, purpose: string, index: number): Uint8Array {
  const secret = createRandom(seed, purpose, index).bytes(32);
  // Below the order of the BLS group.
  secret[0] = (secret[0] as number) & 0x3f;
  return secret;
}

/** Text of the right alphabet and length; the simulated network knows its members anyway. */
function peerIdOf(seed: number, purpose: string, index: number): string {
  const random = createRandom(seed, `${purpose} peer id`, index);
  return `12D3KooW${Array.from({ length: 44 }, () => random.pick([...base58])).join('')}`;
}
