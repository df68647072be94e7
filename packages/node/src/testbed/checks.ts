import { HansaError } from '@hansa/protocol';

/** A step's own check: the demo fails when it is false. */
export function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new HansaError('DEMO_FAILED', `This is not true: ${what}.`);
}

/** The value at a fraction of sorted samples (nearest rank); 0 when there are none. */
export function percentile(samples: readonly number[], fraction: number): number {
  if (samples.length === 0) return 0;
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(fraction * sorted.length) - 1)] ?? 0;
}
