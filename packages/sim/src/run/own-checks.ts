import { HansaError } from '@hansa/protocol';
import type { Excuse, LivenessVerdict, Oracle, Violation } from '../checks/contract.ts';
import type { World } from '../world/contract.ts';
import type { CheckFactory } from './plug-in.ts';

/** A check that fails at every event would fill a disk. */
const VIOLATIONS_MAX = 100;

/** The oracle, with an experiment's own checks beside its own. */
export class WidenedOracle {
  readonly #world: World;
  readonly #oracle: Oracle;
  readonly #own: Violation[] = [];

  constructor(world: World, oracle: Oracle, checks: Readonly<Record<string, CheckFactory>>) {
    this.#world = world;
    this.#oracle = oracle;
    for (const [check, factory] of Object.entries(checks)) {
      const violated = (message: string, nodes: readonly number[] = []) => {
        if (this.#own.length < VIOLATIONS_MAX) this.#own.push({ check, atUs: world.nowUs, message, nodes });
      };
      world.addProbe(factory(world, violated));
    }
  }

  get violations(): readonly Violation[] {
    if (this.#own.length === 0) return this.#oracle.violations;
    return [...this.#oracle.violations, ...this.#own].sort((a, b) => a.atUs - b.atUs);
  }

  /** Of the oracle's and the own; cheap. */
  get first(): Violation | undefined {
    const theirs = this.#oracle.violations[0];
    const [own] = this.#own;
    if (theirs === undefined || own === undefined) return theirs ?? own;
    return own.atUs < theirs.atUs ? own : theirs;
  }

  /**
   * The code under test threw: a broken invariant of its own, found by itself. The run is over. What was refused (a
   * `HansaError`) is about the scenario, and is thrown on.
   */
  exception(error: unknown): 'exception' {
    if (error instanceof HansaError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    this.#own.push({ check: 'exception', atUs: this.#world.nowUs, message, nodes: [] });
    return 'exception';
  }

  liveness(): LivenessVerdict {
    return this.#oracle.liveness();
  }

  excuses(): readonly Excuse[] {
    return this.#oracle.excuses();
  }
}
