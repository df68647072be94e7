import { settle } from '../scenario/defaults.ts';
import { microseconds } from '../scenario/duration.ts';
import type { Fault } from '../scenario/schema.ts';
import { predicatesOf } from '../scenario/walk.ts';
import type { World } from '../world/contract.ts';
import { FaultLog, type LastingFault } from './fault-log.ts';
import { Performer } from './performer.ts';
import { Plan } from './plan.ts';
import { whenHolds } from './predicates.ts';
import { Progress } from './progress.ts';
import { momentText } from './texts.ts';

/** The faults of a run, as far as they are known to whoever carries them out. */
export interface Faults {
  /** Nothing is planned any more: every fault has ended, or lasts to the end of the run. Conditions that have not come true do not count. */
  readonly healed: boolean;
  /** When the newest fault began, ended or happened; 0: none did. */
  readonly lastChangeAtUs: number;
  /** Those that go on now, in the order in which they began. */
  readonly lasting: readonly LastingFault[];
  /** Those that never began so far: their condition never held, or their moment has not come. */
  readonly missed: readonly MissedFault[];
}

/** A fault of the scenario that a run never saw. */
export interface MissedFault {
  /** Its place in the scenario's list, from 0. */
  readonly place: number;
  readonly kind: string;
  /** What it waited for, as the scenario has it: `when height: 40, cities: 0.5`. */
  readonly waitedFor: string;
}

/**
 * Carries out the faults of the world's scenario. Call once, before the start, after the adversaries. Probes hear of
 * every fault by `onFault`.
 */
export function installFaults(world: World): Faults {
  const faults = world.scenario.faults ?? [];
  const endUs = settle(world.scenario).stopAtUs;
  const log = new FaultLog(world);
  const plan = new Plan(world);
  const performer = new Performer({ world, log, plan, faults });
  // Who watches the cities' progress costs every turn: only where a condition waits for it.
  if (predicatesOf(world.scenario).length > 0) Progress.of(world);

  const names = purposes(faults);
  const happened = new Set<number>();
  faults.forEach((fault, index) => {
    const name = names[index] as string;
    const perform = (occurrence: number) => {
      happened.add(index);
      return performer.perform(fault, `${name} ${occurrence}`);
    };
    if ('at' in fault) {
      const atUs = microseconds(fault.at);
      if (atUs < endUs) plan.at(atUs, () => perform(0));
    } else if ('every' in fault) {
      repeat(fault, perform);
    } else {
      whenHolds(world, fault.when, () => {
        plan.after(microseconds(fault.delay ?? '0s'), () => perform(0));
      });
    }
  });

  function repeat(fault: Extract<Fault, { every: string }>, perform: (occurrence: number) => Promise<void>): void {
    const everyUs = microseconds(fault.every);
    const untilUs = Math.min(endUs, fault.until === undefined ? endUs : microseconds(fault.until));
    const next = (atUs: number, occurrence: number) => {
      if (atUs >= untilUs) return;
      plan.at(atUs, async () => {
        // Planned before this one happens, so that the run is not healed in between.
        next(atUs + everyUs, occurrence + 1);
        await perform(occurrence);
      });
    };
    next(microseconds(fault.start ?? fault.every), 0);
  }

  return {
    get healed() {
      return plan.isEmpty;
    },
    get lastChangeAtUs() {
      return log.lastChangeAtUs;
    },
    get lasting() {
      return log.lasting;
    },
    get missed() {
      return faults.flatMap((fault, place) =>
        happened.has(place) ? [] : [{ place, kind: fault.action.kind, waitedFor: momentText(fault) }],
      );
    },
  };
}

/**
 * The name of each fault's streams of luck: what it is, and which of its equals. So a fault draws the same cities
 * whatever stands beside it in the list, and wherever it stands.
 */
function purposes(faults: readonly Fault[]): string[] {
  const seen = new Map<string, number>();
  return faults.map((fault) => {
    const text = JSON.stringify(fault);
    const ordinal = seen.get(text) ?? 0;
    seen.set(text, ordinal + 1);
    return `faults ${text} ${ordinal}`;
  });
}
