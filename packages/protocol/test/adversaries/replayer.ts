import type { Adversary } from './speech.ts';

/** Says everything twice, and something old with everything new. */
export const replayer: Adversary = () => {
  const said: Uint8Array[] = [];
  return (transit) => {
    if (transit.path !== 'direct') return [transit.bytes];
    said.push(transit.bytes);
    const old = said[Math.floor(said.length / 2)] ?? transit.bytes;
    return [transit.bytes, transit.bytes, old, said[0] ?? old];
  };
};
