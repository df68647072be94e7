import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashEach, hashRows, laneMessageBytesMax } from './sha256-lanes.ts';

const reference = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

function split(digests: Uint8Array): string[] {
  return Array.from({ length: digests.length / 32 }, (_, i) =>
    Buffer.from(digests.subarray(32 * i, 32 * (i + 1))).toString('hex'),
  );
}

describe('SHA-256 in four lanes', () => {
  test('gives the published digests (FIPS 180-4 examples)', () => {
    const messages = ['', 'abc', 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'].map((text) =>
      new TextEncoder().encode(text),
    );
    expect(split(hashEach(new Uint8Array(0), messages))).toEqual([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ]);
  });

  test('agrees with OpenSSL at every length over three blocks, and at the longest', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => i * 7);
    const messages = Array.from({ length: 200 }, (_, length) => bytes.subarray(0, length));
    expect(split(hashEach(bytes.subarray(0, 1), messages))).toEqual(
      messages.map((message) => reference(bytes.subarray(0, 1), message)),
    );
    const longest = new Uint8Array(laneMessageBytesMax).map((_, i) => i);
    expect(split(hashEach(new Uint8Array(0), [longest, longest.subarray(1)]))).toEqual([
      reference(longest),
      reference(longest.subarray(1)),
    ]);
  });

  test('agrees with OpenSSL on messages of mixed lengths, whatever was hashed before', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 11 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), messages, (prefix, each) => {
        expect(split(hashEach(prefix, each))).toEqual(each.map((message) => reference(prefix, message)));
      }),
      { numRuns: 500 },
    );
  });

  test('agrees with OpenSSL on rows', () => {
    const rows = fc.record({ rowBytes: fc.integer({ min: 1, max: 70 }), count: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), rows, fc.nat(255), (prefix, { rowBytes, count }, seed) => {
        const bytes = Uint8Array.from({ length: rowBytes * count }, (_, i) => i * 31 + seed);
        const expected = Array.from({ length: count }, (_, i) =>
          reference(prefix, bytes.subarray(i * rowBytes, (i + 1) * rowBytes)),
        );
        expect(split(hashRows(prefix, bytes, rowBytes))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
