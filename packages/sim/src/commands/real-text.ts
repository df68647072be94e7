import type { Compared } from './run-real-and-simulated.ts';
import { count, counted, duration, figure, table } from './words.ts';

/** Reality and simulation side by side. */
export function realText({ scenario, seed, real, simulated, ratio }: Compared): string {
  const percentile = (name: 'p50' | 'p90' | 'p99') => [
    `${name} to final, ms`,
    figure(real.finalityMs[name]),
    figure(simulated.finalityMs[name]),
    ratio === undefined ? '' : figure(ratio[name]),
  ];
  const figures = table(
    [
      ['', 'real', 'simulated', 'real / simulated'],
      percentile('p50'),
      percentile('p90'),
      percentile('p99'),
      ['records final', count(real.finalityMs.count), count(simulated.finalityMs.count)],
      ['ended at', duration(real.endedAtMs * 1000), duration(simulated.endedAtUs)],
    ],
    [1, 2, 3],
  );
  const cities = table(
    [
      ['city', 'height', 'records', 'history root'],
      ...real.cities.map(({ name, status }) =>
        status === undefined
          ? [name, '', '', 'down']
          : [name, count(status.executedHeight), count(status.records), status.historyRoot.slice(0, 16)],
      ),
    ],
    [1, 2],
  );
  const verdict = real.converged
    ? 'All real cities ended at one state.'
    : 'The real cities did not come to one state before the end of the run.';
  const notes = [
    ...(real.recordsLostSight > 0
      ? [
          `${counted(real.recordsLostSight, 'record')} had a city that was killed before it could say that they were final`,
        ]
      : []),
    ...Object.entries(real.refusals).map(([code, records]) => `${counted(records, 'record')} refused: ${code}`),
    ...real.differences,
  ];
  return [
    `${scenario}, seed ${seed}: real daemons and the simulator`,
    '',
    figures,
    '',
    cities,
    '',
    verdict,
    ...real.failures.map((failure) => `  ${failure}`),
    '',
    'Not the same in both:',
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}
