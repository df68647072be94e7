import { type Adversary, understand } from './speech.ts';

/** A leader who proposes one block to one half of the cities and another to the other half. */
export const equivocator: Adversary = (voices) => (transit) => {
  const speech = understand(voices, transit);
  if (speech.kind !== 'proposal' || transit.to % 2 === 0) return [transit.bytes];
  const { block } = speech;
  return [voices.frame('proposal', voices.block({ ...block, timestampMs: block.timestampMs + 1 }).proposal)];
};
