import { toHex } from '@hansa/protocol';
import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';

/**
 * C6: one block at each height, in all cities and over all their lives (`agreement`); each final block stands on the
 * final block below it, in a later view and at a later time (`ancestry`). What a host is told is what the disk has.
 */
export function agreement(chronicle: Chronicle): Check {
  const { chain } = chronicle;

  const differs = (city: City, height: number, digest: string) => {
    const known = chain.digestAt(height);
    if (known === undefined || known === digest) return;
    const message = `${city.name} has block ${short(digest)} at height ${height}, others have ${short(known)}`;
    chronicle.report('agreement', [city], message);
  };

  return {
    onFinal(city, block) {
      differs(city, block.height, block.digest);
      const { height, digest } = city.floor;
      // Blocks become durable before the floor moves to the newest of them.
      const below = block.height === height + 1 ? digest : chain.digestAt(block.height - 1);
      if (below !== undefined && block.parent !== below && chain.digestAt(block.height) !== block.digest) {
        const message = `${city.name} holds block ${block.height} as final, whose parent is ${short(block.parent)} and not its own final block ${block.height - 1}, ${short(below)}`;
        chronicle.report('ancestry', [city], message);
      }
      const parent = chronicle.blocks.get(block.parent);
      if (parent === undefined) return;
      if (block.view <= parent.view || block.height !== parent.height + 1 || block.timestampMs <= parent.timestampMs) {
        const message = `${city.name} holds block ${block.height} (view ${block.view}) as final on block ${parent.height} (view ${parent.view}), which is not below it in height, view and time`;
        chronicle.report('ancestry', [city], message);
      }
    },
    onTold(city, effect) {
      if (effect.kind !== 'finalized') return;
      differs(city, effect.height, toHex(effect.blockDigest));
      if (effect.height > city.floor.height && !chronicle.trust.isDamaged(city.node)) {
        const message = `${city.name} said that height ${effect.height} is final while its disk has ${city.floor.height}`;
        chronicle.report('durable-first', [city], message);
      }
    },
  };
}

/** Enough of a digest for people to tell two apart. */
export function short(digest: string): string {
  return digest === '' ? 'nothing' : `${digest.slice(0, 8)}…`;
}
