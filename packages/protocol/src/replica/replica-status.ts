/** Where a lane stands in one city. */
export interface LaneStatus {
  /** Newest sequence held without a gap, finalized, executed. */
  readonly held: number;
  readonly finalized: number;
  readonly executed: number;
  /** Newest view in which the lane's owner was heard. */
  readonly heardInView: number;
  readonly quarantined: boolean;
}

/** Where one city stands. */
export interface ReplicaStatus {
  readonly view: number;
  readonly finalizedHeight: number;
  readonly executedHeight: number;
  /** Newest height that a final checkpoint proves. */
  readonly checkpointHeight: number;
  /** Of the newest final block. */
  readonly timestampMs: number;
  readonly joined: boolean;
  /** Stopped voting after an alarm (C11, or more than f faulty). */
  readonly halted: boolean;
  /** Final blocks are missing or wait for lane bytes. */
  readonly behind: boolean;
  readonly lanes: readonly LaneStatus[];
}
