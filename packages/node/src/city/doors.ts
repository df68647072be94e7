import { HansaError } from '@hansa/protocol';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Door } from '../network/index.ts';

/** Answers requests of other authorities at one door; `from` is authenticated by Noise. */
export type DoorKeeper = (from: AuthorityIndex, bytes: Uint8Array) => Promise<Uint8Array>;

/** Who answers at which door of the city. */
export class Doors {
  readonly #keepers = new Map<Door, DoorKeeper>();

  keep(door: Door, keeper: DoorKeeper): void {
    this.#keepers.set(door, keeper);
  }

  async answer(door: Door, from: AuthorityIndex, bytes: Uint8Array): Promise<Uint8Array> {
    const keeper = this.#keepers.get(door);
    if (keeper === undefined) throw new HansaError('STOPPING', 'Nobody answers there yet; ask again.');
    return keeper(from, bytes);
  }
}
