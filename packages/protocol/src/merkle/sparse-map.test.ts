import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../../test/vectors/merkle-sparse-map.json' with { type: 'json' };
import { compareBytes, concatBytes, equalBytes, fromHex, toHex } from '../bytes.ts';
import { portableHasher as hasher } from '../crypto/portable-hash.ts';
import type { MapChange } from './map-changes.ts';
import { keyBit, type MapProof, mapLeafHash, verifyMapProof } from './map-proof.ts';
import { SparseMerkleMap } from './sparse-map.ts';

/** The definition, word for word: recursion over the sorted keys. */
function naiveRoot(entries: readonly (readonly [Uint8Array, Uint8Array])[], depth = 0): Uint8Array {
  if (entries.length === 0) return new Uint8Array(32);
  if (entries.length === 1) {
    const [key, value] = entries[0] as readonly [Uint8Array, Uint8Array];
    return hasher.sha256(concatBytes(new Uint8Array([0]), key, hasher.sha256(value)));
  }
  const left = naiveRoot(
    entries.filter(([key]) => keyBit(key, depth) === 0),
    depth + 1,
  );
  const right = naiveRoot(
    entries.filter(([key]) => keyBit(key, depth) === 1),
    depth + 1,
  );
  return hasher.sha256(concatBytes(left, right));
}

type Model = ReadonlyMap<string, readonly [Uint8Array, Uint8Array]>;

function changed(model: Model, changes: readonly MapChange[]): Model {
  const next = new Map(model);
  for (const { key, value } of changes) {
    if (value === undefined) next.delete(toHex(key));
    else next.set(toHex(key), [key, value]);
  }
  return next;
}

const sorted = (model: Model) => [...model.values()].sort((a, b) => compareBytes(a[0], b[0]));

function key(seed: number): Uint8Array {
  return hasher.sha256(new Uint8Array([seed >>> 24, seed >>> 16, seed >>> 8, seed]));
}

/** Few keys that share long prefixes, so that paths are deep and collapse again. */
const closeKey = fc
  .tuple(fc.constantFrom(0, 7, 8, 100, 254, 255), fc.integer({ min: 0, max: 3 }))
  .map(([bit, tail]) => {
    const bytes = new Uint8Array(32);
    bytes[bit >>> 3] = 128 >>> (bit & 7);
    bytes[31] = (bytes[31] as number) ^ tail;
    return bytes;
  });
const anyKey = fc.oneof(
  closeKey,
  fc.integer({ min: 0, max: 30 }).map(key),
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
);
const anyValue = fc.option(fc.uint8Array({ minLength: 1, maxLength: 70 }), { nil: undefined, freq: 2 });
const anyBatch = fc.array(fc.record({ key: anyKey, value: anyValue }), { maxLength: 25 });

function filled(count: number): SparseMerkleMap {
  const map = new SparseMerkleMap(hasher);
  map.apply(
    1,
    Array.from({ length: count }, (_, i) => ({ key: key(i), value: new Uint8Array([i & 255, i >>> 8, 1]) })),
  );
  return map;
}

