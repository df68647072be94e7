import type { Place } from '../world/contract.ts';

/** Names of a member for the genesis file, and where it lies. */
export interface NamedPlace {
  /** Short ASCII name, unique. */
  readonly name: string;
  readonly displayName: string;
  readonly place: Place | undefined;
}

/** Members of a federation, in the order of their indices. */
export function placesOf(
  cities: number,
  observers: number,
  _placed: boolean,
): { readonly authorities: readonly NamedPlace[]; readonly observers: readonly NamedPlace[] } {
  const named = (kind: string, index: number): NamedPlace => {
    const name = `${kind}-${index}`;
    return { name, displayName: name, place: undefined };
  };
  return {
    authorities: Array.from({ length: cities }, (_, index) => named('city', index)),
    observers: Array.from({ length: observers }, (_, index) => named('observer', index)),
  };
}
