import { join } from 'node:path';
import { equalBytes, HansaError, limits, unwrap } from '@hansa/protocol';
import type { Genesis } from '@hansa/protocol/genesis';
import { readFederation } from '@hansa/protocol/receipt';
import type { Config } from '../config/index.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { readSmallFile } from '../files.ts';

/** C12: where a city that is to find the others has their federation file. */
export function knownFederationFile({ directory }: Pick<Config, 'directory'>): string {
  return join(directory, 'federation');
}

/**
 * C12: the cities that a member looks for before it has caught up: those of the federation file that it joined with, or of the
 * genesis file. Nothing else rests on it. Errors: FEDERATION_FILE_MALFORMED, RECEIPT_BAD_SEAL, FEDERATION_FILE_OTHER.
 */
export async function knownFederation(config: Config, genesis: Genesis): Promise<Genesis> {
  const path = knownFederationFile(config);
  const bytes = await readSmallFile(path, limits.federationBytesMax).catch((error: unknown) => {
    if (error instanceof HansaError && error.code === 'FILE_MISSING') return undefined;
    throw error;
  });
  if (bytes === undefined) return genesis;
  const known = unwrap(readFederation(nativeCrypto, bytes));
  if (equalBytes(known.federationId, genesis.federationId)) return known;
  throw new HansaError(
    'FEDERATION_FILE_OTHER',
    `${path} is of another federation. Delete it, or join with the right one.`,
  );
}
