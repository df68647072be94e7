import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import { VoteKind } from '../decode.ts';
import { short } from '../safety/agreement.ts';
import { verbOf } from '../safety/certificates.ts';

/**
 * What an honest city never signs, whatever befalls it, over all its lives (`no-contradiction`): two votes of a kind in
 * a view (C3), Notarize or Finalize after Nullify (C3, C4), Nullify after Finalize (C5), two proposals in a view (C2),
 * two entries of one sequence (R4). And it signs nothing at all after an alarm that stops it (`halted-is-silent`, C11).
 */
export function contradictions(chronicle: Chronicle): Check {
  const { trust } = chronicle;
  return {
    onVote(city, statement, again) {
      if (!trust.isHonest(city.node)) return;
      const { kind, view, block } = statement;
      const own = city.own(view);
      const before =
        again || (kind === VoteKind.FINALIZE && own.nullify === true)
          ? again
            ? verbOf(kind)
            : 'Nullify'
          : kind === VoteKind.NULLIFY && own.finalize !== undefined
            ? 'Finalize'
            : kind === VoteKind.NOTARIZE && own.nullify === true
              ? 'Nullify'
              : undefined;
      if (before !== undefined) {
        const message = `${city.name} voted ${before} in view ${view}, and then ${verbOf(kind)} for ${short(block)}`;
        chronicle.report('no-contradiction', [city], message);
      }
      if (city.haltedBy === undefined) return;
      const message = `${city.name} votes ${verbOf(kind)} in view ${view} after ${city.haltedBy}`;
      chronicle.report('halted-is-silent', [city], message);
    },
    onProposal(city, block) {
      if (!trust.isHonest(city.node)) return;
      if (city.own(block.view).proposal !== undefined) {
        chronicle.report('no-contradiction', [city], `${city.name} proposes twice in view ${block.view}`);
      }
      if (city.haltedBy === undefined) return;
      const message = `${city.name} proposes in view ${block.view} after ${city.haltedBy}`;
      chronicle.report('halted-is-silent', [city], message);
    },
    onEntry(_, entry) {
      const { lane, sequence } = entry;
      const owner = chronicle.city(lane);
      if (owner === undefined || !trust.wasNeverDamaged(lane)) return;
      const ofThisEpoch = chronicle.entries.at(lane, sequence).filter(({ epoch }) => epoch === entry.epoch);
      if (ofThisEpoch.length < 2) return;
      chronicle.report('no-contradiction', [owner], `${owner.name} signed two entries of sequence ${sequence}`);
    },
  };
}
