import { type BootstrapOptions, bootstrapInterval, type Interval } from './bootstrap.ts';
import { mean } from './percentile.ts';

/** One value a seed. */
export type BySeed = ReadonlyMap<number, number>;

export interface PairedDifference {
  /** Seeds that both have. */
  readonly pairs: number;
  /** Mean of `b - a` over them. */
  readonly mean: number;
  /** Of that mean; undefined with fewer than two pairs. */
  readonly interval: Interval | undefined;
  /** Pairs in which b is above a, and below. */
  readonly above: number;
  readonly below: number;
}

/**
 * What changes from a to b on the same seeds. The seed fixes workload, delays and losses in both, so that most of the
 * luck cancels: far fewer seeds are needed than for two separate intervals. Undefined without a common seed.
 */
export function pairedDifference(a: BySeed, b: BySeed, options: BootstrapOptions): PairedDifference | undefined {
  const seeds = [...a.keys()].filter((seed) => b.has(seed)).sort((x, y) => x - y);
  if (seeds.length === 0) return undefined;
  const differences = seeds.map((seed) => (b.get(seed) as number) - (a.get(seed) as number));
  return {
    pairs: seeds.length,
    mean: mean(differences),
    interval: bootstrapInterval(differences, options),
    above: differences.filter((each) => each > 0).length,
    below: differences.filter((each) => each < 0).length,
  };
}
