import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../../test/vectors/merkle-tree.json' with { type: 'json' };
import { concatBytes, fromHex, toHex } from '../bytes.ts';
import { portableHasher as hasher } from '../crypto/portable-hash.ts';
import { HistoryTree } from './history-tree.ts';
import { inclusionPath, leafHash, merkleRoot, nodeHash, verifyConsistency, verifyInclusion } from './tree.ts';

const bytes = (hex: string): Uint8Array => fromHex(hex) as Uint8Array;
const leaf = (i: number): Uint8Array => hasher.sha256(new Uint8Array([i >>> 8, i & 255]));
const leavesOf = (size: number): Uint8Array[] => Array.from({ length: size }, (_, i) => leaf(i));

/** MTH of RFC 6962 section 2.1, word for word. */
function recursiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hasher.sha256(new Uint8Array(0));
  if (leaves.length === 1) return hasher.sha256(concatBytes(new Uint8Array([0]), leaves[0] as Uint8Array));
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hasher.sha256(
    concatBytes(new Uint8Array([1]), recursiveRoot(leaves.slice(0, split)), recursiveRoot(leaves.slice(split))),
  );
}

function historyOf(leaves: readonly Uint8Array[]): HistoryTree {
  const tree = new HistoryTree(hasher);
  for (const data of leaves) tree.append(data);
  return tree;
}

function flipped(data: Uint8Array, bit: number): Uint8Array {
  const copy = data.slice();
  copy[bit >>> 3] = (copy[bit >>> 3] as number) ^ (1 << (bit & 7));
  return copy;
}

/** Every way to damage a path: a bit of each hash, a hash lost, doubled, swapped, added or cut short. */
function damagedPaths(path: readonly Uint8Array[]): Uint8Array[][] {
  const damaged: Uint8Array[][] = [];
  path.forEach((hash, i) => {
    damaged.push(path.with(i, flipped(hash, (i * 37) % 256)), path.toSpliced(i, 1), path.toSpliced(i, 0, hash));
    damaged.push(path.with(i, hash.subarray(1)), path.with(i, concatBytes(hash, new Uint8Array(1))));
    const next = path[i + 1];
    if (next !== undefined) damaged.push(path.with(i, next).with(i + 1, hash));
  });
  damaged.push([...path, leaf(9999)], [leaf(9999), ...path], [...path, new Uint8Array(32)]);
  return damaged;
}

describe('the RFC 6962 tree (R3)', () => {
  const leaves = vectors.leaves.map(bytes);

  it('has the published roots, from its leaves and from its history', () => {
    const history = historyOf(leaves);
    vectors.roots.forEach((root, size) => {
      expect(toHex(merkleRoot(hasher, leaves.slice(0, size)))).toBe(root);
      expect(toHex(history.root(size))).toBe(root);
    });
    expect(toHex(leafHash(hasher, leaves[0] as Uint8Array))).toBe(vectors.roots[1]);
    const [first, second] = leaves.map((data) => leafHash(hasher, data)) as [Uint8Array, Uint8Array];
    expect(toHex(nodeHash(hasher, first, second))).toBe(vectors.roots[2]);
  });

  it('makes and verifies the published inclusion proofs', () => {
    const history = historyOf(leaves);
    for (const { index, size, path } of vectors.inclusion) {
      expect(inclusionPath(hasher, leaves.slice(0, size), index).map(toHex)).toEqual(path);
      expect(history.inclusionPath(index, size).map(toHex)).toEqual(path);
      const root = bytes(vectors.roots[size] as string);
      expect(verifyInclusion(hasher, leaves[index] as Uint8Array, index, size, path.map(bytes), root)).toBe(true);
    }
  });

  it('makes and verifies the published consistency proofs', () => {
    const history = historyOf(leaves);
    for (const { fromSize, toSize, path } of vectors.consistency) {
      expect(history.consistencyPath(fromSize, toSize).map(toHex)).toEqual(path);
      const [from, to] = [fromSize, toSize].map((size) => bytes(vectors.roots[size] as string)) as [
        Uint8Array,
        Uint8Array,
      ];
      expect(verifyConsistency(hasher, fromSize, toSize, from, to, path.map(bytes))).toBe(true);
    }
  });

  it('has the golden root and path of a thousand leaves', () => {
    const { root, index, path } = vectors.large;
    const thousand = leavesOf(1000);
    expect(toHex(merkleRoot(hasher, thousand))).toBe(root);
    expect(inclusionPath(hasher, thousand, index).map(toHex)).toEqual(path);
    expect(historyOf(thousand).inclusionPath(index, 1000).map(toHex)).toEqual(path);
  });

  it('agrees with the recursive definition for leaves of any number and length', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 70 }), (some) => {
        const root = recursiveRoot(some);
        expect(merkleRoot(hasher, some)).toEqual(root);
        expect(historyOf(some).root()).toEqual(root);
      }),
      { seed: 21 },
    );
  });

  it('tells a leaf from an inner node with the same bytes', () => {
    const [a, b] = [leafHash(hasher, leaf(1)), leafHash(hasher, leaf(2))];
    expect(merkleRoot(hasher, [concatBytes(a, b)])).not.toEqual(merkleRoot(hasher, [leaf(1), leaf(2)]));
  });
});

