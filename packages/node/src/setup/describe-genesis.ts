import { limits, toHex } from '@hansa/protocol';
import { faultsTolerated, policyDigest } from '@hansa/protocol/genesis';
import { nativeCrypto } from '../crypto/index.ts';
import { readSmallFile } from '../files.ts';
import { checkedGenesisOfUser, parseGenesisOnce } from './checked-genesis.ts';

export interface GenesisDescription {
  readonly name: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly federationId: string;
  readonly policyDigest: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly testFederation: boolean;
  readonly voteScheme: string;
  readonly faultsTolerated: number;
  /** In the order of the lanes. */
  readonly cities: readonly {
    readonly name: string;
    readonly displayName: string;
    readonly peerId: string;
    readonly addresses: readonly string[];
  }[];
  readonly observers: readonly { readonly name: string; readonly displayName: string; readonly peerId: string }[];
}

/** What a genesis file says, checked as every city checks it. Errors: `FILE_MISSING`, `GENESIS_*`. */
export async function describeGenesis(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<GenesisDescription> {
  const bytes = await readSmallFile(file, limits.genesisBytesMax);
  const genesis = await parseGenesisOnce(bytes, checkedGenesisOfUser(environment, bytes));
  const { name, testFederation, voteScheme, authorities } = genesis;
  return {
    name,
    federationId: toHex(genesis.federationId),
    policyDigest: toHex(policyDigest(nativeCrypto, genesis.policy)),
    createdAt: new Date(genesis.createdAtMs).toISOString(),
    testFederation,
    voteScheme,
    faultsTolerated: faultsTolerated(authorities.length),
    cities: authorities.map(({ name: city, displayName, peerId, addresses }) => {
      return { name: city, displayName, peerId, addresses };
    }),
    observers: genesis.observers.map(({ name: observer, displayName, peerId }) => {
      return { name: observer, displayName, peerId };
    }),
  };
}
