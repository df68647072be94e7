/** A span of time that a text names, in milliseconds since 1970, both ends included. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * A legal day as people write it: `2026-11-23`, `20261123`, `2026/11/23`, `2026年11月23日`. Given as `2026-11-23`; undefined for
 * what is no day of the calendar.
 */
export function readDay(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?$/.exec(plain);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  // The 31st of a short month would be another day.
  if (year < 1900 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

/** A day, or a minute of it like `2026-11-23 14:30`, in the reader's zone; undefined for what is neither. */
export function readSpan(text: string): Span | undefined {
  const plain = text.normalize('NFKC').trim();
  const [, dayText = plain, hours, minutes] = /^(.+?)[\sT]+(\d{1,2}):(\d{2})$/.exec(plain) ?? [];
  const day = readDay(dayText);
  if (day === undefined) return undefined;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  if (hours === undefined || minutes === undefined) {
    const fromMs = new Date(year, month - 1, date).getTime();
    return { fromMs, toMs: new Date(year, month - 1, date + 1).getTime() - 1 };
  }
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const fromMs = new Date(year, month - 1, date, Number(hours), Number(minutes)).getTime();
  return { fromMs, toMs: fromMs + 59_999 };
}
