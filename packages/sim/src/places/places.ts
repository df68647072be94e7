import type { Place } from '../world/contract.ts';
import { prefectures } from './china.ts';

/** Names of a member for the genesis file, and where it lies. */
export interface NamedPlace {
  /** Short ASCII name, unique. */
  readonly name: string;
  readonly displayName: string;
  readonly place: Place | undefined;
}

/** The nation has 341 centres and 337 prefecture-level cities: these four are made up, in places where no other is near. */
const synthetic: readonly (readonly [string, string, string, number, number])[] = [
  ['synthetic-north', '模拟市（北）', '模拟', 49.5, 121],
  ['synthetic-east', '模拟市（东）', '模拟', 33.6, 120.9],
  ['synthetic-south', '模拟市（南）', '模拟', 24.4, 106.2],
  ['synthetic-west', '模拟市（西）', '模拟', 36.2, 92.8],
];

/** All places of the nation, the largest first, made-up ones last. */
const nation: readonly NamedPlace[] = [...prefectures, ...synthetic].map(
  ([name, displayName, province, latitude, longitude], index) => ({
    name,
    displayName,
    place: { name: displayName, province, latitude, longitude, synthetic: index >= prefectures.length },
  }),
);

/** Members of a federation, in the order of their indices; `placed`: with places in China, observers in the capital. */
export function placesOf(
  cities: number,
  observers: number,
  placed: boolean,
): { readonly authorities: readonly NamedPlace[]; readonly observers: readonly NamedPlace[] } {
  const capital = placed ? nation.find(({ name }) => name === 'beijing')?.place : undefined;
  return {
    authorities: Array.from({ length: cities }, (_, index) => (placed ? nationalPlace(index) : named('city', index))),
    observers: Array.from({ length: observers }, (_, index) => ({ ...named('observer', index), place: capital })),
  };
}

function named(kind: string, index: number): NamedPlace {
  return { name: `${kind}-${index}`, displayName: `${kind}-${index}`, place: undefined };
}

/** Beyond the nation's 341 there are second cities at the same places, made up as well. */
function nationalPlace(index: number): NamedPlace {
  const known = nation[index % nation.length] as NamedPlace & { readonly place: Place };
  const round = Math.floor(index / nation.length) + 1;
  if (round === 1) return known;
  const displayName = `${known.displayName} ${round}`;
  return {
    name: `${known.name}-${round}`,
    displayName,
    place: { ...known.place, name: displayName, synthetic: true },
  };
}
