import type { World } from '../testbed/world.ts';
import { residentMegabytes } from './processes.ts';

/** The goal is about a daemon after so many records. */
const MEASURED_AT_RECORDS = 1_000_000;
const LOOK_MS = 500;

export interface MemoryFigures {
  readonly records: number;
  /** Of the largest daemon. */
  readonly residentMegabytes: number;
}

/** Looks at the daemons while they are loaded, until one of them has executed a million records. */
export class MemoryWatch {
  readonly #world: World;
  readonly #timer: NodeJS.Timeout;
  #last: Promise<MemoryFigures>;

  constructor(world: World) {
    this.#world = world;
    this.#last = this.#look();
    this.#timer = setInterval(() => {
      this.#last = this.#last.then((figures) => (figures.records < MEASURED_AT_RECORDS ? this.#look() : figures));
    }, LOOK_MS);
  }

  /** As it was at a million records, or is now if there are fewer. */
  async figures(): Promise<MemoryFigures> {
    clearInterval(this.#timer);
    const figures = await this.#last;
    return figures.records < MEASURED_AT_RECORDS ? this.#look() : figures;
  }

  async #look(): Promise<MemoryFigures> {
    const { daemons } = this.#world;
    const statuses = await Promise.all(daemons.map((daemon) => this.#world.status(daemon)));
    const resident = await Promise.all(daemons.map(({ pid }) => (pid === undefined ? 0 : residentMegabytes(pid))));
    return {
      records: Math.max(...statuses.map(({ records }) => records)),
      residentMegabytes: Math.round(Math.max(...resident)),
    };
  }
}
