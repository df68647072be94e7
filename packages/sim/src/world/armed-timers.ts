import type { TimerName } from '@hansa/protocol/replica';
import type { NodeClock } from './clock.ts';

export const timerNames: readonly TimerName[] = ['view', 'resend', 'propose', 'resync', 'relay', 'fetch', 'join'];

/** The replica's timers: one of each name. An event of a timer that was armed anew meanwhile means nothing. */
export class ArmedTimers {
  readonly #clock: NodeClock;
  readonly #schedule: (fireUs: number, nameIndex: number, token: number) => void;
  readonly #armed = new Map<TimerName, { readonly atMs: number; readonly token: number }>();
  #token = 0;

  constructor(clock: NodeClock, schedule: (fireUs: number, nameIndex: number, token: number) => void) {
    this.#clock = clock;
    this.#schedule = schedule;
  }

  /** Arms anew, or disarms. */
  set(nowUs: number, name: TimerName, atMs: number | undefined): void {
    if (atMs === undefined) {
      this.#armed.delete(name);
      return;
    }
    this.#token += 1;
    this.#armed.set(name, { atMs, token: this.#token });
    this.#schedule(this.#clock.fireUs(nowUs, atMs), timerNames.indexOf(name), this.#token);
  }

  /** The name of the timer that fires; undefined when the event is out of date. */
  fired(nameIndex: number, token: number): TimerName | undefined {
    const name = timerNames[nameIndex];
    const armed = name === undefined ? undefined : this.#armed.get(name);
    if (name === undefined || armed?.token !== token) return undefined;
    this.#armed.delete(name);
    this.#clock.reach(armed.atMs);
    return name;
  }

  clear(): void {
    this.#armed.clear();
  }
}
