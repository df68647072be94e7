import { limits } from '@hansa/protocol';

/** The city's time in whole milliseconds since 1970. Never goes back, so that no timer of the core waits for a past moment. */
export class Clock {
  readonly #wallMs: () => number;
  readonly #onAhead: (aheadMs: number) => void;
  #newestMs = 0;
  #ahead = false;

  /**
   * `onAhead` hears, once each time, that the city's time is further ahead of the wall clock than others accept of a
   * block (C3): the wall clock was set back after it had been wrong. Only a restart lets the city's time go back too.
   */
  constructor(wallMs: () => number = Date.now, onAhead: (aheadMs: number) => void = () => undefined) {
    this.#wallMs = wallMs;
    this.#onAhead = onAhead;
  }

  nowMs(): number {
    const wallMs = Math.floor(this.#wallMs());
    this.#newestMs = Math.max(this.#newestMs, wallMs);
    const wasAhead = this.#ahead;
    this.#ahead = this.#newestMs - wallMs > limits.clockDriftMsMax;
    if (this.#ahead && !wasAhead) this.#onAhead(this.#newestMs - wallMs);
    return this.#newestMs;
  }

  /** Time has come to `atMs`: a timer that fired says so, whatever the wall clock (set back meanwhile) says. */
  reach(atMs: number): void {
    this.#newestMs = Math.max(this.#newestMs, Math.ceil(atMs));
  }
}
