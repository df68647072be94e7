import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { roles } from './roles.ts';
import { createTokens, readTokenFile, Tokens, tokenFile } from './tokens.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hansa-tokens-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test('each role gets its own token; the daemon keeps hashes only, and every file is for its owner alone', async () => {
  const tokens = await createTokens(directory);
  expect(new Set(Object.values(tokens)).size).toBe(roles.length);
  const kept = await readFile(join(directory, 'tokens.json'), 'utf8');
  const known = await Tokens.read(directory);
  for (const role of roles) {
    // 256 bits in base64url.
    expect(tokens[role]).toMatch(/^hansa_[\w-]{43}$/);
    expect(kept).not.toContain(tokens[role]);
    expect(known.roleOf(tokens[role])).toBe(role);
    expect(known.roleOf(`${tokens[role]} `)).toBeUndefined();
    expect(await readTokenFile(tokenFile(directory, role))).toBe(tokens[role]);
    expect((await stat(tokenFile(directory, role))).mode & 0o777).toBe(0o600);
  }
  expect(known.roleOf('')).toBeUndefined();
  expect((await stat(join(directory, 'tokens.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(directory, 'tokens'))).mode & 0o777).toBe(0o700);
});

test('new tokens end the old ones', async () => {
  const old = await createTokens(directory);
  await createTokens(directory);
  expect((await Tokens.read(directory)).roleOf(old.clerk)).toBeUndefined();
});

test('a file of hashes that others can read, is missing or damaged is refused', async () => {
  const path = join(directory, 'tokens.json');
  await expect(Tokens.read(directory)).rejects.toMatchObject({ code: 'TOKEN_FILE_MISSING' });
  await createTokens(directory);
  await chmod(path, 0o640);
  await expect(Tokens.read(directory)).rejects.toMatchObject({ code: 'FILE_TOO_OPEN' });
  for (const text of ['', '{}', '{"format":"hansa-tokens/1","sha256":{"clerk":"00"}}']) {
    await writeFile(path, text);
    await chmod(path, 0o600);
    await expect(Tokens.read(directory)).rejects.toMatchObject({ code: 'TOKENS_MALFORMED' });
  }
});
