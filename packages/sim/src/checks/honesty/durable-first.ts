import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import { type SeenFrame, type SeenStatement, VoteKind } from '../decode.ts';
import { nounOf, verbOf } from '../safety/certificates.ts';

/**
 * C9: own votes, own proposals, own entries and all certificates are durable before they leave (`durable-first`). Of
 * views long final nothing is known any more, and nothing is asked.
 */
export function durableFirst(chronicle: Chronicle): Check {
  return {
    onSaid(city, frame) {
      if (!chronicle.trust.isHonest(city.node) || !chronicle.trust.wasNeverDamaged(city.node)) return;
      const what = missing(chronicle, city, frame);
      if (what !== undefined) {
        chronicle.report('durable-first', [city], `${city.name} says ${what}, which its disk does not have`);
      }
    },
  };
}

function missing(chronicle: Chronicle, city: City, frame: SeenFrame): string | undefined {
  if (frame.kind === 'vote') {
    const { statement, voter } = frame.vote;
    if (voter !== city.authority || has(city, statement, 'vote')) return undefined;
    return `its ${verbOf(statement.kind)} of view ${statement.view}`;
  }
  if (frame.kind === 'certificate') {
    const { statement } = frame.certificate;
    return has(city, statement, 'certificate') ? undefined : `a ${nounOf(statement.kind)} of view ${statement.view}`;
  }
  if (frame.kind === 'proposal') {
    const { block } = frame.proposal;
    const isOwn = chronicle.leaderOf(block.view) === city.authority;
    if (!isOwn || block.view < city.floor.view || city.own(block.view).proposal === block.digest) return undefined;
    return `its block of view ${block.view}`;
  }
  if (frame.kind === 'entry') {
    const { lane, sequence, digest } = frame.entry.header;
    if (lane !== city.authority || sequence <= chronicle.chain.newestTip(lane).sequence) return undefined;
    return chronicle.entries.find(lane, sequence, digest) === undefined ? `its entry ${sequence}` : undefined;
  }
  return undefined;
}

function has(city: City, { kind, view, block }: SeenStatement, what: 'vote' | 'certificate'): boolean {
  const own = city.views.get(view);
  if (own === undefined) return view < city.floor.view;
  const [notarize, nullify, finalize] =
    what === 'vote'
      ? [own.notarize, own.nullify, own.finalize]
      : [own.notarization, own.nullification, own.finalization];
  if (kind === VoteKind.NULLIFY) return nullify === true;
  return (kind === VoteKind.NOTARIZE ? notarize : finalize) === block;
}
