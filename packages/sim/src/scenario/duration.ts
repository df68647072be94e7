const unitUs: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1e3,
  s: 1e6,
  m: 60e6,
  h: 3600e6,
  d: 86_400e6,
};

/** `2.5s` -> 2,500,000. A sign is allowed. Whole microseconds; throws on text that the schema would refuse. */
export function microseconds(duration: string): number {
  const parts = /^([+-]?[0-9]+(?:\.[0-9]+)?)(us|ms|s|m|h|d)$/.exec(duration);
  const unit = unitUs[parts?.[2] ?? ''];
  if (parts === null || unit === undefined) throw new Error(`${duration} is not a duration such as 10ms or 2.5s`);
  return Math.round(Number(parts[1]) * unit);
}
