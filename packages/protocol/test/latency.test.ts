import { describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { DELAY_MS as delta, listingRecord, TIMING, testFederation } from './cities.ts';
import { ScriptedNetwork } from './scripted-network.ts';

const federation = testFederation(crypto, 4);
const bigDelta = TIMING.deltaMs ?? 0;

async function idleNetwork(): Promise<ScriptedNetwork> {
  const network = new ScriptedNetwork(federation, crypto);
  await network.startJoined();
  return network;
}

describe('on a network of constant delay δ', () => {
  it('C1, C4, C6: the next view is entered at 2δ, the block is final at 3δ, in all cities at once', async () => {
    const network = await idleNetwork();
    expect(network.cities.map(({ replica }) => replica?.status().view)).toEqual([1, 1, 1, 1]);
    const startMs = network.nowMs;
    network.submit(1, [listingRecord(crypto, 1)]); // authority 1 leads view 1
    const enteredMs: number[] = [];
    const finalMs: number[] = [];
    for (let ms = 1; ms <= 4 * delta; ms++) {
      await network.run(1);
      network.cities.forEach(({ index, replica }) => {
        if (enteredMs[index] === undefined && replica?.status().view === 2) enteredMs[index] = network.nowMs - startMs;
        if (finalMs[index] === undefined && replica?.status().finalizedHeight === 1) {
          finalMs[index] = network.nowMs - startMs;
        }
      });
    }
    expect(enteredMs).toEqual(Array(4).fill(2 * delta));
    expect(finalMs).toEqual(Array(4).fill(3 * delta));
    for (const { index, replica } of network.cities) {
      const { view, finalizedHeight } = network.replica(index).status();
      expect([replica?.view, replica?.finalizedHeight, replica?.leaderOf(1)]).toEqual([view, finalizedHeight, 1]);
      expect(network.effects(index, 'executed').flatMap(({ outcomes }) => outcomes)).toHaveLength(1);
    }
  });

  it('C5: a silent leader is skipped at 2Δ + δ, and the record is final 3δ later', async () => {
    const network = await idleNetwork();
    network.crash(1);
    const startMs = network.nowMs;
    network.submit(2, [listingRecord(crypto, 1)]);
    await network.until(() => network.replica(2).status().view === 2, 10_000);
    // Authority 2 had work at once; the others heard of it δ later, so theirs are the Nullify votes that complete it.
    expect(network.nowMs - startMs).toBe(delta + 2 * bigDelta + delta);
    await network.until(() => network.replica(2).status().finalizedHeight === 1, 10_000);
    expect(network.nowMs - startMs).toBe(delta + 2 * bigDelta + delta + 3 * delta);
  });

  it('C5: where all have work from the start, the silent leader is skipped at exactly 2Δ + δ', async () => {
    const network = await idleNetwork();
    network.crash(1);
    const startMs = network.nowMs;
    for (const index of [0, 2, 3]) network.submit(index, [listingRecord(crypto, index)]);
    await network.until(() => network.replica(0).status().view === 2, 10_000);
    expect(network.nowMs - startMs).toBe(2 * bigDelta + delta);
    await network.run(0);
    expect(network.cities.map(({ replica }) => replica?.status().view)).toEqual([2, undefined, 2, 2]);
  });

  it('C5: a leader who stays silent is waited for twice, then skipped after δ', async () => {
    const network = await idleNetwork();
    network.crash(1);
    const entered = new Map<number, number>();
    for (let number = 0; (entered.get(18) ?? 0) === 0 && number < 60_000; number++) {
      if (number % 40 === 0) network.submit(2, [listingRecord(crypto, number)]);
      await network.run(1);
      const { view } = network.replica(2).status();
      if (!entered.has(view)) entered.set(view, network.nowMs);
    }
    const spent = (view: number) => (entered.get(view + 1) ?? 0) - (entered.get(view) ?? 0);
    expect(spent(5)).toBeGreaterThanOrEqual(2 * bigDelta);
    expect(spent(13)).toBeLessThanOrEqual(2 * delta);
    expect(spent(17)).toBeLessThanOrEqual(2 * delta);
  });

  it('C2: an idle federation makes one block in the idle interval, and nothing else', async () => {
    const network = await idleNetwork();
    await network.run(20_000);
    const blocks = network.effects(0, 'finalized').length;
    expect(blocks).toBeGreaterThanOrEqual(17);
    expect(blocks).toBeLessThanOrEqual(20);
    const sent = network.effects(0, 'broadcast').length;
    expect(sent / blocks).toBeLessThanOrEqual(4);
  });
});
