import { describe, expect, it } from 'vitest';
import { createRandom } from './seeded-random.ts';

const draws = (seed: number, purpose: string, node?: number) => {
  const random = createRandom(seed, purpose, node);
  return Array.from({ length: 8 }, () => random.next());
};

describe('a seeded stream', () => {
  it('is the same for the same seed, purpose and node, and another for any other', () => {
    expect(draws(1, 'a', 2)).toEqual(draws(1, 'a', 2));
    const names: [number, string, number?][] = [
      [1, 'a', 2],
      [2, 'a', 2],
      [1, 'b', 2],
      [1, 'a', 3],
      [1, 'a'],
      [11, 'a', 2],
      [1, 'a/2'],
      [2 ** 40, 'a', 2],
    ];
    expect(new Set(names.map((name) => draws(...name).join())).size).toBe(names.length);
  });

  it('is pinned: seeds that were published keep their meaning', () => {
    const random = createRandom(7, 'pinned', 3);
    expect([random.integer(1000), random.integer(1000), random.integer(1000)]).toEqual([509, 801, 479]);
  });

  it('is even: means, shares and spreads are what they are called', () => {
    const random = createRandom(3, 'even');
    const count = 100_000;
    const mean = (draw: () => number) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += draw();
      return sum / count;
    };
    expect(Math.abs(mean(() => random.next()) - 0.5)).toBeLessThan(0.005);
    expect(Math.abs(mean(() => random.next() ** 2) - 1 / 3)).toBeLessThan(0.005);
    expect(Math.abs(mean(() => (random.chance(0.3) ? 1 : 0)) - 0.3)).toBeLessThan(0.01);
    expect(Math.abs(mean(() => random.normal()))).toBeLessThan(0.02);
    expect(Math.abs(mean(() => random.normal() ** 2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(mean(() => random.exponential()) - 1)).toBeLessThan(0.02);
    const buckets = new Array<number>(10).fill(0);
    for (let i = 0; i < count; i++) {
      const bucket = random.integer(10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const bucket of buckets) expect(Math.abs(bucket - count / 10)).toBeLessThan(500);
  });

  it('does not follow its neighbour: streams of nodes and seeds in a row are unrelated', () => {
    const first = (seed: number, node: number) => createRandom(seed, 'row', node).next();
    const rows = [
      Array.from({ length: 2000 }, (_, node) => first(1, node)),
      Array.from({ length: 2000 }, (_, seed) => first(seed, 1)),
    ];
    for (const row of rows) {
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
      const lag = row.slice(1).reduce((sum, value, index) => sum + (value - mean) * ((row[index] as number) - mean), 0);
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
      expect(Math.abs(lag / row.length / (1 / 12))).toBeLessThan(0.1);
    }
  });

  it('shuffles, samples and picks without inventing or losing anything', () => {
    const random = createRandom(5, 'lists');
    const items = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = random.shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
    const sample = random.sample(items, 10);
    expect(new Set(sample).size).toBe(10);
    expect(sample).toEqual([...sample].sort((a, b) => a - b));
    expect(random.sample(items, 99)).toEqual(items);
    expect(items).toContain(random.pick(items));
    expect(() => random.pick([])).toThrow(RangeError);
    expect(() => random.integer(0)).toThrow(RangeError);
    expect(random.bytes(13)).toHaveLength(13);
    expect(random.bytes(13)).not.toEqual(random.bytes(13));
  });
});
