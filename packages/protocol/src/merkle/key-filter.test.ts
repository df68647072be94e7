import { describe, expect, it } from 'vitest';
import { portableHasher as hasher } from '../crypto/portable-hash.ts';
import { KeyFilter } from './key-filter.ts';

const key = (seed: number) => hasher.sha256(new Uint8Array([seed >>> 16, seed >>> 8, seed]));

describe('the filter of keys', () => {
  it('never says of a noted key that it is absent, and says it of nearly all others, up to its last place', () => {
    const filter = new KeyFilter(20_000);
    let count = 0;
    for (; !filter.isFull; count++) filter.add(key(count), 0);
    for (let seed = 0; seed < count; seed++) expect(filter.mayHold(key(seed))).toBe(true);
    expect(count).toBeGreaterThan(20_000);
    let passed = 0;
    for (let seed = count; seed < count + 10_000; seed++) if (filter.mayHold(key(seed))) passed++;
    expect(passed).toBeLessThan(400);
  });

  it('reads keys that lie side by side', () => {
    const filter = new KeyFilter(0);
    const keys = new Uint8Array([...key(1), ...key(2)]);
    filter.add(keys, 32);
    expect([filter.mayHold(key(1)), filter.mayHold(key(2))]).toEqual([false, true]);
  });
});
