import { readFileSync } from 'node:fs';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../bytes.ts';
import {
  blind,
  combineDeals,
  combineShares,
  commit,
  type Deal,
  decodeScalar,
  encodeScalar,
  evaluatePartially,
  finalize,
  portableGroup as group,
  type Partial,
  placeOf,
  publicShare,
  type Scalar,
  scalarFromUniform,
  shareFor,
  verifyProof,
  verifyShare,
} from './index.ts';

interface Vectors {
  readonly oprf: {
    readonly skSm: string;
    readonly vectors: readonly {
      readonly input: string;
      readonly blind: string;
      readonly blindedElement: string;
      readonly evaluationElement: string;
      readonly output: string;
    }[];
  };
  readonly voprf: {
    readonly skSm: string;
    readonly pkSm: string;
    readonly proofs: readonly {
      readonly blindedElements: readonly string[];
      readonly evaluationElements: readonly string[];
      readonly proof: string;
      readonly proofRandomScalar: string;
    }[];
  };
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../../test/vectors/oprf-ristretto255.json', import.meta.url), 'utf8'),
) as Vectors;

function bytes(hex: string): Uint8Array {
  const decoded = fromHex(hex);
  if (decoded === undefined) throw new Error('not hexadecimal');
  return decoded;
}

function scalar(hex: string): Scalar {
  const decoded = decodeScalar(bytes(hex));
  if (decoded === undefined) throw new Error('not a scalar');
  return decoded;
}

/** A source of scalars that is the same in every run. */
function draws(seed: number): () => Scalar {
  let counter = 0;
  return () => {
    counter += 1;
    const uniform = new Uint8Array(64);
    for (let i = 0; i < 64; i++) uniform[i] = (seed * 31 + counter * 17 + i * 101 + ((counter * i) % 7) * 13) & 255;
    return scalarFromUniform(uniform);
  };
}

interface Holder {
  readonly authority: number;
  readonly secret: Scalar;
  readonly publicKey: Uint8Array;
}

/** A key that is dealt to authorities 0 to n - 1. */
function split(secret: Scalar, threshold: number, n: number, draw: () => Scalar): Holder[] {
  const coefficients = [secret, ...Array.from({ length: threshold - 1 }, draw)];
  const commitments = commit(group, coefficients);
  return Array.from({ length: n }, (_, authority) => {
    const share = shareFor(coefficients, placeOf(authority));
    expect(verifyShare(group, commitments, placeOf(authority), share)).toBe(true);
    return { authority, secret: share, publicKey: publicShare(group, commitments, placeOf(authority)) as Uint8Array };
  });
}

function partialOf(holder: Holder, elements: readonly Uint8Array[], nonce: Scalar): Partial & { proof: Uint8Array } {
  const evaluation = evaluatePartially(group, holder, elements, nonce);
  if (evaluation === undefined) throw new Error('not evaluated');
  return { authority: holder.authority, ...evaluation };
}

