import { metrics } from '../results/metrics.ts';
import { cellText } from '../sweep/grid.ts';
import type { Difference, Estimate, SweepResult } from '../sweep/schema.ts';
import { figure, table } from './words.ts';

/** What a table shows unless it is told otherwise. */
export const shownByDefault = ['finalityMs.p50', 'finalityMs.p99', 'convergedMs', 'recordsPerSecond', 'bytesPerRecord'];

/** One line a combination: mean and 95% interval of each figure; below it the differences to the first combination. */
export function sweepText(sweep: SweepResult, shown: readonly string[]): string {
  const { scenario, seeds, cells, differences } = sweep;
  const names = shown.filter((name) => cells.some((cell) => cell.metrics[name] !== undefined));
  const head = ['', 'passed', ...names.map(withUnit)];
  const rows = cells.map((cell) => [
    cellText(cell.parameters),
    `${cell.passed}/${cell.runs}`,
    ...names.map((name) => estimateText(cell.metrics[name])),
  ]);
  const right = head.map((_, index) => index).slice(1);
  const parts = [
    `${scenario.name}: ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`}; mean [95% interval over seeds]`,
    '',
    table([head, ...rows], right),
  ];
  if (cells.length > 1 && seeds.length > 1) {
    const changes = cells
      .slice(1)
      .map((cell, index) => [
        cellText(cell.parameters),
        '',
        ...names.map((name) => differenceText(differences[index + 1]?.[name])),
      ]);
    const first = cellText(cells[0]?.parameters ?? {});
    parts.push(
      '',
      `Change from ${first}, on common seeds:`,
      '',
      table([head.map((name) => (name === 'passed' ? '' : name)), ...changes], right),
    );
  }
  return parts.join('\n');
}

export function withUnit(name: string): string {
  const unit = metrics.find((metric) => metric.name === name)?.unit ?? '';
  return unit === '' || name.includes('Ms') || name.startsWith('bytes') || name.endsWith('Second')
    ? name
    : `${name} (${unit})`;
}

function estimateText(estimate: Estimate | undefined): string {
  if (estimate === undefined) return '-';
  const { mean, low, high, runs } = estimate;
  return runs === 1 ? figure(mean) : `${figure(mean)} [${figure(low)}, ${figure(high)}]`;
}

/** With a star where the interval leaves out 0. */
export function differenceText(difference: Difference | undefined): string {
  if (difference === undefined) return '-';
  const { mean, low, high, pairs } = difference;
  const signed = (value: number) => (value > 0 ? `+${figure(value)}` : figure(value));
  if (pairs === 1) return signed(mean);
  const clear = low > 0 || high < 0;
  return `${signed(mean)} [${signed(low)}, ${signed(high)}]${clear ? ' *' : '  '}`;
}
