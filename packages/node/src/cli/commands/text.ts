/** Lines for people. Widths count East Asian characters as two cells, as terminals do. */

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `name   value` lines with the values under each other. */
export function pairs(entries: readonly (readonly [string, string])[]): string {
  const longest = Math.max(...entries.map(([name]) => width(name)));
  return entries.map(([name, value]) => `  ${pad(name, longest)}  ${value}`.trimEnd()).join('\n');
}

function pad(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - width(text)));
}

function width(text: string): number {
  let cells = 0;
  for (const character of text)
    cells += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
      character,
    )
      ? 2
      : 1;
  return cells;
}

/** `2026-11-23 02:10:00Z` of an RFC 3339 time. */
export function shortTime(time: string): string {
  return time.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** A certificate's code in four groups of eight, as it is printed. */
export function groupedCode(code: string): string {
  return code.match(/.{8}/g)?.join('-') ?? code;
}

/** Under an answer that the policy lets be given late. */
export function staleLines(stale: boolean): readonly string[] {
  return stale ? ['  STALE: this city has heard of no block for too long; changes since are not known here'] : [];
}
