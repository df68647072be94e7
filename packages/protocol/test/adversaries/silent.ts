import type { Adversary } from './speech.ts';

/** Listens and says nothing; it answers what it is asked. */
export const silent: Adversary = () => (transit) =>
  transit.path === 'direct' || transit.path === 'gossip' ? [] : [transit.bytes];
