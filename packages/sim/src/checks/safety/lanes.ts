import { toHex } from '@hansa/protocol';
import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import type { KnownEntry } from '../entry-book.ts';
import { short } from './agreement.ts';

/** An entry that a city was told is sealed. */
export interface Sealed {
  readonly lane: number;
  readonly sequence: number;
  readonly digest: string;
  readonly city: City;
  readonly atUs: number;
}

/** What the cities promised about their lanes. */
export interface LanePromises {
  /** By lane: newest sequence that an honest city was told is sealed. */
  readonly sealedUpTo: ReadonlyMap<number, number>;
  /** Sealed, and not final yet. */
  unconfirmed(): readonly Sealed[];
}

/**
 * The final cut only grows, lane by lane (`cut-grows`); what it adds to a lane is one chain of entries on the tip before
 * it, held by somebody faithful (`one-branch`, R4). An entry that a city was told is sealed is never replaced by another
 * one, and is there again after a crash (`nothing-lost`); so is every height that was called final (`final-stays-final`).
 */
export function lanes(chronicle: Chronicle): Check & { readonly promises: LanePromises } {
  const { chain, entries, trust } = chronicle;
  /** By lane and sequence: sealed entries that are not final yet. */
  const sealed = new Map<number, Map<number, Sealed>>();
  const sealedUpTo = new Map<number, number>();

  const confirm = (lane: number, sequence: number, digest: string) => {
    const promised = sealed.get(lane)?.get(sequence);
    if (promised === undefined) return;
    sealed.get(lane)?.delete(sequence);
    if (promised.digest === digest || !trust.wasNeverDamaged(promised.city.node)) return;
    if (isSealedAgain(entries.find(lane, sequence, promised.digest), entries.find(lane, sequence, digest))) return;
    const message = `${promised.city.name} was told that entry ${lane}/${sequence} is sealed as ${short(promised.digest)}, and ${short(digest)} is final there`;
    chronicle.report('nothing-lost', [promised.city], message);
  };

  return {
    onFinal(city, block, first) {
      if (!first) return;
      let lastLane = -1;
      for (const advance of block.advances) {
        const { lane, sequence } = advance;
        const tip = chain.newestTip(lane);
        if (lane <= lastLane || sequence <= tip.sequence) {
          const message = `block ${block.height} moves lane ${lane} from ${tip.sequence} to ${sequence}; ${city.name} holds it as final`;
          chronicle.report('cut-grows', [city], message);
        }
        lastLane = lane;
        const added = entries.chain(lane, tip, advance);
        if (typeof added === 'string') {
          const what = added === 'broken' ? `does not continue entry ${tip.sequence}` : 'is held by no faithful city';
          const message = `entry ${lane}/${sequence} of final block ${block.height} ${what}`;
          chronicle.report('one-branch', [city], message);
        } else {
          for (const entry of added) confirm(lane, entry.sequence, entry.digest);
        }
      }
    },
    onTold(city, effect) {
      if (effect.kind !== 'sealed' || !trust.isHonest(city.node)) return;
      const { lane, sequence } = effect.first;
      const digest = toHex(effect.entryDigest);
      if (entries.find(lane, sequence, digest) === undefined && sequence > chain.newestTip(lane).sequence) {
        const message = `${city.name} said that ${lane}/${sequence} is sealed, and its disk does not have it`;
        chronicle.report('durable-first', [city], message);
      }
      sealedUpTo.set(lane, Math.max(sequence, sealedUpTo.get(lane) ?? 0));
      if (sequence <= chain.newestTip(lane).sequence) return;
      const ofLane = sealed.get(lane) ?? new Map<number, Sealed>();
      sealed.set(lane, ofLane);
      ofLane.set(sequence, { lane, sequence, digest, city, atUs: chronicle.world.nowUs });
    },
    onState(city, state) {
      const { replica } = city.view;
      if (state !== 'up' || replica === undefined || trust.isDamaged(city.node)) return;
      if (replica.finalizedHeight < city.toldFinal) {
        const message = `${city.name} called height ${city.toldFinal} final, and starts again at ${replica.finalizedHeight}`;
        chronicle.report('final-stays-final', [city], message);
      }
      // C12: what the seal of an epoch did not reach is on the disk, and sealed again once the city speaks.
      if (city.authority === undefined || city.toldSealed === 0 || chronicle.epochOf(city) > 0) return;
      const held = replica.status().lanes[city.authority]?.held ?? 0;
      if (held >= city.toldSealed) return;
      const message = `${city.name} sealed ${city.toldSealed} entries, and starts again with ${held}`;
      chronicle.report('nothing-lost', [city], message);
    },
    onDamage(city) {
      // What only this disk had may be gone: nobody can promise it any more.
      if (city.authority === undefined) return;
      sealed.delete(city.authority);
      sealedUpTo.delete(city.authority);
    },
    promises: { sealedUpTo, unconfirmed: () => [...sealed.values()].flatMap((ofLane) => [...ofLane.values()]) },
  };
}

/** C12: what a seal did not reach its owner seals again in the next epoch: the same records, at the same places. */
function isSealedAgain(before: KnownEntry | undefined, after: KnownEntry | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return after.epoch > before.epoch && after.recordsRoot === before.recordsRoot;
}
