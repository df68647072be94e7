import { InvalidArgumentError } from 'commander';

/** For options that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** A port number, 0 to 65535. */
export function port(value: string): number {
  const number = Number(value);
  if (!/^\d{1,5}$/.test(value) || number > 65535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return number;
}

/** Whole seconds, 0 to a day. */
export function wholeSeconds(value: string): number {
  const number = Number(value);
  if (!/^\d{1,5}$/.test(value) || number > 86_400) {
    throw new InvalidArgumentError('Seconds are a whole number from 0 to 86400.');
  }
  return number;
}

/** Whole numbers from 1 to `max`. */
export function positive(max: number = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^[1-9]\d{0,15}$/.test(value) && number <= max) return number;
    const range = max === Number.MAX_SAFE_INTEGER ? 'from 1' : `from 1 to ${max}`;
    throw new InvalidArgumentError(`It must be a whole number ${range}.`);
  };
}