describe('the sparse Merkle map (L3)', () => {
  it('has 32 zero bytes as its root while empty, at version 0', () => {
    const map = new SparseMerkleMap(hasher);
    expect(map.version).toBe(0);
    expect(map.size).toBe(0);
    expect(map.root()).toEqual(new Uint8Array(32));
    expect([...map.entries()]).toEqual([]);
  });

  it('answers, proves and hashes like the definition at every retained version, through removals and pruning', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyBatch, fc.boolean()), { maxLength: 8 }),
        fc.array(anyKey, { maxLength: 5 }),
        (batches, strangers) => {
          const map = new SparseMerkleMap(hasher);
          let models: (readonly [number, Model])[] = [[0, new Map()]];
          let version = 0;
          for (const [batch, prunes] of batches) {
            version += 2;
            models.push([version, changed(models[models.length - 1]?.[1] as Model, batch)]);
            map.apply(version, batch);
            if (prunes) {
              // An odd version is answered by the even one before it, which must stay.
              map.prune(version - 3);
              models = models.filter(([kept]) => kept >= version - 4);
            }
            for (const [at, model] of models) {
              // Reading the past between changes must not disturb the undo logs.
              const [probe] = batches[0]?.[0].map(({ key }) => key) ?? [];
              if (probe !== undefined) expect(map.get(probe, at)).toEqual(model.get(toHex(probe))?.[1]);
              expect(toHex(map.root(at))).toBe(toHex(naiveRoot(sorted(model))));
              expect(map.root(Math.min(at + 1, version))).toEqual(at === version ? map.root() : map.root(at));
            }
          }
          const newest = models[models.length - 1]?.[1] as Model;
          expect(map.size).toBe(newest.size);
          expect([...map.entries()]).toEqual(sorted(newest));
          const probes = [...strangers, ...batches.flatMap(([batch]) => batch.map((change) => change.key))];
          for (const [at, model] of models) {
            const root = map.root(at);
            for (const probe of probes) {
              const expected = model.get(toHex(probe))?.[1];
              expect(map.get(probe, at)).toEqual(expected);
              const proof = map.prove(probe, at);
              expect(proof.value).toEqual(expected);
              expect(verifyMapProof(hasher, proof, root)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 150, seed: 11 },
    );
  });

  it('has the golden roots and proofs', () => {
    const bytes = (hex: string): Uint8Array => fromHex(hex) as Uint8Array;
    for (const { entries, root, proofs } of vectors.maps) {
      const map = new SparseMerkleMap(hasher);
      map.apply(
        1,
        entries.map(([key, value]) => ({ key: bytes(key as string), value: bytes(value as string) })),
      );
      expect(toHex(map.root())).toBe(root);
      for (const { key, value, siblingBits, siblings, other } of proofs) {
        const proof = {
          key: bytes(key),
          value: value === null ? undefined : bytes(value),
          siblingBits: bytes(siblingBits),
          siblings: siblings.map(bytes),
          other: other === null ? undefined : { key: bytes(other.key), valueHash: bytes(other.valueHash) },
        };
        expect(map.prove(bytes(key))).toEqual(proof);
        expect(verifyMapProof(hasher, proof, bytes(root))).toBe(true);
      }
    }
  });

  it('does not depend on the order or the batches in which its contents came', () => {
    const all = filled(200);
    const single = new SparseMerkleMap(hasher);
    for (let i = 199; i >= 0; i--)
      single.apply(200 - i, [{ key: key(i), value: new Uint8Array([i & 255, i >>> 8, 1]) }]);
    expect(single.root()).toEqual(all.root());
  });

  it('lets the last of several changes to one key count', () => {
    const map = new SparseMerkleMap(hasher);
    map.apply(1, [
      { key: key(1), value: new Uint8Array([1]) },
      { key: key(2), value: new Uint8Array([2]) },
      { key: key(1), value: undefined },
      { key: key(2), value: new Uint8Array([3]) },
    ]);
    expect(map.get(key(1))).toBeUndefined();
    expect(map.get(key(2))).toEqual(new Uint8Array([3]));
    expect(map.size).toBe(1);
  });

  it('takes first contents at version 0, once', () => {
    const map = new SparseMerkleMap(hasher);
    map.apply(0, [{ key: key(1), value: new Uint8Array([1]) }]);
    expect(map.version).toBe(0);
    expect(map.get(key(1), 0)).toEqual(new Uint8Array([1]));
    expect(() => map.apply(0, [])).toThrow(/does not follow/);
  });

  it('refuses versions that do not rise, wrong keys and empty values, and stays as it was', () => {
    const map = filled(3);
    const before = map.root();
    expect(() => map.apply(1, [])).toThrow(/does not follow/);
    expect(() => map.apply(1.5, [])).toThrow(/whole number/);
    expect(() => map.apply(2, [{ key: new Uint8Array(31), value: new Uint8Array(1) }])).toThrow(/32 bytes/);
    const good = { key: key(9), value: new Uint8Array(1) };
    expect(() => map.apply(2, [good, { key: key(10), value: new Uint8Array(0) }])).toThrow(/not empty/);
    expect(map.root()).toEqual(before);
    expect(map.version).toBe(1);
  });

  it('answers for no version that was pruned or has not come', () => {
    const map = filled(3);
    map.apply(5, [{ key: key(0), value: undefined }]);
    map.apply(9, [{ key: key(1), value: undefined }]);
    expect(map.get(key(0), 4)).toBeDefined();
    map.prune(7);
    expect(map.get(key(0), 7)).toBeUndefined();
    expect(map.get(key(1), 8)).toBeDefined();
    expect(() => map.get(key(0), 4)).toThrow(/pruned/);
    expect(() => map.root(10)).toThrow(/beyond/);
    map.prune(100);
    expect(map.get(key(2))).toBeDefined();
    expect(() => map.root(8)).toThrow(/pruned/);
  });

  it('gives copies, which no later version and no caller can change', () => {
    const map = filled(10);
    const value = map.get(key(3)) as Uint8Array;
    const proof = map.prove(key(3));
    const root = map.root();
    value.fill(0xff);
    expect(map.get(key(3))).toEqual(new Uint8Array([3, 0, 1]));
    map.apply(2, [{ key: key(3), value: new Uint8Array([9, 9, 9]) }]);
    map.prune(2);
    map.apply(3, [{ key: key(77), value: new Uint8Array([7, 7, 7]) }]);
    expect(verifyMapProof(hasher, proof, root)).toBe(true);
  });

  it('reuses the nodes and values of pruned versions', () => {
    const rewritten = filled(50);
    let reserved = 0;
    for (let version = 2; version < 400; version++) {
      rewritten.apply(
        version,
        Array.from({ length: 50 }, (_, i) => ({
          key: key(i),
          value: new Uint8Array(1 + ((version * i) % 90)).fill(version),
        })),
      );
      rewritten.prune(version - 1);
      // Once the undo logs have their size; the 300 versions after that are more leaves than a page holds.
      if (version === 100) reserved = rewritten.reservedBytes;
    }
    expect(rewritten.reservedBytes).toBe(reserved);
    for (let i = 0; i < 50; i++) expect(rewritten.get(key(i))).toEqual(new Uint8Array(1 + ((399 * i) % 90)).fill(399));
    expect(verifyMapProof(hasher, rewritten.prove(key(7)), rewritten.root())).toBe(true);
  });

  it('takes little room while it is small, and little more than its keys need when it has grown', () => {
    const map = new SparseMerkleMap(hasher);
    map.apply(0, []);
    expect(map.reservedBytes).toBeLessThan(8 * 1024);
    let kept = 0;
    for (let version = 1; version <= 400; version++) {
      const changes = Array.from({ length: 100 }, (_, i) => ({
        key: key(version * 100 + i),
        value: key(i).slice(0, 20),
      }));
      map.apply(version, changes);
      map.prune(version);
      kept += changes.length;
      if (version > 10) expect(map.reservedBytes).toBeLessThan(500 * kept);
    }
    expect(map.get(key(150))).toEqual(key(50).slice(0, 20));
    expect(verifyMapProof(hasher, map.prove(key(40_099)), map.root())).toBe(true);
  });

  it('finds every key when there are more than its filter of absent keys began with, and many were rewritten', () => {
    const count = 20_000;
    const keys = Array.from({ length: count }, (_, i) => key(i));
    const map = new SparseMerkleMap(hasher);
    for (let version = 1; version <= 3; version++) {
      const value = new Uint8Array([version]);
      map.apply(
        version,
        keys.map((each) => ({ key: each, value })),
      );
      map.prune(version);
      expect(keys.every((each) => map.get(each)?.[0] === version)).toBe(true);
    }
    expect(map.get(key(count))).toBeUndefined();
  });

  it('proves every key as it was before a block that overwrote thousands of nodes', () => {
    const map = new SparseMerkleMap(hasher);
    const changes = (value: number) =>
      Array.from({ length: 3000 }, (_, i) => ({ key: key(i), value: new Uint8Array([value]) }));
    map.apply(1, changes(1));
    const root = map.root();
    map.apply(2, changes(2));
    for (let i = 0; i < 3000; i++) {
      const proof = map.prove(key(i), 1);
      expect(proof.value).toEqual(new Uint8Array([1]));
      if (!verifyMapProof(hasher, proof, root)) throw new Error(`key ${i} is not proven at version 1`);
    }
  });

  it('holds values larger than a page of its arena beside small ones', () => {
    const map = new SparseMerkleMap(hasher);
    const large = new Uint8Array(3 * 1024 * 1024).map((_, i) => i % 251);
    map.apply(1, [
      { key: key(1), value: new Uint8Array([1]) },
      { key: key(2), value: large },
      { key: key(3), value: new Uint8Array([3]) },
    ]);
    expect(equalBytes(map.get(key(2)) as Uint8Array, large)).toBe(true);
    map.apply(2, [{ key: key(2), value: undefined }]);
    map.prune(2);
    const reversed = large.slice().reverse();
    map.apply(3, [{ key: key(4), value: reversed }]);
    expect(equalBytes(map.get(key(4)) as Uint8Array, reversed)).toBe(true);
    expect(map.get(key(1))).toEqual(new Uint8Array([1]));
    expect(map.get(key(3))).toEqual(new Uint8Array([3]));
  });
});

