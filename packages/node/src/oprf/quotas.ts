/** One hour, the time of a quota. */
export const QUOTA_MS = 60 * 60 * 1000;
/** As exact as a quota needs to be: sixty steps an hour. */
const STEP_MS = 60 * 1000;

/** How many evaluations a name has had in the last hour. Names that had none are forgotten within minutes. */
export class HourlyCounts {
  readonly #counts = new Map<string, Map<number, number>>();
  #swept = 0;

  /** How many names are kept. */
  get size(): number {
    return this.#counts.size;
  }

  add(name: string, count: number, atMs: number): void {
    const step = Math.floor(atMs / STEP_MS);
    if (step > this.#swept) {
      // Every matter is a name of its own: without this they would pile up as long as the daemon runs.
      for (const each of [...this.#counts.keys()]) this.count(each, atMs);
      this.#swept = step;
    }
    const steps = this.#counts.get(name) ?? new Map<number, number>();
    steps.set(step, (steps.get(step) ?? 0) + count);
    this.#counts.set(name, steps);
  }

  /** Those of the hour before `nowMs`, but of the last `graceMs`. */
  count(name: string, nowMs: number, graceMs = 0): number {
    const steps = this.#counts.get(name);
    if (steps === undefined) return 0;
    const oldest = Math.floor((nowMs - QUOTA_MS) / STEP_MS);
    const newest = Math.floor((nowMs - graceMs) / STEP_MS);
    let count = 0;
    for (const [step, each] of steps) {
      if (step <= oldest) steps.delete(step);
      else if (step <= newest) count += each;
    }
    if (steps.size === 0) this.#counts.delete(name);
    return count;
  }
}

/**
 * What one of the evaluators grants of a quota that counts for the federation. A lookup takes the help of `needed` of
 * `others`, so this share of all of them together is the quota, rounded up to whole lookups at each.
 */
export function shareOfQuota(quota: number, needed: number, others: number): number {
  return others <= 0 ? quota : Math.ceil((quota * Math.min(needed, others)) / others);
}

export interface QuotaLimits {
  /** Lookups of one officer, and of one matter, of a city, at all evaluators together. */
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

/** What a lookup of a city takes: the help of so many of so many other cities. */
export interface Helpers {
  readonly needed: number;
  readonly others: number;
}

/** P2: what one city may have evaluated here. Each evaluator counts for itself, up to its share of the quota. */
export class Quotas {
  readonly #limits: QuotaLimits;
  readonly #counts = new HourlyCounts();

  constructor(limits: QuotaLimits) {
    this.#limits = limits;
  }

  /** The first quota that the request would exceed; undefined when it fits into all. */
  exceeded(
    asked: Asked,
    { needed, others }: Helpers,
    nowMs: number,
  ): 'officer' | 'matter' | 'city' | 'records' | undefined {
    for (const [what, name, quota] of this.#names(asked)) {
      // Else who asked one evaluator after the other had the quota of each.
      const max = what === 'records' ? quota : shareOfQuota(quota, needed, others);
      if (this.#counts.count(name, nowMs) + asked.count > max) return what; // guard: P2 nobody enumerates
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
