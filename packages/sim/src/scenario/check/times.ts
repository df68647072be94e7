import { settle } from '../defaults.ts';
import { microseconds } from '../duration.ts';
import type { Finding, Path } from '../problem.ts';
import type { Scenario } from '../schema.ts';
import { actionsOf, faultsOf } from '../walk.ts';

/** Whether everything happens before the run ends, in its order, and not infinitely often. */
export function checkTimes(scenario: Scenario): Finding[] {
  const times = new Times(scenario);
  const { stop, workload, topology, adversary } = scenario;
  if (stop !== undefined) times.checkStop(stop);
  times.span(['workload', 'start'], workload?.start, workload?.end);
  workload?.bursts?.forEach(({ at }, index) => {
    times.happens(['workload', 'bursts', index, 'at'], at);
  });
  times.positive(['workload', 'doubleUses', 'every'], workload?.doubleUses?.every);
  times.happens(['workload', 'doubleUses', 'start'], workload?.doubleUses?.start);
  times.positive(['workload', 'dayLength'], workload?.dayLength);
  if (topology.gossip?.kind === 'mesh') times.positive(['topology', 'gossip', 'heartbeat'], topology.gossip.heartbeat);
  adversary?.forEach(({ start, end }, index) => {
    times.span(['adversary', index, 'start'], start, end);
  });
  for (const { path, value } of faultsOf(scenario)) {
    if ('at' in value) times.happens([...path, 'at'], value.at);
    if (!('every' in value)) continue;
    times.positive([...path, 'every'], value.every);
    times.span([...path, 'start'], value.start, value.until);
    if (value.start === undefined) times.happens([...path, 'every'], value.every);
  }
  for (const { path, value, fault } of actionsOf(scenario)) {
    if (value.kind === 'partition' && value.flapping !== undefined) {
      times.positive([...path, 'flapping', 'up'], value.flapping.up);
      times.positive([...path, 'flapping', 'down'], value.flapping.down);
    }
    if (value.kind !== 'restore-backup') continue;
    times.happens([...path, 'taken'], value.taken);
    const first = 'at' in fault ? fault.at : 'every' in fault ? (fault.start ?? fault.every) : undefined;
    times.ordered([...path, 'taken'], value.taken, first, 'the backup is taken', 'it is put back');
  }
  return times.findings;
}

class Times {
  readonly findings: Finding[] = [];
  readonly #endUs: number;
  readonly #endText: string;

  constructor(scenario: Scenario) {
    this.#endUs = settle(scenario).stopAtUs;
    this.#endText = scenario.stop?.at ?? `${this.#endUs / 60e6}m, unless stop.at says otherwise`;
  }

  checkStop({ at, when, converged, events }: NonNullable<Scenario['stop']>): void {
    if (at === undefined && when === undefined && converged !== true && events === undefined) {
      const message = 'It names no end. Give at, when, converged: true or events, or leave stop out: 5m.';
      this.findings.push({ code: 'SCENARIO_NO_END', path: ['stop'], message });
    }
    this.positive(['stop', 'at'], at);
  }

  positive(path: Path, duration: string | undefined): void {
    if (duration === undefined || microseconds(duration) > 0) return;
    this.findings.push({ code: 'SCENARIO_TOO_OFTEN', path, message: `${duration} is no time. Give one above 0.` });
  }

  happens(path: Path, duration: string | undefined): void {
    if (duration === undefined || microseconds(duration) < this.#endUs) return;
    const message = `${duration} is not before the end of the run (${this.#endText}). Move it, or end the run later.`;
    this.findings.push({ code: 'SCENARIO_NEVER', path, message });
  }

  /** From start to end, the start within the run. */
  span(path: Path, start: string | undefined, end: string | undefined): void {
    this.happens(path, start);
    this.ordered(path, start, end, 'it starts', 'it ends');
  }

  ordered(path: Path, first: string | undefined, second: string | undefined, what: string, then: string): void {
    if (second === undefined || microseconds(first ?? '0s') < microseconds(second)) return;
    const message = `At ${first ?? '0s'} ${what}, at ${second} ${then}: not in this order. Correct one of them.`;
    this.findings.push({ code: 'SCENARIO_BOUNDS_REVERSED', path, message });
  }
}
