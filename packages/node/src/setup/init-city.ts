import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { HansaError } from '@hansa/protocol';
import { multiaddr } from '@multiformats/multiaddr';
import { stringify } from 'yaml';
import { createTokens } from '../api/tokens.ts';
import { CONFIG_FILE, type ConfigFile, configDefaults, loadConfig } from '../config/index.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { errorCode, syncDirectory, writeNewFile } from '../files.ts';
import {
  encodeMemberCard,
  encodeObserverCard,
  generateCityKeys,
  memberCardName,
  publicKeys,
  writeCityKeys,
  writeNetworkKey,
} from '../keys/index.ts';
import { peerIdOf } from '../network/identity.ts';

export interface InitCityOptions {
  readonly directory: string;
  readonly name: string | undefined;
  readonly displayName: string | undefined;
  /** Multiaddrs; default: the loopback address of config.yaml. */
  readonly listen?: readonly string[] | undefined;
  /** Multiaddrs for the member card; default: those of `listen`. */
  readonly announce?: readonly string[] | undefined;
  readonly httpPort?: number | undefined;
  /** An observer: it has the key of its connections only, and nobody dials it. */
  readonly observer?: boolean;
}

/**
 * Makes a city's directory: keys, config.yaml, API tokens and member card; whole or not at all.
 *
 * Errors: `USAGE` for names and addresses, `CITY_DIRECTORY_NOT_EMPTY`.
 */
export async function initCity(options: InitCityOptions): Promise<{
  readonly name: string;
  readonly directory: string;
  readonly memberCard: string;
  readonly peerId: string;
}> {
  const name = checkName(options.name);
  const displayName = checkDisplayName(options.displayName);
  const listen = (options.listen ?? configDefaults.network.listen).map((address) => checkAddress('--listen', address));
  const { observer = false } = options;
  const addresses = observer ? [] : announced(listen, options.announce);
  const directory = resolve(options.directory);
  await refuseFilled(directory);

  // Built beside its place and renamed: a city with half of its keys never exists.
  await mkdir(dirname(directory), { recursive: true });
  const building = await mkdtemp(join(dirname(directory), `.${basename(directory)}-`));
  try {
    const keysDirectory = join(building, configDefaults.keysDirectory);
    const card = { name, displayName, addresses };
    const { peerId, text } = observer ? await observerCard(keysDirectory, card) : await cityCard(keysDirectory, card);
    await writeNewFile(join(building, memberCardName(name)), text);
    const { httpPort } = options;
    await writeNewFile(join(building, CONFIG_FILE), configText({ name, observer, listen, httpPort }));
    await createTokens(building);
    await syncDirectory(building);
    await rename(building, directory);
    await syncDirectory(dirname(directory));
    return { name, directory, memberCard: join(directory, memberCardName(name)), peerId };
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

/** New API tokens for a city that exists; the old ones stop working when its daemon restarts. */
export async function renewTokens(directory: string): Promise<{ readonly directory: string }> {
  const config = await loadConfig(directory);
  await createTokens(config.directory);
  return { directory: config.directory };
}

interface Card {
  readonly name: string;
  readonly displayName: string;
  readonly addresses: readonly string[];
}

async function cityCard(keysDirectory: string, card: Card) {
  const keys = generateCityKeys();
  await writeCityKeys(keysDirectory, keys);
  const made = { ...card, ...(await publicKeys(nativeCrypto, keys)) };
  return { peerId: made.peerId, text: encodeMemberCard(made) };
}

async function observerCard(keysDirectory: string, { name, displayName }: Card) {
  const peerId = await peerIdOf(await writeNetworkKey(keysDirectory));
  return { peerId, text: encodeObserverCard({ name, displayName, peerId }) };
}

function configText(city: {
  name: string;
  observer: boolean;
  listen: readonly string[];
  httpPort: number | undefined;
}): string {
  const file: ConfigFile = {
    city: city.name,
    ...(city.observer ? { observer: true } : {}),
    network: { listen: city.listen },
    http: { host: configDefaults.http.host, port: city.httpPort ?? configDefaults.http.port },
  };
  return `# Settings of this city's daemon: docs/operating/configuration.md\n${stringify(file)}`;
}

async function refuseFilled(directory: string): Promise<void> {
  const found = await stat(directory).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return;
  if (!found.isDirectory() || (await readdir(directory)).length > 0) {
    throw new HansaError(
      'CITY_DIRECTORY_NOT_EMPTY',
      `${directory} is not an empty directory. Name a new one with --dir; keys are never overwritten.`,
    );
  }
}

function checkName(name: string | undefined): string {
  if (name === undefined || !/^[a-z][a-z0-9-]{0,31}$/.test(name)) {
    throw new HansaError(
      'USAGE',
      '--city must be 1 to 32 of a-z, 0-9 and "-", beginning with a letter, for instance haikou',
    );
  }
  return name;
}

function checkDisplayName(text: string | undefined): string {
  if (text === undefined || text.length < 1 || text.length > 128 || /\p{C}/u.test(text) || text.trim() !== text) {
    throw new HansaError('USAGE', '--display-name must be 1 to 128 visible characters without spaces around them');
  }
  return text;
}

function checkAddress(option: string, text: string): string {
  try {
    return multiaddr(text).toString();
  } catch {
    throw new HansaError('USAGE', `${option} must be a multiaddr, for instance /ip4/192.0.2.1/tcp/7400`);
  }
}

function announced(listen: readonly string[], announce: readonly string[] | undefined): readonly string[] {
  if (announce !== undefined) return announce.map((address) => checkAddress('--announce', address));
  if (listen.some((address) => /^\/ip4\/0\.0\.0\.0\/|^\/ip6\/::\/|\/tcp\/0(\/|$)/.test(address))) {
    throw new HansaError(
      'USAGE',
      '--listen names no address that others can dial; add --announce with the one they reach, for instance /dns4/fund.example/tcp/7400',
    );
  }
  return listen;
}
