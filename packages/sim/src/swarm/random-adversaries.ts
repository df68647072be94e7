import { strategies } from '../adversaries/catalogue.ts';
import type { OptionRule, OptionRules } from '../adversaries/options.ts';
import type { Random } from '../kernel/random.ts';
import type { AdversaryChoice } from '../scenario/schema.ts';
import { ms } from './draw.ts';

type Options = NonNullable<AdversaryChoice['options']>;

/** How often a strategy is left as its author made it, and each option at its standard. */
const STANDARD = 0.4;

/**
 * One or two strategies for each corrupted city, often the same for all of them, with options by luck. One in five
 * begins late.
 */
export function randomAdversaries(random: Random, corrupted: readonly number[], activeMs: number): AdversaryChoice[] {
  if (corrupted.length === 0) return [];
  const together = random.chance(0.6);
  const groups = together ? [corrupted] : corrupted.map((city) => [city]);
  return groups.flatMap((cities) => {
    const names = random.sample(strategies, random.chance(0.35) ? 2 : 1);
    return names.map(({ description }): AdversaryChoice => {
      const options = randomOptions(random, description.options);
      return {
        strategy: description.name,
        cities: [...cities],
        ...(random.chance(0.2) ? { start: ms(random.next() * activeMs) } : {}),
        ...(Object.keys(options).length === 0 ? {} : { options }),
      };
    });
  });
}

function randomOptions(random: Random, rules: OptionRules): Options {
  if (random.chance(STANDARD)) return {};
  const options: Options = {};
  for (const [name, rule] of Object.entries(rules)) {
    if (!random.chance(STANDARD)) options[name] = randomValue(random, rule);
  }
  return options;
}

/** A value that a rule admits: of its words one or some, of its numbers one of the size of the standard. */
function randomValue(random: Random, rule: OptionRule): number | string | boolean {
  const { standard, values, admits } = rule;
  if (typeof standard === 'boolean') return random.chance(0.5);
  if (typeof standard === 'number') {
    const sizes = [0, 0.25, 0.5, 1, 1.5, 2, 4].flatMap((factor) => [standard * factor, Math.round(standard * factor)]);
    return random.pick([standard, ...sizes.filter(admits)]);
  }
  const words = values.split(/[\s,:]+/).filter(admits);
  if (words.length === 0) return standard;
  const some = random.sample(words, 1 + random.integer(words.length)).join(', ');
  return random.chance(0.5) && admits(some) ? some : random.pick(words);
}
