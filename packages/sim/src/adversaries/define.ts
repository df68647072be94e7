import type { CheckName } from '../checks/catalogue.ts';
import type { Corrupted, Strategy, StrategyFactory } from './contract.ts';
import { type OptionRules, type OptionValues, readOptions } from './options.ts';

/** What people are told about a strategy; `docs/simulating/adversaries.md` is tested equal. */
export interface StrategyDescription {
  readonly name: string;
  /** What it does, in one sentence. */
  readonly does: string;
  /** The rules that it attacks: `C3 C10`. */
  readonly attacks: string;
  /** Checks that would fail if it won. */
  readonly seenBy: readonly CheckName[];
  /** Evidence that convicts it (C10, R4); undefined: nothing can be proven against it. */
  readonly proof?: string;
  readonly options: OptionRules;
}

/** A strategy with its description: what the scenario's name stands for. */
export interface DescribedStrategy extends StrategyFactory {
  readonly description: StrategyDescription;
}

export function defineStrategy<R extends OptionRules>(
  description: StrategyDescription & { readonly options: R },
  make: (city: Corrupted, options: OptionValues<R>) => Strategy,
  traits: { readonly needsTwin?: boolean } = {},
): DescribedStrategy {
  const factory = (city: Corrupted) => make(city, readOptions(description.name, city.options, description.options));
  return Object.assign(factory, { description, ...traits });
}
