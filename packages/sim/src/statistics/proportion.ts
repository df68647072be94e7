import type { Interval } from './bootstrap.ts';
import { normalQuantile } from './normal.ts';

/**
 * Wilson's score interval of a share (JASA 22, 1927). For shares of seeds that passed: a bootstrap of a hundred passes
 * would say "exactly 1", this says "at least 0.963".
 */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval | undefined {
  if (trials === 0) return undefined;
  const z = normalQuantile((1 + level) / 2);
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return {
    low: successes === 0 ? 0 : (centre - spread) / scale,
    high: successes === trials ? 1 : (centre + spread) / scale,
  };
}
