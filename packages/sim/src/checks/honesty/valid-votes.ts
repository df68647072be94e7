import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import { VoteKind } from '../decode.ts';
import { epochAt } from '../epoch-view.ts';
import { short } from '../safety/agreement.ts';
import { faultOf, type StateAt } from './validity.ts';

/**
 * C3, C11: an honest city notarizes only what is valid with what its disk has at that moment (`valid-vote`), finalizes
 * only what is notarized (C4), and proposes only what it could vote for itself (C2, `valid-proposal`).
 */
export function validVotes(chronicle: Chronicle, stateAt: StateAt): Check {
  const { trust } = chronicle;

  const notarize = (city: City, view: number, digest: string): string | undefined => {
    const block = chronicle.blocks.get(digest);
    if (block === undefined) return 'is known to nobody';
    if (block.epoch !== epochAt(view)) return 'is of another epoch';
    if (block.view !== view) return `is of view ${block.view}`;
    if (!chronicle.isProposal(digest)) return 'was not signed by the leader of its view';
    return faultOf(chronicle, city, block, stateAt);
  };

  return {
    onVote(city, { kind, view, block }) {
      if (!trust.isHonest(city.node) || kind === VoteKind.NULLIFY) return;
      if (kind === VoteKind.NOTARIZE) {
        const fault = notarize(city, view, block);
        if (fault === undefined) return;
        const message = `${city.name} notarizes ${short(block)} in view ${view}, which ${fault}`;
        chronicle.report('valid-vote', [city], message);
        return;
      }
      if (city.views.get(view)?.notarization !== block) {
        const message = `${city.name} votes Finalize for ${short(block)} in view ${view}, of which it holds no notarization`;
        chronicle.report('valid-vote', [city], message);
      }
      if (view <= newestFinalization(city)) {
        const message = `${city.name} votes Finalize in view ${view}, although it holds a finalization at or above it`;
        chronicle.report('valid-vote', [city], message);
      }
    },
    onProposal(city, block) {
      if (!trust.isHonest(city.node)) return;
      const isLeader = chronicle.leaderOf(block.view) === city.authority;
      const fault = isLeader ? faultOf(chronicle, city, block, stateAt) : 'is of a view that it does not lead';
      if (fault === undefined) return;
      chronicle.report('valid-proposal', [city], `${city.name} proposes in view ${block.view} what ${fault}`);
    },
  };
}

function newestFinalization(city: City): number {
  let newest = city.floor.view;
  for (const [view, { finalization }] of city.views) if (finalization !== undefined) newest = Math.max(newest, view);
  return newest;
}
