/**
 * Expected order statistics: how long until the k-th of n independent things has happened. A quorum certificate is
 * complete when the q-th vote is in, so these are the closed forms that measured view changes are held against.
 */

/** Of n exponentials of this mean: mean x (1/n + 1/(n-1) + ... + 1/(n-k+1)). Rényi 1953. */
export function exponentialOrderMean(k: number, n: number, meanDelay: number): number {
  let sum = 0;
  for (let left = n - k + 1; left <= n; left++) sum += 1 / left;
  return meanDelay * sum;
}

/** Of n uniforms between two bounds: min + (max - min) k / (n + 1). */
export function uniformOrderMean(k: number, n: number, min: number, max: number): number {
  return min + ((max - min) * k) / (n + 1);
}

/**
 * Expected time until at least k of independent events have happened, each with its own distribution; `cumulative[i](t)`
 * is the probability that event i has happened by t >= 0. E[T] = ∫ P(fewer than k by t) dt, by Simpson's rule up to
 * `horizon`, beyond which the probability must be negligible.
 */
export function waitForMean(
  k: number,
  cumulative: readonly ((t: number) => number)[],
  horizon: number,
  steps = 4000,
): number {
  if (k <= 0) return 0;
  if (k > cumulative.length) return Number.POSITIVE_INFINITY;
  const width = horizon / steps;
  let sum = 0;
  for (let step = 0; step <= steps; step++) {
    const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    sum += weight * fewerThan(k, cumulative, step * width);
  }
  return (sum * width) / 3;
}

/** Poisson binomial: probability that fewer than k have happened, by adding one event after the other. */
function fewerThan(k: number, cumulative: readonly ((t: number) => number)[], t: number): number {
  const exactly = new Float64Array(k);
  exactly[0] = 1;
  for (const distribution of cumulative) {
    const probability = distribution(t);
    for (let count = k - 1; count > 0; count--) {
      exactly[count] = (exactly[count] as number) * (1 - probability) + (exactly[count - 1] as number) * probability;
    }
    exactly[0] = (exactly[0] as number) * (1 - probability);
  }
  let sum = 0;
  for (const each of exactly) sum += each;
  return sum;
}
