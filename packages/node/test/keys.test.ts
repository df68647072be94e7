import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '@hansa/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nativeCrypto } from '../src/crypto/index.ts';
import {
  encodeMemberCard,
  generateCityKeys,
  keyFileNames,
  publicKeys,
  readCityKeys,
  readKeyFile,
  readMemberCard,
  writeCityKeys,
  writeKeyFile,
} from '../src/keys/index.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hansa-keys-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('key files', () => {
  test('a key is written with mode 0600 and read back', async () => {
    const path = join(directory, 'lane.key');
    const key = new Uint8Array(32).map((_, i) => i);
    await writeKeyFile(path, key);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toBe(`${toHex(key)}\n`);
    expect(await readKeyFile(path)).toEqual(key);
  });

  test('a key file is never overwritten', async () => {
    const path = join(directory, 'lane.key');
    await writeKeyFile(path, new Uint8Array(32).fill(1));
    await expect(writeKeyFile(path, new Uint8Array(32).fill(2))).rejects.toMatchObject({ code: 'KEY_EXISTS' });
    expect(await readKeyFile(path)).toEqual(new Uint8Array(32).fill(1));
  });

  test.each([0o640, 0o604, 0o660, 0o666, 0o644, 0o610, 0o601])(
    'a key file of mode %o is refused with KEY_FILE_MODE and the command that mends it',
    async (mode) => {
      const path = join(directory, 'lane.key');
      await writeKeyFile(path, new Uint8Array(32));
      await chmod(path, mode);
      await expect(readKeyFile(path)).rejects.toMatchObject({
        code: 'KEY_FILE_MODE',
        message: expect.stringContaining(`chmod 600 ${path}`),
      });
    },
  );

  test('a read-only key file is fine, and so is a link to a good one', async () => {
    const path = join(directory, 'lane.key');
    await writeKeyFile(path, new Uint8Array(32));
    await chmod(path, 0o400);
    await symlink(path, join(directory, 'link.key'));
    expect(await readKeyFile(join(directory, 'link.key'))).toHaveLength(32);
  });

  test.each([
    ['too short', 'ab'.repeat(31)],
    ['too long', 'ab'.repeat(33)],
    ['not hexadecimal', 'zz'.repeat(32)],
    ['empty', ''],
    ['a whole other file', 'ab'.repeat(100_000)],
  ])('a key file that is %s is KEY_MALFORMED, without its content in the message', async (_, content) => {
    const path = join(directory, 'lane.key');
    await writeFile(path, content, { mode: 0o600 });
    const error: unknown = await readKeyFile(path).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KEY_MALFORMED' });
    if (content.length > 0) expect(String(error)).not.toContain(content.slice(0, 16));
  });

  test('a missing key and a directory in its place are clear errors', async () => {
    await expect(readKeyFile(join(directory, 'no.key'))).rejects.toMatchObject({ code: 'KEY_MISSING' });
    await mkdir(join(directory, 'dir.key'));
    await expect(readKeyFile(join(directory, 'dir.key'))).rejects.toMatchObject({ code: 'KEY_MALFORMED' });
  });
});

describe('the keys of a city', () => {
  test('are six different secrets, in one file each, and new for every city', async () => {
    const keys = generateCityKeys();
    const path = join(directory, 'keys');
    await writeCityKeys(path, keys);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    for (const name of ['lane', 'vote', 'network', 'city', 'exchange', 'credential'] as const) {
      expect(await readKeyFile(join(path, keyFileNames[name]))).toEqual(keys[name]);
    }
    expect(await readCityKeys(path)).toEqual(keys);
    const all = [keys, generateCityKeys()].flatMap((some) => Object.values(some).map(toHex));
    expect(new Set(all).size).toBe(12);
  });

  test('have public halves that verify: lane and credential key sign, the vote key proves its possession, the exchange key agrees', async () => {
    const keys = generateCityKeys();
    const own = await publicKeys(nativeCrypto, keys);
    const message = new Uint8Array([1, 2, 3]);
    expect(nativeCrypto.ed25519.verify(nativeCrypto.ed25519.sign(message, keys.lane), message, own.laneKey)).toBe(true);
    expect(nativeCrypto.bls.verifyPossession(own.voteKeyProof, own.voteKey)).toBe(true);
    const signature = nativeCrypto.ed25519.sign(message, keys.credential);
    expect(nativeCrypto.ed25519.verify(signature, message, own.credentialKey)).toBe(true);
    const other = generateCityKeys();
    const { x25519 } = nativeCrypto;
    expect(x25519.sharedSecret(other.exchange, own.exchangeKey)).toEqual(
      x25519.sharedSecret(keys.exchange, x25519.publicKey(other.exchange)),
    );
    expect(own.peerId).toMatch(/^12D3KooW/);
  });
});

describe('the member card', () => {
  test('holds the public keys and nothing secret', async () => {
    const keys = generateCityKeys();
    const card = {
      name: 'haikou',
      displayName: '海口',
      ...(await publicKeys(nativeCrypto, keys)),
      addresses: ['/ip4/127.0.0.1/tcp/7400'],
    };
    const text = encodeMemberCard(card);
    for (const secret of Object.values(keys)) expect(text).not.toContain(toHex(secret));
    const path = join(directory, 'haikou.member.json');
    await writeFile(path, text);
    expect(await readMemberCard(path)).toEqual(card);
  });

  test.each([
    ['no JSON', 'card'],
    ['an unknown field', JSON.stringify({ format: 'hansa-member/1', extra: 1 })],
    ['a missing field', JSON.stringify({ format: 'hansa-member/1' })],
    ['a list', '[]'],
  ])('with %s is MEMBER_CARD_INVALID and says what to do', async (_, text) => {
    const path = join(directory, 'card.json');
    await writeFile(path, text);
    await expect(readMemberCard(path)).rejects.toMatchObject({
      code: 'MEMBER_CARD_INVALID',
      message: expect.stringMatching(/Ask the member for/),
    });
  });
});
