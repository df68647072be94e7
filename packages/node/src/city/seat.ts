import { join } from 'node:path';
import { concatBytes, equalBytes, HansaError, u32be } from '@hansa/protocol';
import type { Authority, AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import type { Store } from '@hansa/protocol/replica';
import type { Config } from '../config/index.ts';
import type { PublicKeys } from '../keys/index.ts';
import { openStore } from '../store/index.ts';
import { hostKeys } from './tallies.ts';

/** The public store's place in the data directory. */
export const STORE_DIRECTORY = 'store';

/** Where a city's index stands in the identity of a store: of an observer, or of a city that has no seat yet. */
export const NO_SEAT = 0xffff_ffff;

/** A store belongs to one city of one federation, for good. Error: `STORE_OF_ANOTHER_CITY`. */
export async function claimStore(store: Store, genesis: Genesis, self: number): Promise<void> {
  const identity = identityOf(genesis, self);
  const found = await store.get(hostKeys.identity);
  if (found === undefined) {
    await store.commit([{ key: hostKeys.identity, value: identity }], true);
  } else if (!equalBytes(found, identity)) {
    throw storeOfAnother();
  }
}

/** C12: the seat that a city without one in the genesis file once took; undefined: none so far. */
export async function storedSeat(config: Config, genesis: Genesis): Promise<AuthorityIndex | undefined> {
  const found = await withStore(config, (store) => store.get(hostKeys.identity));
  if (found === undefined || equalBytes(found, identityOf(genesis, NO_SEAT))) return undefined;
  const index = new DataView(found.buffer, found.byteOffset, found.length).getUint32(found.length - 4);
  if (!equalBytes(found, identityOf(genesis, index))) throw storeOfAnother();
  return index;
}

/** C12: the store that a city followed with is from now on that of its seat. Error: `STORE_OF_ANOTHER_CITY`. */
export async function takeSeat(config: Config, genesis: Genesis, index: AuthorityIndex): Promise<void> {
  await withStore(config, async (store) => {
    await claimStore(store, genesis, NO_SEAT);
    await store.commit([{ key: hostKeys.identity, value: identityOf(genesis, index) }], true);
  });
}

/** C12: the seat that an epoch has for a city of this name and all of these keys, and that votes. */
export function seatOf(genesis: Genesis, name: string, own: PublicKeys): Authority | undefined {
  const seat = genesis.authorities.find((authority) => authority.name === name);
  if (seat === undefined || seat.standing !== undefined || seat.peerId !== own.peerId) return undefined;
  const keys = ['laneKey', 'voteKey', 'exchangeKey', 'credentialKey'] as const;
  return keys.every((key) => equalBytes(seat[key], own[key])) ? seat : undefined;
}

async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(join(config.dataDirectory, STORE_DIRECTORY));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

function identityOf({ federationId }: Genesis, self: number): Uint8Array {
  return concatBytes(federationId, u32be(self));
}

function storeOfAnother(): HansaError {
  return new HansaError(
    'STORE_OF_ANOTHER_CITY',
    'The data directory belongs to another city or federation. Correct dataDirectory in config.yaml (or HANSA_DATA_DIR).',
  );
}
