import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../kernel/seeded-random.ts';
import { bootstrapInterval } from './bootstrap.ts';
import { distributionOf } from './distribution.ts';
import { normalCumulative, normalQuantile } from './normal.ts';
import { exponentialOrderMean, uniformOrderMean, waitForMean } from './order-statistics.ts';
import { pairedDifference } from './paired.ts';
import { mean, median, nearestRank, standardDeviation } from './percentile.ts';
import { wilsonInterval } from './proportion.ts';

const random = () => createRandom(7, 'statistics');

describe('percentiles', () => {
  test('are of the nearest rank: values that were seen, as in the textbook example 15 20 35 40 50', () => {
    const values = [15, 20, 35, 40, 50];
    expect([0.05, 0.3, 0.4, 0.5, 1].map((share) => nearestRank(values, share))).toEqual([15, 20, 20, 35, 50]);
    expect(nearestRank([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9);
    expect(nearestRank([4], 0.01)).toBe(4);
    expect(() => nearestRank([], 0.5)).toThrow();
  });

  test('leave at least their share of the values at or below them, and less than it strictly below', () => {
    const ascending = fc.array(fc.integer(), { minLength: 1 }).map((values) => values.sort((a, b) => a - b));
    fc.assert(
      fc.property(ascending, fc.double({ min: 0.001, max: 1, noNaN: true }), (values, share) => {
        const value = nearestRank(values, share);
        expect(values.filter((each) => each <= value).length / values.length).toBeGreaterThanOrEqual(share - 1e-9);
        expect(values.filter((each) => each < value).length).toBeLessThan(share * values.length + 1e-9);
      }),
    );
  });

  test('mean, median and standard deviation of 2 4 4 4 5 5 7 9', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect([mean(values), median(values), median([3, 1, 2])]).toEqual([5, 4.5, 2]);
    expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(standardDeviation([3])).toBe(0);
  });
});

describe('a distribution', () => {
  test('counts each value as often as it was seen, in bins that cover all of them', () => {
    const values = [
      { value: 3, count: 1 },
      { value: 1, count: 8 },
      { value: 2, count: 1 },
      { value: 9, count: 0 },
    ];
    const made = distributionOf(values);
    expect(made).toMatchObject({ count: 10, min: 1, p50: 1, p90: 2, p99: 3, max: 3, mean: 1.3 });
    expect(made.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(10);
    expect([made.histogram[0], made.histogram.at(-1)]).toEqual([
      { from: 1, to: 1.05, count: 8 },
      { from: 2.95, to: 3, count: 1 },
    ]);
  });

  test('of nothing is all zero; of one value it is one bin', () => {
    expect(distributionOf([])).toEqual({ count: 0, min: 0, p50: 0, p90: 0, p99: 0, max: 0, mean: 0, histogram: [] });
    expect(distributionOf([{ value: 4, count: 2 }]).histogram).toEqual([{ from: 4, to: 4, count: 2 }]);
  });

  test('has bins of equal ratio when its tail is long, without a gap between them', () => {
    const { histogram } = distributionOf([1, 2, 4, 8, 16, 32, 64, 1000].map((value) => ({ value, count: 1 })));
    const ratios = histogram.map(({ from, to }) => to / from);
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1000 ** (1 / 40), 9);
    histogram.slice(1).forEach(({ from }, index) => {
      expect(from).toBe(histogram[index]?.to);
    });
    expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(8);
  });
});

describe('the normal distribution', () => {
  // scipy 1.17, scipy.stats.norm
  test.each([
    [-8, 6.22096057427174e-16],
    [-5, 2.866515718791933e-7],
    [-3.5, 2.3262907903552502e-4],
    [-1.96, 0.024997895148220435],
    [-0.3, 0.3820885778110474],
    [0.1, 0.539827837277029],
    [2.9, 0.998134186699616],
    [3.1, 0.9990323967867817],
    [6, 0.9999999990134123],
  ])('Φ(%d)', (x, expected) => {
    expect(normalCumulative(x) / expected).toBeCloseTo(1, 12);
  });

  test.each([
    [1e-10, -6.361340902404056],
    [1e-4, -3.7190164854556804],
    [0.025, -1.9599639845400545],
    [0.2, -0.8416212335729142],
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.9999, 3.719016485455709],
  ])('the quantile at %d', (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 12);
    expect(normalCumulative(normalQuantile(probability))).toBeCloseTo(probability, 12);
  });

  test('refuses what is no probability', () => {
    expect(() => normalQuantile(1.01)).toThrow();
    expect(() => normalQuantile(Number.NaN)).toThrow();
  });
});

