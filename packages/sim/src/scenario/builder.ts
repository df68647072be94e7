import { HansaError } from '@hansa/protocol';
import { checkScenario, type KnownNames } from './check/check.ts';
import type { DurationText } from './fault-builder.ts';
import type { FieldValue } from './field-paths.ts';
import { type Problem, pathText, problemText } from './problem.ts';
import type {
  AdversaryChoice,
  Checks,
  Clocks,
  Disks,
  Fault,
  Gossip,
  Link,
  ProtocolSettings,
  Scenario,
  Selector,
  Stop,
  Topology,
  Workload,
} from './schema.ts';

/** Thrown by `build`, and where files are read: everything that is wrong, as data too. */
export class ScenarioError extends HansaError {
  readonly problems: readonly Problem[];

  /** `file`: where it was read, for people. */
  constructor(problems: readonly Problem[], file?: string) {
    super('SCENARIO_INVALID', problems.map((problem) => problemText(problem, file)).join('\n'));
    this.problems = problems;
  }
}

/** Four cities that do nothing, of this name, to be changed step by step. Each step returns a new builder. */
export function scenario(name: string): ScenarioBuilder {
  return new ScenarioBuilder({ format: 'hansa-scenario/1', name, shows: name, topology: { cities: 4 } });
}

/** Makes the object that a scenario file is, with the compiler's help. A builder never changes: keep one, and vary it. */
export class ScenarioBuilder {
  readonly #scenario: Scenario;

  constructor(start: Scenario) {
    this.#scenario = start;
  }

  #with(changes: Partial<Scenario>): ScenarioBuilder {
    return new ScenarioBuilder({ ...this.#scenario, ...changes });
  }

  #topology(changes: Partial<Topology>): ScenarioBuilder {
    return this.#with({ topology: { ...this.#scenario.topology, ...changes } });
  }

  /** One line: what it shows. */
  shows(line: string): ScenarioBuilder {
    return this.#with({ shows: line });
  }

  /** Authorities: n. */
  cities(count: number): ScenarioBuilder {
    return this.#topology({ cities: count });
  }

  observers(count: number): ScenarioBuilder {
    return this.#topology({ observers: count });
  }

  placement(placement: NonNullable<Topology['placement']>): ScenarioBuilder {
    return this.#topology({ placement });
  }

  /** How links behave; adds to what was said before. */
  link(link: Link): ScenarioBuilder {
    return this.#topology({ link: { ...this.#scenario.topology.link, ...link } });
  }

  /** Every message takes this long. */
  delay(delay: DurationText): ScenarioBuilder {
    return this.link({ latency: { kind: 'constant', delay } });
  }

  gossip(gossip: Gossip): ScenarioBuilder {
    return this.#topology({ gossip });
  }

  protocol(settings: ProtocolSettings): ScenarioBuilder {
    return this.#with({ protocol: { ...this.#scenario.protocol, ...settings } });
  }

  clocks(clocks: Clocks): ScenarioBuilder {
    return this.#with({ clocks });
  }

  disks(disks: Disks): ScenarioBuilder {
    return this.#with({ disks });
  }

  workload(workload: Workload): ScenarioBuilder {
    return this.#with({ workload: { ...this.#scenario.workload, ...workload } });
  }

  /** More faults: `at('10s').crash([1])`. */
  fault(...faults: readonly Fault[]): ScenarioBuilder {
    return this.#with({ faults: [...(this.#scenario.faults ?? []), ...faults] });
  }

  /** Corrupts more cities, or the same ones with one strategy more. */
  adversary(
    strategy: string,
    cities: Selector,
    more: Omit<AdversaryChoice, 'strategy' | 'cities'> = {},
  ): ScenarioBuilder {
    return this.#with({ adversary: [...(this.#scenario.adversary ?? []), { strategy, cities, ...more }] });
  }

  stop(stop: Stop): ScenarioBuilder {
    return this.#with({ stop });
  }

  checks(checks: Checks): ScenarioBuilder {
    return this.#with({ checks });
  }

  /** `seeds(7, 20)`: twenty seeds from 7 on; `seeds([1, 5])`: these. */
  seeds(first: number | readonly number[], count = 1): ScenarioBuilder {
    return this.#with({ seeds: typeof first === 'number' ? { from: first, count } : [...first] });
  }

  /** One more dimension of the grid: `sweep('topology.link.loss', [0, 0.1])`. */
  sweep(path: string, values: readonly FieldValue[]): ScenarioBuilder {
    return this.#with({ sweep: { ...this.#scenario.sweep, [path]: [...values] } });
  }

  /**
   * The scenario, checked as a file would be.
   *
   * Errors: SCENARIO_INVALID with all `problems`.
   */
  build(names: KnownNames = {}): Scenario {
    const findings = checkScenario(this.#scenario, names);
    if (findings.length === 0) return structuredClone(this.#scenario);
    const nowhere = { line: undefined, column: undefined };
    throw new ScenarioError(findings.map(({ path, ...rest }) => ({ ...rest, ...nowhere, path: pathText(path) })));
  }
}
