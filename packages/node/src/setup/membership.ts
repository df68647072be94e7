import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes, HansaError, utf8 } from '@hansa/protocol';
import type { Authority, Genesis, Observer } from '@hansa/protocol/genesis';
import type { Config } from '../config/index.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { type CityKeys, publicKeys } from '../keys/index.ts';
import { peerIdOf } from '../network/identity.ts';

/** Where a city's directory says that its keys are newer than its genesis file (C12). */
export function newKeysFile({ directory }: Pick<Config, 'directory'>): string {
  return join(directory, 'new-keys');
}

export const newKeysNote = utf8(
  'The keys of this city are newer than its genesis file: the federation gives them to it by agreement.\n',
);

export async function hasNewKeys(config: Pick<Config, 'directory'>): Promise<boolean> {
  return await stat(newKeysFile(config)).then(
    () => true,
    () => false,
  );
}

/** C12: neither a city nor an observer of the genesis file has this name. */
export function isNewcomer({ authorities, observers }: Genesis, name: string): boolean {
  return ![...authorities, ...observers].some((member) => member.name === name);
}

/**
 * The authority that this city is. Errors: `NOT_A_MEMBER`, `KEYS_DO_NOT_MATCH`. A city with other keys would sign what
 * nobody accepts and never learn why. `newKeys`: the federation is to give, or gave, the city these keys (C12); until its
 * set has them the city follows.
 */
export async function checkMembership(
  genesis: Genesis,
  name: string,
  keys: CityKeys,
  newKeys = false,
): Promise<Authority> {
  const self = genesis.authorities.find((authority) => authority.name === name);
  if (self === undefined && genesis.observers.some((observer) => observer.name === name)) {
    throw new HansaError(
      'NOT_A_MEMBER',
      `${name} is an observer in the genesis file. Make its directory with \`hansa init --observer\`, or correct \`city\` in config.yaml.`,
    );
  }
  if (self === undefined) {
    const names = genesis.authorities.map((authority) => authority.name).join(', ');
    throw new HansaError(
      'NOT_A_MEMBER',
      `The genesis file has no city ${name}, only ${names}. Check \`city\` in config.yaml, or ask for a genesis with this city's member card. A city that the federation is to add joins with --new-keys.`,
    );
  }
  const own = await publicKeys(nativeCrypto, keys);
  if (newKeys) return { ...self, ...own };
  const wrong = [
    equalBytes(own.laneKey, self.laneKey) ? [] : ['lane key'],
    equalBytes(own.voteKey, self.voteKey) ? [] : ['vote key'],
    equalBytes(own.exchangeKey, self.exchangeKey) ? [] : ['exchange key'],
    equalBytes(own.credentialKey, self.credentialKey) ? [] : ['credential key'],
    own.peerId === self.peerId ? [] : ['network key'],
  ].flat();
  if (wrong.length > 0) {
    throw new HansaError(
      'KEYS_DO_NOT_MATCH',
      `The genesis file names another ${wrong.join(', ')} for ${name} than this city has. Restore the keys, or have the genesis made with this city's member card.`,
    );
  }
  return self;
}

/** The observer that this directory is of. Errors: `NOT_A_MEMBER`, `KEYS_DO_NOT_MATCH`. */
export async function checkObserver(genesis: Genesis, name: string, networkSecret: Uint8Array): Promise<Observer> {
  const self = genesis.observers.find((observer) => observer.name === name);
  if (self === undefined) {
    const names = genesis.observers.map((observer) => observer.name).join(', ') || 'none';
    throw new HansaError(
      'NOT_A_MEMBER',
      `The genesis file has no observer ${name}; it has: ${names}. Check \`city\` and \`observer\` in config.yaml, or ask for a genesis with this observer's card.`,
    );
  }
  if ((await peerIdOf(networkSecret)) === self.peerId) return self;
  throw new HansaError(
    'KEYS_DO_NOT_MATCH',
    `The genesis file names another network key for ${name} than this observer has. Restore the key, or have the genesis made with this observer's card.`,
  );
}
