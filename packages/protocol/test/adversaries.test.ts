import { describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { conflicter } from './adversaries/conflicter.ts';
import { equivocator } from './adversaries/equivocator.ts';
import { laneForker } from './adversaries/lane-forker.ts';
import { nuller } from './adversaries/nuller.ts';
import { replayer } from './adversaries/replayer.ts';
import { silent } from './adversaries/silent.ts';
import type { Adversary } from './adversaries/speech.ts';
import { withholder } from './adversaries/withholder.ts';
import { listingRecord, TIMING, testFederation } from './cities.ts';
import { expectAgreement, expectHonesty } from './invariants.ts';
import { seededRandom } from './random.ts';
import { type Script, ScriptedNetwork } from './scripted-network.ts';
import { Voices } from './voices.ts';

const LIAR = 1;
const HONEST = [0, 2, 3];

interface Outcome {
  readonly network: ScriptedNetwork;
  /** Kinds of evidence that each honest city has against the liar. */
  readonly evidence: string[][];
  /** Codes of all outcomes that one honest city saw for records of the liar. */
  readonly liarsRecords: (string | undefined)[];
}

async function run(adversary: Adversary, script: Script = () => [10], cities = 4): Promise<Outcome> {
  const federation = testFederation(crypto, cities, TIMING, 'ed25519');
  const network = new ScriptedNetwork(federation, crypto, script);
  await network.startJoined();
  network.forgers.set(LIAR, adversary(new Voices(federation, crypto), LIAR));
  for (let round = 0; round < 12; round++) {
    for (const index of network.cities.keys()) network.submit(index, [listingRecord(crypto, 100 * round + index)]);
    await network.run(300);
  }
  const honest = network.cities.filter(({ index }) => index !== LIAR).map(({ index }) => index);
  await network.until(
    () =>
      honest.every((index) => {
        const { lanes } = network.replica(index).status();
        return honest.every((lane) => (lanes[lane]?.executed ?? 0) >= 12);
      }),
    60_000,
  );
  expectAgreement(network);
  expectHonesty(network, [LIAR]);
  for (const index of honest) {
    expect(network.effects(index, 'alarm')).toEqual([]);
    expect(network.effects(index, 'evidence').filter(({ accused }) => accused !== LIAR)).toEqual([]);
  }
  const outcomes = network.effects(0, 'executed').flatMap((effect) => effect.outcomes);
  return {
    network,
    evidence: honest.map((index) => network.effects(index, 'evidence').map(({ type }) => type)),
    liarsRecords: outcomes.filter(({ location }) => location.lane === LIAR).map(({ rejected }) => rejected),
  };
}

async function expectQuarantined(network: ScriptedNetwork): Promise<void> {
  const quarantined = (index: number) => network.replica(index).status().lanes[LIAR]?.quarantined;
  await network.until(() => HONEST.every(quarantined), 10_000);
}

describe('one liar among four', () => {
  it('C4, C10: an equivocating leader stops nobody; honest cities keep evidence, and it is quarantined', async () => {
    const { network, evidence } = await run(equivocator);
    for (const kept of evidence) expect(kept).toContain('conflicting-proposals');
    await expectQuarantined(network);
  });

  it('C10: a voter who says two things is found out', async () => {
    const { network, evidence } = await run(conflicter);
    for (const kept of evidence) expect(kept).toContain('conflicting-votes');
    await expectQuarantined(network);
  });

  it('C5: a nuller slows nobody but its own views', async () => {
    const { evidence } = await run(nuller);
    expect(evidence).toHaveLength(3);
  });

  it('C5: a silent city is done without', async () => {
    const { liarsRecords } = await run(silent);
    expect(liarsRecords).toEqual([]);
  });

  it('R4: a lane fork: the cut decides the branch, evidence is final on the ledger, later records are rejected', async () => {
    const { network, evidence, liarsRecords } = await run(laneForker);
    for (const kept of evidence) expect(kept).toContain('lane-fork');
    expect(liarsRecords.at(-1)).toBe('AUTHORITY_QUARANTINED');
    await expectQuarantined(network);
  });

  it('G1, C3: a withholder’s entries reach all through the one city that has them', async () => {
    const { liarsRecords } = await run(withholder);
    expect(liarsRecords.length).toBeGreaterThan(0);
    expect(new Set(liarsRecords)).toEqual(new Set([undefined]));
  });

  it('R2, C10: replayed messages change nothing', async () => {
    const { evidence, liarsRecords } = await run(replayer);
    expect(evidence).toEqual([[], [], []]);
    expect(new Set(liarsRecords)).toEqual(new Set([undefined]));
  });
});

describe('liars in bad weather', () => {
  const adversaries = { equivocator, conflicter, nuller, silent, laneForker, withholder, replayer };

  it.each(Object.entries(adversaries))(
    'C6: agreement holds among lost and reordered messages with one of the kind %s',
    async (_, adversary) => {
      const random = seededRandom(7);
      const bad: Script = () => (random() < 0.1 ? [] : [1 + Math.floor(random() * 60)]);
      await run(adversary, bad);
    },
  );

  it('C6: and with seven cities', async () => {
    await run(equivocator, undefined, 7);
    await run(laneForker, undefined, 7);
  });
});
