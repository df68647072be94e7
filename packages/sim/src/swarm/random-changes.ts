import type { Random } from '../kernel/random.ts';
import type { Action, Fault } from '../scenario/schema.ts';
import { ms, weighted, whole } from './draw.ts';

/** What changes of the authority set are drawn for. */
export interface Federation {
  readonly cities: number;
  readonly corrupted: readonly number[];
  /** Honest cities whose disks may break their promise; with the corrupted ones at most f. */
  readonly expendable: readonly number[];
  /** Changes are wished for within so long after the first second. */
  readonly activeMs: number;
}

type Change = Extract<Action, { kind: 'membership' }>;

/**
 * One to three changes of the authority set (C12), at a moment or at a height: an honest city replaces its keys; one whose
 * disk may break its promise loses its machine; one is suspended, or removed, an honest one only where those that are faulty
 * are at most f of who is left.
 */
export function randomChanges(random: Random, federation: Federation): Fault[] {
  const count = weighted(random, [
    [5, 1],
    [3, 2],
    [1, 3],
  ]);
  let { cities } = federation;
  return Array.from({ length: count }, () => {
    const action = randomChange(random, { ...federation, cities });
    if (action.change === 'remove' || action.change === 'suspend') cities -= 1;
    if (random.chance(0.3)) return { when: { height: whole(random, 2, 20), cities: 0.5 }, action };
    return { at: ms(1000 + random.next() * federation.activeMs), action };
  });
}

function randomChange(random: Random, { cities, corrupted, expendable }: Federation): Change {
  const all = Array.from({ length: cities }, (_, city) => city);
  const honest = all.filter((city) => !corrupted.includes(city));
  const toleratedAfter = Math.floor((cities - 2) / 3);
  const isSafe = corrupted.length + expendable.length <= toleratedAfter;
  const leaving = [...corrupted.filter((city) => city < cities), ...(isSafe && cities > 2 ? honest : [])];
  const change = weighted<Change['change']>(random, [
    [5, 'newKeys'],
    [cities >= 4 && expendable.length > 0 ? 5 : 0, 'recover'],
    [leaving.length > 0 ? 3 : 0, 'suspend'],
    [leaving.length > 0 ? 3 : 0, 'remove'],
  ]);
  const city = random.pick(change === 'newKeys' ? honest : change === 'recover' ? expendable : leaving);
  return { kind: 'membership', change, cities: [city as number] };
}
