import { builtinStrategies } from '../../adversaries/catalogue.ts';
import type { StrategyMap } from '../../adversaries/registry.ts';
import { catalogue } from '../../checks/catalogue.ts';
import { suggestion } from '../nearest.ts';
import type { Finding } from '../problem.ts';
import type { Scenario } from '../schema.ts';
import { checkAdversaries } from './adversaries.ts';
import { checkCities } from './cities.ts';
import { checkEffects } from './effects.ts';
import { checkNetwork } from './network.ts';
import { isScenario, shapeFindings } from './shape.ts';
import { checkSweep } from './sweep.ts';
import { checkTimes } from './times.ts';

/** What may be named in a scenario. */
export interface KnownNames {
  /** Strategies of adversaries; those of plug-ins too. Undefined: those that come with the simulator. */
  readonly strategies?: StrategyMap | undefined;
  /** Invariants; those of plug-ins too. Undefined: those that come with the simulator. */
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
    ...checkAdversaries(scenario, names.strategies ?? builtinStrategies),
    ...checkNames(scenario, names),
  ];
}

function checkNames(scenario: Scenario, { checks = Object.keys(catalogue) }: KnownNames): Finding[] {
  return (scenario.checks?.except ?? []).flatMap((check, index): Finding[] => {
    if (checks.includes(check)) return [];
    const message = `There is no invariant ${check}. Known: ${checks.join(', ')}.${suggestion(check, checks)}`;
    return [{ code: 'SCENARIO_CHECK_UNKNOWN', path: ['checks', 'except', index], message }];
  });
}
