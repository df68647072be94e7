import type { Action } from '../scenario/schema.ts';
import type { NodeIndex, World } from '../world/contract.ts';
import type { FaultFacts, FaultLog, LastingFault } from './fault-log.ts';

type DiskAction = Extract<Action, { kind: 'disk' }>;

/** What is wrong with some cities' disks as long as one fault lasts. */
interface Defect {
  readonly nodes: readonly NodeIndex[];
  readonly slow: number;
  readonly full: boolean;
  /** Whose next crash tears the commit under way. */
  readonly tears: Set<NodeIndex>;
  fault: LastingFault | undefined;
}

/** Slow, full and rotten disks. Where faults overlap, the worst of them is what a city has. */
export class DiskFaults {
  readonly #world: World;
  readonly #log: FaultLog;
  readonly #defects = new Set<Defect>();

  constructor(world: World, log: FaultLog) {
    this.#world = world;
    this.#log = log;
  }

  /**
   * Undefined: it was over at once. `freed` is called for each city whose disk is no longer full: it stopped, and whoever
   * makes room starts it again.
   */
  begin(
    facts: FaultFacts,
    { slow = 1, full = false, torn = false, rot = 0 }: DiskAction,
    freed: (node: NodeIndex) => Promise<void>,
  ): LastingFault | undefined {
    const { nodes } = facts;
    const lasts = slow > 1 || full || torn;
    const defect: Defect = { nodes, slow, full, tears: new Set(torn ? nodes : []), fault: undefined };
    if (lasts) {
      defect.fault = this.#log.begin(facts, async () => {
        this.#defects.delete(defect);
        for (const node of nodes) {
          this.#apply(node);
          if (full && !this.#isFull(node)) await freed(node);
        }
      });
      this.#defects.add(defect);
      for (const node of nodes) this.#apply(node);
    } else {
      this.#log.moment(facts);
    }
    if (rot > 0) for (const node of nodes) this.#world.rotDisk(node, rot);
    return defect.fault;
  }

  /** Whether the next crash of this city leaves a commit half written. */
  tears(node: NodeIndex): boolean {
    return [...this.#defects].some(({ tears }) => tears.has(node));
  }

  /** The city crashed: the broken promise is used up. */
  async crashed(node: NodeIndex): Promise<void> {
    for (const { tears, slow, full, fault } of [...this.#defects]) {
      const last = tears.delete(node) && tears.size === 0;
      if (last && slow <= 1 && !full && fault !== undefined) await this.#log.end(fault);
    }
  }

  #of(node: NodeIndex): Defect[] {
    return [...this.#defects].filter(({ nodes }) => nodes.includes(node));
  }

  #isFull(node: NodeIndex): boolean {
    return this.#of(node).some(({ full }) => full);
  }

  #apply(node: NodeIndex): void {
    this.#world.slowDisk(node, Math.max(1, ...this.#of(node).map(({ slow }) => slow)));
    this.#world.fillDisk(node, this.#isFull(node));
  }
}
