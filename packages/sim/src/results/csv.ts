import type { PureResult } from './result.ts';

export type Cell = string | number | boolean | null | undefined;

/** RFC 4180, with line feeds: a heading, then one line a row. What is not there is empty. */
export function toCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: Cell): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row a city at the end of the run. */
export function citiesCsv({ cities }: PureResult): string {
  const columns = [
    'node',
    'name',
    'role',
    'province',
    'latitude',
    'longitude',
    'state',
    'view',
    'finalizedHeight',
    'executedHeight',
    'recordsSealed',
    'recordsExecuted',
    'crashes',
    'halted',
    'quarantined',
    'messagesIn',
    'messagesOut',
    'bytesIn',
    'bytesOut',
    'busyUs',
    'historyRoot',
    'stateRoot',
  ];
  const rows = cities.map((city) => {
    const { place, ...fields } = city;
    const cells: Readonly<Record<string, Cell>> = { ...fields, ...place };
    return columns.map((column) => cells[column]);
  });
  return toCsv(columns, rows);
}

/** One row a sample. */
export function seriesCsv({ series, endedAtUs }: PureResult): string {
  const columns = ['heightMin', 'heightMedian', 'heightMax', 'upCities', 'recordsFinal', 'bytes', 'messages'] as const;
  const last = series.heightMax.length - 1;
  const rows = series.heightMax.map((_, index) => [
    index === last ? endedAtUs : index * series.stepUs,
    ...columns.map((column) => series[column][index]),
  ]);
  return toCsv(['atUs', ...columns], rows);
}
