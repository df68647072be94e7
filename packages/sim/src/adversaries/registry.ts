import { HansaError } from '@hansa/protocol';
import type { StrategyFactory } from './contract.ts';

/** The strategies that scenarios can name. */
export type StrategyMap = ReadonlyMap<string, StrategyFactory>;

/**
 * A map with one more strategy, for plug-ins.
 *
 * Errors: ADVERSARY_NAME_TAKEN.
 */
export function registerStrategy(strategies: StrategyMap, name: string, factory: StrategyFactory): StrategyMap {
  if (strategies.has(name)) {
    throw new HansaError('ADVERSARY_NAME_TAKEN', `There is a strategy ${name} already; give the plug-in another name.`);
  }
  return new Map([...strategies, [name, factory]]);
}

/**
 * The strategy that a scenario names.
 *
 * Errors: SCENARIO_STRATEGY_UNKNOWN, with the names that are known.
 */
export function findStrategy(strategies: StrategyMap, name: string): StrategyFactory {
  const factory = strategies.get(name);
  if (factory !== undefined) return factory;
  const known = [...strategies.keys()].sort().join(', ');
  throw new HansaError(
    'SCENARIO_STRATEGY_UNKNOWN',
    `There is no strategy ${name}. Name one of ${known}; or load the plug-in that has it.`,
  );
}
