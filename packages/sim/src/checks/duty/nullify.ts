import type { Chronicle } from '../chronicle.ts';
import { type SeenBlock, VoteKind } from '../decode.ts';
import { isConnected } from './alarm.ts';
import type { Duty } from './duties.ts';
import type { Watch } from './watch.ts';

/** C3: how far a block's time may lie ahead. */
const DRIFT_MS_MAX = 5 * 60 * 1000;
/** Clocks that run slower than true time let their timers fire later. */
const SLOW_CLOCK = 1.02;

/**
 * C5, C8: when a city gives up a view. It must (`nullify-due`): when the leader nullified, when the leader was silent for two rounds
 * of leaders while a quorum was active in the last one, when the proposal cannot be right, all at once; and when there
 * is no notarization in time. It may for no other reason (`nullify-reason`).
 */
export function nullifying(chronicle: Chronicle): Duty {
  const { world, trust } = chronicle;
  const { parameters } = world.federation.genesis;
  const deltaUs = parameters.deltaMs * 1000;
  const slackUs = Math.max(deltaUs, 50_000) * (world.scenario.protocol?.processing === 'free' ? 1 : 20);

  const isLate = (watch: Watch): boolean => {
    const grown = parameters.timeoutGrowth ** Math.min(64, Math.max(0, watch.view - 2 - watch.finalView));
    const timeoutUs = Math.min(3 * deltaUs * grown, Math.max(parameters.timeoutCapMs * 1000, 3 * deltaUs));
    const sinceUs = Math.max(watch.enteredUs, watch.awakeUs);
    const waitUs = timeoutUs + parameters.idleIntervalMs * 1000;
    // For the city of a clock that was set back time stands still until true time has come there.
    if (watch.turn !== undefined && (watch.turn.atMs - watch.enteredMs) * 1000 < waitUs) return false;
    return world.nowUs > Math.max(sinceUs + waitUs * SLOW_CLOCK, watch.finalUs) + slackUs;
  };

  /** What makes a city nullify its view at once; undefined: nothing. */
  const cause = (watch: Watch): string | undefined => {
    const { turn, view } = watch;
    if (turn === undefined || !turn.joinedBefore) return undefined;
    const seen = watch.of(view);
    const { leader } = watch;
    const hasEntered = view !== turn.viewBefore;
    const gaveUp = seen.votesOf(leader).some(({ statement }) => statement.kind === VoteKind.NULLIFY);
    const vote = turn.frame?.kind === 'vote' ? turn.frame.vote : undefined;
    // What it said before this city joined (R6) is left to the timer.
    const heard = vote?.voter === leader && vote.statement.kind === VoteKind.NULLIFY && vote.statement.view === view;
    if (gaveUp && (hasEntered || heard) && !seen.conflicted.has(leader)) return 'its leader nullified it';
    if (hasEntered && isSilent(watch, watch.heardIn, turn.heardBefore)) return 'its leader is silent';
    const [first] = seen.proposals;
    if (first === undefined || !(hasEntered || turn.frame?.kind === 'proposal')) return undefined;
    const { parentView } = first.block;
    if (parentView >= view || parentView < watch.finalView) return `its proposal stands on view ${parentView}`;
    return turn.frame?.kind === 'proposal' ? wrongCheckpoint(watch, first.block) : undefined;
  };

  /** C11, where all else about a block can be judged here and is right. */
  const wrongCheckpoint = (watch: Watch, block: SeenBlock): string | undefined => {
    const { checkpoint, height, parentView, view } = block;
    const parent = chronicle.blocks.get(block.parent);
    const isParentHere =
      block.parent === watch.city.floor.digest ||
      (watch.views.get(parentView)?.notarization === block.parent && isConnected(chronicle, watch, block.parent));
    if (parent === undefined || !isParentHere) return undefined;
    for (let skipped = parentView + 1; skipped < view; skipped++) {
      if (watch.views.get(skipped)?.nullification !== true) return undefined;
    }
    if (checkpoint.height >= height)
      return `its proposal has a checkpoint of height ${checkpoint.height}, its own or above`;
    return checkpoint.height < parent.checkpoint.height
      ? `its proposal has a checkpoint of height ${checkpoint.height}, behind its parent's`
      : undefined;
  };

  const isDue = (watch: Watch): string | undefined => {
    const seen = watch.views.get(watch.view);
    if (!watch.maySpeak || (seen?.nullify ?? seen?.finalize) !== undefined) return undefined;
    return cause(watch) ?? (isLate(watch) ? 'its time is over' : undefined);
  };

  const mayNullify = (watch: Watch, view: number): boolean => {
    const { turn } = watch;
    if (turn === undefined || view !== watch.view) return true;
    const sinceMs = Math.max(watch.enteredMs, watch.joinedMs);
    const waited = turn.atMs - sinceMs >= 2 * parameters.deltaMs || turn.atUs - watch.enteredUs >= 2 * deltaUs;
    if (waited || isSilent(watch, turn.heardBefore, watch.heardIn)) return true;
    const seen = watch.of(view);
    if (seen.votesOf(watch.leader).some(({ statement }) => statement.kind === VoteKind.NULLIFY)) return true;
    const [first] = seen.proposals;
    if (first === undefined) return false;
    // Whether an honest leader's block is right is judged where it is proposed; its clock may be far from this one.
    return !trust.isHonest(watch.leader) || first.block.timestampMs > turn.atMs + DRIFT_MS_MAX;
  };

  return {
    onTurn(watch) {
      const { city, turn, view } = watch;
      const due = isDue(watch);
      if (due !== undefined) {
        chronicle.report('nullify-due', [city], `${city.name} does not nullify view ${view}, although ${due}`);
      }
      for (const { statement } of turn?.votes ?? []) {
        if (statement.kind !== VoteKind.NULLIFY || trust.broken !== undefined) continue;
        if (mayNullify(watch, statement.view)) continue;
        const message = `${city.name} nullifies view ${statement.view} ${(turn?.atMs ?? 0) - watch.enteredMs} ms after it came there, for no reason`;
        chronicle.report('nullify-reason', [city], message);
      }
    },
    onEnd(watch) {
      const { city, view } = watch;
      const seen = watch.views.get(view);
      if (!watch.maySpeak || (seen?.nullify ?? seen?.finalize) !== undefined || !isLate(watch)) return;
      chronicle.report('nullify-due', [city], `${city.name} does not nullify view ${view}, although its time is over`);
    },
  };
}

/**
 * C5: the leader was not heard for two rounds of leaders since this city joined, while q, oneself among them, were heard in the
 * last one.
 */
function isSilent(watch: Watch, ofLeader: readonly number[], ofOthers: readonly number[]): boolean {
  const { view, leader, city } = watch;
  const { voters, quorum } = watch.set;
  const n = voters.length;
  const sinceView = Math.max(ofLeader[leader] ?? 0, watch.joinedView);
  if (leader === city.authority || sinceView + 2 * n >= view) return false;
  let active = 0;
  for (const authority of voters) {
    if (authority === city.authority || (ofOthers[authority] ?? 0) + n >= view) active += 1;
  }
  return active >= quorum;
}
