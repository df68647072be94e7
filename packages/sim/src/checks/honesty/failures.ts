import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';

/** Alarms after which a city may not speak (C11, more than f faulty). */
const HALTING = new Set(['STATE_DIVERGED', 'SAFETY_VIOLATED']);

/**
 * A replica that throws, or cannot start from a disk that kept its promise, is broken (`no-failure`). While at most f
 * are faulty no city has a reason to stop, and none finds signatures of its own that it does not know (`false-alarm`).
 * G1: what no honest city sends, no honest city is blamed for (`blame-true`).
 */
export function failures(chronicle: Chronicle): Check {
  const { trust } = chronicle;
  return {
    onState(city, state, why) {
      if (state !== 'down' || !trust.wasNeverDamaged(city.node)) return;
      if (!/^(failed|damaged):/.test(why)) return;
      chronicle.report('no-failure', [city], `${city.name} ${why}`);
    },
    onTold(city, effect) {
      if (effect.kind === 'misbehaved') {
        const { from, why } = effect;
        if (!trust.isHonest(from) || !trust.wasNeverDamaged(from)) return;
        const message = `${city.name} keeps ${chronicle.world.nodes[from]?.name} away for what it never did: ${why}`;
        chronicle.report('blame-true', [city], message);
      }
      if (effect.kind !== 'alarm') return;
      const { code } = effect.error;
      if (HALTING.has(code)) city.haltedBy = code;
      if (!trust.wasNeverDamaged(city.node) || code === 'NO_LONGER_VOTING') return;
      chronicle.report('false-alarm', [city], `${city.name} raises ${code}: ${effect.error.message}`);
    },
  };
}
