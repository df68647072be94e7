import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import { Watch } from './watch.ts';

/** What an honest city must do: looks at each of its turns once it is over. */
export interface Duty {
  onTurn?(watch: Watch): void;
  /** At the end of the run, for each city that is up. */
  onEnd?(watch: Watch): void;
}

/**
 * Follows every message into each honest city and everything that comes of it, and has its duties looked at. Cities
 * whose disks ever broke a promise are left alone: what they know cannot be told from outside.
 */
export function duties(chronicle: Chronicle, all: readonly Duty[]): Check {
  const watches = new Map<City, Watch>();
  const { trust, world } = chronicle;

  const watchOf = (city: City): Watch | undefined => {
    if (!trust.isHonest(city.node) || !trust.wasNeverDamaged(city.node)) return undefined;
    let watch = watches.get(city);
    if (watch === undefined) {
      watch = new Watch(chronicle, city);
      watches.set(city, watch);
    }
    return watch;
  };

  return {
    onHeard(city, input, frame) {
      watchOf(city)?.hear(input, frame);
    },
    onEffect(city, effect, frame) {
      const watch = watches.get(city);
      if (effect.kind === 'epoch' && watch !== undefined) watches.set(city, watch.next(effect.epoch));
      else watch?.act(effect, frame);
    },
    onTurn(city) {
      const watch = watches.get(city);
      if (watch?.turn === undefined) return;
      watch.settleView();
      if (watch.hasVote && !watch.isOver) for (const duty of all) duty.onTurn?.(watch);
      watch.turn = undefined;
    },
    onState(city, state, why) {
      if (state === 'down') watches.delete(city);
      const watch = watches.get(city);
      if (watch !== undefined && why === 'resumed') watch.awakeUs = world.nowUs;
    },
    onDamage(city) {
      watches.delete(city);
    },
    onEnd() {
      for (const [city, watch] of watches) {
        if (city.isUp && watch.hasVote && !watch.isOver) for (const duty of all) duty.onEnd?.(watch);
      }
    },
  };
}
