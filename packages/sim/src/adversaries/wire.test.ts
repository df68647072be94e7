import { describe, expect, it } from 'vitest';
import { bytesField, readFields, withField, writeFields } from './wire.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('fields of a message without its schema', () => {
  const message = writeFields([
    { number: 1, value: bytes(7, 8) },
    { number: 3, value: 300n },
    { number: 20, value: bytes() },
  ]);

  it('reads what it wrote', () => {
    expect([...message]).toEqual([10, 2, 7, 8, 24, 172, 2, 162, 1, 0]);
    expect(readFields(message)).toEqual([
      { number: 1, value: bytes(7, 8) },
      { number: 3, value: 300n },
      { number: 20, value: bytes() },
    ]);
    expect(bytesField(readFields(message) ?? [], 1)).toEqual(bytes(7, 8));
    expect(bytesField(readFields(message) ?? [], 3)).toBeUndefined();
  });

  it.each([
    ['a tag that ends too early', bytes(128)],
    ['a length beyond the end', bytes(10, 3, 1, 2)],
    ['a kind that Hansa does not use', bytes(13, 0, 0, 0, 0)],
    ['a varint that never ends', new Uint8Array(12).fill(255)],
  ])('refuses %s', (_, broken) => {
    expect(readFields(broken)).toBeUndefined();
  });

  it('puts another value in its place, and leaves zeros and empty strings out', () => {
    const changed = withField(message, 2, 5n);
    expect(readFields(changed)?.map(({ number }) => number)).toEqual([1, 2, 3, 20]);
    expect(readFields(withField(changed, 2, 0n))?.map(({ number }) => number)).toEqual([1, 3, 20]);
    expect(readFields(withField(message, 1, bytes()))?.map(({ number }) => number)).toEqual([3, 20]);
    expect(withField(message, 3, 301n)).not.toEqual(message);
    expect(withField(message, 3, 300n)).toEqual(message);
  });
});
