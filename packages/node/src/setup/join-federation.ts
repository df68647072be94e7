import { equalBytes, HansaError, limits, toHex, unwrap } from '@hansa/protocol';
import type { Genesis } from '@hansa/protocol/genesis';
import { genesisFileOf, isFederationFile, readFederation } from '@hansa/protocol/receipt';
import { type Config, loadConfig } from '../config/index.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { readSmallFile, writeFileAtomically } from '../files.ts';
import { readCityKeys, readNetworkKey } from '../keys/index.ts';
import { checkedGenesisOf, parseGenesisOnce } from './checked-genesis.ts';
import { knownFederationFile } from './known-federation.ts';
import { checkMembership, checkObserver, isNewcomer, newKeysFile, newKeysNote } from './membership.ts';

export interface JoinOptions {
  readonly directory: string;
  readonly genesisFile: string;
  /** C12: the federation gives the city these keys by agreement: it has others in the genesis file, or is not named there. */
  readonly newKeys?: boolean;
}

export interface Joined extends Record<string, unknown> {
  readonly city: string;
  /** From 0; null of an observer, which has no lane, and of a city that has no seat yet. */
  readonly index: number | null;
  /** C12: the federation is to add it. */
  readonly newcomer: boolean;
  readonly cities: number;
  readonly federation: string;
  readonly federationId: string;
}

/**
 * Installs the genesis file in a city's directory; a federation file beside it, so that the city finds the others where they are now
 * (C12). Doing it twice, or with a newer federation file, is fine.
 *
 * Errors: `GENESIS_*`, FEDERATION_FILE_MALFORMED, RECEIPT_BAD_SEAL, `NOT_A_MEMBER`, `KEYS_DO_NOT_MATCH`, `ALREADY_JOINED`; nothing is changed then.
 */
export async function joinFederation(options: JoinOptions): Promise<Joined> {
  const config = await loadConfig(options.directory);
  const given = await readSmallFile(options.genesisFile, limits.federationBytesMax);
  const bytes = unwrap(genesisFileOf(given));
  const genesis = await parseGenesisOnce(bytes, checkedGenesisOf(config.dataDirectory));
  const newKeys = options.newKeys === true;
  const newcomer = newKeys && !config.observer && isNewcomer(genesis, config.city);
  const index = config.observer ? await observerIn(genesis, config) : await authorityIn(genesis, config, newKeys);
  await refuseOther(config.genesisFile, bytes);
  if (newKeys) await writeFileAtomically(newKeysFile(config), newKeysNote, 0o644);
  if (isFederationFile(given)) {
    unwrap(readFederation(nativeCrypto, given));
    await writeFileAtomically(knownFederationFile(config), given, 0o644);
  }
  await writeFileAtomically(config.genesisFile, bytes, 0o644);
  return {
    city: config.city,
    ...{ index, newcomer },
    cities: genesis.authorities.length,
    federation: genesis.name,
    federationId: toHex(genesis.federationId),
  };
}

async function authorityIn(genesis: Genesis, config: Config, newKeys: boolean): Promise<number | null> {
  const keys = await readCityKeys(config.keysDirectory);
  if (newKeys && isNewcomer(genesis, config.city)) return null;
  return (await checkMembership(genesis, config.city, keys, newKeys)).index;
}

async function observerIn(genesis: Genesis, config: Config): Promise<null> {
  await checkObserver(genesis, config.city, await readNetworkKey(config.keysDirectory));
  return null;
}

async function refuseOther(path: string, bytes: Uint8Array): Promise<void> {
  const old = await readSmallFile(path, limits.genesisBytesMax).catch((error: unknown) => {
    if (error instanceof HansaError && error.code === 'FILE_MISSING') return undefined;
    throw error;
  });
  if (old !== undefined && !equalBytes(old, bytes)) {
    throw new HansaError(
      'ALREADY_JOINED',
      `This city has joined another federation: ${path} differs from the file given. A city belongs to one; make another city with \`hansa init\`.`,
    );
  }
}
