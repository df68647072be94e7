import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes, fromHex, HansaError, toHex } from '@hansa/protocol';
import type { Genesis } from '@hansa/protocol/genesis';
import { cityNamed } from '../city-names.ts';
import type { HolderKeyPair } from '../credential/holder-key.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { errorCode, readSmallFile, syncDirectory, writeFileAtomically, writeNewFile } from '../files.ts';
import { readKeyFile, writeKeyFile } from '../keys/key-file.ts';
import { checkedGenesisOfUser, parseGenesisOnce } from '../setup/checked-genesis.ts';

export const holderAlgorithms = ['ed25519', 'es256'] as const;
export type WalletAlgorithm = (typeof holderAlgorithms)[number];

interface WalletFile {
  readonly format: 'hansa-wallet/1';
  readonly algorithm: WalletAlgorithm;
  /** In hexadecimal, as records carry it. */
  readonly publicKey: string;
}

/** Where a city's API answered last, so that nobody types it twice. */
export interface CityAddress {
  readonly city: string;
  readonly url: string;
}

export interface KeptApplication extends CityAddress {
  readonly id: string;
  readonly purpose: string;
  readonly state: string;
  readonly appliedAt: string;
  readonly certificate: string | null;
  readonly refusal: string | null;
}

export interface KeptCertificate extends CityAddress {
  /** 32 hexadecimal digits. */
  readonly code: string;
  readonly credential: string;
  /** In base64. */
  readonly receipt: string;
  readonly fetchedAt: string;
}

export interface KeptConsent extends CityAddress {
  /** 16 bytes in hexadecimal. */
  readonly id: string;
  readonly certificate: string;
  readonly grantee: string;
  readonly purpose: string;
  readonly grantedAt: string;
}

interface Kept {
  readonly applications: KeptApplication;
  readonly certificates: KeptCertificate;
  readonly consents: KeptConsent;
}

/** Larger than any genesis file; everything else is far smaller. */
const fileBytesMax = 4 * 1024 * 1024;
const fileName = { key: 'holder.key', wallet: 'wallet.json', genesis: 'genesis.json' } as const;

/**
 * A citizen's wallet: one directory (mode 0700) with the holder's key, the genesis file that everything is verified with, and what
 * the citizen got. It stands for the app on a phone.
 */
export class Wallet {
  readonly directory: string;
  readonly holder: HolderKeyPair;
  readonly algorithm: WalletAlgorithm;
  readonly genesis: Genesis;

  private constructor(directory: string, holder: HolderKeyPair, algorithm: WalletAlgorithm, genesis: Genesis) {
    this.directory = directory;
    this.holder = holder;
    this.algorithm = algorithm;
    this.genesis = genesis;
  }

  /** A new wallet with a key of its own. Errors: WALLET_EXISTS, KEY_EXISTS, and those of the genesis file. */
  static async create(directory: string, algorithm: WalletAlgorithm, genesisBytes: Uint8Array): Promise<Wallet> {
    const genesis = await readGenesis(genesisBytes);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const present = await readdir(directory);
    if (present.length > 0) {
      throw new HansaError(
        'WALLET_EXISTS',
        `${directory} is not empty, and a wallet overwrites nothing. Name a new directory with --wallet.`,
      );
    }
    const holder = newKey(algorithm);
    await writeKeyFile(join(directory, fileName.key), holder.secretKey);
    await writeNewFile(join(directory, fileName.genesis), genesisBytes);
    const file: WalletFile = { format: 'hansa-wallet/1', algorithm, publicKey: toHex(holder.publicKey) };
    await writeNewFile(join(directory, fileName.wallet), text(file), 0o600);
    await syncDirectory(directory);
    return new Wallet(directory, holder, algorithm, genesis);
  }

  /** Errors: WALLET_MISSING, WALLET_MALFORMED, those of key files and of the genesis file. */
  static async open(directory: string): Promise<Wallet> {
    const bytes = await readSmallFile(join(directory, fileName.wallet), fileBytesMax).catch((error: unknown) => {
      if (!(error instanceof HansaError) || error.code !== 'FILE_MISSING') throw error;
      throw new HansaError(
        'WALLET_MISSING',
        `There is no wallet in ${directory}. Make one: hansa wallet init --wallet DIR --genesis FILE`,
      );
    });
    const file = parse<Partial<WalletFile>>(bytes, directory);
    const { format, algorithm } = file;
    if (format !== 'hansa-wallet/1' || algorithm === undefined || !holderAlgorithms.includes(algorithm)) {
      throw malformed(directory);
    }
    const secretKey = await readKeyFile(join(directory, fileName.key));
    const publicKey = schemeOf(algorithm).publicKey(secretKey);
    // Two wallets' files in one directory would sign in the name of one and verify in the name of the other.
    if (!equalBytes(publicKey, fromHex(String(file.publicKey)) ?? new Uint8Array(0))) throw malformed(directory);
    const genesis = await readGenesis(await readSmallFile(join(directory, fileName.genesis), fileBytesMax));
    return new Wallet(directory, { secretKey, publicKey }, algorithm, genesis);
  }

  async all<Kind extends keyof Kept>(kind: Kind): Promise<Kept[Kind][]> {
    const names = await readdir(join(this.directory, kind)).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    });
    const found: Kept[Kind][] = [];
    for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
      found.push(
        parse<Kept[Kind]>(await readSmallFile(join(this.directory, kind, name), fileBytesMax), this.directory),
      );
    }
    return found;
  }

  /** `name`: lower-case hexadecimal, as ids and codes are. */
  async keep<Kind extends keyof Kept>(kind: Kind, name: string, value: Kept[Kind]): Promise<void> {
    const directory = join(this.directory, kind);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFileAtomically(join(directory, `${name}.json`), text(value), 0o600);
  }

  /** Errors: CERTIFICATE_NOT_IN_WALLET. */
  async certificate(code: string): Promise<KeptCertificate> {
    const plain = code.replaceAll(/[\s-]/g, '').toLowerCase();
    const found = (await this.all('certificates')).find((each) => each.code === plain);
    if (found !== undefined) return found;
    throw new HansaError(
      'CERTIFICATE_NOT_IN_WALLET',
      'The wallet has no copy of this certificate. See what it has with "hansa wallet show", or fetch it with "hansa wallet receive".',
    );
  }

  /** The member of the federation with this name. Errors: CITY_UNKNOWN. */
  city(name: string) {
    return cityNamed(this.genesis, name);
  }
}

function newKey(algorithm: WalletAlgorithm): HolderKeyPair {
  for (;;) {
    const secretKey = new Uint8Array(randomBytes(32));
    try {
      return { secretKey, publicKey: schemeOf(algorithm).publicKey(secretKey) };
    } catch {
      // Of P-256 one draw in 2^32 is no scalar.
    }
  }
}

function schemeOf(algorithm: WalletAlgorithm) {
  return algorithm === 'es256' ? nativeCrypto.p256 : nativeCrypto.ed25519;
}

async function readGenesis(bytes: Uint8Array): Promise<Genesis> {
  return parseGenesisOnce(bytes, checkedGenesisOfUser(process.env, bytes));
}

function text(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function parse<T>(bytes: Uint8Array, directory: string): T {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as T;
  } catch {
    throw malformed(directory);
  }
}

function malformed(directory: string): HansaError {
  return new HansaError(
    'WALLET_MALFORMED',
    `A file in ${directory} is not one of a wallet, or of two of them. Restore the directory from its backup.`,
  );
}
