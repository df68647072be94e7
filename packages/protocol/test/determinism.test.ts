import { describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { toHex } from '../src/bytes.ts';
import { type Effect, MemoryStore, recoverReplica } from '../src/replica/index.ts';
import { listingRecord, TIMING, testFederation } from './cities.ts';
import { converged, expectAgreement, expectHonesty, sealedEntries } from './invariants.ts';
import { seededRandom } from './random.ts';
import { ScriptedNetwork } from './scripted-network.ts';

const federation = testFederation(crypto, 4, TIMING, 'ed25519');
const record = (number: number) => listingRecord(crypto, number);

/** Effects as text, byte for byte. */
function spell(effects: readonly Effect[]): string {
  return JSON.stringify(effects, (_, value: unknown) => (value instanceof Uint8Array ? toHex(value) : value));
}

describe('a city is a function of its inputs', () => {
  it('C9: the same inputs give byte-identical effects and state, in a fresh process', async () => {
    const random = seededRandom(11);
    const network = new ScriptedNetwork(federation, crypto);
    await network.startJoined();
    network.script = () => (random() < 0.2 ? [] : [1 + Math.floor(random() * 120)]);
    for (let number = 0; number < 80; number++) {
      network.submit(Math.floor(random() * 4), [record(number)]);
      await network.run(Math.floor(random() * 150));
    }
    for (const { index, inputs, effects, replica } of network.cities) {
      const secrets = federation.authorities[index];
      if (secrets === undefined || replica === undefined) throw new Error('four cities run');
      const options = { genesis: federation.genesis, crypto, self: { index, ...secrets } };
      const twin = await recoverReplica(options, new MemoryStore());
      const replayed = inputs.flatMap((input) => twin.handle(input));
      expect(replayed.length).toBeGreaterThan(200);
      expect(spell(replayed)).toBe(spell(effects));
      expect(twin.status()).toEqual(replica.status());
      expect(twin.ledger.checkpoint()).toEqual(replica.ledger.checkpoint());
    }
  });
});

/** Two records and their proofs, with whatever `disturb` does to the network before. */
async function disturbed(disturb: (network: ScriptedNetwork) => void): Promise<ScriptedNetwork> {
  const network = new ScriptedNetwork(federation, crypto);
  disturb(network);
  await network.startAll();
  await network.run(100);
  network.submit(0, [record(1)]);
  network.submit(1, [record(2)]);
  await network.run(150);
  network.onEffect = () => 'go';
  for (const { index, replica } of network.cities) if (replica === undefined) await network.start(index);
  await network.until(() => converged(network, sealedEntries(network)), 20_000);
  expectAgreement(network);
  expectHonesty(network);
  for (const { index } of network.cities) {
    expect(network.effects(index, 'alarm')).toEqual([]);
    expect(network.effects(index, 'evidence')).toEqual([]);
  }
  return network;
}

describe('C9: a crash before and after every effect', () => {
  it.each([0, 1, 2, 3])(
    'C9: of city %i alone loses nothing acknowledged and contradicts nothing said',
    async (city) => {
      const quiet = await disturbed(() => undefined);
      const count = quiet.cities[city]?.effects.length ?? 0;
      expect(count).toBeGreaterThan(40);
      for (let at = 0; at < Math.min(count, 140); at++) {
        await disturbed((network) => {
          let seen = 0;
          network.onEffect = (index) => (index === city && seen++ === at ? 'crash' : 'go');
        });
      }
    },
  );

  it('C9: of all cities at once, at every point at which one of them made something durable', async () => {
    let points = 0;
    await disturbed((network) => {
      network.onEffect = (index, effect) => {
        if (index === 0 && effect.kind === 'persist') points += 1;
        return 'go';
      };
    });
    expect(points).toBeGreaterThan(10);
    for (let at = 0; at < 2 * Math.min(points, 40); at++) {
      await disturbed((network) => {
        let seen = 0;
        let after = false;
        let crashed = false;
        network.onEffect = (index, effect) => {
          if (crashed) return 'crash';
          if (after && index === 0) {
            crashed = true;
            for (const other of [1, 2, 3]) network.crash(other);
            return 'crash';
          }
          if (index === 0 && effect.kind === 'persist' && seen++ === at >> 1) {
            if (at % 2 === 1) after = true;
            else {
              crashed = true;
              for (const other of [1, 2, 3]) network.crash(other);
              return 'crash';
            }
          }
          return 'go';
        };
      });
    }
  });
});
