import { HansaError } from '@hansa/protocol';
import type { StrategyFactory } from '../../adversaries/contract.ts';
import type { DescribedStrategy } from '../../adversaries/define.ts';
import { readOptions } from '../../adversaries/options.ts';
import type { StrategyMap } from '../../adversaries/registry.ts';
import { suggestion } from '../nearest.ts';
import type { Finding, Path } from '../problem.ts';
import type { AdversaryChoice, Scenario } from '../schema.ts';

/** Whether every strategy is known and takes the options that it is given. */
export function checkAdversaries(scenario: Scenario, strategies: StrategyMap): Finding[] {
  return (scenario.adversary ?? []).flatMap((choice, index): Finding[] => {
    const path: Path = ['adversary', index];
    const factory = strategies.get(choice.strategy);
    if (factory !== undefined) return checkOptions(choice, factory, path);
    const known = [...strategies.keys()].sort();
    const message = `There is no adversary ${choice.strategy}. Known: ${known.join(', ')}.${suggestion(choice.strategy, known)}`;
    return [{ code: 'SCENARIO_STRATEGY_UNKNOWN', path: [...path, 'strategy'], message }];
  });
}

/** A strategy of a plug-in that does not say its options takes any. */
function checkOptions({ strategy, options = {} }: AdversaryChoice, factory: StrategyFactory, path: Path): Finding[] {
  const { description } = factory as Partial<DescribedStrategy>;
  if (description === undefined) return [];
  return Object.entries(options).flatMap(([name, value]): Finding[] => {
    try {
      readOptions(strategy, { [name]: value }, description.options);
      return [];
    } catch (error) {
      if (!(error instanceof HansaError)) throw error;
      const hint = suggestion(name, Object.keys(description.options));
      return [
        { code: 'ADVERSARY_OPTION_INVALID', path: [...path, 'options', name], message: `${error.message}${hint}` },
      ];
    }
  });
}
