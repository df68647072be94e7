import { type CarriedBlock, VoteKind } from '@hansa/protocol/consensus';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { statusRequest } from '@hansa/protocol/replica';
import type { Path } from '../world/contract.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { forgedCertificate, forgedEntry, forgedProposal, forgedVote } from './forgery.ts';
import { splitWords, words } from './options.ts';
import { honestNodes, inventedBlock, tell, trueMs } from './saying.ts';
import { evidenceFrame } from './speech.ts';

const forgeries = ['vote', 'unsigned', 'relay', 'proposal', 'entry', 'certificate', 'evidence'] as const;
type Forgery = (typeof forgeries)[number];

export const impersonator = defineStrategy(
  {
    name: 'impersonator',
    does: 'Speaks in the names of honest cities with the key that it has: votes, blocks, entries, certificates that name everybody, evidence; passes on true votes of others as if it were they; and gives up the views that it leads without signing it.',
    attacks: 'R1 R3 C3 C5 C6 C10 G1',
    seenBy: ['valid-certificate', 'evidence-true', 'one-branch'],
    options: {
      says: words(forgeries, forgeries.join(', '), 'What it forges in every view.'),
    },
  },
  (city, { says }) => {
    const list = splitWords(says);
    return {
      onView(_, view) {
        const { honest } = city.coordinator;
        if (honest.length === 0) return;
        const victim = city.random.pick(honest);
        for (const forgery of forgeries) {
          if (!list.includes(forgery)) continue;
          for (const { path, bytes } of forge(city, forgery, victim, view)) tell(city, honestNodes(city), path, bytes);
        }
      },
    };
  },
);

interface Frame {
  readonly path: Path;
  readonly bytes: Uint8Array;
}

function forge(city: Corrupted, forgery: Forgery, victim: AuthorityIndex, view: number): Frame[] {
  const { coordinator, random } = city;
  const { knowledge, world } = coordinator;
  const invented = inventedBlock(coordinator, view);
  const consensus = (bytes: Uint8Array | undefined): Frame[] =>
    bytes === undefined ? [] : [{ path: 'consensus', bytes }];
  switch (forgery) {
    case 'vote':
      return consensus(
        forgedVote(city, victim, random.chance(0.5) ? VoteKind.NOTARIZE : VoteKind.NULLIFY, view, invented),
      );
    case 'unsigned': {
      if (knowledge.leaderOf(view) !== city.authority) return [];
      const frame = coordinator.voice.vote(city.authority, VoteKind.NULLIFY, view, undefined);
      // The signature is the last field: one wrong bit of it.
      const wrong = frame.slice();
      wrong[wrong.length - 1] = (wrong[wrong.length - 1] ?? 0) ^ 1;
      return consensus(wrong);
    }
    case 'relay':
      return consensus(knowledge.votes(view - 1).find(({ vote }) => vote.voter === victim)?.frame);
    case 'proposal': {
      const like = knowledge.blocks(view).at(-1) ?? knowledge.blocks(view - 1).at(-1);
      if (like === undefined) return [];
      const n = world.federation.genesis.authorities.length;
      const round = Array.from({ length: n }, (_, ahead) => view + ahead);
      const ledByVictim = round.find((each) => knowledge.leaderOf(each) === victim) ?? view;
      // What its leader might propose now, and a copy of the newest block in a view that the victim leads.
      const next = coordinator.honest.includes(knowledge.leaderOf(view))
        ? childOf(knowledge.blocks(view - 1).at(-1), view)
        : undefined;
      return [
        ...consensus(next && forgedProposal(city, next, view)),
        ...consensus(forgedProposal(city, like, ledByVictim)),
      ];
    }
    case 'entry': {
      const status = world.nodes[victim]?.replica?.status();
      const previous = { sequence: status?.lanes[victim]?.held ?? 0, digest: invented };
      const place = { previous, createdAtMs: trueMs(coordinator) };
      return [{ path: 'lanes', bytes: forgedEntry(city, victim, place, [statusRequest()]) }];
    }
    case 'certificate': {
      const kind = random.pick([VoteKind.NOTARIZE, VoteKind.NULLIFY, VoteKind.FINALIZE]);
      const bytes = forgedCertificate(city, kind, view, invented);
      return [...consensus(bytes), { path: 'final', bytes }];
    }
    case 'evidence': {
      const vote = (digest: Uint8Array) => forgedVote(city, victim, VoteKind.NOTARIZE, view, digest);
      return consensus(evidenceFrame(vote(invented), vote(inventedBlock(coordinator, view + 1))));
    }
  }
}

/** An empty block on another one, all of which is as it should be. */
function childOf(parent: CarriedBlock | undefined, view: number): CarriedBlock | undefined {
  if (parent === undefined) return undefined;
  return { ...parent, view, height: parent.height + 1, parent: parent.digest, parentView: parent.view, advances: [] };
}