describe('proofs of the sparse Merkle map against a liar (L3)', () => {
  const map = filled(64);
  const root = map.root();
  const present = map.prove(key(5));
  /** One proof of each kind of absence. */
  const strangers = Array.from({ length: 200 }, (_, i) => map.prove(key(1000 + i)));
  const besideLeaf = strangers.find((proof) => proof.other !== undefined) as MapProof;
  const emptySubtree = strangers.find((proof) => proof.other === undefined) as MapProof;
  const verify = (proof: MapProof, against: Uint8Array = root): boolean => verifyMapProof(hasher, proof, against);

  it('knows both kinds of absence', () => {
    expect(verify(besideLeaf)).toBe(true);
    expect(verify(emptySubtree)).toBe(true);
    expect(besideLeaf.value).toBeUndefined();
    expect(emptySubtree.value).toBeUndefined();
  });

  it('proves absence in the empty map and beside its only leaf', () => {
    const empty = new SparseMerkleMap(hasher);
    const proof = empty.prove(key(1));
    expect(proof.siblings).toEqual([]);
    expect(verify(proof, empty.root())).toBe(true);
    empty.apply(1, [{ key: key(2), value: new Uint8Array([2]) }]);
    expect(verify(empty.prove(key(1)), empty.root())).toBe(true);
    expect(verify(empty.prove(key(2)), empty.root())).toBe(true);
    expect(verify(proof, empty.root())).toBe(false);
  });

  it.each([
    ['presence', present],
    ['absence beside another leaf', besideLeaf],
    ['absence in an empty subtree', emptySubtree],
  ])('refuses a proof of %s with any bit flipped, a sibling missing, added, swapped or emptied', (_, proof) => {
    const flips: MapProof[] = [];
    const flipped = (bytes: Uint8Array): Uint8Array[] =>
      Array.from({ length: bytes.length * 8 }, (__, bit) => {
        const copy = bytes.slice();
        copy[bit >>> 3] = (copy[bit >>> 3] as number) ^ (1 << (bit & 7));
        return copy;
      });
    if (proof.value !== undefined) for (const value of flipped(proof.value)) flips.push({ ...proof, value });
    for (const siblingBits of flipped(proof.siblingBits)) flips.push({ ...proof, siblingBits });
    proof.siblings.forEach((sibling, i) => {
      for (const wrong of flipped(sibling)) flips.push({ ...proof, siblings: proof.siblings.with(i, wrong) });
      flips.push({ ...proof, siblings: proof.siblings.toSpliced(i, 1) });
      flips.push({ ...proof, siblings: proof.siblings.toSpliced(i, 0, sibling) });
      flips.push({ ...proof, siblings: proof.siblings.with(i, new Uint8Array(32)) });
      flips.push({ ...proof, siblings: proof.siblings.with(i, sibling.subarray(1)) });
    });
    flips.push({ ...proof, siblings: proof.siblings.toReversed() });
    flips.push({ ...proof, siblings: [...proof.siblings, key(1)] });
    flips.push({ ...proof, siblingBits: concatBytes(proof.siblingBits, new Uint8Array(1)) });
    flips.push({ ...proof, siblingBits: new Uint8Array(33).fill(255) });
    if (proof.other !== undefined) {
      for (const wrong of flipped(proof.other.key)) flips.push({ ...proof, other: { ...proof.other, key: wrong } });
      for (const wrong of flipped(proof.other.valueHash))
        flips.push({ ...proof, other: { ...proof.other, valueHash: wrong } });
    }
    for (const wrong of flips) expect(verify(wrong)).toBe(false);
    for (const wrong of flipped(root)) expect(verify(proof, wrong)).toBe(false);
    expect(verify(proof, root.subarray(0, 31))).toBe(false);
  });

  it('refuses a proof for a key that it is not about, unless it truly shows that absence as well', () => {
    for (let i = 0; i < 64; i++) expect(verify({ ...present, key: key(i) })).toBe(i === 5);
    for (const proof of [besideLeaf, emptySubtree]) {
      for (let i = 0; i < 64; i++) expect(verify({ ...proof, key: key(i) })).toBe(false);
    }
  });

  it('refuses absence where a value is, whatever stands beside', () => {
    expect(verify({ ...present, value: undefined })).toBe(false);
    const valueHash = hasher.sha256(present.value as Uint8Array);
    expect(verify({ ...present, value: undefined, other: { key: present.key, valueHash } })).toBe(false);
    expect(verify({ ...besideLeaf, other: undefined })).toBe(false);
  });

  it('refuses presence of what is absent, also with the empty value', () => {
    const value = new Uint8Array([5, 0, 1]);
    expect(verify({ ...besideLeaf, value })).toBe(false);
    expect(verify({ ...besideLeaf, value, other: undefined })).toBe(false);
    expect(verify({ ...emptySubtree, value })).toBe(false);
    expect(verify({ ...emptySubtree, value: new Uint8Array(0) })).toBe(false);
    expect(verify({ ...present, value: new Uint8Array(0) })).toBe(false);
  });

  it('refuses a leaf elsewhere in the map as the neighbour of a key', () => {
    // The other leaf must stand on the key's own path; here one that is in the map, but not there.
    for (let i = 0; i < 64; i++) {
      const elsewhere = key(i);
      if (toHex(elsewhere) === toHex(besideLeaf.other?.key as Uint8Array)) continue;
      const lie = map.prove(elsewhere);
      const other = { key: elsewhere, valueHash: hasher.sha256(lie.value as Uint8Array) };
      expect(verify({ ...besideLeaf, other })).toBe(false);
      expect(verify({ ...lie, key: besideLeaf.key, value: undefined, other })).toBe(false);
    }
  });

  it('refuses a neighbour off the path of the key, even under a root that was made to hold it there', () => {
    const value = new Uint8Array([1]);
    const [low, high] = [new Uint8Array(32), new Uint8Array(32).fill(255)];
    const leafOf = (leafKey: Uint8Array) => mapLeafHash(hasher, leafKey, hasher.sha256(value));
    // Both leaves on the wrong side.
    const crooked = hasher.sha256(concatBytes(leafOf(high), leafOf(low)));
    const straight = hasher.sha256(concatBytes(leafOf(low), leafOf(high)));
    const asked = high.with(31, 0);
    const proof = (other: Uint8Array, sibling: Uint8Array): MapProof => ({
      key: asked,
      value: undefined,
      siblingBits: new Uint8Array([0x80]),
      siblings: [leafOf(sibling)],
      other: { key: other, valueHash: hasher.sha256(value) },
    });
    expect(verify(proof(high, low), straight)).toBe(true);
    expect(verify(proof(low, high), crooked)).toBe(false);
  });

  it('has one form for each fact: no written-out empty sibling, no neighbour beside a value', () => {
    // Two keys that differ in the last bit alone: the siblings of all but the deepest node are empty.
    const map = new SparseMerkleMap(hasher);
    const [one, two] = [new Uint8Array(32), new Uint8Array(32).with(31, 1)];
    map.apply(
      1,
      [one, two].map((mapKey) => ({ key: mapKey, value: new Uint8Array([1]) })),
    );
    const proof = map.prove(one);
    expect(proof.siblings.length).toBe(1);
    expect(verify(proof, map.root())).toBe(true);
    const padded = {
      ...proof,
      siblingBits: proof.siblingBits.with(0, 0x80),
      siblings: [new Uint8Array(32), ...proof.siblings],
    };
    expect(verify(padded, map.root())).toBe(false);
    const other = { key: two, valueHash: hasher.sha256(new Uint8Array([1])) };
    expect(verify({ ...proof, other }, map.root())).toBe(false);
  });

  it('refuses an inner node that is passed off as a value, and a key of another length', () => {
    const [deepest] = present.siblings.slice(-1) as [Uint8Array];
    expect(verify({ ...present, value: concatBytes(deepest, deepest) })).toBe(false);
    expect(verify({ ...present, key: present.key.subarray(0, 31) })).toBe(false);
    expect(verify({ ...present, key: concatBytes(present.key, new Uint8Array(1)) })).toBe(false);
  });
});
