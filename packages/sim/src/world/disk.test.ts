import type { Write } from '@hansa/protocol/replica';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../kernel/seeded-random.ts';
import { Disk } from './disk.ts';
import { Shelf } from './shelf.ts';

const write = (number: number, value = number): Write => ({
  key: new Uint8Array([7, number]),
  value: new Uint8Array([value]),
});
const batch = (...numbers: number[]) => numbers.map((number) => write(number));

function disk(seed = 1, flushUs = 0, bytesPerUs?: number): Disk {
  return new Disk({ flushUs, bytesPerUs, random: createRandom(seed, 'disk') });
}

async function contents(shelf: Pick<Shelf, 'range'>): Promise<number[]> {
  const keys: number[] = [];
  for await (const [key] of shelf.range({ gte: new Uint8Array([7]), lt: new Uint8Array([8]) })) keys.push(key[1] ?? -1);
  return keys;
}

describe('a disk', () => {
  it('shows its process what it committed, and the world what would survive', async () => {
    const one = disk();
    one.begin(batch(1, 2), false);
    expect(await contents(one.durable)).toEqual([]);
    expect(await contents(one.reader() as Shelf)).toEqual([1, 2]);
    one.begin(batch(3), true);
    one.finish();
    expect(await contents(one.durable)).toEqual([1, 2, 3]);
  });

  it('takes its time for a flush, for what is written since the last one, and more when it is slow', () => {
    const one = disk(1, 500, 10);
    expect(one.begin(batch(1), false)).toBe(0);
    // Two writes of 11 bytes with their framing at 10 bytes a microsecond.
    expect(one.begin(batch(2), true)).toBe(500 + Math.ceil(22 / 10));
    one.finish();
    one.slowness = 4;
    expect(one.begin(batch(3), true)).toBe(2000 + Math.ceil(11 / 10));
  });

  it('loses in a power cut any number of its last commits, each of them whole', async () => {
    const survivors = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const one = disk(seed, 100);
      one.begin(batch(1), true);
      one.finish();
      one.begin(batch(2, 3), false);
      one.begin(batch(4), false);
      one.begin(batch(5, 6), true);
      expect(one.crash({ lose: 'unflushed' })).toBeUndefined();
      survivors.add((await contents(one.durable)).join());
      expect(await contents(one.reader() as Shelf)).toEqual(await contents(one.durable));
    }
    expect([...survivors].sort()).toEqual(['1', '1,2,3', '1,2,3,4', '1,2,3,4,5,6']);
  });

  it('keeps every finished commit when only the process dies', async () => {
    const one = disk(1, 100);
    one.begin(batch(1), false);
    one.begin(batch(2), true);
    one.crash({ lose: 'nothing' });
    expect(await contents(one.durable)).toEqual([1]);
  });

  it('says how it broke its promise: torn, lost, rotten', async () => {
    const torn = new Set<string>();
    for (let seed = 0; seed < 100; seed++) {
      const one = disk(seed, 100);
      one.begin(batch(1, 2, 3), true);
      if (one.crash({ lose: 'unflushed', torn: true }) === 'torn') torn.add((await contents(one.durable)).join());
    }
    expect([...torn].sort()).toEqual(['1', '1,2']);

    const lost = disk();
    lost.begin(batch(1), true);
    lost.finish();
    expect(lost.crash({ lose: 'everything' })).toBe('lost');
    expect(await contents(lost.durable)).toEqual([]);

    const shared = new Uint8Array([5]);
    const rotten = disk();
    rotten.begin([{ key: new Uint8Array([7, 1]), value: shared }], true);
    rotten.finish();
    expect(rotten.rot(3)).toBe(1);
    const value = await rotten.durable.get(new Uint8Array([7, 1]));
    expect(value).not.toEqual(shared);
    expect(shared).toEqual(new Uint8Array([5]));
  });
});

describe('a shelf', () => {
  it('gives ranges in the order of the bytes, bounded, limited and reversed', async () => {
    const shelf = new Shelf();
    const keys = [[0], [0, 255], [1], [1, 0], [1, 0, 9], [128], [255, 1]].map((key) => new Uint8Array(key));
    shelf.write(
      createRandom(1, 'order')
        .shuffle(keys)
        .map((key) => ({ key, value: key })),
    );
    const range = async (options: { gte: number[]; lt: number[]; limit?: number; reverse?: boolean }) => {
      const found: number[][] = [];
      const { gte, lt, ...rest } = options;
      for await (const [key, value] of shelf.range({ gte: new Uint8Array(gte), lt: new Uint8Array(lt), ...rest })) {
        expect(value).toEqual(key);
        found.push([...key]);
      }
      return found;
    };
    expect(await range({ gte: [], lt: [255, 2] })).toEqual(keys.map((key) => [...key]));
    expect(await range({ gte: [0, 255], lt: [1, 0, 9] })).toEqual([[0, 255], [1], [1, 0]]);
    expect(await range({ gte: [1], lt: [200], limit: 2, reverse: true })).toEqual([[128], [1, 0, 9]]);
    shelf.write([{ key: new Uint8Array([1]), value: undefined }]);
    expect(await range({ gte: [1], lt: [2] })).toEqual([
      [1, 0],
      [1, 0, 9],
    ]);
    expect(await range({ gte: [2], lt: [1] })).toEqual([]);
  });

  it('is unmoved by what is written to its copy', async () => {
    const shelf = new Shelf();
    shelf.write([write(1)]);
    const copy = shelf.copy();
    copy.write([write(1, 9), write(2)]);
    expect(await shelf.get(new Uint8Array([7, 1]))).toEqual(new Uint8Array([1]));
    expect([shelf.size, copy.size]).toEqual([1, 2]);
  });
});
