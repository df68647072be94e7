/**
 * The standard normal distribution, to the precision of a double where it is used (bootstrap intervals, lognormal
 * delays): about 1e-15 for the quantile, 1e-14 for the cumulative distribution.
 */

/** Φ: probability of a value up to x. Series near the middle, a continued fraction in the tails. */
export function normalCumulative(x: number): number {
  const size = Math.abs(x);
  if (size > 38) return x > 0 ? 1 : 0;
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (size < 3) {
    // Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + …), Abramowitz and Stegun 26.2.11.
    let term = x;
    let sum = x;
    for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
      term *= (x * x) / odd;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  // 1 - Φ(x) = φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))), Abramowitz and Stegun 26.2.14.
  let fraction = size;
  for (let level = 120; level > 0; level--) fraction = size + level / fraction;
  const tail = density / fraction;
  return x > 0 ? 1 - tail : tail;
}

/** Φ⁻¹: Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988). Minus and plus infinity at 0 and 1. */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`${probability} is no probability`);
  if (probability === 0) return Number.NEGATIVE_INFINITY;
  if (probability === 1) return Number.POSITIVE_INFINITY;
  const middle = probability - 0.5;
  if (Math.abs(middle) <= 0.425) {
    const r = 0.180625 - middle * middle;
    return (middle * polynomial(middleAbove, r)) / polynomial(middleBelow, r);
  }
  const r = Math.sqrt(-Math.log(middle < 0 ? probability : 1 - probability));
  const size =
    r <= 5
      ? polynomial(nearAbove, r - 1.6) / polynomial(nearBelow, r - 1.6)
      : polynomial(farAbove, r - 5) / polynomial(farBelow, r - 5);
  return middle < 0 ? -size : size;
}

/** Coefficients from the constant upwards. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((value, coefficient) => value * x + coefficient, 0);
}

const middleAbove = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const middleBelow = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
];
const nearAbove = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const nearBelow = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const farAbove = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const farBelow = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
