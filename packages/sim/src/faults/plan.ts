import type { World } from '../world/contract.ts';

/** What lies ahead by the clock: the moments of faults and of their ends. */
export class Plan {
  readonly #world: World;
  #ahead = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Nothing is planned any more. */
  get isEmpty(): boolean {
    return this.#ahead === 0;
  }

  /** Runs at a moment of the run; returns what calls it off. */
  at(atUs: number, run: () => void | Promise<void>): () => void {
    let waiting = true;
    const take = () => {
      if (!waiting) return false;
      waiting = false;
      this.#ahead -= 1;
      return true;
    };
    this.#ahead += 1;
    this.#world.at(atUs, () => (take() ? run() : undefined));
    return take;
  }

  after(delayUs: number, run: () => void | Promise<void>): () => void {
    return this.at(this.#world.nowUs + delayUs, run);
  }
}
