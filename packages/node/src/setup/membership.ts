import { equalBytes, HansaError } from '@hansa/protocol';
import type { Authority, Genesis } from '@hansa/protocol/genesis';
import { nativeCrypto } from '../crypto/index.ts';
import { type CityKeys, publicKeys } from '../keys/index.ts';

/**
 * The authority that this city is. Errors: `NOT_A_MEMBER`, `KEYS_DO_NOT_MATCH`. A city with other keys would sign what
 * nobody accepts and never learn why.
 */
export async function checkMembership(genesis: Genesis, name: string, keys: CityKeys): Promise<Authority> {
  const self = genesis.authorities.find((authority) => authority.name === name);
  if (self === undefined && genesis.observers.some((observer) => observer.name === name)) {
    throw new HansaError(
      'NOT_A_MEMBER',
      `${name} is an observer in the genesis file, and this version of the daemon runs cities only. Read through a city's API with a token of the role auditor, or verify receipts yourself.`,
    );
  }
  if (self === undefined) {
    const names = genesis.authorities.map((authority) => authority.name).join(', ');
    throw new HansaError(
      'NOT_A_MEMBER',
      `The genesis file has no city ${name}, only ${names}. Check \`city\` in config.yaml, or ask for a genesis with this city's member card.`,
    );
  }
  const own = await publicKeys(nativeCrypto, keys);
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
