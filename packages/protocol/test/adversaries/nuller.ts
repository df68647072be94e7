import { FINALIZE, NULLIFY } from '../voices.ts';
import { type Adversary, understand } from './speech.ts';

/** Nullifies every view that it says anything about, and finalizes nothing. */
export const nuller: Adversary = (voices, self) => (transit) => {
  const speech = understand(voices, transit);
  if (speech.kind !== 'vote') return [transit.bytes];
  const { kind, view } = speech.vote.statement;
  const nullify = voices.frame('vote', voices.voteBytes(self, NULLIFY, view));
  return kind === FINALIZE ? [nullify] : [transit.bytes, nullify];
};
