import { describe, expect, it } from 'vitest';
import { nativeCrypto } from '../../node/src/crypto/index.ts';
import { listingRecord, TIMING, testFederation } from './cities.ts';
import { converged, expectAgreement, expectHonesty, expectNothingLost, sealedEntries } from './invariants.ts';
import { seededRandom } from './random.ts';
import { ScriptedNetwork } from './scripted-network.ts';

const federations = {
  bls12381: testFederation(nativeCrypto, 4, TIMING, 'bls12381'),
  ed25519: testFederation(nativeCrypto, 4, TIMING, 'ed25519'),
};
const calm = () => [10];

/** Loss, duplication, reordering, crashes and restarts from the journal; then calm, and everybody must agree. */
async function storm(seed: number): Promise<ScriptedNetwork> {
  const random = seededRandom(seed);
  const federation = seed % 8 === 0 ? federations.bls12381 : federations.ed25519;
  const network = new ScriptedNetwork(federation, nativeCrypto, calm);
  await network.startJoined();
  const loss = random() * 0.3;
  const doubled = random() * 0.2;
  const spreadMs = 5 + random() * 150;
  network.script = () => {
    if (random() < loss) return [];
    const delayMs = 1 + Math.floor(random() * spreadMs);
    return random() < doubled ? [delayMs, delayMs + Math.floor(random() * 300)] : [delayMs];
  };
  let number = seed * 1000;
  for (let step = 0; step < 40; step++) {
    const city = Math.floor(random() * 4);
    const action = random();
    if (action < 0.6) network.submit(city, [listingRecord(nativeCrypto, number++)]);
    else if (action < 0.72) network.crash(city);
    else if (network.cities[city]?.replica === undefined) await network.start(city);
    await network.run(Math.floor(random() * 250));
    expectAgreement(network);
  }
  network.script = calm;
  for (const { index, replica } of network.cities) if (replica === undefined) await network.start(index);
  await network.until(() => converged(network, sealedEntries(network)), 60_000);
  return network;
}

describe('agreement in storms', () => {
  it.each(Array.from({ length: 32 }, (_, index) => index + 1))(
    'survives storm %i, loses nothing sealed, and no city ever contradicts itself (R6, C3, C4, C5, C9)',
    async (seed) => {
      const network = await storm(seed);
      expect(sealedEntries(network)).toBeGreaterThan(3);
      expectAgreement(network);
      expectHonesty(network);
      expectNothingLost(network);
      for (const { index } of network.cities) {
        expect(network.effects(index, 'alarm')).toEqual([]);
        expect(network.effects(index, 'evidence')).toEqual([]);
      }
    },
  );
});
