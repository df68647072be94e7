import { accept, type Result, reject } from '@hansa/protocol';

export const rateUnits = ['percent', 'fraction'] as const;
export type RateUnit = (typeof rateUnits)[number];

const PERCENT = /^(\d{1,3})(?:\.(\d{1,2})0*)?\s*[%％]?$/;
const FRACTION = /^([01])(?:\.(\d{1,4})0*)?$/;

/**
 * A deposit rate as whole hundredths of a percent: `12%` and 0.12 are both 1200. The unit comes from the mapping:
 * a bare `1` would otherwise be 1 % or 100 %.
 *
 * Errors: RATE_MALFORMED, RATE_TOO_LARGE.
 */
export function parseRate(text: string, unit: RateUnit): Result<number> {
  const match = (unit === 'percent' ? PERCENT : FRACTION).exec(text);
  if (match === null) {
    return reject(
      'RATE_MALFORMED',
      `The rate is not written as a ${unit} with at most ${unit === 'percent' ? 'two' : 'four'} decimals. Correct it, or the unit in the mapping.`,
    );
  }
  const rate =
    unit === 'percent'
      ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
      : Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'));
  if (rate > 10_000)
    return reject('RATE_TOO_LARGE', 'The rate is above 100 %. Check the unit (percent or fraction) in the mapping.');
  return accept(rate);
}

/** `12%`, `7.5%`. */
export function formatRate(hundredths: number): string {
  return `${hundredths / 100}%`;
}
