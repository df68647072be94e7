import type { Chronicle } from '../chronicle.ts';
import { type SeenCertificate, type SeenFrame, type SeenStatement, VoteKind } from '../decode.ts';
import { nounOf } from '../safety/certificates.ts';
import type { Duty } from './duties.ts';
import type { Watch } from './watch.ts';

/** Shares of Δ that a relay waits (C4, C6). */
const RELAY_SHARE = 10;

/** A certificate that is to be broadcast. */
interface Owed {
  readonly statement: SeenStatement;
  readonly dueUs: number;
}

/**
 * C4, C6: every certificate that a city comes to hold it broadcasts: a nullification at once, another one within Δ/10, or
 * instead of it a finalization that covers it (`relay-due`). C7: while it stands in a view that it nullified, it says its Nullify
 * again every t_r, with a certificate that lets others enter; and every T_s without finality its own votes and the newest
 * finalization, with the end of its own lane (`resend-due`).
 */
export function repeating(chronicle: Chronicle): Duty {
  const { world } = chronicle;
  const { deltaMs, resendMs, resyncMs } = world.federation.genesis.parameters;
  const [deltaUs, resendUs, resyncUs] = [deltaMs * 1000, resendMs * 1000, resyncMs * 1000];
  const slackUs = Math.max(deltaUs, 50_000) * (world.scenario.protocol?.processing === 'free' ? 1 : 20);
  const owed = new WeakMap<Watch, Owed[]>();

  const relay = (watch: Watch) => {
    const { turn, city } = watch;
    if (turn === undefined) return;
    let waiting = owed.get(watch) ?? [];
    for (const { statement } of turn.certificates) {
      waiting.push({ statement, dueUs: turn.atUs + Math.ceil(deltaUs / RELAY_SHARE) + slackUs });
    }
    if (waiting.length === 0) return;
    const said = turn.said.flatMap((frame) => (frame.kind === 'certificate' ? frame.certificate.statement : []));
    waiting = waiting.filter(({ statement }) => !said.some((each) => covers(each, statement)));
    for (const { statement, dueUs } of waiting) {
      const isDue = statement.kind === VoteKind.NULLIFY || turn.atUs > Math.max(dueUs, watch.awakeUs + slackUs);
      if (!isDue || watch.halted) continue;
      const message = `${city.name} holds a ${nounOf(statement.kind)} of view ${statement.view} and does not pass it on`;
      chronicle.report('relay-due', [city], message);
    }
    owed.set(
      watch,
      waiting.filter(({ statement, dueUs }) => statement.kind !== VoteKind.NULLIFY && turn.atUs <= dueUs),
    );
  };

  const resend = (watch: Watch) => {
    const { city, view, turn } = watch;
    const seen = watch.views.get(view);
    if (seen?.nullify !== true || !watch.maySpeak) return;
    const sinceUs = Math.max(watch.enteredUs, watch.awakeUs, seen.nullifySaidUs);
    if (world.nowUs > sinceUs + 2 * resendUs + slackUs) {
      chronicle.report('resend-due', [city], `${city.name} stands in view ${view} and does not say its Nullify again`);
    }
    if (turn?.input.kind !== 'timer' || turn.input.name !== 'resend') return;
    const isEntry = ({ kind, view: of }: SeenStatement) =>
      kind === VoteKind.FINALIZE ? of >= view - 1 : of === view - 1;
    const before = watch.views.get(view - 1);
    const holdsEntry = (before?.notarization ?? before?.nullification) !== undefined;
    const saidEntry = certificatesIn(turn.said).some(({ statement }) => isEntry(statement));
    const saidNullify = turn.said.some((frame) => frame.kind === 'vote' && frame.vote.statement.view === view);
    if (saidNullify && holdsEntry && !saidEntry) {
      const message = `${city.name} says its Nullify of view ${view} again without what lets others enter it`;
      chronicle.report('resend-due', [city], message);
    }
  };

  const resync = (watch: Watch) => {
    const { city, turn } = watch;
    if (!watch.maySpeak) return;
    let newest = watch.views.get(watch.view);
    for (const seen of watch.views.values()) {
      if ((seen.notarize ?? seen.finalize) === undefined) continue;
      if (newest === undefined || (newest.notarize ?? newest.finalize) === undefined || seen.view > newest.view)
        newest = seen;
    }
    if (newest === undefined || (newest.notarize ?? newest.finalize) === undefined) return;
    const sinceUs = Math.max(watch.finalUs, watch.awakeUs, newest.saidUs);
    if (world.nowUs > sinceUs + 2 * resyncUs + slackUs) {
      const message = `${city.name} does not say its vote of view ${newest.view} again, and nothing is final`;
      chronicle.report('resend-due', [city], message);
    }
    if (turn?.input.kind !== 'timer' || turn.input.name !== 'resync' || !turn.joinedBefore) return;
    const { floor } = city;
    const saidFinal = certificatesIn(turn.said).some(
      ({ statement }) => statement.kind === VoteKind.FINALIZE && statement.view >= floor.view,
    );
    if (floor.height > 0 && !saidFinal) {
      chronicle.report('resend-due', [city], `${city.name} does not say its newest finalization again`);
    }
    const tip = city.sealedTip;
    const saidTip = turn.said.some((frame) => frame.kind === 'entry' && frame.entry.header.sequence >= tip);
    if (tip > watch.ownFinal && !saidTip) {
      chronicle.report(
        'resend-due',
        [city],
        `${city.name} does not announce its entry ${tip} again, which is not final`,
      );
    }
  };

  return {
    onTurn(watch) {
      relay(watch);
      resend(watch);
      resync(watch);
    },
    onEnd(watch) {
      resend(watch);
      resync(watch);
    },
  };
}

/** Whether to say `said` is to pass `held` on: it is the same, or a finalization at or above it. */
function covers(said: SeenStatement, held: SeenStatement): boolean {
  if (said.kind === held.kind && said.view === held.view) return true;
  return held.kind !== VoteKind.NULLIFY && said.kind === VoteKind.FINALIZE && said.view >= held.view;
}

function certificatesIn(said: readonly SeenFrame[]): SeenCertificate[] {
  return said.flatMap((frame) => (frame.kind === 'certificate' ? frame.certificate : []));
}
