import { randomBytes } from 'node:crypto';
import {
  blind,
  commit,
  encodeScalar,
  evaluatePartially,
  type Group,
  portableGroup,
  publicShare,
  type Scalar,
  scalarFromUniform,
  verifyProof,
} from '@hansa/protocol/oprf';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadWasmGroup } from './wasm-ristretto.ts';

let group: Group;
beforeAll(async () => {
  group = await loadWasmGroup();
});

const uniform = fc.uint8Array({ minLength: 64, maxLength: 64 });
const element = uniform.map((bytes) => portableGroup.fromUniform(bytes));
/** Elements, the identity, and bytes that are none. */
const anything = fc.oneof(
  element,
  fc.constant(new Uint8Array(32)),
  fc.constant(new Uint8Array(32).fill(255)),
  fc.uint8Array({ minLength: 0, maxLength: 40 }),
);
const scalar = fc.oneof(
  uniform.map((bytes) => encodeScalar(scalarFromUniform(bytes))),
  fc.constantFrom(encodeScalar(0n), encodeScalar(1n), encodeScalar(-1n)),
);

describe('ristretto255 in WebAssembly', () => {
  it('is the group that JavaScript computes, on good and on malformed input (P2)', () => {
    fc.assert(
      fc.property(uniform, fc.array(fc.tuple(anything, scalar), { minLength: 1, maxLength: 3 }), (bytes, pairs) => {
        expect(group.fromUniform(bytes)).toEqual(portableGroup.fromUniform(bytes));
        const elements = pairs.map(([each]) => each);
        const scalars = pairs.map(([, each]) => each);
        expect(group.combine(elements, scalars)).toEqual(portableGroup.combine(elements, scalars));
        expect(group.isElement(elements[0] as Uint8Array)).toBe(portableGroup.isElement(elements[0] as Uint8Array));
        expect(group.multiplyBase(scalars[0] as Uint8Array)).toEqual(
          portableGroup.multiplyBase(scalars[0] as Uint8Array),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('sums that cancel are undefined in both', () => {
    const base = portableGroup.multiplyBase(encodeScalar(7n)) as Uint8Array;
    for (const each of [group, portableGroup]) {
      expect(each.combine([base, base], [encodeScalar(5n), encodeScalar(-5n)])).toBeUndefined();
    }
  });

  it('makes proofs that JavaScript verifies, and the other way round', () => {
    const draw = (): Scalar => scalarFromUniform(randomBytes(64));
    const secret = draw();
    const publicKey = publicShare(group, commit(group, [secret]), 1) as Uint8Array;
    for (const [prover, verifier] of [
      [group, portableGroup],
      [portableGroup, group],
    ] as const) {
      const blinded = [blind(prover, randomBytes(9), draw()).element];
      const context = randomBytes(32);
      const evaluation = evaluatePartially(prover, { secret, publicKey }, blinded, draw(), context);
      if (evaluation === undefined) throw new Error('not evaluated');
      const statement = { publicKey, blinded, evaluated: evaluation.evaluated };
      expect(verifyProof(verifier, { ...statement, context }, evaluation.proof)).toBe(true);
      expect(verifyProof(verifier, { ...statement, context: randomBytes(32) }, evaluation.proof)).toBe(false);
    }
  });
});
