import type { Chronicle } from '../chronicle.ts';
import { type SeenCertificate, VoteKind } from '../decode.ts';
import type { StateAt } from '../honesty/validity.ts';
import { short } from '../safety/agreement.ts';
import { isProven } from '../safety/certificates.ts';
import type { Duty } from './duties.ts';
import type { SeenView } from './seen-view.ts';
import type { Watch } from './watch.ts';

/**
 * C11, and the assumption of all: a city stops, and says so, when it holds a notarization of a block whose checkpoint is not
 * the state that it computed, or hears of a certificate that contradicts one that it holds (`alarm-due`).
 */
export function alarming(chronicle: Chronicle, stateAt: StateAt): Duty {
  const diverged = (watch: Watch, view: number): boolean => {
    const seen = watch.views.get(view);
    const block = seen?.notarization === undefined ? undefined : chronicle.blocks.get(seen.notarization);
    if (block === undefined) return false;
    const { height, historySize, historyRoot, stateRoot } = block.checkpoint;
    const { city } = watch;
    // Below the newest proven height the city keeps no state to compare with.
    if (height > city.executedHeight || height < city.provenHeight) return false;
    if (!isConnected(chronicle, watch, block.digest)) return false;
    const own = stateAt(height);
    if (own === undefined) return false;
    return own.historySize !== historySize || own.historyRoot !== historyRoot || own.stateRoot !== stateRoot;
  };

  const contradicts = (watch: Watch, certificate: SeenCertificate): boolean => {
    const { kind, view, block, epoch } = certificate.statement;
    const { floor } = watch.city;
    // C12: nobody votes in an epoch that is over; and what stood on its seal may have made the seal final, in a view given up.
    if (epoch !== watch.epoch || chronicle.sets.sealOf(epoch)?.digest === floor.digest) return false;
    // The newest final block itself, and what stands beside it.
    if (view === floor.view && view > 0 && floor.digest !== '') {
      return (kind === VoteKind.NULLIFY || block !== floor.digest) && isProven(chronicle, certificate);
    }
    const seen = watch.views.get(view);
    if (seen === undefined || !watch.isOpen(view)) return false;
    if (kind === VoteKind.FINALIZE && leavesChain(seen, block, floor)) return isProven(chronicle, certificate);
    const beside = kind === VoteKind.NULLIFY ? seen.finalization !== undefined : false;
    const over = kind === VoteKind.FINALIZE && seen.nullification === true;
    const other =
      kind !== VoteKind.NULLIFY &&
      [seen.notarization, seen.finalization].some((known) => known !== undefined && known !== block);
    return (beside || over || other) && isProven(chronicle, certificate);
  };

  return {
    onTurn(watch) {
      const { turn, city } = watch;
      if (turn === undefined || watch.halted) return;
      for (const { statement } of turn.certificates) {
        if (statement.kind !== VoteKind.NOTARIZE || !diverged(watch, statement.view)) continue;
        const message = `${city.name} holds a notarization of ${short(statement.block)}, whose checkpoint is not its own state, and goes on`;
        chronicle.report('alarm-due', [city], message);
      }
      if (turn.frame?.kind !== 'certificate' || !contradicts(watch, turn.frame.certificate)) return;
      const { view } = turn.frame.certificate.statement;
      const message = `${city.name} has heard two certificates of view ${view} that contradict each other, and goes on`;
      chronicle.report('alarm-due', [city], message);
    },
  };
}

/** Whether a block that was heard in a view stands on what lies below the newest final block, or beside it. */
function leavesChain({ proposals }: SeenView, digest: string, floor: Watch['city']['floor']): boolean {
  const heard = proposals.find(({ block }) => block.digest === digest)?.block;
  return heard !== undefined && floor.digest !== '' && heard.parentView <= floor.view && heard.parent !== floor.digest;
}

/** Whether a block and its ancestors were heard here, down to the final block: what is not connected is not judged. */
export function isConnected(chronicle: Chronicle, watch: Watch, digest: string): boolean {
  let block = chronicle.blocks.get(digest);
  while (block !== undefined && block.view > watch.finalView) {
    const { view } = block;
    if (watch.views.get(view)?.proposals.every((heard) => heard.block !== block) ?? true) return false;
    if (block.parent === watch.city.floor.digest) return true;
    block = chronicle.blocks.get(block.parent);
  }
  return block !== undefined;
}
