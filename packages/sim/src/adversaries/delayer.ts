import { VoteKind } from '@hansa/protocol/consensus';
import type { Outgoing } from '../world/contract.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { splitWords, word, words } from './options.ts';
import { type Speech, speechKinds, viewOf } from './speech.ts';

/** Distance from the timeout, as a share of it. */
const BELOW = 0.9;
const ABOVE = 1.1;
/** Views that are remembered. */
const MEMORY = 128;

export const delayer = defineStrategy(
  {
    name: 'delayer',
    does: 'Says everything of agreement just before the others give up waiting for it, or just after.',
    attacks: 'C5 C8',
    seenBy: ['liveness', 'convergence'],
    options: {
      timing: word(
        ['straddle', 'below', 'above'],
        'straddle',
        'Before or after the timeout; straddle: before for one half of the cities, after for the other.',
      ),
      kinds: words(speechKinds, 'proposal, vote, certificate', 'What is delayed.'),
    },
  },
  (city, { timing, kinds }) => {
    const { coordinator } = city;
    const delayed = splitWords(kinds);
    /** When the others began to wait: they entered the view, or, in an idle one, work arrived. */
    const waitingSinceUs = new Map<number, number>();
    const proposed = new Set<number>();
    const noteProposal = (speech: Speech) => {
      if (speech.kind !== 'proposal' || proposed.has(speech.block.view)) return;
      proposed.add(speech.block.view);
      waitingSinceUs.set(speech.block.view, coordinator.world.nowUs);
    };
    return {
      onView(_, view) {
        if (!proposed.has(view)) waitingSinceUs.set(view, coordinator.world.nowUs);
        waitingSinceUs.delete(view - MEMORY);
        proposed.delete(view - MEMORY);
      },
      onReceive(_, message) {
        noteProposal(coordinator.understand(message));
        return 'deliver';
      },
      onSend(_, message) {
        const speech = coordinator.understand(message);
        noteProposal(speech);
        if (!delayed.includes(speech.kind)) return undefined;
        const isBelow = timing === 'straddle' ? coordinator.halfOf(message.to) === 0 : timing === 'below';
        const { nowUs } = coordinator.world;
        const sinceUs = waitingSinceUs.get(viewOf(speech) ?? 0) ?? nowUs;
        const dueUs = sinceUs + Math.round(timeoutUs(city, speech) * (isBelow ? BELOW : ABOVE));
        return [later(message, Math.max(0, dueUs - nowUs))];
      },
    };
  },
);

/** C5, C8: when the honest give up a view: 2Δ without a proposal, 3Δ without a notarization, as they have grown. */
function timeoutUs({ coordinator }: Corrupted, speech: Speech): number {
  const { deltaMs, timeoutGrowth, timeoutCapMs } = coordinator.world.federation.genesis.parameters;
  const { finalView, newestView } = coordinator.knowledge;
  const multiple = isAwaitedFirst(speech) ? 2 : 3;
  const plainMs = multiple * deltaMs;
  const grown = timeoutGrowth ** Math.min(64, Math.max(0, (viewOf(speech) ?? newestView) - 2 - finalView));
  return 1000 * Math.min(plainMs * grown, Math.max(plainMs, timeoutCapMs));
}

function isAwaitedFirst(speech: Speech): boolean {
  return speech.kind === 'proposal' || (speech.kind === 'vote' && speech.vote.statement.kind === VoteKind.NULLIFY);
}

export function later(message: Outgoing, byUs: number): Outgoing {
  return { ...message, delayUs: (message.delayUs ?? 0) + byUs };
}
