/** The city's time in whole milliseconds since 1970. Never goes back, so that no timer of the core waits for a past moment. */
export class Clock {
  readonly #wallMs: () => number;
  #newestMs = 0;

  constructor(wallMs: () => number = Date.now) {
    this.#wallMs = wallMs;
  }

  nowMs(): number {
    this.#newestMs = Math.max(this.#newestMs, Math.floor(this.#wallMs()));
    return this.#newestMs;
  }

  /** Time has come to `atMs`: a timer that fired says so, whatever the wall clock (set back meanwhile) says. */
  reach(atMs: number): void {
    this.#newestMs = Math.max(this.#newestMs, Math.ceil(atMs));
  }
}