describe('the history tree (L3)', () => {
  const sizeMax = 70;
  const leaves = leavesOf(sizeMax);
  const history = historyOf(leaves);
  const roots = Array.from({ length: sizeMax + 1 }, (_, size) => recursiveRoot(leaves.slice(0, size)));
  const rootAt = (size: number): Uint8Array => roots[size] as Uint8Array;

  it('gives the root of every earlier size', () => {
    roots.forEach((root, size) => {
      expect(history.root(size)).toEqual(root);
    });
  });

  it('proves the inclusion of every leaf in every size, and nothing else', () => {
    for (let size = 1; size <= sizeMax; size++) {
      for (let index = 0; index < size; index++) {
        const path = history.inclusionPath(index, size);
        const data = leaves[index] as Uint8Array;
        expect(verifyInclusion(hasher, data, index, size, path, rootAt(size))).toBe(true);
        expect(verifyInclusion(hasher, leaf(500), index, size, path, rootAt(size))).toBe(false);
        if (index + 1 < size) expect(verifyInclusion(hasher, data, index + 1, size, path, rootAt(size))).toBe(false);
        expect(verifyInclusion(hasher, data, index, size, path, rootAt(size - 1))).toBe(false);
      }
    }
  });

  it('proves that every size continues every earlier one, and refuses exchanged roots and sizes', () => {
    for (let to = 0; to <= sizeMax; to++) {
      for (let from = 0; from <= to; from++) {
        const path = history.consistencyPath(from, to);
        expect(verifyConsistency(hasher, from, to, rootAt(from), rootAt(to), path)).toBe(true);
        if (from === to) continue;
        expect(verifyConsistency(hasher, from, to, rootAt(to), rootAt(from), path)).toBe(false);
        expect(verifyConsistency(hasher, from, to, leaf(1), rootAt(to), path)).toBe(false);
        if (from === 0) continue;
        expect(verifyConsistency(hasher, from, to, rootAt(from), leaf(1), path)).toBe(false);
        expect(verifyConsistency(hasher, from - 1, to, rootAt(from), rootAt(to), path)).toBe(false);
      }
    }
  });

  it('refuses every damaged inclusion path', () => {
    for (const [index, size] of [
      [0, 1],
      [0, 2],
      [3, 7],
      [6, 7],
      [32, 33],
      [31, 64],
      [68, 70],
    ] as const) {
      const data = leaves[index] as Uint8Array;
      for (const path of damagedPaths(history.inclusionPath(index, size))) {
        expect(verifyInclusion(hasher, data, index, size, path, rootAt(size))).toBe(false);
      }
      const path = history.inclusionPath(index, size);
      for (let bit = 0; bit < 256; bit++)
        expect(verifyInclusion(hasher, data, index, size, path, flipped(rootAt(size), bit))).toBe(false);
      expect(verifyInclusion(hasher, data, index, size, path, rootAt(size).subarray(1))).toBe(false);
    }
  });

  it('refuses a path that is too short or too long for the claimed size, under a root that it does lead to', () => {
    const [first, second] = [leafHash(hasher, leaf(0)), leafHash(hasher, leaf(1))];
    const root = rootAt(2);
    expect(verifyInclusion(hasher, leaf(0), 0, 2, [second], root)).toBe(true);
    for (const size of [3, 4, 5]) expect(verifyInclusion(hasher, leaf(0), 0, size, [second], root)).toBe(false);
    expect(verifyInclusion(hasher, leaf(1), 0, 1, [first], root)).toBe(false);
    expect(verifyInclusion(hasher, leaf(1), 1, 2, [first], root)).toBe(true);
    const longer = nodeHash(hasher, leaf(7), root);
    expect(verifyInclusion(hasher, leaf(1), 1, 2, [first, leaf(7)], longer)).toBe(false);
    expect(verifyConsistency(hasher, 1, 1, first, root, [second])).toBe(false);
    expect(verifyConsistency(hasher, 1, 3, first, root, [second])).toBe(false);
  });

  it('refuses every damaged consistency path', () => {
    for (const [from, to] of [
      [1, 2],
      [2, 3],
      [3, 7],
      [4, 7],
      [6, 8],
      [8, 64],
      [33, 70],
      [69, 70],
      [5, 5],
    ] as const) {
      for (const path of damagedPaths(history.consistencyPath(from, to))) {
        expect(verifyConsistency(hasher, from, to, rootAt(from), rootAt(to), path)).toBe(false);
      }
    }
    expect(verifyConsistency(hasher, 0, 5, rootAt(0), rootAt(5), [leaf(1)])).toBe(false);
    expect(verifyConsistency(hasher, 0, 5, rootAt(1), rootAt(5), [])).toBe(false);
  });

  it('refuses sizes and indexes that are not possible', () => {
    const path = history.inclusionPath(3, 7);
    for (const [index, size] of [
      [-1, 7],
      [7, 7],
      [3.5, 7],
      [3, 7.5],
      [Number.NaN, 7],
      [3, Number.POSITIVE_INFINITY],
      [2 ** 53, 2 ** 54],
    ] as const) {
      expect(verifyInclusion(hasher, leaf(3), index, size, path, rootAt(7))).toBe(false);
    }
    for (const [from, to] of [
      [7, 6],
      [-1, 7],
      [3.5, 7],
      [7, 7.5],
      [Number.NaN, 7],
      [7, Number.NaN],
      [2 ** 53, 2 ** 54],
    ] as const) {
      expect(verifyConsistency(hasher, from, to, rootAt(7), rootAt(7), [])).toBe(false);
    }
    expect(() => history.root(sizeMax + 1)).toThrow(RangeError);
    expect(() => history.inclusionPath(7, 7)).toThrow(RangeError);
    expect(() => history.inclusionPath(0, sizeMax + 1)).toThrow(RangeError);
    expect(() => history.consistencyPath(8, 7)).toThrow(RangeError);
    expect(() => inclusionPath(hasher, leaves, sizeMax)).toThrow(RangeError);
  });

  it('verifies proofs of sizes beyond 32 bits', () => {
    // A tree of 2^40 + 1 leaves whose first 2^40 hash to `left`: the last leaf's path is that one hash.
    const left = leaf(1);
    const root = nodeHash(hasher, left, leafHash(hasher, leaf(2)));
    expect(verifyInclusion(hasher, leaf(2), 2 ** 40, 2 ** 40 + 1, [left], root)).toBe(true);
    expect(verifyInclusion(hasher, leaf(2), 2 ** 39, 2 ** 40 + 1, [left], root)).toBe(false);
    expect(verifyConsistency(hasher, 2 ** 40, 2 ** 40 + 1, left, root, [leafHash(hasher, leaf(2))])).toBe(true);
    expect(verifyConsistency(hasher, 2 ** 40 - 1, 2 ** 40 + 1, left, root, [leafHash(hasher, leaf(2))])).toBe(false);
  });

  it('stays whole over the edges of its chunks, and gives copies', () => {
    const large = historyOf(leavesOf(2100));
    for (const size of [1023, 1024, 1025, 2047, 2048, 2049, 2100])
      expect(large.root(size)).toEqual(merkleRoot(hasher, leavesOf(size)));
    const root = large.root(1024);
    large.root(1024).fill(0);
    for (const hash of large.inclusionPath(3, 2048)) hash.fill(0);
    expect(large.root(1024)).toEqual(root);
    expect(verifyInclusion(hasher, leaf(3), 3, 2048, large.inclusionPath(3, 2048), large.root(2048))).toBe(true);
  });
});
