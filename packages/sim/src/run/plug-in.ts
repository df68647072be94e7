import type { StrategyFactory } from '../adversaries/index.ts';
import type { NodeIndex, Probe, World } from '../world/contract.ts';

/** Reports a broken invariant: what was seen, for people, and the cities that it is about. */
export type Violated = (message: string, nodes?: readonly NodeIndex[]) => void;

/** An invariant of one's own: watches the run, and says when it does not hold. Made anew for each run. */
export type CheckFactory = (world: World, violated: Violated) => Probe;

/** What a file that is given with `--plugin` exports. */
export interface PlugIn {
  /** By the names that scenarios use. */
  readonly strategies?: Readonly<Record<string, StrategyFactory>>;
  /** By the names that results show. */
  readonly checks?: Readonly<Record<string, CheckFactory>>;
}
