import type { Distribution } from '../results/schema.ts';
import type { Weighted } from './percentile.ts';

const BINS = 40;
/** Beyond this ratio of the largest to the smallest value equal bins would show one bar and a long empty floor. */
const GEOMETRIC_ABOVE = 20;

/** Summary of values that were seen so many times each, in any order. */
export function distributionOf(values: readonly Weighted[]): Distribution {
  const ascending = values.filter(({ count }) => count > 0).sort((a, b) => a.value - b.value);
  const count = ascending.reduce((sum, each) => sum + each.count, 0);
  const [first] = ascending;
  const last = ascending.at(-1);
  if (first === undefined || last === undefined) {
    return { count: 0, min: 0, p50: 0, p90: 0, p99: 0, max: 0, mean: 0, histogram: [] };
  }
  const sum = ascending.reduce((total, each) => total + each.value * each.count, 0);
  const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => weightedRank(ascending, count, share)) as [
    number,
    number,
    number,
  ];
  return {
    count,
    min: first.value,
    p50,
    p90,
    p99,
    max: last.value,
    mean: sum / count,
    histogram: histogram(ascending, first.value, last.value),
  };
}

/** Nearest rank among weighted values. */
function weightedRank(ascending: readonly Weighted[], total: number, share: number): number {
  const rank = Math.max(1, Math.ceil(share * total - 1e-9));
  let below = 0;
  for (const { value, count } of ascending) {
    below += count;
    if (below >= rank) return value;
  }
  return (ascending.at(-1) as Weighted).value;
}

/**
 * Forty bins from the smallest to the largest value, of equal width, or of equal ratio where the largest is more than
 * twenty times the smallest. Equal values make one bin.
 */
function histogram(ascending: readonly Weighted[], min: number, max: number): Distribution['histogram'] {
  if (min === max) return [{ from: min, to: max, count: ascending.reduce((sum, { count }) => sum + count, 0) }];
  const geometric = min > 0 && max / min > GEOMETRIC_ABOVE;
  const edge = (index: number): number => {
    if (index === 0) return min;
    if (index === BINS) return max;
    return geometric ? min * (max / min) ** (index / BINS) : min + ((max - min) * index) / BINS;
  };
  const bins = Array.from({ length: BINS }, (_, index) => ({ from: edge(index), to: edge(index + 1), count: 0 }));
  let at = 0;
  for (const { value, count } of ascending) {
    while (at < BINS - 1 && value >= (bins[at] as { to: number }).to) at++;
    (bins[at] as { count: number }).count += count;
  }
  return bins;
}
