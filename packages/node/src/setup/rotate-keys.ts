import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HansaError, limits } from '@hansa/protocol';
import type { Authority, Genesis } from '@hansa/protocol/genesis';
import { STORE_DIRECTORY, seatOf } from '../city/seat.ts';
import { type Config, loadConfig } from '../config/index.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { readSmallFile, syncDirectory, writeFileAtomically } from '../files.ts';
import {
  encodeMemberCard,
  generateCityKeys,
  memberCardName,
  publicKeys,
  readCityKeys,
  readMemberCard,
  writeCityKeys,
} from '../keys/index.ts';
import { openStore } from '../store/index.ts';
import { checkedGenesisOf, parseGenesisOnce } from './checked-genesis.ts';
import { newKeysFile, newKeysNote } from './membership.ts';

/** Where a city's next keys wait for the epoch that has them (C12). */
export function nextKeysDirectory({ keysDirectory }: Pick<Config, 'keysDirectory'>): string {
  return `${keysDirectory}-next`;
}

/**
 * Makes new keys beside the present ones, with their member card; whole or not at all. `city.key` and `exchange.key` stay: the
 * registry opens with the one, and what was sealed to the city with the other.
 *
 * Errors: `KEYS_PREPARED`, `MEMBER_CARD_MISSING`, and those of keys, config and genesis.
 */
export async function prepareRotation(directory: string): Promise<{
  readonly city: string;
  readonly keys: string;
  readonly memberCard: string;
  readonly peerId: string;
}> {
  const config = await loadConfig(directory);
  const keysDirectory = nextKeysDirectory(config);
  const memberCard = nextCard(config);
  if (await exists(keysDirectory)) {
    throw new HansaError(
      'KEYS_PREPARED',
      `New keys are in ${keysDirectory} already, with the card ${memberCard}. Propose them; or delete both, when their proposal is withdrawn or was never made.`,
    );
  }
  const { city, exchange } = await readCityKeys(config.keysDirectory);
  const keys = { ...generateCityKeys(), city, exchange };
  const { displayName, addresses } = await presentCard(config);
  const own = await publicKeys(nativeCrypto, keys);
  await writeFileAtomically(memberCard, encodeMemberCard({ name: config.city, displayName, addresses, ...own }), 0o644);
  const parent = dirname(keysDirectory);
  const building = await mkdtemp(join(parent, `.${basename(keysDirectory)}-`));
  try {
    await writeCityKeys(building, keys);
    await rename(building, keysDirectory);
    await syncDirectory(parent);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
  return { city: config.city, keys: keysDirectory, memberCard, peerId: own.peerId };
}

/** The seat that an epoch has for the keys that were prepared; undefined: none were, or they are not decided. */
export async function seatOfNextKeys(config: Config, genesis: Genesis): Promise<Authority | undefined> {
  const directory = nextKeysDirectory(config);
  if (!(await exists(directory))) return undefined;
  return seatOf(genesis, config.city, await publicKeys(nativeCrypto, await readCityKeys(directory)));
}

/**
 * The keys that were prepared are the city's from now on; those of before stay beside them. Safe at any time: until the present
 * set has its keys, a city follows and says nothing (C12).
 */
export async function takeNextKeys(config: Config): Promise<void> {
  await writeFileAtomically(newKeysFile(config), newKeysNote, 0o644);
  let number = 1;
  while (await exists(`${config.keysDirectory}-before-${number}`)) number += 1;
  await rename(config.keysDirectory, `${config.keysDirectory}-before-${number}`);
  await finishTaking(config);
}

/** After a crash in the middle of `takeNextKeys`. */
export async function finishTaking(config: Config): Promise<void> {
  const next = nextKeysDirectory(config);
  if ((await exists(config.keysDirectory)) || !(await exists(next))) return;
  await rename(next, config.keysDirectory);
  await syncDirectory(dirname(config.keysDirectory));
  const card = nextCard(config);
  if (await exists(card)) await rename(card, join(config.directory, memberCardName(config.city)));
}

/** The same by hand, of a city whose daemon does not run. Errors: `KEYS_NOT_PREPARED`, `STORE_LOCKED`. */
export async function takePreparedKeys(directory: string): Promise<{ readonly city: string; readonly keys: string }> {
  const config = await loadConfig(directory);
  if (!(await exists(nextKeysDirectory(config)))) {
    throw new HansaError(
      'KEYS_NOT_PREPARED',
      `There is no ${nextKeysDirectory(config)}: no keys were prepared, or they are the city's already. Prepare some with: hansa keys rotate`,
    );
  }
  await refuseRunning(config);
  await takeNextKeys(config);
  return { city: config.city, keys: config.keysDirectory };
}

/** A daemon that runs has the store open. */
async function refuseRunning({ dataDirectory }: Config): Promise<void> {
  const store = join(dataDirectory, STORE_DIRECTORY);
  if (await exists(store)) await (await openStore(store)).close();
}

function nextCard({ directory, city }: Config): string {
  return join(directory, `${city}.next.member.json`);
}

/** The city's name for people and its addresses: of its card, or of the genesis file. */
async function presentCard(config: Config): Promise<{ displayName: string; addresses: readonly string[] }> {
  const card = join(config.directory, memberCardName(config.city));
  if (await exists(card)) return readMemberCard(card);
  if (await exists(config.genesisFile)) {
    const bytes = await readSmallFile(config.genesisFile, limits.genesisBytesMax);
    const genesis = await parseGenesisOnce(bytes, checkedGenesisOf(config.dataDirectory));
    const seat = genesis.authorities.find(({ name }) => name === config.city);
    if (seat !== undefined) return seat;
  }
  throw new HansaError(
    'MEMBER_CARD_MISSING',
    `There is no ${card}, which has the name and the addresses of the city. Put it back; any other city can show them: hansa membership show.`,
  );
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
