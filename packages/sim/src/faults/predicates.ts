import { microseconds } from '../scenario/duration.ts';
import type { Predicate } from '../scenario/schema.ts';
import type { World } from '../world/contract.ts';
import { Progress } from './progress.ts';

/** What was answered last, and at which state of things. */
const answers = new WeakMap<
  Predicate,
  { readonly progress: Progress; readonly version: number; readonly holds: boolean }
>();

/**
 * Whether a condition of the scenario holds now. Made to be asked after every event: the cities are only looked at when
 * one of them moved. Ask first before the world starts, or install the faults: what happens is counted from then on.
 */
export function holds(world: World, predicate: Predicate): boolean {
  const progress = Progress.of(world);
  if ('quiet' in predicate) return world.nowUs - progress.lastFinalityUs >= microseconds(predicate.quiet);
  const known = answers.get(predicate);
  if (known?.progress === progress && known.version === progress.version) return known.holds;
  const { reached, honest } = progress.count(predicate);
  const { cities = 1 } = predicate;
  // A third of three cities is one, whatever the binary digits of a third.
  const answer = honest > 0 && reached >= Math.max(1, Math.ceil(cities * honest - 1e-9));
  answers.set(predicate, { progress, version: progress.version, holds: answer });
  return answer;
}

/** Runs once, in a moment of its own, when the condition first holds. */
export function whenHolds(world: World, predicate: Predicate, run: () => void | Promise<void>): void {
  const progress = Progress.of(world);
  if ('quiet' in predicate) {
    waitForQuiet(world, progress, microseconds(predicate.quiet), run);
    return;
  }
  let waiting = true;
  let version = -1;
  world.addProbe({
    onTurn() {
      if (!waiting || progress.version === version) return;
      version = progress.version;
      if (!holds(world, predicate)) return;
      waiting = false;
      world.at(world.nowUs, run);
    },
  });
}

/** Looks again only when the quiet that was seen could have lasted long enough. */
function waitForQuiet(world: World, progress: Progress, quietUs: number, run: () => void | Promise<void>): void {
  world.at(progress.lastFinalityUs + quietUs, () => {
    if (world.nowUs - progress.lastFinalityUs >= quietUs) return run();
    waitForQuiet(world, progress, quietUs, run);
    return undefined;
  });
}
