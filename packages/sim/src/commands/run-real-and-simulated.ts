import type { RealRun } from '../real/run-real.ts';
import { runReal } from '../real/run-real.ts';
import type { Distribution, Result } from '../results/schema.ts';
import { simulate } from '../run/simulate.ts';
import type { Scenario } from '../scenario/schema.ts';
import { distributionOf } from '../statistics/index.ts';
import { showClock } from './progress.ts';
import type { Terminal } from './terminal.ts';

type Summary = Omit<Distribution, 'histogram'>;

export interface Compared {
  readonly scenario: string;
  readonly seed: number;
  readonly real: Omit<RealRun, 'latenciesMs'> & { readonly finalityMs: Summary };
  readonly simulated: Pick<Result, 'verdict' | 'endedAtUs' | 'traceHash'> & { readonly finalityMs: Summary };
  /** Real over simulated; undefined where one of them has no record. */
  readonly ratio: { readonly p50: number; readonly p90: number; readonly p99: number } | undefined;
}

/** The scenario on real daemons, then in virtual time with the daemon's cryptography. */
export async function runAndCompare(
  scenario: Scenario,
  seed: number,
  terminal: Terminal,
): Promise<Compared | 'interrupted'> {
  const stopping = new AbortController();
  const listening = terminal.onInterrupt(() => stopping.abort());
  const progress = showClock(terminal, `${scenario.name} for real`);
  try {
    const run = await runReal(scenario, seed, {
      signal: stopping.signal,
      onProgress: progress.update,
    });
    if (stopping.signal.aborted) return 'interrupted';
    const virtual = { ...scenario, protocol: { ...scenario.protocol, crypto: 'real' as const } };
    const { result } = await simulate(virtual, seed);
    const { latenciesMs, ...real } = run;
    const realFinality = summary(distributionOf(latenciesMs.map((value) => ({ value, count: 1 }))));
    const simulatedFinality = summary(result.finalityMs);
    const comparable = realFinality.count > 0 && simulatedFinality.count > 0;
    return {
      scenario: scenario.name,
      seed,
      real: { ...real, finalityMs: realFinality },
      simulated: {
        verdict: result.verdict,
        endedAtUs: result.endedAtUs,
        traceHash: result.traceHash,
        finalityMs: simulatedFinality,
      },
      ratio: comparable
        ? {
            p50: realFinality.p50 / simulatedFinality.p50,
            p90: realFinality.p90 / simulatedFinality.p90,
            p99: realFinality.p99 / simulatedFinality.p99,
          }
        : undefined,
    };
  } finally {
    progress.stop();
    listening();
  }
}

function summary({ histogram: _, ...rest }: Distribution): Summary {
  return rest;
}
