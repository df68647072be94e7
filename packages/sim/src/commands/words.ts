/** Numbers and times as people read them. The same everywhere in the commands' output. */

/** 1234567 -> `1,234,567`. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Three digits that count: 0.0123, 4.57, 45.7, 457, 45,700. */
export function figure(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1000) return `${value < 0 ? '-' : ''}${count(size)}`;
  return String(Number(value.toPrecision(3)));
}

/** Virtual time: 250 us, 31.2 ms, 12.3 s, 5 m 20 s, 2 h 5 m. */
export function duration(us: number): string {
  if (us === 0) return '0 s';
  if (us < 1000) return `${figure(us)} us`;
  if (us < 1e6) return `${figure(us / 1e3)} ms`;
  if (us < 120e6) return `${figure(us / 1e6)} s`;
  const seconds = Math.round(us / 1e6);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const parts = hours > 0 ? [`${hours} h`, `${minutes} m`] : [`${minutes} m`, `${seconds % 60} s`];
  return parts.filter((part) => !part.startsWith('0 ')).join(' ');
}

export function bytes(value: number): string {
  if (value < 1000) return `${count(value)} B`;
  if (value < 1e6) return `${figure(value / 1e3)} kB`;
  return value < 1e9 ? `${figure(value / 1e6)} MB` : `${figure(value / 1e9)} GB`;
}

/** `1 city`, `4 cities`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Columns as wide as their widest cell; the last one is not padded. Columns named in `right` stand to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
