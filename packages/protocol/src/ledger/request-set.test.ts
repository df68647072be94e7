import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes.ts';
import { RequestSet } from './request-set.ts';

describe('the set of applied requests (R2)', () => {
  it('holds exactly what was added, however the keys collide', () => {
    // Few distinct bytes: many keys share their first word or their home slot.
    const key = fc.array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(fc.array(key, { maxLength: 200 }), fc.array(key, { maxLength: 50 }), (added, asked) => {
        const set = new RequestSet();
        for (const bytes of added) set.add(new Uint8Array(bytes));
        const expected = new Set(added.map((bytes) => toHex(new Uint8Array(bytes))));
        expect(set.size).toBe(expected.size);
        for (const bytes of [...added, ...asked]) {
          expect(set.has(new Uint8Array(bytes))).toBe(expected.has(toHex(new Uint8Array(bytes))));
        }
      }),
    );
  });

  it('grows without losing a key', () => {
    const set = new RequestSet();
    const keyOf = (number: number) => new Uint8Array(new Uint32Array([number * 2_654_435_761, number, 7, 9]).buffer);
    for (let i = 0; i < 20_000; i++) set.add(keyOf(i));
    for (let i = 0; i < 20_000; i++) if (!set.has(keyOf(i))) throw new Error(`lost key ${i}`);
    expect([set.size, set.has(keyOf(20_000))]).toEqual([20_000, false]);
  });
});
