import { metrics } from '../results/metrics.ts';
import { usage } from './terminal.ts';

/** These figures, if there are such. */
export function knownMetrics(names: readonly string[]): readonly string[] {
  const known = metrics.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) throw usage(`There is no figure ${name}. Give one of ${known.join(', ')}.`);
  }
  return names;
}
