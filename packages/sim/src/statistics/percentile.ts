/** A value that was seen so many times. */
export interface Weighted {
  readonly value: number;
  readonly count: number;
}

/**
 * The nearest-rank percentile: the smallest value such that at least this share of all values is not above it. Always a
 * value that was seen; nothing is interpolated. `share` is above 0 and at most 1; `ascending` is not empty.
 */
export function nearestRank(ascending: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * ascending.length - ROUNDING));
  const value = ascending[rank - 1];
  if (value === undefined) throw new RangeError(`no value has rank ${rank} of ${ascending.length}`);
  return value;
}

/** 0.9 x 10 must be rank 9, whatever binary fractions make of it. */
const ROUNDING = 1e-9;

export function ascendingOrder(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** Sum over count. NaN of nothing. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Middle value; of an even number the mean of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  const ascending = ascendingOrder(values);
  const middle = ascending.length >> 1;
  if (ascending.length % 2 === 1) return ascending[middle] as number;
  return mean(ascending.slice(middle - 1, middle + 1));
}

/** Square root of the unbiased variance (divisor n - 1); 0 of fewer than two. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}
