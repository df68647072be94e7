import { legalDay } from '@hansa/protocol/families';
import { resolveSelector } from '../faults/selectors.ts';
import type { Random } from '../kernel/random.ts';
import { type SettledWorkload, settle } from '../scenario/defaults.ts';
import type { NodeIndex, World } from '../world/contract.ts';
import { installDoubleUses } from './double-uses.ts';
import { ListingFactory } from './listings.ts';
import { DayRate } from './rate.ts';

/** Rows that the daemon's import submits together. */
const IMPORT_BATCH = 1000;

/** What the workload has done so far. Records that a city refuses count as handed over; the city says why. */
export interface Workload {
  /** After this moment nothing new is submitted, but for uses of certificates that became final late. */
  readonly endsAtUs: number;
  readonly recordsSubmitted: number;
  /** Records for a city that was down or paused: nobody took them. */
  readonly recordsTurnedAway: number;
}

/** Lets the cities submit what the scenario says, from the start of the run. Call it before `start`. */
export function installWorkload(world: World): Workload {
  const { workload } = settle(world.scenario);
  return workload === undefined
    ? { endsAtUs: 0, recordsSubmitted: 0, recordsTurnedAway: 0 }
    : new RunningWorkload(world, workload);
}

class RunningWorkload implements Workload {
  readonly endsAtUs: number;
  recordsSubmitted = 0;
  recordsTurnedAway = 0;
  readonly #world: World;
  readonly #settings: SettledWorkload;
  readonly #rate: DayRate;
  readonly #clerks = new Map<NodeIndex, Clerk>();

  constructor(world: World, settings: SettledWorkload) {
    this.#world = world;
    this.#settings = settings;
    this.#rate = new DayRate(settings);
    this.endsAtUs = Math.max(settings.endUs, ...settings.bursts.map(({ atUs }) => atUs));
    if (settings.recordsPerSecond > 0) {
      for (const node of resolveSelector(world, settings.from, 'workload cities'))
        this.#schedule(node, settings.startUs, true);
    }
    settings.bursts.forEach((burst, index) => {
      world.at(burst.atUs, () => {
        for (const node of resolveSelector(world, burst.cities, `burst ${index}`)) this.#import(node, burst.records);
      });
    });
    if (settings.doubleUses !== undefined) {
      installDoubleUses(world, settings.doubleUses, { endUs: settings.endUs, today: () => this.#today() });
    }
  }

  /** Steady cities are out of step with each other; Poisson ones have no step. */
  #schedule(node: NodeIndex, fromUs: number, first: boolean): void {
    const { batch, arrivals, endUs } = this.#settings;
    const { arrivalsRandom } = this.#clerk(node);
    const factor = arrivals === 'poisson' ? arrivalsRandom.exponential() : first ? arrivalsRandom.next() : 1;
    const atUs = this.#rate.after(fromUs, batch * factor);
    if (atUs === undefined || atUs > endUs) return;
    this.#world.at(atUs, () => {
      this.#submit(node, batch);
      this.#schedule(node, atUs, false);
    });
  }

  /** In batches, as the daemon's imports. */
  #import(node: NodeIndex, count: number): void {
    for (let left = count; left > 0; left -= IMPORT_BATCH) this.#submit(node, Math.min(left, IMPORT_BATCH));
  }

  #submit(node: NodeIndex, count: number): void {
    const { listings } = this.#clerk(node);
    const today = this.#today();
    const records = Array.from({ length: count }, () => listings.next(today));
    if (this.#world.submit(node, records) === undefined) this.recordsTurnedAway += count;
    else this.recordsSubmitted += count;
  }

  #clerk(node: NodeIndex): Clerk {
    const known = this.#clerks.get(node);
    if (known !== undefined) return known;
    const listings = new ListingFactory({
      random: this.#world.random('listings', node),
      bytes: this.#settings.recordBytes,
    });
    const clerk = { listings, arrivalsRandom: this.#world.random('arrivals', node) };
    this.#clerks.set(node, clerk);
    return clerk;
  }

  #today(): number {
    const { startMs, nowUs, federation } = this.#world;
    return legalDay(startMs + nowUs / 1000, federation.genesis.utcOffsetMinutes);
  }
}

interface Clerk {
  readonly listings: ListingFactory;
  readonly arrivalsRandom: Random;
}
