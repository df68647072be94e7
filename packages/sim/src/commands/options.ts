import { InvalidArgumentError } from 'commander';
import { microseconds } from '../scenario/duration.ts';
import { usage } from './terminal.ts';

/** For options that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

export function wholeNumber(value: string): number {
  const number = Number(value);
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('Give a whole number, 0 or more.');
  return number;
}

export function positiveNumber(value: string): number {
  const number = wholeNumber(value);
  if (number === 0) throw new InvalidArgumentError('Give a whole number, 1 or more.');
  return number;
}

/** `250ms`, `10m` -> microseconds. */
export function durationUs(value: string): number {
  if (!/^[0-9]+(\.[0-9]+)?(us|ms|s|m|h|d)$/.test(value)) {
    throw new InvalidArgumentError('Give a time with its unit: 250ms, 90s, 10m, 8h.');
  }
  return microseconds(value);
}

export interface Range {
  readonly from: number;
  /** Inclusive. */
  readonly to: number;
}

/** `1..1000`, or one number. */
export function range(value: string): Range {
  const [, from = '', to = from] = /^(\d{1,15})(?:\.\.(\d{1,15}))?$/.exec(value) ?? [];
  if (from === '' || Number(to) < Number(from)) {
    throw new InvalidArgumentError('Give a range, the smaller number first: 1..1000.');
  }
  return { from: Number(from), to: Number(to) };
}

/** `12s..14s` -> microseconds. */
export function timeRange(value: string): { readonly fromUs: number; readonly toUs: number } {
  const [from, to, ...more] = value.split('..');
  if (from === undefined || to === undefined || more.length > 0) {
    throw new InvalidArgumentError('Give two times, the earlier first: 12s..14.5s.');
  }
  const [fromUs, toUs] = [durationUs(from), durationUs(to)];
  if (toUs < fromUs) throw new InvalidArgumentError('Give the earlier time first: 12s..14.5s.');
  return { fromUs, toUs };
}

/** `topology.link.loss=0.1` -> the path and the value: a number, true or false, else text. */
export function assignment(text: string): { readonly path: string; readonly value: number | string | boolean } {
  const at = text.indexOf('=');
  if (at < 1) throw usage(`${text} has no value: give PATH=VALUE, for instance topology.cities=7.`);
  const [path, value] = [text.slice(0, at), text.slice(at + 1)];
  if (value === 'true' || value === 'false') return { path, value: value === 'true' };
  const isNumber = /^-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?$/i.test(value);
  return { path, value: isNumber ? Number(value) : value };
}
