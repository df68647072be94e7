import { describe, expect, it } from 'vitest';
import { nativeCrypto } from '../../node/src/crypto/index.ts';
import { utf8 } from '../src/bytes.ts';
import { keys } from '../src/replica/index.ts';
import { listingRecord, testFederation } from './cities.ts';
import { ScriptedNetwork } from './scripted-network.ts';

const federation = testFederation(nativeCrypto, 4, { deltaMs: 100 });
const HALTED = 3;

describe('C11: a city that an alarm stopped', () => {
  it('stays stopped after a restart, says why, and does not keep the others from agreeing', async () => {
    const network = new ScriptedNetwork(federation, nativeCrypto, () => [10]);
    await network.cities[HALTED]?.durable.commit([{ key: keys.halt(), value: utf8('STATE_DIVERGED') }], true);
    await network.startAll();
    await network.until(() => network.cities.every(({ replica }) => replica?.status().joined === true), 5_000);
    expect(network.effects(HALTED, 'alarm').map(({ error }) => error.code)).toEqual(['STATE_DIVERGED']);
    expect(network.replica(HALTED).status().halted).toBe(true);
    network.submit(0, [listingRecord(nativeCrypto, 1)]);
    await network.until(() => network.replica(0).status().executedHeight > 0, 5_000);
    const votes = network
      .effects(HALTED, 'broadcast')
      .filter(({ bytes }) => (bytes[0] as number) >>> 3 === 2 || (bytes[0] as number) >>> 3 === 1);
    expect(votes).toEqual([]);
  });
});
