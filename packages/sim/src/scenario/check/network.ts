import { type Settled, settle } from '../defaults.ts';
import { microseconds } from '../duration.ts';
import type { Finding, Path } from '../problem.ts';
import type { Latency, ProtocolSettings, Scenario } from '../schema.ts';
import { linksOf } from '../walk.ts';

/** Whether links can be as they are said to be, and the genesis would be valid. */
export function checkNetwork(scenario: Scenario): Finding[] {
  const { protocol } = scenario;
  const settled = settle(scenario);
  const findings = linksOf(scenario).flatMap(({ path, value }) =>
    value.latency === undefined ? [] : checkLatency(value.latency, [...path, 'latency'], settled),
  );
  if (protocol !== undefined) findings.push(...checkParameters(protocol));
  return findings;
}

function checkLatency(latency: Latency, path: Path, { placed, cities, observers }: Settled): Finding[] {
  if (latency.kind === 'uniform' && microseconds(latency.min) > microseconds(latency.max)) {
    const message = `min ${latency.min} lies above max ${latency.max}. Exchange them, or correct one.`;
    return [{ code: 'SCENARIO_BOUNDS_REVERSED', path: [...path, 'min'], message }];
  }
  if (latency.kind === 'geography' && !placed) {
    const message = 'Without places there are no distances. Write placement: china, or leave it out.';
    return [{ code: 'SCENARIO_PLACES_MISSING', path, message }];
  }
  if (latency.kind !== 'matrix') return [];
  const size = cities + observers;
  const findings: Finding[] = [];
  const check = (count: number, at: Path, what: string) => {
    if (count === size) return;
    const message = `There are ${count} ${what} for ${size} cities and observers. Give ${size}.`;
    findings.push({ code: 'SCENARIO_MATRIX_SIZE', path: at, message });
  };
  check(latency.delays.length, [...path, 'delays'], 'rows');
  latency.delays.forEach((row, index) => {
    check(row.length, [...path, 'delays', index], 'columns');
  });
  return findings;
}

/** Whole milliseconds, as the genesis has them: name, smallest, largest. */
const parameters = [
  ['delta', 1, 60_000],
  ['idleInterval', 0, 3_600_000],
  ['resend', 1, 600_000],
  ['resync', 1, 600_000],
  ['timeoutCap', 1, 3_600_000],
] as const;

function checkParameters(protocol: ProtocolSettings): Finding[] {
  const findings: Finding[] = [];
  const outOfRange = (name: string, message: string) => {
    findings.push({ code: 'SCENARIO_NUMBER_OUT_OF_RANGE', path: ['protocol', name], message });
  };
  for (const [name, least, most] of parameters) {
    const duration = protocol[name];
    if (duration === undefined) continue;
    const ms = microseconds(duration) / 1000;
    if (Number.isInteger(ms) && ms >= least && ms <= most) continue;
    outOfRange(name, `${duration} is no parameter of a genesis. Give whole milliseconds, ${least}ms to ${most}ms.`);
  }
  const { delta, timeoutCap, timeoutGrowth = 1 } = protocol;
  if (timeoutGrowth > 10)
    outOfRange('timeoutGrowth', `Timeouts cannot grow by ${timeoutGrowth}. Give a factor of 1 to 10.`);
  if (timeoutCap !== undefined && microseconds(timeoutCap) < 3 * microseconds(delta ?? '0s')) {
    outOfRange('timeoutCap', 'The cap of timeouts lies below three times delta. Raise it, or lower delta.');
  }
  return findings;
}
