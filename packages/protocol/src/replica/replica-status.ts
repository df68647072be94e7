import type { Simplex } from '../consensus/simplex.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { LaneBook } from '../lanes/index.ts';
import type { ExecutionQueue } from './execution-queue.ts';

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
  /** C12 */
  readonly epoch: number;
  readonly view: number;
  readonly finalizedHeight: number;
  readonly executedHeight: number;
  /** Newest height that a final checkpoint proves. */
  readonly checkpointHeight: number;
  /** Of the newest final block. */
  readonly timestampMs: number;
  readonly joined: boolean;
  /** C12: the present set has this city's keys, and its vote; an observer never has one. */
  readonly votes: boolean;
  /** Stopped voting after an alarm (C11, or more than f faulty). */
  readonly halted: boolean;
  /** Final blocks are missing or wait for lane bytes. */
  readonly behind: boolean;
  readonly lanes: readonly LaneStatus[];
}

/** Where the lanes stand. */
export function laneStatuses(
  simplex: Simplex,
  book: LaneBook,
  queue: ExecutionQueue,
  authorities: readonly { readonly index: AuthorityIndex }[],
  isQuarantined: (lane: AuthorityIndex) => boolean,
): LaneStatus[] {
  return authorities.map(({ index }) => ({
    held: book.newestTip(index).sequence,
    finalized: book.finalizedTip(index).sequence,
    executed: queue.executedTip(index).sequence,
    heardInView: simplex.activity.heardInView(index),
    quarantined: isQuarantined(index),
  }));
}
