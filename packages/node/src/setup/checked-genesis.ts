import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { equalBytes, fromHex, limits, toHex, unwrap } from '@hansa/protocol';
import { type Genesis, parseGenesis } from '@hansa/protocol/genesis';
import { isFederationFile, readFederation } from '@hansa/protocol/receipt';
import { nativeCrypto } from '../crypto/index.ts';
import { readSmallFile } from '../files.ts';

/** Below this many cities the proofs take a moment, and nothing is remembered. */
const CITIES_MIN = 16;
/** The memory is the hexadecimal identity of a federation. */
const MEMORY_BYTES_MAX = 128;

/** Where a city remembers it. */
export function checkedGenesisOf(dataDirectory: string): string {
  return join(dataDirectory, 'genesis.checked');
}

/** Where somebody remembers it who verifies receipts and has no city; undefined where there is no home. */
export function checkedGenesisOfUser(
  environment: Readonly<Record<string, string | undefined>>,
  bytes: Uint8Array,
): string | undefined {
  const { XDG_CACHE_HOME, HOME } = environment;
  const cache = XDG_CACHE_HOME || (HOME ? join(HOME, '.cache') : undefined);
  return cache && join(cache, 'hansa', `${toHex(nativeCrypto.sha256(bytes))}.checked`);
}

/**
 * Reads a genesis file as `parseGenesis` does. That every city holds the secret of its vote key takes 30 ms a city to verify:
 * `memory` is the file that says of which federation it was verified before, by whoever may write there. It is written
 * when there is nothing in it yet of these bytes.
 *
 * Errors: the `GENESIS_*` codes.
 */
export async function parseGenesisOnce(bytes: Uint8Array, memory: string | undefined): Promise<Genesis> {
  const proven = memory === undefined ? undefined : await remembered(memory);
  const genesis = unwrap(parseGenesis(nativeCrypto, bytes, proven));
  const { federationId, authorities } = genesis;
  const isKnown = proven !== undefined && equalBytes(proven, federationId);
  if (memory !== undefined && !isKnown && authorities.length >= CITIES_MIN) await remember(memory, federationId);
  return genesis;
}

/**
 * The federation as a verifier's file gives it: a genesis file, read as above, or a federation file (C12). `environment`: where
 * whoever verifies remembers genesis files. Errors: the `GENESIS_*` codes, FEDERATION_FILE_MALFORMED, RECEIPT_BAD_SEAL, FILE_*.
 */
export async function readFederationFile(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Genesis> {
  const bytes = await readSmallFile(path, limits.federationBytesMax);
  if (isFederationFile(bytes)) return unwrap(readFederation(nativeCrypto, bytes));
  return parseGenesisOnce(bytes, checkedGenesisOfUser(environment, bytes));
}

async function remembered(memory: string): Promise<Uint8Array | undefined> {
  const bytes = await readSmallFile(memory, MEMORY_BYTES_MAX).catch(() => undefined);
  return bytes && fromHex(new TextDecoder().decode(bytes).trim());
}

/** Whoever cannot write it verifies again the next time. */
async function remember(memory: string, federationId: Uint8Array): Promise<void> {
  await mkdir(dirname(memory), { recursive: true, mode: 0o700 })
    .then(() => writeFile(memory, `${toHex(federationId)}\n`, { mode: 0o600 }))
    .catch(() => undefined);
}
