import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareBytes, toHex, utf8 } from '@hansa/protocol';
import type { RangeOptions, Store } from '@hansa/protocol/replica';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** A key or value that reads well in a test. */
export const bytes = (text: string): Uint8Array => utf8(text);

export const put = (key: string, value: string) => ({ key: bytes(key), value: bytes(value) });

export async function collect(store: Store, options: RangeOptions): Promise<string[]> {
  const found: string[] = [];
  for await (const [key, value] of store.range(options)) found.push(`${text(key)}=${text(value)}`);
  return found;
}

export const text = (value: Uint8Array | undefined): string | undefined =>
  value === undefined ? undefined : new TextDecoder().decode(value);

/** What a store must do (DESIGN section 8). `open` is given an empty directory, and the same one again to reopen. */
export function storeContract(
  name: string,
  open: (directory: string) => Promise<Store>,
  options: { readonly durable: boolean },
): void {
  describe(`store contract: ${name}`, () => {
    let directory: string;
    let store: Store;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'hansa-store-'));
      store = await open(join(directory, 'store'));
    });

    afterEach(async () => {
      await store.close();
      await rm(directory, { recursive: true, force: true });
    });

    const everything = { gte: new Uint8Array(), lt: new Uint8Array([255, 255, 255]) };

    test('a key that was never put has no value', async () => {
      expect(await store.get(bytes('nobody'))).toBeUndefined();
    });

    test('a committed value is read back, and an empty value is a value', async () => {
      await store.commit([put('a', 'one'), put('empty', '')], true);
      expect(text(await store.get(bytes('a')))).toBe('one');
      expect(await store.get(bytes('empty'))).toHaveLength(0);
    });

    test('the later write of one commit wins, deletions included', async () => {
      await store.commit(
        [put('a', 'one'), put('a', 'two'), put('b', 'one'), { key: bytes('b'), value: undefined }],
        false,
      );
      expect(text(await store.get(bytes('a')))).toBe('two');
      expect(await store.get(bytes('b'))).toBeUndefined();
    });

    test('a deleted key has no value and leaves its range', async () => {
      await store.commit([put('a', '1'), put('b', '2')], false);
      await store.commit([{ key: bytes('a'), value: undefined }], true);
      expect(await store.get(bytes('a'))).toBeUndefined();
      expect(await collect(store, everything)).toEqual(['b=2']);
    });

    test('a commit without writes is fine, with and without a flush', async () => {
      await store.commit([], false);
      await store.commit([], true);
      expect(await collect(store, everything)).toEqual([]);
    });

    test('commits that are not awaited apply in call order', async () => {
      const commits: Promise<void>[] = [];
      for (let i = 0; i < 50; i++)
        commits.push(store.commit([put('counter', String(i)), put(`n${i}`, 'x')], i % 7 === 0));
      await Promise.all(commits);
      expect(text(await store.get(bytes('counter')))).toBe('49');
      expect(await collect(store, { ...everything, limit: 100 })).toHaveLength(51);
    });

    test('a reader never sees half of a commit', async () => {
      const commits: Promise<void>[] = [];
      for (let round = 0; round < 20; round++) {
        const writes = Array.from({ length: 64 }, (_, i) => put(`k${i}`, String(round)));
        commits.push(store.commit(writes, false));
        const seen = new Set((await collect(store, everything)).map((pair) => pair.split('=')[1]));
        expect(seen.size).toBeLessThanOrEqual(1);
      }
      await Promise.all(commits);
    });

    test('a range has gte <= key < lt in ascending order', async () => {
      await store.commit(
        ['d', 'a', 'c', 'b', 'e'].map((key) => put(key, key)),
        false,
      );
      expect(await collect(store, { gte: bytes('b'), lt: bytes('d') })).toEqual(['b=b', 'c=c']);
      expect(await collect(store, { gte: bytes('x'), lt: bytes('z') })).toEqual([]);
      expect(await collect(store, { gte: bytes('d'), lt: bytes('b') })).toEqual([]);
    });

    test('a reversed range descends, and a limit counts from the end it starts at', async () => {
      await store.commit(
        ['a', 'b', 'c', 'd'].map((key) => put(key, key)),
        false,
      );
      const range = { gte: bytes('a'), lt: bytes('d') };
      expect(await collect(store, { ...range, reverse: true })).toEqual(['c=c', 'b=b', 'a=a']);
      expect(await collect(store, { ...range, reverse: true, limit: 2 })).toEqual(['c=c', 'b=b']);
      expect(await collect(store, { ...range, limit: 2 })).toEqual(['a=a', 'b=b']);
      expect(await collect(store, { ...range, limit: 0 })).toEqual([]);
    });

    test('a range may be left before its end', async () => {
      await store.commit(
        ['a', 'b', 'c'].map((key) => put(key, key)),
        false,
      );
      for await (const [key] of store.range(everything)) {
        expect(text(key)).toBe('a');
        break;
      }
      expect(await collect(store, everything)).toHaveLength(3);
    });

    test('keys are binary and compare as unsigned bytes, a prefix before what it begins', async () => {
      const keys = [[0], [0, 0], [0, 255], [127], [128], [128, 0], [255], [255, 254]].map((key) => new Uint8Array(key));
      await store.commit(
        [...keys].reverse().map((key) => ({ key, value: key })),
        false,
      );
      const found: string[] = [];
      for await (const [key, value] of store.range({ gte: new Uint8Array([0]), lt: new Uint8Array([255, 255]) })) {
        expect(compareBytes(key, value)).toBe(0);
        found.push(toHex(key));
      }
      expect(found).toEqual(keys.map(toHex));
    });

    test('large values come back whole', async () => {
      const value = Uint8Array.from({ length: 1024 * 1024 }, (_, i) => (i * 31) & 255);
      await store.commit([{ key: bytes('large'), value }], true);
      expect(compareBytes((await store.get(bytes('large'))) ?? new Uint8Array(), value)).toBe(0);
    });

    test('a commit of many rows is as good as one of few: all of it is there, deletions included', async () => {
      const name = (i: number) => `many${i}`;
      const rows = Array.from({ length: 3000 }, (_, i) => put(name(i), `${i}`.repeat(20)));
      await store.commit(rows, false);
      await store.commit(
        rows.map((row, i) => (i % 2 === 0 ? { key: row.key, value: undefined } : row)),
        true,
      );
      for (let i = 0; i < rows.length; i += 499) {
        expect(text(await store.get(bytes(name(i))))).toBe(i % 2 === 0 ? undefined : `${i}`.repeat(20));
      }
    });

    test('what the caller does to its buffers after the commit changes nothing', async () => {
      const write = put('key', 'value');
      await store.commit([write], false);
      write.key.fill(0);
      write.value.fill(0);
      expect(text(await store.get(bytes('key')))).toBe('value');
    });

    if (options.durable) {
      test('flushed commits, and all before them, are there after closing and reopening', async () => {
        await store.commit([put('unflushed', '1')], false);
        await store.commit([put('flushed', '2')], true);
        await store.close();
        store = await open(join(directory, 'store'));
        expect(await collect(store, everything)).toEqual(['flushed=2', 'unflushed=1']);
      });

      test('closing waits for the commits before it, and twice is once', async () => {
        const commit = store.commit([put('late', '1')], false);
        await Promise.all([store.close(), store.close()]);
        await commit;
        store = await open(join(directory, 'store'));
        expect(text(await store.get(bytes('late')))).toBe('1');
      });

      test('a closed store refuses with STORE_CLOSED', async () => {
        await store.close();
        await expect(store.get(bytes('a'))).rejects.toMatchObject({ code: 'STORE_CLOSED' });
        await expect(store.commit([put('a', '1')], true)).rejects.toMatchObject({ code: 'STORE_CLOSED' });
      });

      test('a second opener is told STORE_LOCKED and the first goes on', async () => {
        await expect(open(join(directory, 'store'))).rejects.toMatchObject({ code: 'STORE_LOCKED' });
        await store.commit([put('a', '1')], true);
        expect(text(await store.get(bytes('a')))).toBe('1');
      });
    }
  });
}
