import { equalBytes } from '../bytes.ts';
import { invariant } from '../errors.ts';
import type { Group } from './group.ts';
import { addScalars, encodeScalar, invertScalars, multiplyScalars, type Scalar, subtractScalars } from './scalar.ts';

/**
 * Verifiable secret sharing (Feldman 1987): a dealer's secret is the value at 0 of a polynomial of degree t - 1, a
 * holder's share its value at the holder's place, and the commitments are its coefficients times the generator. Places
 * are 1, 2, ...: authority index + 1.
 */

/** The place of an authority on every polynomial. */
export function placeOf(authority: number): number {
  return authority + 1;
}

/** A share: the polynomial's value at `place`. Coefficients from the constant term up. */
export function shareFor(coefficients: readonly Scalar[], place: number): Scalar {
  const x = BigInt(place);
  return coefficients.reduceRight((value, coefficient) => addScalars(multiplyScalars(value, x), coefficient), 0n);
}

/** One commitment a coefficient. Throws for a coefficient of zero: draw again. */
export function commit(group: Group, coefficients: readonly Scalar[]): Uint8Array[] {
  return coefficients.map((coefficient) => {
    const commitment = group.multiplyBase(encodeScalar(coefficient));
    invariant(commitment !== undefined, 'a coefficient is zero');
    return commitment;
  });
}

/** The share at `place` times the generator, from the commitments; undefined when one of them is no element. */
export function publicShare(group: Group, commitments: readonly Uint8Array[], place: number): Uint8Array | undefined {
  const x = BigInt(place);
  let power = 1n;
  const powers = commitments.map(() => {
    const scalar = encodeScalar(power);
    power = multiplyScalars(power, x);
    return scalar;
  });
  return group.combine(commitments, powers);
}

/** Whether the dealer that committed itself gave this holder its share. */
export function verifyShare(group: Group, commitments: readonly Uint8Array[], place: number, share: Scalar): boolean {
  const expected = publicShare(group, commitments, place);
  const actual = group.multiplyBase(encodeScalar(share));
  return expected !== undefined && actual !== undefined && equalBytes(expected, actual);
}

/** Lagrange's weights for the value at 0, in the order of the places. Throws when a place is 0 or stands twice. */
export function lagrangeAtZero(places: readonly number[]): Scalar[] {
  invariant(
    places.every((place) => Number.isInteger(place) && place > 0),
    'a place is a positive integer',
  );
  invariant(new Set(places).size === places.length, 'every place stands once');
  const numerators: Scalar[] = [];
  const denominators: Scalar[] = [];
  for (const own of places) {
    let numerator = 1n;
    let denominator = 1n;
    for (const other of places) {
      if (other === own) continue;
      numerator = multiplyScalars(numerator, BigInt(other));
      denominator = multiplyScalars(denominator, subtractScalars(BigInt(other), BigInt(own)));
    }
    numerators.push(numerator);
    denominators.push(denominator);
  }
  return invertScalars(denominators).map((inverse, i) => multiplyScalars(numerators[i] as Scalar, inverse));
}

/** What one dealer contributes to a key, as its commitments. */
export interface Deal {
  readonly dealer: number;
  /** t elements. */
  readonly commitments: readonly Uint8Array[];
}

/**
 * How much each dealer's polynomial counts in the key: 1 in a fresh key, which is the sum of all secrets; Lagrange's
 * weight in a reshared one, whose dealers shared their own shares of the old key.
 */
export function dealWeights(kind: 'fresh' | 'reshare', dealers: readonly number[]): Scalar[] {
  return kind === 'fresh' ? dealers.map(() => 1n) : lagrangeAtZero(dealers.map(placeOf));
}

/**
 * Commitments of the key that the dealers made together: the first is the public key, and `publicShare` of them is what
 * an evaluator's proofs are checked against. All deals have the same number of commitments. Undefined when an element
 * is malformed or a sum is the identity.
 */
export function combineDeals(
  group: Group,
  kind: 'fresh' | 'reshare',
  deals: readonly Deal[],
): Uint8Array[] | undefined {
  const weights = dealWeights(
    kind,
    deals.map(({ dealer }) => dealer),
  ).map(encodeScalar);
  const threshold = deals[0]?.commitments.length ?? 0;
  const combined: Uint8Array[] = [];
  for (let i = 0; i < threshold; i++) {
    const column = deals.map(({ commitments }) => commitments[i] ?? NOTHING);
    const sum = group.combine(column, weights);
    if (sum === undefined) return undefined;
    combined.push(sum);
  }
  return combined;
}

const NOTHING = new Uint8Array(0);

/** A holder's share of the key, from what each dealer gave it; in the order of `dealers`. */
export function combineShares(
  kind: 'fresh' | 'reshare',
  dealers: readonly number[],
  shares: readonly Scalar[],
): Scalar {
  const weights = dealWeights(kind, dealers);
  return shares.reduce((sum, share, i) => addScalars(sum, multiplyScalars(weights[i] as Scalar, share)), 0n);
}
