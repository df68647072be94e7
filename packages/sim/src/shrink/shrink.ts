import type { Scenario } from '../scenario/schema.ts';
import { type FieldPath, fieldAt, fieldsOf, withField } from './fields.ts';
import { minimalSublist } from './minimise.ts';
import { isDuration, type Json, smallerDurations, smallerNumbers } from './smaller-values.ts';

export interface ShrinkOptions {
  /** Whether a candidate is a scenario at all; what is not is never run. */
  readonly isValid: (candidate: Scenario) => boolean;
  /** Runs a candidate and says whether the same check fails. */
  readonly fails: (candidate: Scenario) => Promise<boolean>;
  /** So many runs at most. */
  readonly runsMax: number;
  /** Told of every candidate that still fails. */
  readonly onSmaller?: (smaller: Scenario, runs: number) => void;
  /** Asked before each run: true ends the search with what was found. */
  readonly stopped?: () => boolean;
}

export interface Shrunk {
  readonly scenario: Scenario;
  readonly runs: number;
  /** True: nothing that is tried makes it smaller. False: the runs were used up, or it was stopped. */
  readonly minimal: boolean;
}

/** Fields without which a scenario is not shorter but another: a run without `stop.at` is the default five minutes. */
const kept = new Set(['format', 'name', 'shows', 'topology', 'topology.cities', 'stop', 'stop.at', 'workload.end']);
/** Counts that start from the fewest: a failure of four cities is easier to think about than one of forty. */
const FEW_CITIES = 10;

/**
 * The smallest scenario, by the steps that are tried, in which the same check still fails with the same seed: fewer
 * faults, adversaries, cities and bursts; then every field that need not be there; then smaller numbers and rounder,
 * shorter times. Each step that still fails is kept, and all are tried again until none helps.
 */
export async function shrink(scenario: Scenario, options: ShrinkOptions): Promise<Shrunk> {
  const search = new Search(scenario, options);
  await search.drop('sweep');
  await search.drop('seeds');
  for (let before = ''; before !== search.text && !search.over; ) {
    before = search.text;
    await search.fewer('faults');
    await search.fewer('adversary');
    await search.fewerCities();
    await search.dropFields();
    await search.smallerValues();
  }
  return { scenario: search.best, runs: search.runs, minimal: !search.over };
}

class Search {
  best: Scenario;
  runs = 0;
  over = false;
  readonly #options: ShrinkOptions;
  /** What was tried and did not fail, so that no round tries it again. */
  readonly #refuted = new Set<string>();

  constructor(scenario: Scenario, options: ShrinkOptions) {
    this.best = scenario;
    this.#options = options;
  }

  get text(): string {
    return JSON.stringify(this.best);
  }

  get #json(): Json {
    return this.best as unknown as Json;
  }

  async drop(field: string): Promise<void> {
    if (fieldAt(this.#json, [field]) !== undefined) await this.#try(withField(this.#json, [field], undefined));
  }

  async fewer(field: 'faults' | 'adversary'): Promise<void> {
    const items = this.best[field] as readonly Json[] | undefined;
    if (items === undefined) return;
    await minimalSublist(items, (sublist) =>
      this.#try(withField(this.#json, [field], sublist.length === 0 ? undefined : sublist)),
    );
  }

  async fewerCities(): Promise<void> {
    const { cities } = this.best.topology;
    const bold = [Math.floor(cities / 2), Math.floor((3 * cities) / 4), cities - 1];
    const few = Array.from({ length: FEW_CITIES }, (_, index) => index + 1);
    for (const count of [...few, ...bold.filter((each) => each > FEW_CITIES)]) {
      if (count >= cities) continue;
      if (await this.#try(withinCities(withField(this.#json, ['topology', 'cities'], count), count))) return;
    }
  }

  /** Outermost first: a whole section goes before its parts are looked at. */
  async dropFields(): Promise<void> {
    for (const [path] of [...fieldsOf(this.#json)]) {
      if (path.length === 0 || kept.has(path.join('.'))) continue;
      // An earlier step may have taken it, or what it stood in.
      if (fieldAt(this.#json, path) === undefined) continue;
      await this.#try(withField(this.#json, path, undefined));
    }
  }

  async smallerValues(): Promise<void> {
    for (const [path] of [...fieldsOf(this.#json)]) {
      for (let improved = true; improved && !this.over; ) {
        improved = false;
        const value = fieldAt(this.#json, path);
        if (value === undefined) break;
        for (const candidate of smaller(value, path)) {
          improved = await this.#try(withField(this.#json, path, candidate));
          if (improved) break;
        }
      }
    }
  }

  async #try(json: Json): Promise<boolean> {
    const candidate = json as unknown as Scenario;
    const text = JSON.stringify(candidate);
    if (this.over || this.#refuted.has(text) || text === this.text || !this.#options.isValid(candidate)) return false;
    if (this.runs >= this.#options.runsMax || this.#options.stopped?.() === true) {
      this.over = true;
      return false;
    }
    this.runs++;
    if (!(await this.#options.fails(candidate))) {
      this.#refuted.add(text);
      return false;
    }
    this.best = candidate;
    this.#options.onSmaller?.(candidate, this.runs);
    return true;
  }
}

function smaller(value: Json, path: FieldPath): readonly Json[] {
  const name = path.join('.');
  if (name === 'topology.cities') return [];
  if (typeof value === 'string' && isDuration(value)) return smallerDurations(value);
  if (typeof value === 'number') return smallerNumbers(value);
  // A share or a draw of cities becomes one of them.
  const isDraw = typeof value === 'object' && value !== null && ('random' in value || 'share' in value);
  return isDraw || value === 'all' || value === 'leader' ? [[0], [1]] : [];
}

/** Takes cities that are no more out of lists of indices and out of a matrix of delays; what is empty then goes too. */
function withinCities(value: Json, cities: number): Json {
  if (Array.isArray(value)) {
    return value
      .filter((item) => typeof item !== 'number' || !Number.isInteger(item) || item < cities)
      .map((item) => withinCities(item as Json, cities))
      .filter((item) => !(Array.isArray(item) && item.length === 0));
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, item]) => [key, withinCities(item, cities)] as const);
  return Object.fromEntries(fields.map(([key, item]) => [key, key === 'delays' ? square(item, cities) : item]));
}

function square(rows: Json, size: number): Json {
  if (!Array.isArray(rows)) return rows;
  return rows.slice(0, size).map((row: Json) => (Array.isArray(row) ? row.slice(0, size) : row));
}
