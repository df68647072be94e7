import type { TimerName } from '@hansa/protocol/replica';
import type { Clock } from './clock.ts';

/** Longest delay of setTimeout; longer ones would fire at once. */
const DELAY_MS_MAX = 2 ** 31 - 1;

/** The core's timers: one of each name. */
export class Timers {
  readonly #clock: Clock;
  readonly #fire: (name: TimerName) => void;
  readonly #armed = new Map<TimerName, NodeJS.Timeout>();

  constructor(clock: Clock, fire: (name: TimerName) => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** Arms the timer anew, or disarms it. */
  set(name: TimerName, atMs: number | undefined): void {
    clearTimeout(this.#armed.get(name));
    this.#armed.delete(name);
    if (atMs === undefined) return;
    const delayMs = Math.min(Math.max(0, atMs - this.#clock.nowMs()), DELAY_MS_MAX);
    this.#armed.set(
      name,
      setTimeout(() => {
        this.#armed.delete(name);
        this.#clock.reach(atMs);
        this.#fire(name);
      }, delayMs),
    );
  }

  clear(): void {
    for (const timeout of this.#armed.values()) clearTimeout(timeout);
    this.#armed.clear();
  }
}
