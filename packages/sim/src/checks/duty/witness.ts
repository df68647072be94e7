import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { areContrary } from '../accusation.ts';
import type { Chronicle } from '../chronicle.ts';
import type { SeenHeader } from '../decode.ts';
import type { Duty } from './duties.ts';
import type { Watch } from './watch.ts';

/** R5: how far above the final tip of a lane entries are looked at. */
const WINDOW_ENTRIES = 256;

/**
 * C10, R4: whoever hears two signed statements that contradict each other keeps them as evidence, at once, and passes them on;
 * and whoever hears an honest city notarize another block of a view than the one heard here shows it this one, so that it
 * holds both (`evidence-due`).
 */
export function witnessing(chronicle: Chronicle): Duty {
  const { world } = chronicle;
  const { domains, crypto } = world.federation;
  /** First signed header of each place of a lane that is not final. */
  const headers = new WeakMap<Watch, Map<string, SeenHeader>>();

  const owes = (watch: Watch, accused: AuthorityIndex, type: string, what: string) => {
    if (watch.evidence.has(`${accused}:${type}:${watch.epoch}`)) return;
    const name = world.nodes[accused]?.name ?? `authority ${accused}`;
    const message = `${watch.city.name} has heard ${what} of ${name}, and keeps no evidence`;
    chronicle.report('evidence-due', [watch.city], message);
  };

  const votes = (watch: Watch) => {
    const frame = watch.turn?.frame;
    if (frame?.kind !== 'vote') return;
    const { voter, statement } = frame.vote;
    const seen = watch.views.get(statement.view);
    if (seen === undefined || !seen.votesOf(voter).includes(frame.vote)) {
      // It was not the first of its kind: what it contradicts is looked at all the same, if it is signed.
      if (seen?.conflicted.has(voter) === true)
        owes(watch, voter, 'conflicting-votes', `two votes in view ${statement.view}`);
      return;
    }
    if (seen.votesOf(voter).some((other) => areContrary(other, frame.vote))) {
      owes(watch, voter, 'conflicting-votes', `two votes in view ${statement.view}`);
    }
  };

  const proposals = (watch: Watch) => {
    const frame = watch.turn?.frame;
    if (frame?.kind !== 'proposal') return;
    const { view } = frame.proposal.block;
    if ((watch.views.get(view)?.proposals.length ?? 0) < 2) return;
    owes(watch, chronicle.leaderOf(view), 'conflicting-proposals', `two proposals in view ${view}`);
  };

  const forks = (watch: Watch) => {
    const frame = watch.turn?.frame;
    if (frame?.kind !== 'entry' || watch.turn?.input.kind !== 'message') return;
    const { header } = frame.entry;
    const { epoch, lane, sequence, digest } = header;
    const final = chronicle.chain.tipAt(lane, watch.city.floor.height).sequence;
    if (epoch !== watch.epoch || !watch.set.voters.includes(lane) || chronicle.trust.isHonest(lane)) return;
    if (sequence <= final || sequence > final + WINDOW_ENTRIES) return;
    const known = headers.get(watch) ?? new Map<string, SeenHeader>();
    headers.set(watch, known);
    const place = `${lane}:${sequence}`;
    const first = known.get(place);
    const owner = watch.set.seats[lane];
    if (first?.digest === digest || owner === undefined) return;
    if (!crypto.ed25519.verify(header.signature, domains.message('entry-signature', header.bytes), owner.laneKey))
      return;
    if (first === undefined) known.set(place, header);
    else owes(watch, lane, 'lane-fork', `two entries ${lane}/${sequence}`);
  };

  /** Honest cities that notarized another block than the first that was heard here. */
  const shows = (watch: Watch) => {
    const { turn, city } = watch;
    const frame = turn?.frame;
    const view =
      frame?.kind === 'vote' ? frame.vote.statement.view : frame?.kind === 'proposal' ? frame.proposal.block.view : 0;
    const seen = watch.views.get(view);
    const [first] = seen?.proposals ?? [];
    if (seen === undefined || first === undefined) return;
    for (const { voter, statement } of seen.notarizers()) {
      if (statement.block === first.block.digest || seen.shownTo.has(voter) || !chronicle.trust.isHonest(voter))
        continue;
      const name = world.nodes[voter]?.name;
      const message = `${city.name} has heard ${name} notarize another block of view ${view}, and does not show it its own`;
      chronicle.report('evidence-due', [city], message);
      seen.shownTo.add(voter);
    }
  };

  return {
    onTurn(watch) {
      votes(watch);
      proposals(watch);
      forks(watch);
      shows(watch);
      const told = watch.turn?.evidence.length ?? 0;
      const passedOn = watch.turn?.said.filter(({ kind }) => kind === 'evidence').length ?? 0;
      if (passedOn >= told) return;
      chronicle.report('evidence-due', [watch.city], `${watch.city.name} does not pass on the evidence that it keeps`);
    },
  };
}
