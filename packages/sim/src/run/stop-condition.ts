import { microseconds } from '../scenario/duration.ts';
import type { SimWorld } from '../world/sim-world.ts';
import { standAtOneState } from './one-state.ts';

export interface StopParts {
  /** True when no more records will be submitted. */
  readonly workloadEnded: () => boolean;
  /** True when no fault lasts, and none is planned. */
  readonly faultsHealed: () => boolean;
  /** Whether the scenario's `stop.when` holds; undefined: it has none. */
  readonly when: (() => boolean) | undefined;
}

/** Why a run ended; `endedBecause` of a result. */
export type StopReason = 'at' | 'when' | 'converged' | 'events' | 'idle' | 'interrupted' | 'exception';

/** Whether the cities stand at one state is asked this many times in Δ. */
const LOOKS_PER_DELTA = 2;
/** When the run ends: the first of the scenario's `stop`. `at` and `events` are the kernel's to watch. */
export class StopCondition {
  reason: StopReason | undefined;
  readonly #world: SimWorld;
  readonly #parts: StopParts;
  readonly #everyUs: number;
  readonly #graceUs: number;
  readonly #wantsConvergence: boolean;
  #nextLookUs = 0;
  #convergedAtUs: number | undefined;

  constructor(world: SimWorld, parts: StopParts) {
    const { parameters } = world.federation.genesis;
    this.#world = world;
    this.#parts = parts;
    this.#everyUs = (parameters.deltaMs * microseconds('1ms')) / LOOKS_PER_DELTA;
    this.#graceUs = world.settled.graceUs;
    this.#wantsConvergence = world.scenario.stop?.converged === true;
  }

  /** Asked after every event. */
  holds(): boolean {
    if (this.#parts.when?.() === true) return this.#because('when');
    if (!this.#wantsConvergence) return false;
    const { nowUs } = this.#world;
    if (this.#convergedAtUs !== undefined) {
      return nowUs >= this.#convergedAtUs + this.#graceUs && this.#because('converged');
    }
    if (nowUs < this.#nextLookUs) return false;
    this.#nextLookUs = nowUs + this.#everyUs;
    if (!this.#parts.workloadEnded() || !this.#parts.faultsHealed() || !standAtOneState(this.#world)) return false;
    this.#convergedAtUs = nowUs;
    return this.#graceUs === 0 && this.#because('converged');
  }

  #because(reason: StopReason): true {
    this.reason = reason;
    return true;
  }
}
