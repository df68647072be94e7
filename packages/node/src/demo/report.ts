import { readFile } from 'node:fs/promises';
import type { Percentiles } from '../testbed/checks.ts';
import type { StatusAnswer, World } from '../testbed/world.ts';

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly detail: string;
}

export interface DemoReport {
  readonly ok: boolean;
  readonly cities: readonly {
    readonly name: string;
    readonly height: number;
    readonly historyRoot: string;
    readonly stateRoot: string;
    readonly records: number;
    readonly bytesIn: number;
    readonly bytesOut: number;
  }[];
  readonly steps: readonly StepResult[];
  readonly finalityMs: Percentiles;
  readonly recordsPerSecond: number;
}

export function cityRow(status: StatusAnswer): DemoReport['cities'][number] {
  return {
    name: status.city,
    height: status.executedHeight,
    historyRoot: status.historyRoot,
    stateRoot: status.stateRoot,
    records: status.records,
    bytesIn: status.bytesIn,
    bytesOut: status.bytesOut,
  };
}

/** The table at the end, for people. */
export function renderTable(report: DemoReport): string {
  const highest = Math.max(0, ...report.cities.map(({ height }) => height));
  const rows = [
    ['city', 'height', 'lag', 'records', 'in', 'out', 'state root'],
    ...report.cities.map((city) => [
      city.name,
      `${city.height}`,
      `${highest - city.height}`,
      `${city.records}`,
      kilobytes(city.bytesIn),
      kilobytes(city.bytesOut),
      `${city.stateRoot.slice(0, 16)}…`,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const { p50, p99 } = report.finalityMs;
  return [
    ...lines,
    '',
    `finality p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (HTTP request to agreed answer); burst ${report.recordsPerSecond} records/s`,
  ].join('\n');
}

/** What to try while the federation runs. */
export async function renderInvitation(world: World): Promise<string> {
  const sanya = world.city('sanya');
  const lines = await Promise.all(
    world.daemons.map(async (daemon) => {
      const token = (await readFile(daemon.tokenFile('auditor'), 'utf8')).trim();
      const name = daemon.name.padEnd(9);
      return `  ${name} ${daemon.url}  auditor's token ${token}\n  ${''.padEnd(9)} all tokens: ${daemon.directory}/tokens/`;
    }),
  );
  return [
    'The federation keeps running until Ctrl-C:',
    ...lines,
    'Try:',
    `  node packages/node/bin/hansa.js status --dir ${sanya.directory}`,
    `  node packages/node/bin/hansa.js blocks --dir ${sanya.directory}`,
    `  curl -H "Authorization: Bearer $(cat ${sanya.tokenFile('auditor')})" ${sanya.url}/v1/evidence`,
  ].join('\n');
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} kB`;
}
