import type { Store } from '@hansa/protocol/replica';
import { microseconds } from '../scenario/duration.ts';
import type { Fault } from '../scenario/schema.ts';
import type { NodeIndex, World } from '../world/contract.ts';
import { resolveSelector } from './selectors.ts';

/** Backups that will be put back, taken when their moment comes: of the cities that may be meant, and of no others. */
export class Backups {
  readonly #taken = new Map<Fault, Map<NodeIndex, Store>>();

  constructor(world: World, faults: readonly Fault[]) {
    for (const fault of faults) {
      const { action } = fault;
      if (action.kind !== 'restore-backup') continue;
      world.at(microseconds(action.taken), async () => {
        // Whom luck or the moment will choose is not known yet.
        const nodes = resolveSelector(world, Array.isArray(action.cities) ? action.cities : 'all', 'backups');
        const copies = new Map<NodeIndex, Store>();
        for (const node of nodes) copies.set(node, await world.backup(node));
        this.#taken.set(fault, copies);
      });
    }
  }

  /** Undefined: its moment has not come. */
  of(fault: Fault, node: NodeIndex): Store | undefined {
    return this.#taken.get(fault)?.get(node);
  }
}
