import { join } from 'node:path';
import { concatBytes, equalBytes, HansaError, limits, u32be } from '@hansa/protocol';
import type { Genesis } from '@hansa/protocol/genesis';
import type { Store } from '@hansa/protocol/replica';
import type { LedgerMember } from '../api/ports.ts';
import type { Config } from '../config/index.ts';
import { nativeCrypto, rememberingSignatures } from '../crypto/index.ts';
import { readSmallFile } from '../files.ts';
import { type CityKeys, readCityKeys, readNetworkKey } from '../keys/index.ts';
import type { Log } from '../log.ts';
import { createNetwork } from '../network/index.ts';
import { checkedGenesisOf, parseGenesisOnce } from '../setup/checked-genesis.ts';
import { checkMembership, checkObserver, hasNewKeys } from '../setup/membership.ts';
import { openStore } from '../store/index.ts';
import { City, type CityOptions } from './city.ts';
import { hostKeys } from './tallies.ts';
import type { LoopFailure } from './turn-loop.ts';

/** An opened city with what its other parts (registry, API) need of its directory. */
export interface OpenedCity {
  readonly city: City;
  readonly genesisFile: Uint8Array;
  readonly keys: CityKeys;
}

/** The public store's place in the data directory. */
export const STORE_DIRECTORY = 'store';

/**
 * Opens the city of a directory: keys, genesis and store are checked against each other before anything is sent.
 *
 * Errors: those of keys, genesis and store, `NOT_JOINED_YET`, `STORE_OF_ANOTHER_CITY`.
 */
export async function openCity(
  config: Config,
  log: Log,
  onFailure: (failure: LoopFailure) => void,
): Promise<OpenedCity> {
  const keys = await readCityKeys(config.keysDirectory);
  const { genesis, genesisFile } = await readGenesis(config);
  const newKeys = await hasNewKeys(config);
  const self = await checkMembership(genesis, config.city, keys, newKeys);
  const city = await open({ config, log, onFailure, genesis, self, keys, networkSecret: keys.network, newKeys });
  return { city, genesisFile, keys };
}

/** An opened observer with the genesis file of its directory. */
export interface OpenedObserver {
  readonly observer: City<LedgerObserver>;
  readonly genesisFile: Uint8Array;
}

/** Who reads the ledger and says nothing. */
export type LedgerObserver = LedgerMember & { readonly index: undefined };

/** Opens the observer of a directory. Errors: as for `openCity`. */
export async function openObserver(
  config: Config,
  log: Log,
  onFailure: (failure: LoopFailure) => void,
): Promise<OpenedObserver> {
  const networkSecret = await readNetworkKey(config.keysDirectory);
  const { genesis, genesisFile } = await readGenesis(config);
  const { name, displayName } = await checkObserver(genesis, config.city, networkSecret);
  const self = { name, displayName, index: undefined };
  const observer = await open({ config, log, onFailure, genesis, self, keys: undefined, networkSecret });
  return { observer, genesisFile };
}

/** Where a city's index stands in the identity of a store: of no city. */
const OBSERVER_INDEX = 0xffff_ffff;

async function open<Self extends LedgerMember>(parts: {
  readonly config: Config;
  readonly log: Log;
  readonly onFailure: (failure: LoopFailure) => void;
  readonly genesis: Genesis;
  readonly self: Self;
  readonly keys: CityOptions<Self>['keys'];
  readonly networkSecret: Uint8Array;
  readonly newKeys?: boolean;
}): Promise<City<Self>> {
  const { config, log, onFailure, genesis, self, keys, networkSecret } = parts;
  checkPeers(config, genesis);
  const store = await openStore(join(config.dataDirectory, STORE_DIRECTORY));
  try {
    await claimStore(store, genesis, self.index ?? OBSERVER_INDEX);
    const { door, core } = rememberingSignatures(nativeCrypto);
    return await City.open({
      genesis,
      self,
      keys,
      crypto: door,
      coreCrypto: core,
      store,
      createNetwork: (handlers) =>
        createNetwork({
          genesis,
          self: self.name,
          networkSecret,
          newKeys: parts.newKeys === true,
          listen: config.network.listen,
          peers: config.network.peers,
          handlers,
          log: log.child({ part: 'network' }),
        }),
      log,
      onFailure,
    });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function readGenesis(config: Config): Promise<{ readonly genesis: Genesis; readonly genesisFile: Uint8Array }> {
  const genesisFile = await readGenesisFile(config);
  return { genesisFile, genesis: await parseGenesisOnce(genesisFile, checkedGenesisOf(config.dataDirectory)) };
}

async function readGenesisFile(config: Config): Promise<Uint8Array> {
  try {
    return await readSmallFile(config.genesisFile, limits.genesisBytesMax);
  } catch (error) {
    if (!(error instanceof HansaError) || error.code !== 'FILE_MISSING') throw error;
    throw new HansaError(
      'NOT_JOINED_YET',
      `The city has no ${config.genesisFile}. Run: hansa join --dir ${config.directory} --genesis FILE`,
    );
  }
}

function checkPeers(config: Config, genesis: Genesis): void {
  const names = new Set([...genesis.authorities, ...genesis.observers].map(({ name }) => name));
  const unknown = Object.keys(config.network.peers).filter((name) => !names.has(name));
  if (unknown.length === 0) return;
  throw new HansaError(
    'CONFIG_INVALID',
    `config.yaml: network.peers names ${unknown.join(', ')}, which the genesis file does not know. Correct the names.`,
  );
}

/** A store belongs to one city of one federation, for good. Error: `STORE_OF_ANOTHER_CITY`. */
async function claimStore(store: Store, genesis: Genesis, self: number): Promise<void> {
  const identity = concatBytes(genesis.federationId, u32be(self));
  const found = await store.get(hostKeys.identity);
  if (found === undefined) {
    await store.commit([{ key: hostKeys.identity, value: identity }], true);
  } else if (!equalBytes(found, identity)) {
    throw new HansaError(
      'STORE_OF_ANOTHER_CITY',
      'The data directory belongs to another city or federation. Correct dataDirectory in config.yaml (or HANSA_DATA_DIR).',
    );
  }
}
