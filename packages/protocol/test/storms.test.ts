import { describe, expect, it } from 'vitest';
import { nativeCrypto } from '../../node/src/crypto/index.ts';
import { listingRecord, testFederation } from './cities.ts';
import { converged, expectAgreement, sealedEntries } from './invariants.ts';
import { seededRandom } from './random.ts';
import { ScriptedNetwork } from './scripted-network.ts';

const federation = testFederation(nativeCrypto, 4, {
  deltaMs: 100,
  idleIntervalMs: 1000,
  resendMs: 200,
  resyncMs: 400,
});
const calm = () => [10];

/** Loss, duplication, reordering, crashes and restarts from the journal; then calm, and everybody must agree. */
async function storm(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const network = new ScriptedNetwork(federation, nativeCrypto, calm);
  await network.startAll();
  await network.until(() => network.cities.every(({ replica }) => replica?.status().joined === true), 5_000);
  const loss = random() * 0.3;
  const doubled = random() * 0.2;
  const spreadMs = 5 + random() * 150;
  network.script = () => {
    if (random() < loss) return [];
    const delayMs = 1 + Math.floor(random() * spreadMs);
    return random() < doubled ? [delayMs, delayMs + Math.floor(random() * 300)] : [delayMs];
  };
  let number = seed * 1000;
  for (let step = 0; step < 30; step++) {
    const city = Math.floor(random() * 4);
    const action = random();
    if (action < 0.6) network.submit(city, [listingRecord(nativeCrypto, number++)]);
    else if (action < 0.75) network.crash(city);
    else if (action < 0.9 && network.cities[city]?.replica === undefined) await network.start(city);
    await network.run(Math.floor(random() * 150));
    expectAgreement(network);
  }
  network.script = calm;
  for (const { index, replica } of network.cities) if (replica === undefined) await network.start(index);
  const sealed = sealedEntries(network);
  console.log(
    'S',
    seed,
    sealed,
    network.cities.map((c) => c.life).join(),
    network.effects(0, 'finalized').length,
    network.nowMs,
  );
  await network.until(() => converged(network, sealed), 60_000);
  expectAgreement(network);
}

describe('agreement in storms', () => {
  it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    'survives storm %i and loses nothing sealed',
    async (seed) => {
      await storm(seed);
      expect(true).toBe(true);
    },
  );
});
