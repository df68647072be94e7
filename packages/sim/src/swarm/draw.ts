import type { Random } from '../kernel/random.ts';

/** One of several things, each as often as its weight says. */
export function weighted<T>(random: Random, choices: readonly (readonly [weight: number, choice: T])[]): T {
  const total = choices.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [weight, choice] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return (choices[choices.length - 1] as (typeof choices)[number])[1];
}

/** Uniform between two bounds. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}

/** Between two bounds, as often in each octave. */
export function octaves(random: Random, low: number, high: number): number {
  return low * (high / low) ** random.next();
}

/** Whole number between two bounds, both included. */
export function whole(random: Random, low: number, high: number): number {
  return low + random.integer(high - low + 1);
}

/** `123ms`; never less than one millisecond. */
export function ms(value: number): string {
  return `${Math.max(1, Math.round(value))}ms`;
}

/** A probability with two digits. */
export function share(value: number): number {
  return Math.round(value * 100) / 100;
}
