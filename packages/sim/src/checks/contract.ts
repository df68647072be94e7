import type { NodeIndex, Probe } from '../world/contract.ts';

/** A broken invariant. The run goes on, so that one fault shows all that follows from it; it counts as failed. */
export interface Violation {
  /** Stable name of the check: `agreement`, `one-branch`. */
  readonly check: string;
  readonly atUs: number;
  /** What was seen, for people; names heights, views and cities. */
  readonly message: string;
  readonly nodes: readonly NodeIndex[];
}

/** Liveness after the last fault healed. */
export interface LivenessVerdict {
  /** Why it is not asked for (more than f faulty, no quorum connected, switched off); undefined: it is. */
  readonly excuse: string | undefined;
  /** End of the last fault; 0 without any. */
  readonly healedAtUs: number;
  /** Until an honest city finalized something new after that; undefined: never. */
  readonly firstFinalityUs: number | undefined;
  /** Until all honest connected cities stood at one state, with all that was sealed executed; undefined: never. */
  readonly convergedUs: number | undefined;
  readonly boundUs: number;
}

/** A check that presupposes at most f faulty authorities, in a run that had more. */
export interface Excuse {
  readonly check: string;
  /** For people: who is faulty, and why. */
  readonly because: string;
}

/** The judge of a run: a probe with a verdict. Knows the protocol's words, not its code. */
export interface Oracle extends Probe {
  readonly violations: readonly Violation[];
  liveness(): LivenessVerdict;
  /** Checks that were not held against this run; all others were. */
  excuses(): readonly Excuse[];
}
