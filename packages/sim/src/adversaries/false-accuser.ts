import { VoteKind } from '@hansa/protocol/consensus';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { statusRequest } from '@hansa/protocol/replica';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { forgedEntry, forgedProposal, forgedVote } from './forgery.ts';
import { flag } from './options.ts';
import { honestNodes, inventedBlock, tell } from './saying.ts';
import { evidenceFrame, evidenceRecord } from './speech.ts';

const VIEWS_PER_RECORD = 8;

export const falseAccuser = defineStrategy(
  {
    name: 'false-accuser',
    does: 'Accuses honest cities: with forged statements, with true ones that do not contradict each other, with one true and one forged, with statements of two authors; by message and as records on its lane.',
    attacks: 'C10 R4 L1',
    seenBy: ['evidence-true', 'quarantine', 'evidence-once'],
    options: {
      records: flag(true, 'Puts the accusations on the ledger too, through its own lane.'),
    },
  },
  (city, { records }) => {
    const { coordinator, random, node } = city;
    return {
      onView(_, view) {
        if (coordinator.honest.length === 0) return;
        const accusations = accuse(city, random.pick(coordinator.honest), view);
        for (const frame of accusations) tell(city, honestNodes(city), 'consensus', frame);
        // Every record makes a block, and every block a view: not in each of them.
        if (!records || accusations.length === 0 || view % VIEWS_PER_RECORD !== 0) return;
        const record = evidenceRecord(random.pick(accusations), random.bytes(16));
        // Not within the turn of the replica that entered the view.
        coordinator.world.at(coordinator.world.nowUs, () => {
          coordinator.world.submit(node, [record]);
        });
      },
    };
  },
);

/** Frames of evidence, none of which proves anything. */
function accuse(city: Corrupted, victim: AuthorityIndex, view: number): Uint8Array[] {
  const { coordinator, authority } = city;
  const { knowledge } = coordinator;
  const [first, second] = [inventedBlock(coordinator, view), inventedBlock(coordinator, view + 1)];
  const forged = (kind: VoteKind, block: Uint8Array, of = view) => forgedVote(city, victim, kind, of, block);
  const pairs: (readonly [Uint8Array | undefined, Uint8Array | undefined])[] = [
    [forged(VoteKind.NOTARIZE, first), forged(VoteKind.NOTARIZE, second)],
    [forged(VoteKind.FINALIZE, first), forged(VoteKind.NULLIFY, first)],
  ];

  const previous = knowledge.votes(view - 1).filter(({ vote }) => vote.voter === victim);
  const said = (kind: VoteKind) => previous.find(({ vote }) => vote.statement.kind === kind)?.frame;
  const truth = said(VoteKind.NOTARIZE) ?? said(VoteKind.NULLIFY);
  const older = knowledge.votes(view - 2).find(({ vote }) => vote.voter === victim)?.frame;
  const others = knowledge.votes(view - 1).find(({ vote }) => vote.voter !== victim)?.frame;
  pairs.push(
    [truth, truth],
    [truth, older],
    [truth, others],
    // Allowed: who notarized may give the view up, and who notarized finalizes.
    [said(VoteKind.NOTARIZE), said(VoteKind.NULLIFY)],
    [said(VoteKind.NOTARIZE), said(VoteKind.FINALIZE)],
    [said(VoteKind.NOTARIZE), forged(VoteKind.NOTARIZE, first, view - 1)],
    [said(VoteKind.FINALIZE), forged(VoteKind.NULLIFY, first, view - 1)],
  );

  const place = { previous: undefined, createdAtMs: 1 };
  const entry = (createdAtMs: number) => forgedEntry(city, victim, { ...place, createdAtMs }, [statusRequest()]);
  pairs.push([entry(1), entry(2)]);
  const own = coordinator.voice.entry({ lane: authority, ...place }, [statusRequest()]).frame;
  pairs.push([own, entry(1)]);

  const block = knowledge.blocks(view - 1).find((each) => knowledge.leaderOf(each.view) === victim);
  if (block !== undefined)
    pairs.push([forgedProposal(city, block, block.view, 1), forgedProposal(city, block, block.view, 2)]);

  return pairs.flatMap(([a, b]) => (a === undefined || b === undefined ? [] : (evidenceFrame(a, b) ?? [])));
}