describe('the vectors of RFC 9497, ristretto255-SHA512', () => {
  it.each(vectors.oprf.vectors.map((vector, i) => [i + 1, vector] as const))(
    'of mode OPRF pass through a key split among four, any two of whom evaluate (P2): %i',
    (_, vector) => {
      const draw = draws(1);
      const holders = split(scalar(vectors.oprf.skSm), 2, 4, draw);
      const blinded = blind(group, bytes(vector.input), scalar(vector.blind));
      expect(toHex(blinded.element)).toBe(vector.blindedElement);
      for (const [a, b] of [
        [0, 1],
        [3, 1],
        [2, 3],
      ] as const) {
        const partials = [holders[a], holders[b]].map((holder) =>
          partialOf(holder as Holder, [blinded.element], draw()),
        );
        expect(finalize(group, [blinded], partials)?.map(toHex)).toEqual([vector.output]);
      }
      const alone = holders.slice(0, 1).map((holder) => partialOf(holder, [blinded.element], draw()));
      const own = { authority: 3, secret: (holders[3] as Holder).secret };
      expect(finalize(group, [blinded], alone, own)?.map(toHex)).toEqual([vector.output]);
    },
  );

  it('of mode OPRF pass with the whole key at one evaluator: what is combined is that element', () => {
    for (const vector of vectors.oprf.vectors) {
      const [holder] = split(scalar(vectors.oprf.skSm), 1, 1, draws(2));
      const partial = partialOf(holder as Holder, [bytes(vector.blindedElement)], draws(3)());
      expect(partial.evaluated.map(toHex)).toEqual([vector.evaluationElement]);
    }
  });

  it.each(vectors.voprf.proofs.map((vector, i) => [i + 1, vector] as const))(
    'of mode VOPRF give these proofs, made and verified: %i',
    (_, vector) => {
      const share = { secret: scalar(vectors.voprf.skSm), publicKey: bytes(vectors.voprf.pkSm) };
      const blinded = vector.blindedElements.map(bytes);
      const evaluation = evaluatePartially(group, share, blinded, scalar(vector.proofRandomScalar));
      expect(evaluation?.evaluated.map(toHex)).toEqual(vector.evaluationElements);
      expect(toHex(evaluation?.proof ?? new Uint8Array())).toBe(vector.proof);
      const statement = {
        publicKey: share.publicKey,
        blinded,
        evaluated: vector.evaluationElements.map(bytes),
      };
      expect(verifyProof(group, statement, bytes(vector.proof))).toBe(true);
    },
  );
});

