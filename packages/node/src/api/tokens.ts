import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HansaError } from '@hansa/protocol';
import { type Role, roles } from './roles.ts';

/**
 * Bearer tokens, one per role, made when a city is initialised.
 *
 * The daemon keeps SHA-256 of each token only. A slow password hash (scrypt, argon2) would add nothing: it protects
 * secrets that can be guessed, and a token is 256 random bits. The clear tokens are written once, one file a role, for
 * the command line on the same machine; move them to whoever holds the role and delete the file.
 */
export const tokenBytes = 32;
const tokenPrefix = 'hansa_';
const hashesFile = 'tokens.json';
const clearDirectory = 'tokens';

interface TokensFile {
  readonly format: 'hansa-tokens/1';
  /** Role -> hex SHA-256 of the token's characters. */
  readonly sha256: Readonly<Record<Role, string>>;
}

export function tokenFile(directory: string, role: Role): string {
  return join(directory, clearDirectory, `${role}.token`);
}

/** Writes `tokens.json` and `tokens/<role>.token` (all 0600) anew: older tokens stop working. Returns the clear tokens. */
export async function createTokens(directory: string): Promise<Record<Role, string>> {
  const tokens = Object.fromEntries(
    roles.map((role) => [role, `${tokenPrefix}${randomBytes(tokenBytes).toString('base64url')}`]),
  ) as Record<Role, string>;
  const file: TokensFile = {
    format: 'hansa-tokens/1',
    sha256: Object.fromEntries(roles.map((role) => [role, sha256(tokens[role]).toString('hex')])) as Record<
      Role,
      string
    >,
  };
  await mkdir(join(directory, clearDirectory), { recursive: true, mode: 0o700 });
  await writePrivate(join(directory, hashesFile), `${JSON.stringify(file, null, 2)}\n`);
  for (const role of roles) await writePrivate(tokenFile(directory, role), `${tokens[role]}\n`);
  return tokens;
}

/** The hashes of a city's tokens. Knows whose a presented token is, and nothing about the tokens themselves. */
export class Tokens {
  readonly #hashes: readonly (readonly [Role, Buffer])[];

  constructor(sha256ByRole: Readonly<Record<Role, string>>) {
    this.#hashes = roles.map((role) => [role, Buffer.from(sha256ByRole[role], 'hex')]);
  }

  static async read(directory: string): Promise<Tokens> {
    const path = join(directory, hashesFile);
    await refuseOpenFile(
      path,
      `Restore it from the backup, or make new tokens: hansa init --tokens --dir ${directory}`,
    );
    const sha256ByRole = parseTokensFile(await readFile(path, 'utf8'));
    if (sha256ByRole === undefined) {
      throw new HansaError(
        'TOKENS_MALFORMED',
        `${path} is not a file of API tokens. Restore it from the backup, or make new tokens with "hansa init --tokens".`,
      );
    }
    return new Tokens(sha256ByRole);
  }

  /** Of clear tokens, as `createTokens` returns them. */
  static of(tokens: Readonly<Record<Role, string>>): Tokens {
    return new Tokens(
      Object.fromEntries(roles.map((role) => [role, sha256(tokens[role]).toString('hex')])) as Record<Role, string>,
    );
  }

  /** The role of a presented token. Compares with all hashes, each in constant time. */
  roleOf(token: string): Role | undefined {
    const presented = sha256(token);
    let found: Role | undefined;
    for (const [role, hash] of this.#hashes) if (timingSafeEqual(hash, presented)) found = role;
    return found;
  }
}

/** The clear token of a role for the command line, from a file that nobody else can read. */
export async function readTokenFile(path: string): Promise<string> {
  await refuseOpenFile(path, "Name the city's directory with --dir, or a token file with --token-file.");
  return (await readFile(path, 'utf8')).trim();
}

async function refuseOpenFile(path: string, whenMissing: string): Promise<void> {
  const stat = await lstat(path).catch(() => undefined);
  if (stat === undefined) {
    throw new HansaError('TOKEN_FILE_MISSING', `${path} does not exist. ${whenMissing}`);
  }
  if ((stat.mode & 0o077) !== 0) {
    throw new HansaError('FILE_TOO_OPEN', `${path} can be read by others. Run: chmod 600 ${path}`);
  }
}

function parseTokensFile(text: string): Record<Role, string> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const file = parsed as Partial<TokensFile> | null;
  if (file === null || typeof file !== 'object' || file.format !== 'hansa-tokens/1') return undefined;
  const hashes = file.sha256;
  if (hashes === undefined || !roles.every((role) => /^[0-9a-f]{64}$/.test(String(hashes[role])))) return undefined;
  return { ...hashes };
}

async function writePrivate(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, text, { mode: 0o600 });
  await chmod(fresh, 0o600);
  await rename(fresh, path);
}

function sha256(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
