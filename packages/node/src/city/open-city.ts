import { join } from 'node:path';
import { HansaError, limits } from '@hansa/protocol';
import type { Authority, Genesis } from '@hansa/protocol/genesis';
import type { LedgerMember } from '../api/ports.ts';
import type { Config } from '../config/index.ts';
import { nativeCrypto, rememberingSignatures } from '../crypto/index.ts';
import { readSmallFile } from '../files.ts';
import { type CityKeys, publicKeys, readCityKeys, readNetworkKey } from '../keys/index.ts';
import type { Log } from '../log.ts';
import { createNetwork } from '../network/index.ts';
import { refusal } from '../services/meanings.ts';
import { checkedGenesisOf, parseGenesisOnce } from '../setup/checked-genesis.ts';
import { knownFederation } from '../setup/known-federation.ts';
import { checkMembership, checkObserver, hasNewKeys, isNewcomer } from '../setup/membership.ts';
import { openStore } from '../store/index.ts';
import { City, type CityOptions } from './city.ts';
import { claimStore, NO_SEAT, STORE_DIRECTORY, storedSeat } from './seat.ts';
import type { LoopFailure } from './turn-loop.ts';

/** An opened city with what its other parts (registry, API) need of its directory. */
export interface OpenedCity {
  readonly city: City;
  readonly genesisFile: Uint8Array;
  readonly keys: CityKeys;
}

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
  const self =
    newKeys && isNewcomer(genesis, config.city)
      ? await addedCity(config, genesis, keys)
      : await checkMembership(genesis, config.city, keys, newKeys);
  const city = await open({ config, log, onFailure, genesis, self, keys, networkSecret: keys.network, newKeys });
  return { city, genesisFile, keys };
}

/** C12: a city that was added after the genesis file was made. Its names are those of the present epoch. */
async function addedCity(config: Config, genesis: Genesis, keys: CityKeys): Promise<Authority> {
  const index = await storedSeat(config, genesis);
  if (index === undefined) throw refusal('SEAT_NOT_YET');
  const name = config.city;
  return { index, name, displayName: name, ...(await publicKeys(nativeCrypto, keys)), addresses: [] };
}

/** C12: whether a directory is of a city that the federation is to add, or added while its daemon was away. */
export async function waitsForSeat(config: Config): Promise<boolean> {
  if (config.observer || !(await hasNewKeys(config))) return false;
  const { genesis } = await readGenesis(config);
  return isNewcomer(genesis, config.city) && (await storedSeat(config, genesis)) === undefined;
}

/** Opens a city that has no seat yet: it follows as an observer does, under its own keys (C12). Errors: as for `openCity`. */
export async function openNewcomer(
  config: Config,
  log: Log,
  onFailure: (failure: LoopFailure) => void,
): Promise<OpenedObserver> {
  const { network: networkSecret } = await readCityKeys(config.keysDirectory);
  const { genesis, genesisFile } = await readGenesis(config);
  const self = { name: config.city, displayName: config.city, index: undefined, newcomer: true };
  const parts = { config, log, onFailure, genesis, self, keys: undefined, networkSecret, newKeys: true };
  return { observer: await open(parts), genesisFile };
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
  checkPeers(config, genesis, log);
  const store = await openStore(join(config.dataDirectory, STORE_DIRECTORY));
  try {
    await claimStore(store, genesis, self.index ?? NO_SEAT);
    const known = await knownFederation(config, genesis);
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
          genesis: known,
          self: self.name,
          networkSecret,
          newKeys: parts.newKeys === true || known !== genesis,
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

/** C12: it may be a city of a later epoch, so it is no error. */
function checkPeers(config: Config, genesis: Genesis, log: Log): void {
  const unknown = Object.keys(config.network.peers).filter((name) => isNewcomer(genesis, name));
  if (unknown.length === 0) return;
  log.warn(
    { unknown },
    'network.peers in config.yaml names members that the genesis file does not have: correct the names, unless they were added later',
  );
}
