import type { CrashOptions, NodeIndex, World } from '../world/contract.ts';
import type { DiskFaults } from './disks.ts';
import type { FaultFacts, FaultLog, LastingFault } from './fault-log.ts';

/** Why a city is down: it starts again when the last reason is gone. */
interface Outage {
  readonly nodes: Set<NodeIndex>;
  fault: LastingFault | undefined;
}

/** Power cuts, pauses, and their ends. Faults that overlap add up: a city is back when the last of them has ended. */
export class PowerFaults {
  readonly #world: World;
  readonly #log: FaultLog;
  readonly #disks: DiskFaults;
  readonly #outages = new Map<NodeIndex, Set<Outage>>();
  /** Pauses of each node, each with the life of the process that it stopped. */
  readonly #pauses = new Map<NodeIndex, Set<{ readonly life: number }>>();

  constructor(world: World, log: FaultLog, disks: DiskFaults) {
    this.#world = world;
    this.#log = log;
    this.#disks = disks;
  }

  async crash(facts: FaultFacts, lose: CrashOptions['lose']): Promise<LastingFault> {
    const outage: Outage = { nodes: new Set(facts.nodes), fault: undefined };
    const fault = this.#log.begin(facts, async () => {
      for (const node of [...outage.nodes]) await this.#release(node, outage);
    });
    outage.fault = fault;
    for (const node of facts.nodes) {
      this.#outagesOf(node).add(outage);
      await this.#cutPower(node, lose);
    }
    return fault;
  }

  /** A city that is down already has nothing to lose but its disk. */
  async #cutPower(node: NodeIndex, lose: CrashOptions['lose']): Promise<void> {
    if (this.#world.nodes[node]?.state !== 'down') {
      this.#world.crash(node, { lose, torn: this.#disks.tears(node) });
      await this.#disks.crashed(node);
    } else if (lose === 'everything') {
      this.#world.replaceDisk(node, undefined);
    }
  }

  /** Starts cities that are down, whatever they were down for. */
  async restart(facts: FaultFacts): Promise<void> {
    this.#log.moment(facts);
    for (const node of facts.nodes) await this.startAnyway(node);
  }

  async startAnyway(node: NodeIndex): Promise<void> {
    for (const outage of [...this.#outagesOf(node)]) {
      this.#outagesOf(node).delete(outage);
      outage.nodes.delete(node);
      if (outage.nodes.size === 0 && outage.fault !== undefined) await this.#log.end(outage.fault);
    }
    await this.start(node);
  }

  /** Starts a city that is down, unless a power cut still lasts there. */
  async start(node: NodeIndex): Promise<void> {
    if (this.#outagesOf(node).size === 0 && this.#world.nodes[node]?.state === 'down') await this.#world.restart(node);
  }

  async #release(node: NodeIndex, outage: Outage): Promise<void> {
    outage.nodes.delete(node);
    this.#outagesOf(node).delete(outage);
    await this.start(node);
  }

  #outagesOf(node: NodeIndex): Set<Outage> {
    return ofNode(this.#outages, node);
  }

  // --- pauses ------------------------------------------------------------------------------------------------------

  pause(facts: FaultFacts): LastingFault {
    const stopped = new Map<NodeIndex, { readonly life: number }>();
    const fault = this.#log.begin(facts, () => {
      for (const [node, pause] of stopped) {
        ofNode(this.#pauses, node).delete(pause);
        this.#resumeIfFree(node);
      }
    });
    for (const node of facts.nodes) {
      const { state, life = 0 } = this.#world.nodes[node] ?? {};
      if (state === 'down') continue;
      const pause = { life };
      stopped.set(node, pause);
      ofNode(this.#pauses, node).add(pause);
      this.#world.pause(node);
    }
    return fault;
  }

  /** Ends pauses, however many there are. */
  resume(facts: FaultFacts): void {
    this.#log.moment(facts);
    for (const node of facts.nodes) {
      this.#pauses.delete(node);
      this.#resumeIfFree(node);
    }
  }

  /** A pause of a process that has died since holds nobody. */
  #resumeIfFree(node: NodeIndex): void {
    const { state, life } = this.#world.nodes[node] ?? {};
    const held = [...ofNode(this.#pauses, node)].some((pause) => pause.life === life);
    if (state === 'paused' && !held) this.#world.resume(node);
  }
}

function ofNode<T>(all: Map<NodeIndex, Set<T>>, node: NodeIndex): Set<T> {
  const own = all.get(node) ?? new Set<T>();
  all.set(node, own);
  return own;
}
