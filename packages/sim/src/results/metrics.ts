import type { PureResult } from './result.ts';

/**
 * The figures of one run that sweeps and comparisons work with. `undefined`: the run has none, for instance no time to
 * converge because it never converged.
 */
export interface Metric {
  readonly name: string;
  readonly unit: '' | 'ms' | '1/s' | 'B';
  /** What it is, for documents and help. */
  readonly means: string;
  readonly of: (result: PureResult) => number | undefined;
}

const ofDistribution = (value: number, count: number) => (count === 0 ? undefined : value);
const inMs = (us: number | null) => (us === null ? undefined : us / 1000);

export const metrics: readonly Metric[] = [
  ...(['p50', 'p90', 'p99', 'mean', 'max'] as const).map((part) => ({
    name: `finalityMs.${part}`,
    unit: 'ms' as const,
    means: `submission until the own city has executed the record: ${part}`,
    of: ({ finalityMs }: PureResult) => ofDistribution(finalityMs[part], finalityMs.count),
  })),
  ...(['p50', 'p99'] as const).map((part) => ({
    name: `provableMs.${part}`,
    unit: 'ms' as const,
    means: `submission until the own city can prove the record: ${part}`,
    of: ({ provableMs }: PureResult) => ofDistribution(provableMs[part], provableMs.count),
  })),
  {
    name: 'firstFinalityMs',
    unit: 'ms',
    means: 'the last fault healed until an honest city finalized something new',
    of: ({ liveness }) => inMs(liveness.firstFinalityUs),
  },
  {
    name: 'convergedMs',
    unit: 'ms',
    means: 'the last fault healed until all honest connected cities stood at one state',
    of: ({ liveness }) => inMs(liveness.convergedUs),
  },
  {
    name: 'recordsPerSecond',
    unit: '1/s',
    means: 'final records over virtual seconds of the workload',
    of: ({ totals }) => totals.recordsPerSecond,
  },
  ...(
    [
      ['recordsFinal', 'records that the furthest honest city has executed'],
      ['blocks', 'height of the newest final block'],
      ['views', 'newest view that an honest city entered'],
      ['nullifiedViews', 'views without a final block, up to the newest final one'],
      ['evidence', 'kinds of proven misbehaviour, by city'],
      ['messages', 'messages sent'],
      ['lost', 'messages lost'],
    ] as const
  ).map(([name, means]) => ({ name, unit: '' as const, means, of: ({ totals }: PureResult) => totals[name] })),
  {
    name: 'bytesPerRecord',
    unit: 'B',
    means: 'bytes sent by all cities over final records',
    of: ({ totals }) => (totals.recordsFinal === 0 ? undefined : totals.bytes / totals.recordsFinal),
  },
  {
    name: 'bytesPerCity',
    unit: 'B',
    means: 'bytes sent, mean over all cities',
    of: ({ totals, cities }) => totals.bytes / cities.length,
  },
  {
    name: 'busyShareMax',
    unit: '',
    means: 'share of the run for which the busiest city computed',
    of: ({ cities, endedAtUs }) =>
      endedAtUs === 0 ? undefined : Math.max(...cities.map(({ busyUs }) => busyUs)) / endedAtUs,
  },
  {
    name: 'endedAtMs',
    unit: 'ms',
    means: 'virtual length of the run',
    of: ({ endedAtUs }) => endedAtUs / 1000,
  },
];

/** Values by name; those that the run has none of are left out. */
export function metricsOf(result: PureResult): Record<string, number> {
  const values: Record<string, number> = {};
  for (const { name, of } of metrics) {
    const value = of(result);
    if (value !== undefined && Number.isFinite(value)) values[name] = value;
  }
  return values;
}
