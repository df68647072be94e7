import { invariant } from '../errors.ts';
import type { Family } from './family.ts';

/** L2: the families by number. */
export class FamilyRegistry {
  readonly #byNumber = new Map<number, Family>();

  /** Throws when two families share a number or a name: a programming error. */
  constructor(families: readonly Family[]) {
    const names = new Set<string>();
    for (const family of families) {
      invariant(
        Number.isInteger(family.number) && family.number >= 1 && family.number <= 0xffff_ffff,
        `family number ${family.number} is out of range`,
      );
      invariant(!this.#byNumber.has(family.number), `family number ${family.number} is taken`);
      invariant(!names.has(family.name), `family name ${family.name} is taken`);
      this.#byNumber.set(family.number, family);
      names.add(family.name);
    }
  }

  get(number: number): Family | undefined {
    return this.#byNumber.get(number);
  }

  /** Ascending by number. */
  list(): readonly Family[] {
    return [...this.#byNumber.values()].sort((a, b) => a.number - b.number);
  }
}
