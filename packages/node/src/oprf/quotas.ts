/** One hour, the time of a quota. */
export const QUOTA_MS = 60 * 60 * 1000;
/** As exact as a quota needs to be: sixty steps an hour. */
const STEP_MS = 60 * 1000;

/** How many evaluations a name has had in the last hour. Names that had none are not kept. */
export class HourlyCounts {
  readonly #counts = new Map<string, Map<number, number>>();

  add(name: string, count: number, atMs: number): void {
    const steps = this.#counts.get(name) ?? new Map<number, number>();
    const step = Math.floor(atMs / STEP_MS);
    steps.set(step, (steps.get(step) ?? 0) + count);
    this.#counts.set(name, steps);
  }

  count(name: string, nowMs: number): number {
    const steps = this.#counts.get(name);
    if (steps === undefined) return 0;
    const oldest = Math.floor((nowMs - QUOTA_MS) / STEP_MS);
    let count = 0;
    for (const [step, each] of steps) {
      if (step <= oldest) steps.delete(step);
      else count += each;
    }
    if (steps.size === 0) this.#counts.delete(name);
    return count;
  }
}

export interface QuotaLimits {
  /** Lookups of one officer, and of one matter, of a city. */
  readonly lookupsPerHour: number;
  /** Lookups of all officers of a city together. */
  readonly cityLookupsPerHour: number;
  /** Evaluations that a city says a record of its own stands behind. */
  readonly recordsPerHour: number;
}

/** What is asked for, by whom. */
export interface Asked {
  readonly asker: number;
  /** Hexadecimal. */
  readonly operator: string;
  readonly case: string;
  readonly purpose: 'lookup' | 'record';
  readonly count: number;
}

/** P2: what one city may have evaluated here. Each evaluator counts for itself. */
export class Quotas {
  readonly #limits: QuotaLimits;
  readonly #counts = new HourlyCounts();

  constructor(limits: QuotaLimits) {
    this.#limits = limits;
  }

  /** The first quota that the request would exceed; undefined when it fits into all. */
  exceeded(asked: Asked, nowMs: number): 'officer' | 'matter' | 'city' | 'records' | undefined {
    for (const [what, name, max] of this.#names(asked)) {
      if (this.#counts.count(name, nowMs) + asked.count > max) return what;
    }
    return undefined;
  }

  add(asked: Asked, atMs: number): void {
    for (const [, name] of this.#names(asked)) this.#counts.add(name, asked.count, atMs);
  }

  #names({ asker, operator, case: matter, purpose }: Asked) {
    const { lookupsPerHour, cityLookupsPerHour, recordsPerHour } = this.#limits;
    if (purpose === 'record') return [['records', `r/${asker}`, recordsPerHour]] as const;
    return [
      ['officer', `o/${asker}/${operator}`, lookupsPerHour],
      ['matter', `m/${asker}/${matter}`, lookupsPerHour],
      ['city', `c/${asker}`, cityLookupsPerHour],
    ] as const;
  }
}
