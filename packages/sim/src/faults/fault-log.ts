import type { NodeIndex, World } from '../world/contract.ts';

/** What a fault is to those who watch. */
export interface FaultFacts {
  readonly kind: string;
  readonly nodes: readonly NodeIndex[];
  readonly text: string;
}

/** A fault that lasts; `undo` takes back what it did. */
export interface LastingFault extends FaultFacts {
  readonly id: number;
  readonly startedAtUs: number;
}

type Undo = () => void | Promise<void>;

interface Entry {
  readonly fault: LastingFault;
  readonly undo: Undo;
  readonly appointments: (() => void)[];
}

/** Which faults last now, and the one place that tells the probes. */
export class FaultLog {
  /** When the newest fault began, ended or happened; 0: none did. */
  lastChangeAtUs = 0;
  readonly #world: World;
  readonly #lasting = new Map<number, Entry>();
  #nextId = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** In the order in which they began. */
  get lasting(): readonly LastingFault[] {
    return [...this.#lasting.values()].map(({ fault }) => fault);
  }

  /** Something that happened and has no end of its own. */
  moment(facts: FaultFacts): void {
    this.#tell({ ...facts, id: this.#nextId++ }, 'moment');
  }

  /** Said before its effects, so that whoever watches knows why. */
  begin(facts: FaultFacts, undo: Undo): LastingFault {
    const fault = { ...facts, id: this.#nextId++, startedAtUs: this.#world.nowUs };
    this.#lasting.set(fault.id, { fault, undo, appointments: [] });
    this.#tell(fault, 'begin');
    return fault;
  }

  /** Calls off what waits for the end of a fault, once it has ended. */
  onEnd({ id }: LastingFault, callOff: () => void): void {
    this.#lasting.get(id)?.appointments.push(callOff);
  }

  /** Said when its effects are gone. A fault that ended before is left alone. */
  async end({ id }: LastingFault): Promise<void> {
    const entry = this.#lasting.get(id);
    if (entry === undefined) return;
    this.#lasting.delete(id);
    for (const callOff of entry.appointments) callOff();
    await entry.undo();
    this.#tell(entry.fault, 'end');
  }

  async endAll(): Promise<void> {
    for (const fault of this.lasting) await this.end(fault);
  }

  #tell({ id, kind, nodes, text }: FaultFacts & { readonly id: number }, phase: 'begin' | 'end' | 'moment'): void {
    this.lastChangeAtUs = this.#world.nowUs;
    this.#world.notice({ id, phase, kind, nodes, text });
  }
}
