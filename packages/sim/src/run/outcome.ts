import { metricsOf } from '../results/metrics.ts';
import type { PureResult } from '../results/result.ts';

/** What sweeps and swarms keep of a run: small enough to send between threads and to keep by the thousand. */
export interface RunOutcome {
  readonly seed: number;
  readonly verdict: 'passed' | 'failed';
  /** The first violation of each check that failed. */
  readonly violations: PureResult['violations'];
  readonly livenessExcuse: string | null;
  readonly endedBecause: string;
  readonly traceHash: string;
  readonly events: number;
  readonly endedAtUs: number;
  readonly metrics: Readonly<Record<string, number>>;
}

export function outcomeOf(result: PureResult): RunOutcome {
  const { seed, verdict, liveness, endedBecause, traceHash, events, endedAtUs } = result;
  const first = new Map<string, PureResult['violations'][number]>();
  for (const violation of result.violations) if (!first.has(violation.check)) first.set(violation.check, violation);
  return {
    seed,
    verdict,
    violations: [...first.values()],
    livenessExcuse: liveness.excuse,
    endedBecause,
    traceHash,
    events,
    endedAtUs,
    metrics: metricsOf(result),
  };
}
