import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes, HansaError, limits, toHex } from '@hansa/protocol';
import { loadConfig } from '../config/index.ts';
import { readSmallFile, writeFileAtomically } from '../files.ts';
import { keyFileNames, readCityKeys, readKeyFile, writeKeyFile } from '../keys/index.ts';
import { checkedGenesisOf, parseGenesisOnce } from './checked-genesis.ts';
import { checkMembership, checkSubjectKey } from './membership.ts';

export interface JoinOptions {
  readonly directory: string;
  readonly genesisFile: string;
  readonly subjectKeyFile: string;
}

export interface Joined extends Record<string, unknown> {
  readonly city: string;
  /** From 0. */
  readonly index: number;
  readonly cities: number;
  readonly federation: string;
  readonly federationId: string;
}

/**
 * Installs the genesis file and the subject key in a city's directory. Doing it twice with the same files is fine.
 *
 * Errors: `GENESIS_*`, `NOT_A_MEMBER`, `KEYS_DO_NOT_MATCH`, `SUBJECT_KEY_WRONG`, `ALREADY_JOINED`; nothing is changed then.
 */
export async function joinFederation(options: JoinOptions): Promise<Joined> {
  const config = await loadConfig(options.directory);
  const keys = await readCityKeys(config.keysDirectory);
  const bytes = await readSmallFile(options.genesisFile, limits.genesisBytesMax);
  const genesis = await parseGenesisOnce(bytes, checkedGenesisOf(config.dataDirectory));
  const self = await checkMembership(genesis, config.city, keys);
  const subjectKey = await readGivenKey(options.subjectKeyFile);
  checkSubjectKey(genesis, subjectKey, options.subjectKeyFile);

  await refuseOther(config.genesisFile, bytes);
  const subjectKeyFile = join(config.keysDirectory, keyFileNames.subject);
  const installed = await readKeyFile(subjectKeyFile).catch((error: unknown) => {
    if (error instanceof HansaError && error.code === 'KEY_MISSING') return undefined;
    throw error;
  });
  // Only a key that this genesis refuses can be there and differ: it was left by a join that did not end.
  if (installed !== undefined && !equalBytes(installed, subjectKey)) await rm(subjectKeyFile);
  if (installed === undefined || !equalBytes(installed, subjectKey)) await writeKeyFile(subjectKeyFile, subjectKey);
  await writeFileAtomically(config.genesisFile, bytes, 0o644);
  return {
    city: self.name,
    index: self.index,
    cities: genesis.authorities.length,
    federation: genesis.name,
    federationId: toHex(genesis.federationId),
  };
}

/** The key comes from another city: its own backup does not have it. */
async function readGivenKey(path: string): Promise<Uint8Array> {
  return readKeyFile(path).catch((error: unknown) => {
    if (!(error instanceof HansaError) || error.code !== 'KEY_MISSING') throw error;
    throw new HansaError(
      'FILE_MISSING',
      `There is no file ${path}. Get the subject key from the city that made the genesis, by hand.`,
    );
  });
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