describe('the bootstrap', () => {
  /** Data set A of Efron and Tibshirani (1993), table 14.1: 26 children, a test of spatial perception. */
  const spatial = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];
  const variance = (values: readonly number[]) => {
    const centre = mean(values);
    return mean(values.map((value) => (value - centre) ** 2));
  };

  test('gives the BCa interval of the variance of data set A: 115.8 to 259.6 in the book, 116.1 to 262.1 by scipy', () => {
    expect(variance(spatial)).toBeCloseTo(171.534, 3);
    const options = { random: random(), statistic: variance, level: 0.9, resamples: 20_000 };
    const interval = bootstrapInterval(spatial, options);
    expect(Math.abs((interval?.low ?? 0) - 116.1)).toBeLessThan(2);
    expect(Math.abs((interval?.high ?? 0) - 262.1)).toBeLessThan(4);
  });

  test('gives the interval of the mean of data set A: 24.1 to 34.2 by scipy', () => {
    const interval = bootstrapInterval(spatial, { random: random(), resamples: 20_000 });
    expect(Math.abs((interval?.low ?? 0) - 24.115)).toBeLessThan(0.3);
    expect(Math.abs((interval?.high ?? 0) - 34.231)).toBeLessThan(0.3);
  });

  test('holds the true mean of normal values in about 95 of 100 experiments', () => {
    const source = createRandom(1, 'statistics');
    let held = 0;
    for (let experiment = 0; experiment < 400; experiment++) {
      const values = Array.from({ length: 30 }, () => 5 + source.normal());
      const interval = bootstrapInterval(values, { random: source, resamples: 500 });
      if (interval !== undefined && interval.low <= 5 && 5 <= interval.high) held++;
    }
    expect(held).toBeGreaterThan(0.9 * 400);
    expect(held).toBeLessThan(0.985 * 400);
  });

  test('is the same from the same stream; one value has no interval, equal values have none to speak of', () => {
    const once = bootstrapInterval(spatial, { random: random() });
    expect(bootstrapInterval(spatial, { random: random() })).toEqual(once);
    expect(bootstrapInterval([3], { random: random() })).toBeUndefined();
    expect(bootstrapInterval([3, 3, 3], { random: random() })).toEqual({ low: 3, high: 3 });
  });
});

test('a share of passes has the interval of Wilson: the published examples of Newcombe (1998)', () => {
  const rounded = (successes: number, trials: number) => {
    const interval = wilsonInterval(successes, trials);
    return interval === undefined ? undefined : [interval.low.toFixed(4), interval.high.toFixed(4)];
  };
  expect(rounded(81, 263)).toEqual(['0.2553', '0.3662']);
  expect(rounded(15, 148)).toEqual(['0.0624', '0.1605']);
  expect(rounded(0, 20)).toEqual(['0.0000', '0.1611']);
  expect(rounded(1, 29)).toEqual(['0.0061', '0.1718']);
  expect(rounded(0, 0)).toBeUndefined();
});

describe('paired differences', () => {
  test('compare only common seeds, so that what both share cancels', () => {
    const luck = [13, 95, 40, 61, 7, 77, 30, 52];
    const a = new Map(luck.map((value, seed) => [seed, value]));
    const b = new Map(luck.map((value, seed) => [seed, value + 2 + (seed % 2)]));
    b.set(99, 1000);
    const difference = pairedDifference(a, b, { random: random() });
    expect(difference).toMatchObject({ pairs: 8, mean: 2.5, above: 8, below: 0 });
    expect(difference?.interval?.low).toBeGreaterThanOrEqual(2);
    expect(difference?.interval?.high).toBeLessThanOrEqual(3);
  });

  test('say nothing where no seed is common', () => {
    expect(pairedDifference(new Map([[1, 1]]), new Map([[2, 1]]), { random: random() })).toBeUndefined();
  });
});

describe('order statistics', () => {
  const exponential = (t: number) => 1 - Math.exp(-t);

  test('of exponentials: the third of four waits 1/4 + 1/3 + 1/2 means', () => {
    expect(exponentialOrderMean(3, 4, 12)).toBeCloseTo(13, 12);
    expect(waitForMean(3, Array(4).fill(exponential), 60)).toBeCloseTo(13 / 12, 6);
  });

  test('of uniforms: the k-th of n stands at k / (n + 1) of the way', () => {
    expect(uniformOrderMean(228, 341, 10, 20)).toBeCloseTo(10 + (10 * 228) / 342, 12);
    const uniform = (t: number) => Math.min(1, t);
    expect(waitForMean(7, Array(10).fill(uniform), 1)).toBeCloseTo(7 / 11, 5);
  });

  test('of unlike things: a vote at once and two exponentials', () => {
    const atOnce = () => 1;
    expect(waitForMean(2, [atOnce, exponential, exponential], 60)).toBeCloseTo(0.5, 6);
    expect(waitForMean(3, [atOnce, exponential, exponential], 60)).toBeCloseTo(1.5, 6);
    expect(waitForMean(0, [exponential], 60)).toBe(0);
    expect(waitForMean(2, [exponential], 60)).toBe(Number.POSITIVE_INFINITY);
  });
});
