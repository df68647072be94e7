import { defineStrategy } from './define.ts';
import { flag, splitWords, words } from './options.ts';
import { type SpeechKind, speechKinds } from './speech.ts';

export const silent = defineStrategy(
  {
    name: 'silent',
    does: 'Says nothing, or nothing of some kinds.',
    attacks: 'C5 C7 G2',
    seenBy: ['liveness', 'convergence'],
    options: {
      kinds: words(['all', ...speechKinds], 'all', 'What is not said.'),
      deaf: flag(false, 'Hears nothing of these kinds either.'),
    },
  },
  (city, { kinds, deaf }) => {
    const { coordinator } = city;
    const list = splitWords(kinds);
    const isMeant = (kind: SpeechKind) => list.includes('all') || list.includes(kind);
    return {
      onSend: (_, message) => (isMeant(coordinator.understand(message).kind) ? [] : undefined),
      onReceive: (_, message) => (deaf && isMeant(coordinator.understand(message).kind) ? 'drop' : 'deliver'),
    };
  },
);
