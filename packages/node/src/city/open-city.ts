import { join } from 'node:path';
import { concatBytes, equalBytes, HansaError, limits, u32be } from '@hansa/protocol';
import type { Genesis } from '@hansa/protocol/genesis';
import type { Store } from '@hansa/protocol/replica';
import type { Config } from '../config/index.ts';
import { nativeCrypto, rememberingSignatures } from '../crypto/index.ts';
import { readSmallFile } from '../files.ts';
import { type CityKeys, readCityKeys } from '../keys/index.ts';
import type { Log } from '../log.ts';
import { createNetwork } from '../network/index.ts';
import { checkedGenesisOf, parseGenesisOnce } from '../setup/checked-genesis.ts';
import { checkMembership } from '../setup/membership.ts';
import { openStore } from '../store/index.ts';
import { City } from './city.ts';
import { hostKeys } from './tallies.ts';
import type { LoopFailure } from './turn-loop.ts';

/** An opened city with what its other parts (registry, API) need of its directory. */
export interface OpenedCity {
  readonly city: City;
  readonly genesis: Genesis;
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
  const genesisFile = await readGenesis(config);
  const genesis = await parseGenesisOnce(genesisFile, checkedGenesisOf(config.dataDirectory));
  const self = await checkMembership(genesis, config.city, keys);
  checkPeers(config, genesis);
  const store = await openStore(join(config.dataDirectory, STORE_DIRECTORY));
  try {
    await claimStore(store, genesis, self.index);
    const { door, core } = rememberingSignatures(nativeCrypto);
    const city = await City.open({
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
          networkSecret: keys.network,
          listen: config.network.listen,
          peers: config.network.peers,
          handlers,
          log: log.child({ part: 'network' }),
        }),
      log,
      onFailure,
    });
    return { city, genesis, genesisFile, keys };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function readGenesis(config: Config): Promise<Uint8Array> {
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
