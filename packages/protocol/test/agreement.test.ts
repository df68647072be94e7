import { describe, expect, it } from 'vitest';
import { nativeCrypto } from '../../node/src/crypto/index.ts';
import { listingRecord, testFederation } from './cities.ts';
import { ScriptedNetwork } from './scripted-network.ts';

const federation = testFederation(nativeCrypto, 4, { deltaMs: 100 });

describe('agreement on a network of constant delay', () => {
  it('makes a record final and proven in all cities, with equal roots', async () => {
    const network = new ScriptedNetwork(federation, nativeCrypto, () => [10]);
    await network.startAll();
    await network.until(() => network.cities.every(({ replica }) => replica?.status().joined === true), 5_000);
    network.submit(0, [listingRecord(nativeCrypto, 1), listingRecord(nativeCrypto, 2)]);
    network.submit(1, [listingRecord(nativeCrypto, 3)]);
    await network.until(
      () =>
        network.cities.every(({ index }) =>
          network.effects(index, 'executed').some(({ outcomes }) => outcomes.length > 0),
        ),
      1_000,
    );
    await network.until(
      () => network.cities.every(({ replica }) => (replica?.status().checkpointHeight ?? 0) >= 1),
      1_000,
    );
    expect(new Set(network.roots().map((roots) => JSON.stringify(roots))).size).toBe(1);
    const outcomes = network.effects(2, 'executed').flatMap((effect) => effect.outcomes);
    expect(outcomes.map(({ rejected }) => rejected)).toEqual([undefined, undefined, undefined]);
  });
});
