/** A seeded stream. Streams of different purposes never disturb one another; equal names give equal streams. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Uniform whole number in [0, below). */
  integer(below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of them; throws on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** A new list in random order. */
  shuffle<T>(items: readonly T[]): T[];
  /** `count` distinct ones, in their original order. */
  sample<T>(items: readonly T[], count: number): T[];
  /** Standard normal. */
  normal(): number;
  /** Exponential of mean 1. */
  exponential(): number;
  /** `count` bytes. */
  bytes(count: number): Uint8Array;
}
