import { HansaError } from '@hansa/protocol';

/** One option of a strategy: what it means, what it is unless named, and which values it takes. */
export interface OptionRule<T extends number | string | boolean = number | string | boolean> {
  readonly means: string;
  readonly standard: T;
  /** The values in words, for people: `below, above, straddle`; `0 to 1`. */
  readonly values: string;
  readonly admits: (value: number | string | boolean) => boolean;
}

export type OptionRules = Readonly<Record<string, OptionRule>>;

/** The values that rules give: `{ share: number, as: 'leader' | 'voter' }`. */
export type OptionValues<R extends OptionRules> = {
  readonly [K in keyof R]: R[K] extends OptionRule<infer T> ? T : never;
};

/** One word of several. */
export function word<const W extends string>(words: readonly W[], standard: NoInfer<W>, means: string): OptionRule<W> {
  return { means, standard, values: words.join(', '), admits: (value) => words.includes(value as W) };
}

/** Says the word that was chosen, each time; where that is `turns`, all the words one after the other, from a place on. */
export function inTurns<W extends string>(words: readonly W[], chosen: NoInfer<W> | 'turns', first = 0): () => W {
  let turn = first;
  return () => (chosen === 'turns' ? (words[turn++ % words.length] as W) : chosen);
}

/** Several words, separated by commas. */
export function words(known: readonly string[], standard: string, means: string): OptionRule<string> {
  const admits = (value: number | string | boolean) =>
    typeof value === 'string' && splitWords(value).every((each) => known.includes(each));
  return { means, standard, values: `a list of: ${known.join(', ')}`, admits };
}

export function splitWords(value: string): string[] {
  return value.split(',').map((each) => each.trim());
}

/** A number in a range; `whole`: without a fraction. */
export function number(
  range: { readonly from: number; readonly to: number; readonly whole?: boolean },
  standard: number,
  means: string,
): OptionRule<number> {
  const { from, to, whole = false } = range;
  const admits = (value: number | string | boolean) =>
    typeof value === 'number' && value >= from && value <= to && (!whole || Number.isInteger(value));
  return { means, standard, values: `${whole ? 'whole, ' : ''}${from} to ${to}`, admits };
}

export function flag(standard: boolean, means: string): OptionRule<boolean> {
  return { means, standard, values: 'true, false', admits: (value) => typeof value === 'boolean' };
}

/**
 * The options of a scenario against a strategy's rules.
 *
 * Errors: ADVERSARY_OPTION_INVALID for an option that the strategy does not know, or a value that it does not take.
 */
export function readOptions<R extends OptionRules>(
  strategy: string,
  given: Readonly<Record<string, number | string | boolean>>,
  rules: R,
): OptionValues<R> {
  const values: Record<string, number | string | boolean> = {};
  for (const [name, rule] of Object.entries(rules)) values[name] = rule.standard;
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const known = Object.keys(rules).join(', ') || 'none';
      throw invalid(`The strategy ${strategy} has no option ${name}. It knows: ${known}.`);
    }
    if (!rule.admits(value)) {
      throw invalid(`The option ${name} of ${strategy} is ${JSON.stringify(value)}; give it one of: ${rule.values}.`);
    }
    values[name] = value;
  }
  return values as OptionValues<R>;
}

function invalid(message: string): HansaError {
  return new HansaError('ADVERSARY_OPTION_INVALID', message);
}
