import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes.ts';
import type { MapChange, MapChanges } from '../merkle/index.ts';
import { FactOverlay } from './fact-overlay.ts';

/** The changes as a list. */
function listed({ keys, lengths, values }: MapChanges): MapChange[] {
  let end = 0;
  return lengths.map((length, index) => {
    end += length;
    const value = length === 0 ? undefined : values.slice(end - length, end);
    return { key: keys.slice(32 * index, 32 * (index + 1)), value };
  });
}

const keyOf = (number: number) => new Uint8Array(32).fill(number % 3, 0, 3).fill(number, 3);

describe('the facts of a block being executed', () => {
  it('behave as a map whose writes are kept or dropped record by record', () => {
    const write = fc.record({
      key: fc.integer({ min: 0, max: 40 }),
      value: fc.option(fc.integer({ min: 1, max: 255 })),
    });
    const record = fc.record({ writes: fc.array(write, { maxLength: 6 }), accepted: fc.boolean() });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), (records) => {
        const base = new Map([7, 8, 9].map((number) => [toHex(keyOf(number)), new Uint8Array([number])]));
        const overlay = new FactOverlay({ get: (key) => base.get(toHex(key)) });
        const model = new Map(base);
        const touched = new Set<string>();
        for (const { writes, accepted } of records) {
          const inside = new Map(model);
          for (const { key, value } of writes) {
            const bytes = value === null ? undefined : new Uint8Array([value]);
            overlay.set(keyOf(key), bytes);
            if (bytes === undefined) inside.delete(toHex(keyOf(key)));
            else inside.set(toHex(keyOf(key)), bytes);
            expect(overlay.get(keyOf(key))).toEqual(bytes);
            if (accepted) touched.add(toHex(keyOf(key)));
          }
          if (accepted) {
            overlay.keep();
            model.clear();
            for (const [key, value] of inside) model.set(key, value);
          } else overlay.drop();
          for (let key = 0; key <= 40; key++) expect(overlay.get(keyOf(key))).toEqual(model.get(toHex(keyOf(key))));
        }
        const changes = listed(overlay.take());
        expect(new Set(changes.map(({ key }) => toHex(key)))).toEqual(touched);
        for (const { key, value } of changes) expect(value).toEqual(model.get(toHex(key)));
        expect(listed(overlay.take())).toEqual([]);
        for (let key = 0; key <= 40; key++) expect(overlay.get(keyOf(key))).toEqual(base.get(toHex(keyOf(key))));
      }),
    );
  });

  it('take only digests as keys and never an empty value, which would read as absence', () => {
    const overlay = new FactOverlay({ get: () => undefined });
    expect(() => overlay.set(new Uint8Array(31), new Uint8Array(1))).toThrow('digest');
    expect(() => overlay.set(new Uint8Array(32), new Uint8Array(0))).toThrow('not empty');
  });
});
