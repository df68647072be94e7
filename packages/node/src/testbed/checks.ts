import { HansaError } from '@hansa/protocol';

/** A step's own check: the demo fails when it is false. */
export function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new HansaError('DEMO_FAILED', `This is not true: ${what}.`);
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** The values at two fractions of the sorted samples (nearest rank); 0 when there are none. */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (fraction: number) => sorted[Math.ceil(fraction * sorted.length) - 1] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
