import { cp, mkdtemp, readdir, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStore } from '@hansa/protocol/replica';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../src/store/index.ts';
import { bytes, put, storeContract, text } from './store-contract.ts';

storeContract('memory', async () => new MemoryStore(), { durable: false });
storeContract('classic-level', openStore, { durable: true });

describe('the store on classic-level', () => {
  let directory: string;
  let path: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hansa-store-'));
    path = join(directory, 'store');
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(directory, { recursive: true, force: true });
  });

  /** A store with some flushed tables and a log. */
  async function filled(): Promise<void> {
    const store = await openStore(path);
    const value = new Uint8Array(1024 * 1024).fill(7);
    for (let i = 0; i < 40; i++)
      await store.commit([{ key: bytes(`k${i}`), value }, put('newest', String(i))], i % 5 === 0);
    await store.close();
  }

  test('what was committed is there when the process dies without closing (DESIGN 8)', async () => {
    const store = await openStore(path);
    await store.commit([put('a', 'unflushed')], false);
    await store.commit([put('b', 'flushed')], true);
    // The files as a killed process leaves them: nothing was closed.
    const killed = join(directory, 'killed');
    await cp(path, killed, { recursive: true });
    await store.close();
    const reopened = await openStore(killed);
    expect(text(await reopened.get(bytes('a')))).toBe('unflushed');
    expect(text(await reopened.get(bytes('b')))).toBe('flushed');
    await reopened.close();
  });

  test('P1: what was deleted and purged is in none of its files, whether it was in a table or in the log', async () => {
    const secret = 'a payload with its salt';
    const files = async () => {
      const names = await readdir(path);
      const contents = await Promise.all(names.map((name) => readFile(join(path, name))));
      return contents.filter((content) => content.includes(secret)).length;
    };
    let store = await openStore(path);
    for (let i = 0; i < 100; i++) await store.commit([put(`k${i}`, 'x'.repeat(500))], false);
    await store.commit([put('k50', secret)], true);
    await store.close();
    store = await openStore(path);
    await store.commit([put('k51', secret)], true);
    await store.commit([put('unsynced', '1')], false);
    await store.commit(
      ['k50', 'k51'].map((name) => ({ key: bytes(name), value: undefined })),
      true,
    );
    expect(await files()).toBeGreaterThan(0);
    await store.purge?.([{ gte: bytes('k50'), lt: bytes('k52') }]);
    expect(await files()).toBe(0);
    expect(text(await store.get(bytes('unsynced')))).toBe('1');
    expect(text(await store.get(bytes('k52')))).toBe('x'.repeat(500));
    await store.close();
  });

  test('no flushed commit stands on an unsynced one in a log that LevelDB left meanwhile (DESIGN 8)', async () => {
    const store = await openStore(path);
    const batch = vi.spyOn(ClassicLevel.prototype, 'batch');
    const newestLog = async () =>
      (await readdir(path))
        .filter((name) => name.endsWith('.log'))
        .sort()
        .at(-1);
    const value = new Uint8Array(512 * 1024).fill(7);
    const logs = new Set<string | undefined>();
    let unsynced: { log: string | undefined } | undefined;
    let leftUnsynced = 0;
    for (let i = 0; i < 60; i++) {
      await store.commit([{ key: bytes(`k${i}`), value }], i % 5 === 4);
      const log = await newestLog();
      const [, options] = batch.mock.lastCall as unknown as [unknown, { sync: boolean }];
      const { sync } = options;
      if (unsynced !== undefined) expect(log).toBe(unsynced.log);
      unsynced = sync ? undefined : { log };
      leftUnsynced += sync ? 0 : 1;
      logs.add(log);
    }
    await store.close();
    // LevelDB changed its log a few times, and most commits that nobody wanted flushed were not.
    expect(logs.size).toBeGreaterThan(2);
    expect(leftUnsynced).toBeGreaterThan(15);
  });

  test('a commit torn by the crash is dropped whole, and the ones before it stay', async () => {
    const store = await openStore(path);
    await store.commit([put('a', 'whole')], true);
    await store.commit([put('b', 'torn'), put('c', 'torn')], true);
    const killed = join(directory, 'killed');
    await cp(path, killed, { recursive: true });
    await store.close();
    const log = (await readdir(killed)).find((name) => name.endsWith('.log')) ?? '';
    await truncate(join(killed, log), 40);
    const reopened = await openStore(killed);
    expect(text(await reopened.get(bytes('a')))).toBe('whole');
    expect(await reopened.get(bytes('b'))).toBeUndefined();
    expect(await reopened.get(bytes('c'))).toBeUndefined();
    await reopened.close();
  });

  test.each([
    ['its CURRENT file is lost', async () => unlink(join(path, 'CURRENT'))],
    ['its CURRENT file is garbled', async () => writeFile(join(path, 'CURRENT'), 'nothing')],
    ['its CURRENT file names no manifest', async () => writeFile(join(path, 'CURRENT'), 'MANIFEST-999999\n')],
    ['its manifest is garbled', async () => writeFile(await one(/^MANIFEST-/), new Uint8Array(64).fill(255))],
    ['a table is lost', async () => unlink(await one(/\.ldb$/))],
  ])('a store is STORE_CORRUPT, and the error says what to do, when %s', async (_, damage) => {
    await filled();
    await damage();
    const opening = openStore(path);
    await expect(opening).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await expect(opening).rejects.toThrow(/Move the directory away/);
  });

  test('a damaged store is left as it was found, for inspection', async () => {
    await filled();
    await unlink(join(path, 'CURRENT'));
    const before = await readdir(path);
    await expect(openStore(path)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(await readdir(path)).toEqual(before);
  });

  test('a path that is no directory is a clear error, not a crash', async () => {
    await writeFile(path, 'a file');
    await expect(openStore(path)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });

  async function one(pattern: RegExp): Promise<string> {
    return join(path, (await readdir(path)).find((name) => pattern.test(name)) ?? '');
  }
});
