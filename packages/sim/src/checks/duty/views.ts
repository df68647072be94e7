import type { Chronicle } from '../chronicle.ts';
import { type SeenStatement, VoteKind } from '../decode.ts';
import { viewAt } from '../epoch-view.ts';
import { nounOf } from '../safety/certificates.ts';
import type { Duty } from './duties.ts';
import type { Watch } from './watch.ts';

/**
 * C1: a city is in the newest view that its certificates let it enter (`views`). C4, C5, C6, C9: once it has heard q votes
 * for a statement, its own counted, it holds the certificate (`tally`).
 */
export function views(chronicle: Chronicle): Duty {
  const count = (watch: Watch, { kind, view, block }: SeenStatement) => {
    if (view <= watch.finalView || watch.halted) return;
    const { quorum } = watch.set;
    const said = watch.countOf(kind, view, block);
    if (said < quorum || watch.of(view).holds(kind)) return;
    const message = `${watch.city.name} has ${said} votes for a ${nounOf(kind)} of view ${view}, q = ${quorum}, and holds none`;
    chronicle.report('tally', [watch.city], message);
  };

  return {
    onTurn(watch) {
      const { city, turn } = watch;
      const view = city.view.replica?.view;
      if (view !== undefined && view !== viewAt(watch.view)) {
        const message = `${city.name} is in view ${view}; its certificates put it in view ${watch.view}`;
        chronicle.report('views', [city], message);
      }
      if (turn?.frame?.kind === 'vote') count(watch, turn.frame.vote.statement);
      for (const { statement } of turn?.votes ?? []) count(watch, statement);
      if (watch.joined && turn?.joinedBefore === false) {
        for (const seen of watch.views.values()) {
          for (const kind of [VoteKind.NOTARIZE, VoteKind.NULLIFY, VoteKind.FINALIZE]) {
            const block = seen.own(kind);
            if (block !== undefined) count(watch, { kind, view: seen.view, block, epoch: watch.epoch, bytes: NONE });
          }
        }
      }
    },
  };
}

const NONE = new Uint8Array(0);
