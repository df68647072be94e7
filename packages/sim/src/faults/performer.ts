import { microseconds } from '../scenario/duration.ts';
import type { Action, Fault, Selector } from '../scenario/schema.ts';
import type { NodeIndex, World } from '../world/contract.ts';
import { Backups } from './backups.ts';
import { DiskFaults } from './disks.ts';
import type { FaultFacts, FaultLog, LastingFault } from './fault-log.ts';
import { resolveGroups } from './groups.ts';
import { MembershipFaults } from './membership.ts';
import { linksBetween, linksOf, NetworkFaults } from './network.ts';
import type { Plan } from './plan.ts';
import { PowerFaults } from './power.ts';
import { resolveSelector } from './selectors.ts';
import { actionText, groupsText } from './texts.ts';

type Partition = Extract<Action, { kind: 'partition' }>;

export interface PerformerOptions {
  readonly world: World;
  readonly log: FaultLog;
  readonly plan: Plan;
  readonly faults: readonly Fault[];
}

/** Does what an action says, to the cities that it means at that moment. */
export class Performer {
  readonly #world: World;
  readonly #log: FaultLog;
  readonly #plan: Plan;
  readonly #backups: Backups;
  readonly #disks: DiskFaults;
  readonly #power: PowerFaults;
  readonly #network: NetworkFaults;
  readonly #membership: MembershipFaults;
  /** Networks that come and go; each knows how to stop for good. */
  readonly #flapping = new Set<() => void>();

  constructor({ world, log, plan, faults }: PerformerOptions) {
    this.#world = world;
    this.#log = log;
    this.#plan = plan;
    this.#backups = new Backups(world, faults);
    this.#disks = new DiskFaults(world, log);
    this.#power = new PowerFaults(world, log, this.#disks);
    this.#network = new NetworkFaults(world, log);
    this.#membership = new MembershipFaults({ world, log, plan });
  }

  /** `purpose` names the streams of its luck. */
  async perform(fault: Fault, purpose: string): Promise<void> {
    const { action } = fault;
    const lasting = await this.#begin(fault, action, purpose);
    const { for: duration } = action as { readonly for?: string };
    if (lasting !== undefined && duration !== undefined) this.#endAfter(microseconds(duration), lasting);
  }

  #endAfter(us: number, lasting: LastingFault): void {
    this.#log.onEnd(
      lasting,
      this.#plan.after(us, () => this.#log.end(lasting)),
    );
  }

  /** Undefined: it has no end, or looks after its end itself. */
  async #begin(fault: Fault, action: Action, purpose: string): Promise<LastingFault | undefined> {
    switch (action.kind) {
      case 'partition':
        return this.#partition(action, purpose);
      case 'heal':
        await this.#heal(action);
        return undefined;
      case 'crash-all': {
        const everybody = this.#world.nodes.map(({ index }) => index);
        return this.#power.crash(this.#facts(action, everybody), 'unflushed');
      }
      default:
        return this.#beginAt(fault, action, this.#resolve(action.cities, purpose));
    }
  }

  #resolve(selector: Selector = 'all', purpose: string): NodeIndex[] {
    return resolveSelector(this.#world, selector, purpose);
  }

  #facts(action: Action, nodes: readonly NodeIndex[]): FaultFacts {
    return { kind: action.kind, nodes, text: actionText(this.#world, action, nodes) };
  }

  async #beginAt(
    fault: Fault,
    action: Exclude<Action, { kind: 'partition' | 'heal' | 'crash-all' }>,
    nodes: readonly NodeIndex[],
  ): Promise<LastingFault | undefined> {
    const facts = this.#facts(action, nodes);
    switch (action.kind) {
      case 'crash':
        return this.#power.crash(facts, action.lose ?? 'unflushed');
      case 'restart':
        await this.#power.restart(facts);
        return undefined;
      case 'pause':
        return this.#power.pause(facts);
      case 'resume':
        this.#power.resume(facts);
        return undefined;
      case 'isolate':
        return this.#network.cut(facts, linksOf(this.#world, nodes));
      case 'degrade':
        return this.#network.degrade(facts, linksOf(this.#world, nodes), action.link);
      case 'clock':
        this.#setClocks(facts, action);
        return undefined;
      case 'disk':
        return this.#disks.begin(facts, action, (node) => this.#power.start(node));
      case 'membership':
        for (const node of nodes) this.#membership.propose(action, node);
        return undefined;
      case 'restore-backup':
        await this.#restore(facts, fault);
        return undefined;
    }
  }

  #setClocks(facts: FaultFacts, { step, driftPpm }: Extract<Action, { kind: 'clock' }>): void {
    this.#log.moment(facts);
    for (const node of facts.nodes) {
      if (step !== undefined) this.#world.stepClock(node, microseconds(step));
      if (driftPpm !== undefined) this.#world.setDrift(node, driftPpm);
    }
  }

  async #restore(facts: FaultFacts, fault: Fault): Promise<void> {
    const copies = facts.nodes.map((node) => [node, this.#backups.of(fault, node)] as const);
    if (copies.some(([, copy]) => copy === undefined)) {
      this.#log.moment({ ...facts, text: `${facts.text}: none was taken yet, nothing happens` });
      return;
    }
    this.#log.moment(facts);
    for (const [node, copy] of copies) {
      if (this.#world.nodes[node]?.state !== 'down') this.#world.crash(node, { lose: 'nothing' });
      this.#world.replaceDisk(node, copy);
      await this.#power.start(node);
    }
  }

  // --- partitions --------------------------------------------------------------------------------------------------

  #partition(action: Partition, purpose: string): LastingFault | undefined {
    const { oneWay = false, flapping } = action;
    const groups = resolveGroups(this.#world, action.groups, purpose);
    const [first = []] = groups;
    const facts = { kind: 'partition', nodes: first, text: groupsText(this.#world, groups, oneWay) };
    const cut = () => this.#network.cut(facts, linksBetween(groups, oneWay));
    if (flapping === undefined) return cut();
    this.#flap(cut, microseconds(flapping.down), microseconds(flapping.up), action.for);
    return undefined;
  }

  /** Each time that the network is down is a fault of its own: that is what the cities see. */
  #flap(cut: () => LastingFault, downUs: number, upUs: number, duration: string | undefined): void {
    let current: LastingFault | undefined;
    let callOffNext = () => {};
    const stop = () => {
      callOffNext();
      callOffEnd();
      this.#flapping.delete(stop);
    };
    const down = () => {
      current = cut();
      callOffNext = this.#plan.after(downUs, up);
    };
    const up = async () => {
      // Planned first: the run is not healed while the network is up for a moment.
      callOffNext = this.#plan.after(upUs, down);
      if (current !== undefined) await this.#log.end(current);
    };
    const end = async () => {
      stop();
      if (current !== undefined) await this.#log.end(current);
    };
    const callOffEnd = duration === undefined ? () => {} : this.#plan.after(microseconds(duration), end);
    this.#flapping.add(stop);
    down();
  }

  // --- heal --------------------------------------------------------------------------------------------------------

  async #heal(action: Action): Promise<void> {
    const everybody = this.#world.nodes.map(({ index }) => index);
    this.#log.moment(this.#facts(action, []));
    for (const stop of [...this.#flapping]) stop();
    await this.#log.endAll();
    for (const node of everybody) await this.#power.startAnyway(node);
  }
}
