import { FINALIZE, NOTARIZE, NULLIFY } from '../voices.ts';
import { type Adversary, understand } from './speech.ts';

/** Says two things in every vote: Notarize and Finalize for two blocks, Finalize beside Nullify. */
export const conflicter: Adversary = (voices, self) => (transit) => {
  const speech = understand(voices, transit);
  if (speech.kind !== 'vote') return [transit.bytes];
  const { kind, view } = speech.vote.statement;
  const other = voices.crypto.sha256(new TextEncoder().encode(`another block of ${view}`));
  const said = kind === NULLIFY ? FINALIZE : kind;
  const second = voices.voteBytes(self, said === NOTARIZE ? NOTARIZE : FINALIZE, view, other);
  const frames = [transit.bytes, voices.frame('vote', second)];
  return transit.to % 2 === 0 ? frames : frames.reverse();
};
