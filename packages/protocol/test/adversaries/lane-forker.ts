import { listingRecord } from '../cities.ts';
import { type Adversary, understand } from './speech.ts';

/** Shows one half of the cities another entry at every sequence of its lane. */
export const laneForker: Adversary = (voices, self) => (transit) => {
  const speech = understand(voices, transit);
  if (speech.kind !== 'entry' || transit.to % 2 === 0) return [transit.bytes];
  const { lane, sequence, previous } = speech.entry.header;
  if (lane !== self) return [transit.bytes];
  const record = listingRecord(voices.crypto, 1_000_000 + sequence);
  const fork = voices.entry(self, { sequence: sequence - 1, digest: previous }, [record], { createdAtMs: 2 });
  return [voices.frame('entry', fork.bytes)];
};
