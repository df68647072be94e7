import { type Adversary, understand } from './speech.ts';

/** Shows its entries to one city only, and makes that one propose what the others do not have. */
export const withholder: Adversary = (voices) => (transit) => {
  if (transit.path === 'reply') return [];
  return understand(voices, transit).kind === 'entry' && transit.to !== 2 ? [] : [transit.bytes];
};
