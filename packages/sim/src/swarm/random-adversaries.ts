import { strategies } from '../adversaries/catalogue.ts';
import type { OptionRule, OptionRules } from '../adversaries/options.ts';
import { schemes } from '../adversaries/schemer.ts';
import { claims } from '../adversaries/usurper.ts';
import type { Random } from '../kernel/random.ts';
import type { AdversaryChoice } from '../scenario/schema.ts';
import { ms, weighted, whole } from './draw.ts';

type Options = NonNullable<AdversaryChoice['options']>;

/** How often a strategy is left as its author made it, and each option at its standard. */
const STANDARD = 0.4;

/** Strategies that tell many lies, of which one scenario sees a few: so many times as often as others. Schemers come by themselves. */
const WEIGHTS: Readonly<Record<string, number>> = {
  inventor: 5,
  impersonator: 3,
  outlaw: 3,
  'false-accuser': 2,
  'late-notary': 2,
  schemer: 0,
};

/** What more than f cities, all in one hand, do: certify whatever they like, if they are q. */
const COUP: readonly (readonly [weight: number, strategy: string])[] = [
  [8, 'usurper'],
  [2, 'invalid-checkpoint'],
  [1, 'inventor'],
  [1, 'equivocator'],
];

/**
 * One or two strategies for each corrupted city, often the same for all of them, with options by luck. One in five
 * begins late.
 */
export function randomAdversaries(random: Random, corrupted: readonly number[], activeMs: number): AdversaryChoice[] {
  if (corrupted.length === 0) return [];
  const together = random.chance(0.6);
  const groups = together ? [corrupted] : corrupted.map((city) => [city]);
  return groups.flatMap((cities) => {
    const first = randomStrategy(random, strategies);
    const chosen = random.chance(0.35)
      ? [
          first,
          randomStrategy(
            random,
            strategies.filter((each) => each !== first),
          ),
        ]
      : [first];
    return chosen.map(({ description }): AdversaryChoice => {
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

/** C12: the corrupted of a scenario scheme about the authority set, beside all that they do. */
export function randomSchemers(random: Random, corrupted: readonly number[]): AdversaryChoice {
  const scheme = random.chance(0.5) ? 'turns' : random.pick(schemes);
  return { strategy: 'schemer', cities: [...corrupted], options: { scheme, pace: whole(random, 1, 8) } };
}

/** More than f corrupted cities that act as one, once there is something to contradict. */
export function randomCoup(random: Random, corrupted: readonly number[], activeMs: number): AdversaryChoice[] {
  const strategy = weighted(random, COUP);
  const choice = { strategy, cities: [...corrupted], start: ms(random.next() * activeMs * 0.5) };
  // The first contradiction stops a city: only one kind of them is seen.
  return [strategy === 'usurper' ? { ...choice, options: { claims: random.pick(claims) } } : choice];
}

function randomStrategy(random: Random, among: readonly (typeof strategies)[number][]): (typeof strategies)[number] {
  return weighted(
    random,
    among.map((strategy) => [WEIGHTS[strategy.description.name] ?? 1, strategy] as const),
  );
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
