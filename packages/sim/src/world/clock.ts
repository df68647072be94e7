/**
 * A city's clock: it starts with an offset, runs at its own rate and may be set. What the replica is told is a whole
 * number of milliseconds that never goes back while the process lives, as the daemon's `Clock` has it.
 */
export class NodeClock {
  readonly #startUs: number;
  /** Wall time at `#sinceUs`; runs on from there. */
  #wallUs: number;
  #sinceUs = 0;
  #rate: number;
  #newestMs = 0;

  constructor(options: { readonly startMs: number; readonly offsetUs: number; readonly driftPpm: number }) {
    this.#startUs = options.startMs * 1000;
    this.#wallUs = this.#startUs + options.offsetUs;
    this.#rate = 1 + options.driftPpm / 1e6;
  }

  /** The city's wall time in microseconds since 1970. */
  wallUs(nowUs: number): number {
    return this.#wallUs + (nowUs - this.#sinceUs) * this.#rate;
  }

  /** What the replica is told. */
  nowMs(nowUs: number): number {
    const wallMs = Math.floor(this.wallUs(nowUs) / 1000);
    if (wallMs > this.#newestMs) this.#newestMs = wallMs;
    return this.#newestMs;
  }

  /** Virtual time at which a timer fires that is armed now for `atMs`: processes wait by an interval, which no step of the wall clock changes. */
  fireUs(nowUs: number, atMs: number): number {
    return nowUs + Math.max(0, Math.ceil(((atMs - this.nowMs(nowUs)) * 1000) / this.#rate));
  }

  /** A timer for `atMs` fired: time has come to it, whatever the wall clock says. */
  reach(atMs: number): void {
    this.#newestMs = Math.max(this.#newestMs, Math.ceil(atMs));
  }

  /** A new process remembers nothing of what the old one told its replica. */
  restartProcess(): void {
    this.#newestMs = 0;
  }

  step(nowUs: number, byUs: number): void {
    this.#rebase(nowUs);
    this.#wallUs += byUs;
  }

  setDrift(nowUs: number, ppm: number): void {
    this.#rebase(nowUs);
    this.#rate = 1 + ppm / 1e6;
  }

  #rebase(nowUs: number): void {
    this.#wallUs = this.wallUs(nowUs);
    this.#sinceUs = nowUs;
  }
}
