import { type CarriedBlock, VoteKind } from '@hansa/protocol/consensus';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { inTurns, word } from './options.ts';
import { honestNodes, inventedBlock, shared, tell } from './saying.ts';

/** What it may certify. */
export const claims = [
  'other-notarization',
  'two-finalizations',
  'null-and-final',
  'null-beside-final',
  'notarized-beside-final',
  'final-beside-final',
  'other-chain',
] as const;
type Claim = (typeof claims)[number];

/** Views from one claim to the next. */
const VIEWS_APART = 3;

export const usurper = defineStrategy(
  {
    name: 'usurper',
    does: 'Certifies, with the keys of the corrupted and no others, what contradicts what the federation has certified. While they are fewer than q nobody may believe it; with q of them the certificates are good, and every honest city that hears one must stop.',
    attacks: 'C6 C11',
    seenBy: ['valid-certificate', 'agreement', 'alarm-due', 'halted-is-silent'],
    options: {
      claims: word(
        ['turns', ...claims],
        'turns',
        'What is certified: another block of a view that has one notarized; two blocks final in a view; a view null, and a block of it final; the newest final view null; another block of it ' +
          'notarized, or final; a block final that stands beside the final chain. turns: another one for each city, one after the other.',
      ),
    },
  },
  (city, options) => {
    const { coordinator, random } = city;
    const turn = shared(coordinator, 'usurped', () => ({
      view: -VIEWS_APART,
      nextClaim: inTurns(claims, 'turns', random.integer(claims.length)),
    }));
    return {
      onView(_, view) {
        // One of them speaks for all; not in each view, because a nullification ends a view, and the next one would begin at once.
        if (view < turn.view + VIEWS_APART) return;
        turn.view = view;
        for (const node of honestNodes(city)) {
          const claim = options.claims === 'turns' ? turn.nextClaim() : options.claims;
          tell(city, [node], 'consensus', ...claimed(city, claim, view));
        }
      },
    };
  },
);

/** What makes up the claim: what a city must hold before, and what contradicts it. */
function claimed(city: Corrupted, claim: Claim, view: number): readonly Uint8Array[] {
  const { coordinator } = city;
  const { knowledge, voice } = coordinator;
  const { finalView } = knowledge;
  const [invented, another] = [inventedBlock(coordinator, view), inventedBlock(coordinator, view + 1)];
  switch (claim) {
    case 'other-notarization':
      return [voice.ownCertificate(VoteKind.NOTARIZE, view - 1, invented)];
    case 'two-finalizations':
      return [invented, another].map((block) => voice.ownCertificate(VoteKind.FINALIZE, view, block));
    case 'null-and-final':
      return [VoteKind.NULLIFY, VoteKind.FINALIZE].map((kind) => voice.ownCertificate(kind, view, invented));
    case 'null-beside-final':
      return [voice.ownCertificate(VoteKind.NULLIFY, finalView, invented)];
    case 'notarized-beside-final':
      return [voice.ownCertificate(VoteKind.NOTARIZE, finalView, invented)];
    case 'final-beside-final':
      return [voice.ownCertificate(VoteKind.FINALIZE, finalView, invented)];
    case 'other-chain': {
      const block = besideChain(city, view);
      const proposal = block && voice.proposal(block.bytes, block);
      const speech = proposal && coordinator.understand({ path: 'consensus', bytes: proposal });
      if (proposal === undefined || speech?.kind !== 'proposal') return [];
      return [proposal, voice.ownCertificate(VoteKind.FINALIZE, speech.block.view, speech.block.digest)];
    }
  }
}

/** A block of the next view that a corrupted city leads, on an ancestor of the newest final block. */
function besideChain({ coordinator }: Corrupted, view: number): CarriedBlock | undefined {
  const { knowledge, corrupted } = coordinator;
  const ahead = Array.from({ length: 8 }, (_, more) => view + more);
  const led = ahead.find((each) => corrupted.includes(knowledge.leaderOf(each)));
  const final = knowledge.blocks(knowledge.finalView).at(-1);
  const ancestor = final && knowledge.block(final.parent);
  if (led === undefined || final === undefined || ancestor === undefined) return undefined;
  const place = { parent: ancestor.digest, parentView: ancestor.view, height: ancestor.height + 1 };
  return { ...final, ...place, view: led, advances: [], timestampMs: final.timestampMs + 1 };
}