describe('a threshold of holders', () => {
  it('whoever they are, compute the single-key function of RFC 9497, and fewer do not (P2)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        (threshold, spare, seed, input) => {
          const draw = draws(seed);
          const secret = draw();
          const n = threshold + spare;
          const holders = split(secret, threshold, n, draw);
          const expected = ristretto255_oprf.oprf;
          const single = expected.blind(input);
          const output = toHex(
            expected.finalize(input, single.blind, expected.blindEvaluate(encodeScalar(secret), single.blinded)),
          );
          const blinded = blind(group, input, draw());
          const start = seed % n;
          const chosen = Array.from({ length: threshold }, (_, i) => holders[(start + i) % n] as Holder);
          const partials = chosen.map((holder) => partialOf(holder, [blinded.element], draw()));
          expect(finalize(group, [blinded], partials)?.map(toHex)).toEqual([output]);
          if (threshold > 1) {
            expect(finalize(group, [blinded], partials.slice(1))?.map(toHex)).not.toEqual([output]);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('gives a batch its outputs in order', () => {
    const draw = draws(7);
    const holders = split(draw(), 2, 3, draw);
    const inputs = ['a', 'b', 'c'].map((text) => blind(group, utf8(text), draw()));
    const elements = inputs.map(({ element }) => element);
    const outputs = finalize(
      group,
      inputs,
      holders.slice(1).map((holder) => partialOf(holder, elements, draw())),
    );
    const single = inputs.map(
      (input) =>
        finalize(
          group,
          [input],
          holders.slice(0, 2).map((holder) => partialOf(holder, [input.element], draw())),
        )?.[0],
    );
    expect(outputs).toEqual(single);
    expect(new Set(outputs?.map(toHex)).size).toBe(3);
  });
});

describe('the proof of a batch', () => {
  const draw = draws(11);
  const holders = split(draw(), 2, 3, draw);
  const honest = holders[0] as Holder;
  const blinded = Array.from({ length: 9 }, (_, i) => blind(group, utf8(`input ${i}`), draw()).element);
  const context = utf8('request');
  const evaluation = evaluatePartially(group, honest, blinded, draw(), context);
  if (evaluation === undefined) throw new Error('not evaluated');
  const { evaluated, proof } = evaluation;
  const statement = { publicKey: honest.publicKey, blinded, evaluated, context };

  it('holds for what it was made for', () => {
    expect(verifyProof(group, statement, proof)).toBe(true);
  });

  it('catches an evaluator that used another share, and so names it (P2)', () => {
    const liar = { ...honest, secret: (holders[1] as Holder).secret };
    const wrong = evaluatePartially(group, liar, blinded, draw(), context);
    expect(verifyProof(group, { ...statement, evaluated: wrong?.evaluated ?? [] }, wrong?.proof ?? proof)).toBe(false);
    expect(verifyProof(group, { ...statement, publicKey: (holders[1] as Holder).publicKey }, proof)).toBe(false);
  });

  it('catches one wrong element among many, two that changed places, one left out, one too many', () => {
    const [first, second, ...rest] = evaluated as [Uint8Array, Uint8Array, ...Uint8Array[]];
    for (const changed of [
      [blinded[0] as Uint8Array, second, ...rest],
      [second, first, ...rest],
      [second, ...rest],
      [...evaluated, first],
      [],
    ]) {
      expect(verifyProof(group, { ...statement, evaluated: changed }, proof)).toBe(false);
    }
    expect(verifyProof(group, { ...statement, blinded: [], evaluated: [] }, proof)).toBe(false);
  });

  it('catches every flipped bit of it, and every other length', () => {
    for (let bit = 0; bit < proof.length * 8; bit += 37) {
      const flipped = proof.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(verifyProof(group, statement, flipped)).toBe(false);
    }
    expect(verifyProof(group, statement, proof.slice(1))).toBe(false);
    expect(verifyProof(group, statement, new Uint8Array(64))).toBe(false);
  });

  it('is of one request: another context, or none, does not do', () => {
    expect(verifyProof(group, { ...statement, context: utf8('replayed') }, proof)).toBe(false);
    const { context: _, ...bare } = statement;
    expect(verifyProof(group, bare, proof)).toBe(false);
  });

  it('depends with each weight on every element, so that lies cannot be made to cancel (P2)', () => {
    const seen: string[] = [];
    const spy = {
      ...group,
      combine: (elements: readonly Uint8Array[], scalars: readonly Uint8Array[]) => {
        if (elements === blinded) seen.push(toHex(scalars[0] as Uint8Array));
        return group.combine(elements, scalars);
      },
    };
    const last = evaluated.length - 1;
    verifyProof(spy, statement, proof);
    verifyProof(spy, { ...statement, evaluated: evaluated.with(last, blinded[0] as Uint8Array) }, proof);
    expect(new Set(seen).size).toBe(2);
  });
});

describe('malformed elements', () => {
  const draw = draws(13);
  const [holder] = split(draw(), 1, 1, draw) as [Holder];
  const identity = new Uint8Array(32);
  const notCanonical = new Uint8Array(32).fill(255);
  const torsion = bytes('0100000000000000000000000000000000000000000000000000000000000080');

  it.each([
    ['the identity', identity],
    ['an encoding that is not canonical', notCanonical],
    ['a negative field element', torsion],
    ['31 bytes', new Uint8Array(31)],
    ['nothing', new Uint8Array(0)],
  ])('%s is no element, is not evaluated and verifies nowhere (P2)', (_, element) => {
    expect(group.isElement(element)).toBe(false);
    expect(evaluatePartially(group, holder, [element], draw())).toBeUndefined();
    expect(publicShare(group, [element], 1)).toBeUndefined();
    expect(verifyShare(group, [element], 1, 5n)).toBe(false);
    const good = blind(group, utf8('x'), draw()).element;
    const { evaluated, proof } = partialOf(holder, [good], draw());
    const statement = { publicKey: holder.publicKey, blinded: [good], evaluated };
    expect(verifyProof(group, { ...statement, publicKey: element }, proof)).toBe(false);
    expect(verifyProof(group, { ...statement, blinded: [element] }, proof)).toBe(false);
    expect(verifyProof(group, { ...statement, evaluated: [element] }, proof)).toBe(false);
    expect(finalize(group, [blind(group, utf8('x'), 2n)], [{ authority: 0, evaluated: [element] }])).toBeUndefined();
  });

  it('scalars have one encoding, below the order of the group', () => {
    const order = bytes('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
    expect(decodeScalar(order)).toBeUndefined();
    expect(decodeScalar(new Uint8Array(31))).toBeUndefined();
    expect(decodeScalar(encodeScalar(5n))).toBe(5n);
  });
});

describe('a key that dealers make together', () => {
  /** Each dealer's polynomial. */
  function ceremony(kind: 'fresh' | 'reshare', secrets: ReadonlyMap<number, Scalar>, t: number, draw: () => Scalar) {
    const dealers = [...secrets.keys()];
    const polynomials = [...secrets.values()].map((secret) => [secret, ...Array.from({ length: t - 1 }, draw)]);
    const deals: Deal[] = polynomials.map((polynomial, i) => ({
      dealer: dealers[i] as number,
      commitments: commit(group, polynomial),
    }));
    const commitments = combineDeals(group, kind, deals) as Uint8Array[];
    const holders: Holder[] = Array.from({ length: 4 }, (_, authority) => {
      const shares = polynomials.map((polynomial) => shareFor(polynomial, placeOf(authority)));
      const secret = combineShares(kind, dealers, shares);
      expect(verifyShare(group, commitments, placeOf(authority), secret)).toBe(true);
      return { authority, secret, publicKey: publicShare(group, commitments, placeOf(authority)) as Uint8Array };
    });
    return { commitments, holders, deals };
  }

  function outputOf(holders: readonly Holder[], draw: () => Scalar): string[] | undefined {
    const blinded = blind(group, utf8('id:99010420000229007X'), draw());
    const partials = holders.map((holder) => partialOf(holder, [blinded.element], draw()));
    return finalize(group, [blinded], partials)?.map(toHex);
  }

  it('is one key for any two of four; shares of a reshared key give the same outputs, mixed with old ones others', () => {
    const draw = draws(17);
    const fresh = ceremony('fresh', new Map([0, 1, 3].map((dealer) => [dealer, draw()])), 2, draw);
    const output = outputOf(fresh.holders.slice(0, 2), draw);
    expect(outputOf(fresh.holders.slice(2), draw)).toEqual(output);

    const old = new Map([1, 2].map((dealer) => [dealer, (fresh.holders[dealer] as Holder).secret]));
    const reshared = ceremony('reshare', old, 3, draw);
    expect(reshared.commitments[0]).toEqual(fresh.commitments[0]);
    expect(outputOf(reshared.holders.slice(1), draw)).toEqual(output);
    expect(outputOf(reshared.holders.slice(0, 2), draw)).not.toEqual(output);
    const mixed = [fresh.holders[0], reshared.holders[1], reshared.holders[2]] as Holder[];
    expect(outputOf(mixed, draw)).not.toEqual(output);
  });

  it('shows a dealer that reshares anything but its own share, by its first commitment (P2)', () => {
    const draw = draws(19);
    const fresh = ceremony('fresh', new Map([0, 1].map((dealer) => [dealer, draw()])), 2, draw);
    const old = new Map([
      [1, (fresh.holders[1] as Holder).secret],
      [2, draw()],
    ]);
    const { deals } = ceremony('reshare', old, 2, draw);
    const expected = deals.map(({ dealer }) => publicShare(group, fresh.commitments, placeOf(dealer)));
    expect(
      deals.map(({ commitments }, i) => toHex(commitments[0] as Uint8Array) === toHex(expected[i] as Uint8Array)),
    ).toEqual([true, false]);
  });

  it('shows a share that is not on the polynomial', () => {
    const draw = draws(23);
    const polynomial = [draw(), draw()];
    const commitments = commit(group, polynomial);
    expect(verifyShare(group, commitments, 2, shareFor(polynomial, 2))).toBe(true);
    expect(verifyShare(group, commitments, 3, shareFor(polynomial, 2))).toBe(false);
    expect(verifyShare(group, commitments, 2, 0n)).toBe(false);
    expect(verifyShare(group, commitments.slice(0, 1), 2, shareFor(polynomial, 2))).toBe(false);
  });
});
