import { type CityKeys, nativeCrypto, publicKeys } from '@hansa/node';
import { concatBytes, u32be, unwrap, utf8 } from '@hansa/protocol';
import { Domains } from '@hansa/protocol/crypto';
import { defaultPolicy, defaultUtcOffsetMinutes, encodeGenesis, parseGenesis } from '@hansa/protocol/genesis';
import type { NamedPlace } from '../places/places.ts';
import type { Settled } from '../scenario/defaults.ts';
import type { Federation } from '../world/contract.ts';

export interface RealFederation extends Federation {
  readonly keys: readonly CityKeys[];
}

/** The federation of a scenario for real daemons: the same parameters as in the simulation, with libp2p identities. */
export async function realFederation(
  settled: Settled,
  seed: number,
  members: readonly NamedPlace[],
  createdAtMs: number,
): Promise<RealFederation> {
  const secret = (purpose: string, city: number) =>
    nativeCrypto.sha256(concatBytes(utf8(`hansa sim real ${purpose}`), u32be(seed >>> 0), u32be(city))).slice();
  const keys = members.map((_, city) => ({
    lane: secret('lane', city),
    // A leading zero byte keeps the scalar below the order of the group.
    vote: secret('vote', city).fill(0, 0, 1),
    network: secret('network', city),
    city: secret('city', city),
    exchange: secret('exchange', city),
    credential: secret('credential', city),
  }));
  const authorities = await Promise.all(
    keys.map(async (own, city) => {
      const { name, displayName } = members[city] as NamedPlace;
      return { name, displayName, addresses: [], ...(await publicKeys(nativeCrypto, own)) };
    }),
  );
  const genesisBytes = encodeGenesis({
    name: 'simulated federation',
    testFederation: true,
    createdAtMs,
    utcOffsetMinutes: defaultUtcOffsetMinutes,
    authorities,
    observers: [],
    voteScheme: settled.voteScheme,
    parameters: settled.parameters,
    policy: defaultPolicy,
  });
  const genesis = unwrap(parseGenesis(nativeCrypto, genesisBytes));
  return {
    genesis,
    genesisBytes,
    domains: new Domains(nativeCrypto, genesis.federationId),
    crypto: nativeCrypto,
    secrets: keys.map(({ lane, vote }) => ({ laneSecret: lane, voteSecret: vote })),
    keys,
  };
}
