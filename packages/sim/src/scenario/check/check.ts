import { suggestion } from '../nearest.ts';
import type { Finding } from '../problem.ts';
import type { Scenario } from '../schema.ts';
import { checkCities } from './cities.ts';
import { checkEffects } from './effects.ts';
import { checkNetwork } from './network.ts';
import { isScenario, shapeFindings } from './shape.ts';
import { checkSweep } from './sweep.ts';
import { checkTimes } from './times.ts';

/** Names beyond those of this package. Undefined: any name passes. */
export interface KnownNames {
  /** Of adversaries' strategies. */
  readonly strategies?: readonly string[] | undefined;
  /** Of invariants. */
  readonly checks?: readonly string[] | undefined;
}

/** All that is wrong with a scenario, as far as can be said without running it: first its shape, then its sense. */
export function checkScenario(value: unknown, names: KnownNames = {}): Finding[] {
  if (!isScenario(value)) return shapeFindings(value);
  const findings = checkSense(value, names);
  return findings.length > 0 ? findings : checkSweep(value, (each) => checkScenario(each, names));
}

function checkSense(scenario: Scenario, names: KnownNames): Finding[] {
  return [
    ...checkCities(scenario),
    ...checkNetwork(scenario),
    ...checkTimes(scenario),
    ...checkEffects(scenario),
    ...checkNames(scenario, names),
  ];
}

function checkNames(scenario: Scenario, { strategies, checks }: KnownNames): Finding[] {
  const findings: Finding[] = [];
  scenario.adversary?.forEach(({ strategy }, index) => {
    if (strategies === undefined || strategies.includes(strategy)) return;
    const message = `There is no adversary ${strategy}. Known: ${strategies.join(', ')}.${suggestion(strategy, strategies)}`;
    findings.push({ code: 'SCENARIO_STRATEGY_UNKNOWN', path: ['adversary', index, 'strategy'], message });
  });
  scenario.checks?.except?.forEach((check, index) => {
    if (checks === undefined || checks.includes(check)) return;
    const message = `There is no invariant ${check}. Known: ${checks.join(', ')}.${suggestion(check, checks)}`;
    findings.push({ code: 'SCENARIO_CHECK_UNKNOWN', path: ['checks', 'except', index], message });
  });
  return findings;
}
