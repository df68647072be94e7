const units = [
  [86_400e6, 'd'],
  [3600e6, 'h'],
  [60e6, 'min'],
  [1e6, 's'],
  [1e3, 'ms'],
] as const;

/** Virtual time for people: 2.5 s, 41 ms, 3 h 20 min. */
export function time(us: number): string {
  if (us === 0) return '0';
  if (us >= 3600e6) return split(us, 3600e6, 'h', 60e6, 'min');
  if (us >= 60e6) return split(us, 60e6, 'min', 1e6, 's');
  for (const [unitUs, unit] of units) if (us >= unitUs) return `${round(us / unitUs)} ${unit}`;
  return `${us} µs`;
}

const [SECOND_US, MINUTE_US, HOUR_US, DAY_US] = [1e6, 60e6, 3600e6, 86_400e6];

/** Steps between the marks of a time axis, in microseconds: round in the units that people read. */
export const timeSteps: readonly number[] = [
  ...[1, 10, 100, 1e3, 1e4, 1e5].flatMap((unit) => [1, 2, 5].map((count) => count * unit)),
  ...[1, 2, 5, 10, 20, 30].map((count) => count * SECOND_US),
  ...[1, 2, 5, 10, 20, 30].map((count) => count * MINUTE_US),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_US),
  ...[1, 2, 7, 14, 28, 91, 364].map((count) => count * DAY_US),
];

function split(us: number, largeUs: number, large: string, smallUs: number, small: string): string {
  const rounded = Math.round(us / smallUs) * smallUs;
  const rest = Math.round((rounded % largeUs) / smallUs);
  return `${Math.floor(rounded / largeUs)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

export function milliseconds(ms: number): string {
  return time(Math.round(ms * 1000));
}

/** At most three figures that count. */
export function round(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return Number(value.toFixed(Math.min(digits, 6))).toLocaleString('en');
}

export function count(value: number): string {
  return value >= 100_000
    ? `${round(value / (value >= 1e6 ? 1e6 : 1e3))}${value >= 1e6 ? ' M' : ' k'}`
    : value.toLocaleString('en');
}

export function bytes(value: number): string {
  const steps = ['B', 'kB', 'MB', 'GB', 'TB'];
  let step = 0;
  let rest = value;
  for (; rest >= 1000 && step < steps.length - 1; step++) rest /= 1000;
  return `${round(rest)} ${steps[step]}`;
}

export function plural(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
