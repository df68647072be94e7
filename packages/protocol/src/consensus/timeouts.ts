import type { Parameters } from '../genesis/types.ts';

/**
 * C5 and C8: when the current view has taken too long. Timeouts grow by a factor per view without finality, capped,
 * and reset only on finalization. A view without work waits `idleInterval` more; new work shortens it.
 */
export class Timeouts {
  readonly #parameters: Parameters;
  #baseMs = 0;
  #factor = 1;
  #idle = false;

  constructor(parameters: Parameters) {
    this.#parameters = parameters;
  }

  enter(nowMs: number, view: number, finalizedView: number, hasWork: boolean): void {
    this.#factor = this.#growth(view, finalizedView);
    this.#idle = !hasWork;
    this.#baseMs = hasWork ? nowMs : nowMs + this.#parameters.idleIntervalMs;
  }

  /** Work arrived in an idle view. True when that moved the deadline. */
  workArrived(nowMs: number): boolean {
    if (!this.#idle) return false;
    this.#idle = false;
    this.#baseMs = Math.min(this.#baseMs, nowMs);
    return true;
  }

  finalized(view: number, finalizedView: number): void {
    this.#factor = this.#growth(view, finalizedView);
  }

  /** When to nullify: 2Δ without a proposal, 3Δ without a notarization. */
  next(proposalSeen: boolean): number {
    const multiple = proposalSeen ? 3 : 2;
    const timeoutMs = Math.min(multiple * this.#parameters.deltaMs * this.#factor, this.#capMs(multiple));
    return this.#baseMs + Math.round(timeoutMs);
  }

  /** The cap never undercuts the plain 2Δ and 3Δ. */
  #capMs(multiple: number): number {
    return Math.max(this.#parameters.timeoutCapMs, multiple * this.#parameters.deltaMs);
  }

  /** View v is entered at 2δ, before v-1 can be final at 3δ: that much lag is normal and grows nothing. */
  #growth(view: number, finalizedView: number): number {
    return this.#parameters.timeoutGrowth ** Math.min(64, Math.max(0, view - 2 - finalizedView));
  }
}
