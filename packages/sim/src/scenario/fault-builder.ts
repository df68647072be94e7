import type { Action, Fault, Link, Predicate, Selector } from './schema.ts';

/** A time with its unit, checked by the compiler: `250us`, `10ms`, `2.5s`, `5m`, `1h`, `7d`. */
export type DurationText = `${number}${'us' | 'ms' | 's' | 'm' | 'h' | 'd'}`;

/** How long a fault lasts; without it, to the end of the run or until something ends it. */
export interface Lasting {
  readonly for?: DurationText;
}

type Kind = Action['kind'];
type Options<K extends Kind> = Omit<Extract<Action, { kind: K }>, 'kind' | 'cities' | 'groups' | 'link' | 'for'>;

/** A moment, waiting for what shall happen then. Every method returns the fault, for `scenario(...).fault(...)`. */
export class Happening {
  readonly #fault: (action: Action) => Fault;

  constructor(fault: (action: Action) => Fault) {
    this.#fault = fault;
  }

  /** These cities lose power, and start again after `for`. */
  crash(cities: Selector, options: Options<'crash'> & Lasting = {}): Fault {
    return this.#fault({ kind: 'crash', cities, ...options });
  }

  /** Cities that are down start; all of them unless some are named. */
  restart(cities?: Selector): Fault {
    return this.#fault(cities === undefined ? { kind: 'restart' } : { kind: 'restart', cities });
  }

  /** Everybody loses power at once. */
  crashAll(options: Lasting = {}): Fault {
    return this.#fault({ kind: 'crash-all', ...options });
  }

  pause(cities: Selector, options: Lasting = {}): Fault {
    return this.#fault({ kind: 'pause', cities, ...options });
  }

  resume(cities?: Selector): Fault {
    return this.#fault(cities === undefined ? { kind: 'resume' } : { kind: 'resume', cities });
  }

  /** Groups do not hear each other; who is in none makes one more. */
  partition(groups: readonly Selector[], options: Options<'partition'> & Lasting = {}): Fault {
    return this.#fault({ kind: 'partition', groups: [...groups], ...options });
  }

  /** Each of these cities is cut off from everybody. */
  isolate(cities: Selector, options: Lasting = {}): Fault {
    return this.#fault({ kind: 'isolate', cities, ...options });
  }

  /** Links from and to these cities behave like this. */
  degrade(cities: Selector, link: Link, options: Lasting = {}): Fault {
    return this.#fault({ kind: 'degrade', cities, link, ...options });
  }

  clock(cities: Selector, options: Options<'clock'>): Fault {
    return this.#fault({ kind: 'clock', cities, ...options });
  }

  disk(cities: Selector, options: Options<'disk'> & Lasting): Fault {
    return this.#fault({ kind: 'disk', cities, ...options });
  }

  /** The disks become what they were at the moment `taken`. */
  restoreBackup(cities: Selector, options: { readonly taken: DurationText }): Fault {
    return this.#fault({ kind: 'restore-backup', cities, ...options });
  }

  /** The federation changes the seats of these cities, one after the other (C12). */
  membership(change: Extract<Action, { kind: 'membership' }>['change'], cities: Selector): Fault {
    return this.#fault({ kind: 'membership', cities, change });
  }

  /** Every fault ends, and whoever is down starts. */
  heal(): Fault {
    return this.#fault({ kind: 'heal' });
  }
}

/** Once, at this moment of the run. */
export function at(moment: DurationText): Happening {
  return new Happening((action) => ({ at: moment, action }));
}

/** Again and again: first at `start` (one interval after the beginning, unless named), before `until`. */
export function every(
  interval: DurationText,
  between: { readonly start?: DurationText; readonly until?: DurationText } = {},
): Happening {
  return new Happening((action) => ({ every: interval, ...between, action }));
}

/** Once, so much after the condition first holds. */
export function when(condition: Predicate, options: { readonly delay?: DurationText } = {}): Happening {
  return new Happening((action) => ({ when: condition, ...options, action }));
}
