import type { Chronicle } from '../chronicle.ts';
import { VoteKind } from '../decode.ts';
import type { Duty } from './duties.ts';
import type { Watch } from './watch.ts';

/**
 * C4: at q Notarize a city votes Finalize at once, unless it has voted Nullify, has heard two proposals of the leader, or
 * holds a finalization of this or a later view; and it does not where it has heard two (`finalize-rule`).
 */
export function finalizing(chronicle: Chronicle): Duty {
  return {
    onTurn(watch) {
      const { turn, city } = watch;
      if (turn === undefined) return;
      for (const { statement } of turn.certificates) {
        const { kind, view } = statement;
        if (kind !== VoteKind.NOTARIZE || !turn.joinedBefore || watch.halted || !isDue(watch, view)) continue;
        chronicle.report(
          'finalize-rule',
          [city],
          `${city.name} holds a notarization of view ${view} and does not vote Finalize`,
        );
      }
      for (const { statement } of turn.votes) {
        const { kind, view } = statement;
        if (kind !== VoteKind.FINALIZE || (watch.views.get(view)?.proposals.length ?? 0) < 2) continue;
        const message = `${city.name} votes Finalize in view ${view}, although it has heard two proposals of its leader`;
        chronicle.report('finalize-rule', [city], message);
      }
    },
  };
}

/** Whether a Finalize of a view is missing. What became final in this very turn is nobody's duty any more. */
function isDue(watch: Watch, view: number): boolean {
  const seen = watch.views.get(view);
  if (seen === undefined || seen.finalize !== undefined || seen.nullify === true) return false;
  return seen.proposals.length < 2 && watch.newestFinal < view;
}
