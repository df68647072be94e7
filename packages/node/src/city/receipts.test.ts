import { limits } from '@hansa/protocol';
import { describe, expect, it } from 'vitest';
import { newestSeals } from './receipts.ts';

const seals = (...sizes: number[]) => sizes.map((size) => new Uint8Array(size));

describe('C12: of the seals, a receipt gets', () => {
  it('all while they fit', () => {
    expect(newestSeals([])).toEqual({ seals: [], sealsFrom: 0 });
    const all = seals(...Array.from({ length: limits.receiptSealsMax }, () => 1));
    expect(newestSeals(all)).toEqual({ seals: all, sealsFrom: 0 });
  });

  it('the newest of too many', () => {
    const all = seals(...Array.from({ length: limits.receiptSealsMax + 3 }, () => 1));
    expect(newestSeals(all)).toEqual({ seals: all.slice(3), sealsFrom: 3 });
  });

  it('the newest of what would be too long', () => {
    const half = limits.receiptSealsBytesMax / 2;
    const all = seals(1, half, half, 0);
    expect(newestSeals(all)).toEqual({ seals: all.slice(1), sealsFrom: 1 });
    const long = seals(1, limits.receiptSealsBytesMax + 1);
    expect(newestSeals(long)).toEqual({ seals: [], sealsFrom: 2 });
  });
});
