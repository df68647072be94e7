import type { Effect, Write } from '@hansa/protocol/replica';
import type { Disk } from './disk.ts';

/** As the daemon's turn loop: after so long a turn ends, and what it wrote is committed. */
export const TURN_US_MAX = 10_000;

/** Effects that leave for the world when the writes before them are durable. */
export type OutgoingEffect = Exclude<Effect, { kind: 'persist' } | { kind: 'timer' }>;

/** What commits together. */
interface Commit {
  readonly writes: Write[];
  flush: boolean;
  readonly effects: OutgoingEffect[];
}

export interface CommitLineOptions {
  readonly disk: Disk;
  /** A flush takes so long: `flushed` is to be called when it has passed. */
  readonly flushing: (us: number) => void;
  /** Writes are where they belong; their effects may leave. */
  readonly committed: (commit: Readonly<Commit>) => void;
  readonly diskFull: () => void;
}

/**
 * C9: persist, flush, then send. Writes of a turn commit together; its effects leave when they are durable, in order.
 * While a flush is under way, further writes gather and share the next commit, and their effects wait for it.
 */
export class CommitLine {
  readonly #options: CommitLineOptions;
  #gathering: Commit | undefined;
  #flushing: Commit | undefined;
  /** Raised when the process dies: what was gathered then is gone. */
  #generation = 0;

  constructor(options: CommitLineOptions) {
    this.#options = options;
  }

  /** Whether a flush is under way. */
  get busy(): boolean {
    return this.#flushing !== undefined;
  }

  add(effect: OutgoingEffect | Extract<Effect, { kind: 'persist' }>): void {
    this.#gathering ??= { writes: [], flush: false, effects: [] };
    if (effect.kind === 'persist') {
      for (const write of effect.writes) this.#gathering.writes.push(write);
      this.#gathering.flush ||= effect.flush;
    } else {
      this.#gathering.effects.push(effect);
    }
  }

  /** Commits what was gathered, unless a flush is under way: then it waits for the next one. */
  release(): void {
    const { disk, flushing, committed, diskFull } = this.#options;
    const generation = this.#generation;
    while (this.#flushing === undefined && this.#gathering !== undefined) {
      const commit: Commit = this.#gathering;
      this.#gathering = undefined;
      if (commit.writes.length > 0) {
        if (disk.full) {
          diskFull();
          return;
        }
        const us = disk.begin(commit.writes, commit.flush);
        if (us > 0) {
          this.#flushing = commit;
          flushing(us);
          return;
        }
        if (commit.flush) disk.finish();
      }
      committed(commit);
      if (this.#generation !== generation) return;
    }
  }

  /** The flush under way is done; the next one begins. */
  flushed(): void {
    const commit = this.#flushing;
    if (commit === undefined) return;
    this.#flushing = undefined;
    this.#options.disk.finish();
    const generation = this.#generation;
    this.#options.committed(commit);
    if (this.#generation === generation) this.release();
  }

  clear(): void {
    this.#generation += 1;
    this.#gathering = undefined;
    this.#flushing = undefined;
  }
}
