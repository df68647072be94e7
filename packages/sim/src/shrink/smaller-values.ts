import { microseconds } from '../scenario/duration.ts';

/** A value of a scenario file. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const units = [
  ['d', 86_400e6],
  ['h', 3600e6],
  ['m', 60e6],
  ['s', 1e6],
  ['ms', 1e3],
  ['us', 1],
] as const;

/** 2,500,000 -> `2500ms`: the largest unit of which it is a whole number. */
export function durationText(us: number): string {
  const [unit, size] = units.find(([, each]) => us % each === 0 && us >= each) ?? ['s', 1e6];
  return `${us / size}${unit}`;
}

export function isDuration(text: string): boolean {
  return /^[0-9]+(\.[0-9]+)?(us|ms|s|m|h|d)$/.test(text);
}

/** Smaller or rounder values to try instead of a duration, the boldest first. None is longer than it. */
export function smallerDurations(text: string): string[] {
  const us = microseconds(text);
  const rounded = [1e6, 1e5, 1e4, 1e3].map((step) => Math.floor(us / step) * step);
  const candidates = [0, ...rounded.filter((each) => each > 0 && each <= us), Math.floor(us / 2)].map(durationText);
  return [...new Set(candidates)].filter((each) => isSimpler(each, text));
}

/** Shorter in time, or the same time in fewer letters. */
function isSimpler(candidate: string, text: string): boolean {
  const [a, b] = [microseconds(candidate), microseconds(text)];
  return a < b || (a === b && candidate.length < text.length);
}

/** Below this a share is as good as nothing; halving it further explains nothing. */
const FRACTION_MIN = 0.01;

/** Smaller numbers to try, the boldest first; whole ones stay whole. */
export function smallerNumbers(value: number): number[] {
  if (value <= 0) return [];
  const half = Number.isInteger(value) ? Math.floor(value / 2) : Number((value / 2).toPrecision(2));
  const rounded = Number.isInteger(value) ? value - 1 : Number(value.toPrecision(1));
  return [...new Set([0, 1, half, rounded])].filter(
    (each) => each < value && (Number.isInteger(each) || each >= FRACTION_MIN),
  );
}
