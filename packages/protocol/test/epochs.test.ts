import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { toHex } from '../src/bytes.ts';
import { decodeBlock } from '../src/consensus/block.ts';
import { decodeVote, VoteKind } from '../src/consensus/votes.ts';
import { unwrap } from '../src/errors.ts';
import { memberFactKey, readMemberFact } from '../src/families/index.ts';
import type { MembershipChange } from '../src/gen/hansa/v1/families_pb.ts';
import { epochOf, votersOf } from '../src/genesis/authority-set.ts';
import { keys, type RecordLocation, splitEnvelope, wrapEnvelope } from '../src/replica/index.ts';
import { decodeSeal } from '../src/replica/seal.ts';
import { DELAY_MS, listingRecord, testFederation } from './cities.ts';
import { areIn, decideIn, outcomeIn, sealedIn, storedIn } from './epoch-fixture.ts';
import { expectAgreement, expectHonesty } from './invariants.ts';
import { change, MembershipChangeKind, MembershipMaker, newKeys } from './membership-fixture.ts';
import { ScriptedNetwork, type Transit } from './scripted-network.ts';
import { Voices } from './voices.ts';

const [HAIKOU, SANYA, DANZHOU, QIONGHAI] = [0, 1, 2, 3];
const all = [HAIKOU, SANYA, DANZHOU, QIONGHAI];
const three = [HAIKOU, SANYA, DANZHOU];
const federation = testFederation(crypto, 4, undefined, 'ed25519');
const fresh = newKeys(crypto, 'qionghai', 'after the loss');
const recover = change(MembershipChangeKind.RECOVER, QIONGHAI, fresh.member);
let maker: MembershipMaker;
let network: ScriptedNetwork;
let number: number;

function begin(): void {
  maker = new MembershipMaker(crypto);
  network = new ScriptedNetwork(federation, crypto);
  number = 0;
}

beforeEach(begin);

const listing = () => listingRecord(crypto, number++);
const epochs = (cities: readonly number[]) => cities.map((city) => network.replica(city).status().epoch);
const allIn = (cities: readonly number[], epoch: number) => areIn(network, cities, epoch);

const sealedAt = (city: number, id: number) => sealedIn(network, city, id);
const outcome = (city: number, location: RecordLocation) => outcomeIn(network, city, location);
const stored = (city: number, key: Uint8Array) => storedIn(network, city, key);
/** The disk of a city that is down is gone; nor is anything known of what the city did before. */
const replaceDisk = (city: number) => {
  network.cities[city] = new ScriptedNetwork(federation, crypto).cities[city] as never;
};
const decide = (proposer: number, what: MembershipChange, approvers: readonly number[]) =>
  decideIn(network, maker, proposer, what, approvers);

describe('C12: the federation changes its authority set by agreement', () => {
  it('C12: three of four rotate the keys of a city that lost its own; it comes back empty, catches up and seals', async () => {
    await network.startJoined();
    const old = network.submit(QIONGHAI, [listing()]);
    const before = sealedAt(QIONGHAI, old);
    await network.until(() => outcome(HAIKOU, before) === 'applied', 5_000);
    network.crash(QIONGHAI);
    await decide(HAIKOU, recover, [SANYA, DANZHOU]);
    await network.until(() => allIn(three, 1), 20_000);
    const under = sealedAt(SANYA, network.submit(SANYA, [listing()]));
    await network.until(() => outcome(HAIKOU, under) === 'applied', 20_000);
    // The disk is gone with the keys.
    replaceDisk(QIONGHAI);
    network.secrets.set(QIONGHAI, fresh.secrets);
    await network.start(QIONGHAI);
    await network.until(() => network.replica(QIONGHAI).status().joined && allIn([QIONGHAI], 1), 20_000);
    const again = sealedAt(QIONGHAI, network.submit(QIONGHAI, [listing()]));
    expect(again).toEqual({ lane: QIONGHAI, sequence: before.sequence + 1, position: 0 });
    await network.until(() => all.every((city) => outcome(city, again) === 'applied'), 20_000);
    const fact = network.replica(HAIKOU).ledger.fact(memberFactKey(federation.domains, QIONGHAI)) as Uint8Array;
    expect(toHex(readMemberFact(fact).laneKey)).toBe(toHex(fresh.member.laneKey));
    // Its votes count: with one of the others away there is still a quorum.
    network.crash(DANZHOU);
    const without = sealedAt(HAIKOU, network.submit(HAIKOU, [listing()]));
    await network.until(() => outcome(QIONGHAI, without) === 'applied', 60_000);
    expectAgreement(network);
    expectHonesty(network);
  });

  it('C12: under load nothing acknowledged is lost, stands where it was said to stand, and has one effect', async () => {
    await network.startJoined();
    const sealed: RecordLocation[] = [];
    const load = async (rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        for (const city of all) {
          const id = network.submit(city, [listing()]);
          if (network.effects(city, 'sealed').some((effect) => effect.id === id)) sealed.push(sealedAt(city, id));
        }
        await network.run(7);
      }
    };
    await load(5);
    const rotated = newKeys(crypto, 'sanya', 'every year');
    await decide(SANYA, change(MembershipChangeKind.ROTATE, SANYA, rotated.member), [HAIKOU, DANZHOU]);
    await load(30);
    await network.until(() => allIn(all, 1), 20_000);
    expect(network.effects(SANYA, 'alarm').map(({ error }) => error.code)).toEqual(['NO_LONGER_VOTING']);
    expect(network.effects(HAIKOU, 'alarm')).toEqual([]);
    // The city goes on with its new keys: what it had sealed with the old ones and was not final is sealed again.
    network.crash(SANYA);
    network.secrets.set(SANYA, rotated.secrets);
    await network.start(SANYA);
    await network.until(() => network.replica(SANYA).status().joined, 20_000);
    await load(5);
    expect(sealed.length).toBeGreaterThan(120);
    await network.until(
      () => sealed.every((location) => all.every((city) => outcome(city, location) !== undefined || city === SANYA)),
      30_000,
    );
    const outcomes = new Set(sealed.map((location) => outcome(HAIKOU, location)));
    expect(outcomes).toEqual(new Set(['applied']));
    expectAgreement(network);
    expectHonesty(network);
  });

  it('C12: a city that was away across two changes catches up by the chain of seals, and votes again', async () => {
    await network.startJoined();
    network.crash(DANZHOU);
    const first = newKeys(crypto, 'sanya', 'first');
    await decide(HAIKOU, change(MembershipChangeKind.RECOVER, SANYA, first.member), [QIONGHAI, SANYA]);
    await network.until(() => allIn([HAIKOU, SANYA, QIONGHAI], 1), 20_000);
    network.crash(SANYA);
    network.secrets.set(SANYA, first.secrets);
    await network.start(SANYA);
    await network.until(() => network.replica(SANYA).status().joined, 30_000);
    const second = newKeys(crypto, 'danzhou', 'second');
    await decide(HAIKOU, change(MembershipChangeKind.RECOVER, DANZHOU, second.member), [QIONGHAI, SANYA]);
    await network.until(() => allIn([HAIKOU, SANYA, QIONGHAI], 2), 30_000);
    network.secrets.set(DANZHOU, second.secrets);
    await network.start(DANZHOU);
    await network.until(() => network.replica(DANZHOU).status().joined && allIn([DANZHOU], 2), 30_000);
    network.crash(HAIKOU);
    const late = sealedAt(DANZHOU, network.submit(DANZHOU, [listing()]));
    await network.until(() => outcome(SANYA, late) === 'applied', 60_000);
    expectAgreement(network);
    expectHonesty(network);
  });

  it('C12: four become five and four again; n, q and the leaders follow', async () => {
    network = new ScriptedNetwork(federation, crypto, undefined, 1);
    const WENCHANG = 4;
    const added = newKeys(crypto, 'wenchang', 'joins');
    network.secrets.set(WENCHANG, added.secrets);
    await network.startJoined();
    expect(network.replica(WENCHANG).status()).toMatchObject({ epoch: 0, joined: true });
    await decide(HAIKOU, change(MembershipChangeKind.ADD, WENCHANG, added.member), [SANYA, DANZHOU]);
    const five = [HAIKOU, SANYA, DANZHOU, QIONGHAI, WENCHANG];
    await network.until(() => allIn(five, 1) && network.replica(WENCHANG).status().joined, 20_000);
    const own = sealedAt(WENCHANG, network.submit(WENCHANG, [listing()]));
    await network.until(() => five.every((city) => outcome(city, own) === 'applied'), 20_000);
    // q of five is four: with two away nothing is final.
    network.crash(SANYA);
    network.crash(QIONGHAI);
    const waiting = sealedAt(HAIKOU, network.submit(HAIKOU, [listing()]));
    await network.run(5_000);
    expect(outcome(HAIKOU, waiting)).toBeUndefined();
    await network.start(SANYA);
    await network.until(() => outcome(WENCHANG, waiting) === 'applied', 60_000);
    await network.start(QIONGHAI);
    await network.until(() => network.replica(QIONGHAI).status().joined, 30_000);
    await decide(HAIKOU, change(MembershipChangeKind.REMOVE, WENCHANG), [SANYA, DANZHOU, QIONGHAI]);
    await network.until(() => allIn(five, 2), 60_000);
    expect(votersOf(network.replica(HAIKOU).genesis).map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(network.effects(WENCHANG, 'alarm').map(({ error }) => error.code)).toContain('NO_LONGER_VOTING');
    network.submit(WENCHANG, [listing()]);
    expect(network.effects(WENCHANG, 'refused').at(-1)?.error.code).toBe('NO_LONGER_VOTING');
    network.crash(SANYA);
    const last = sealedAt(HAIKOU, network.submit(HAIKOU, [listing()]));
    await network.until(() => outcome(QIONGHAI, last) === 'applied', 60_000);
    expectAgreement(network);
    expectHonesty(network);
  });

  it('C12: a suspended city has neither vote nor lane, and gets both back by a recovery', async () => {
    await network.startJoined();
    await decide(HAIKOU, change(MembershipChangeKind.SUSPEND, QIONGHAI), [SANYA, DANZHOU]);
    await network.until(() => allIn(all, 1), 20_000);
    // q of three is three.
    network.crash(DANZHOU);
    const waiting = sealedAt(HAIKOU, network.submit(HAIKOU, [listing()]));
    await network.run(5_000);
    expect(outcome(HAIKOU, waiting)).toBeUndefined();
    await network.start(DANZHOU);
    await network.until(() => outcome(QIONGHAI, waiting) === 'applied', 60_000);
    const present = federation.genesis.authorities[QIONGHAI];
    const same = { ...fresh.member, laneKey: present?.laneKey ?? fresh.member.laneKey };
    const back = change(MembershipChangeKind.RECOVER, QIONGHAI, same);
    await decide(HAIKOU, back, [SANYA, DANZHOU]);
    await network.until(() => allIn(all, 2) && network.replica(QIONGHAI).status().joined, 60_000);
    const own = sealedAt(QIONGHAI, network.submit(QIONGHAI, [listing()]));
    await network.until(() => outcome(HAIKOU, own) === 'applied', 60_000);
    expectAgreement(network);
    expectHonesty(network);
  });
});

/** Kind and view of a vote on its way; undefined for everything else. */
function voteOf({ bytes, path }: Transit): { kind: VoteKind; view: number; epoch: number } | undefined {
  const split = path === 'direct' ? splitEnvelope(bytes) : undefined;
  if (split?.ok !== true || split.value.kind !== 'vote') return undefined;
  const vote = decodeVote(federation.domains, 8, split.value.payload);
  return vote.ok ? vote.value.statement : undefined;
}

describe('C12: the seal', () => {
  it('C12: known final to one city alone, it becomes the end of the epoch for all', async () => {
    await network.startJoined();
    await decide(HAIKOU, recover, [SANYA, DANZHOU]);
    // From the moment at which Haikou can see the seal final, nobody hears of it, and nobody else sees a Finalize.
    network.script = (transit) => {
      const vote = voteOf(transit);
      if (transit.from === HAIKOU && allIn([HAIKOU], 1)) return [];
      return vote?.kind === VoteKind.FINALIZE && transit.to !== HAIKOU ? [] : [DELAY_MS];
    };
    await network.until(() => allIn([HAIKOU], 1), 20_000);
    expect(epochs([SANYA, DANZHOU, QIONGHAI])).toEqual([0, 0, 0]);
    const alone = sealedAt(HAIKOU, network.submit(HAIKOU, [listing()]));
    await network.run(3_000);
    expect(outcome(HAIKOU, alone)).toBeUndefined();
    network.script = () => [DELAY_MS];
    await network.until(() => allIn(all, 1), 60_000);
    await network.until(() => [HAIKOU, SANYA, DANZHOU].every((city) => outcome(city, alone) === 'applied'), 60_000);
    const sealsAt = all.map((city) => network.effects(city, 'epoch').map(({ sealHeight }) => sealHeight));
    expect(new Set(sealsAt.map(String)).size).toBe(1);
    expectAgreement(network);
    expectHonesty(network);
  });

  it('C12: final by what stands on it, it ends the epoch; what stands on it is discarded', async () => {
    await network.startJoined();
    const sealView = new Set<number>();
    network.script = (transit) => {
      const vote = voteOf(transit);
      const sealing = all.some((city) => network.replica(city).ledger.changeOf(1) !== undefined);
      // Finalize of the first two views after the decision is lost: the seal is notarized and its child made final.
      if (vote?.kind === VoteKind.FINALIZE && vote.epoch === 0 && sealing) {
        if (sealView.size < 2) sealView.add(vote.view);
        if (sealView.has(vote.view)) return [];
      }
      return [DELAY_MS];
    };
    await decide(HAIKOU, recover, [SANYA, DANZHOU]);
    for (const city of [HAIKOU, SANYA, DANZHOU]) network.submit(city, [listing()]);
    await network.until(() => allIn(all, 1), 60_000);
    network.script = () => [DELAY_MS];
    const own = sealedAt(HAIKOU, network.submit(HAIKOU, [listing()]));
    await network.until(() => [HAIKOU, SANYA, DANZHOU].every((city) => outcome(city, own) === 'applied'), 20_000);
    const seal = decodeSeal(await stored(HAIKOU, keys.seal(network.effects(HAIKOU, 'epoch')[0]?.sealHeight ?? 0)));
    expect(seal?.blocks.length).toBeGreaterThan(1);
    for (const bytes of seal?.blocks.slice(1) ?? []) {
      expect(unwrap(decodeBlock(federation.domains, 4, bytes)).advances).toEqual([]);
    }
    // Who was away is shown the same end.
    network.crash(DANZHOU);
    replaceDisk(DANZHOU);
    await network.start(DANZHOU);
    await network.until(() => outcome(DANZHOU, own) === 'applied', 60_000);
    expectAgreement(network);
    expectHonesty(network, [DANZHOU]);
  });

  it.each(all)(
    'C12: a crash of city %i at each point at which it makes something durable round the seal',
    async (city) => {
      const run = async (at: number | undefined): Promise<number> => {
        begin();
        await network.startJoined();
        const proposal = sealedAt(HAIKOU, network.submit(HAIKOU, [maker.propose({}, recover)]));
        await network.until(() => all.every((one) => outcome(one, proposal) !== undefined), 10_000);
        let seen = 0;
        let crashNext = false;
        network.onEffect = (index, effect) => {
          if (index !== city) return 'go';
          if (crashNext) return 'crash';
          if (effect.kind !== 'persist') return 'go';
          if (seen++ !== (at ?? -2) >> 1) return 'go';
          if (at === undefined || at % 2 === 0) return at === undefined ? 'go' : 'crash';
          crashNext = true;
          return 'go';
        };
        const submitted = all.map((one) => ({ one, id: network.submit(one, [listing()]) }));
        for (const one of [SANYA, DANZHOU]) network.submit(one, [maker.approve(proposal)]);
        await network.run(150);
        network.onEffect = () => 'go';
        for (const { index, replica } of network.cities) if (replica === undefined) await network.start(index);
        const records = submitted.flatMap(({ one, id }) =>
          network.effects(one, 'sealed').some((effect) => effect.id === id) ? [sealedAt(one, id)] : [],
        );
        // Approvals may have been lost with the crash before they were acknowledged.
        const others = [HAIKOU, SANYA, DANZHOU].filter((one) => one !== city);
        await network.run(1_000);
        if (network.replica(others[0] ?? 0).status().epoch === 0) network.submit(QIONGHAI, [maker.approve(proposal)]);
        await network.until(() => allIn(all, 1), 30_000);
        await network.until(
          () => records.every((at_) => at_.lane === QIONGHAI || three.every((one) => outcome(one, at_) === 'applied')),
          30_000,
        );
        expectAgreement(network);
        expectHonesty(network);
        return seen;
      };
      const points = await run(undefined);
      expect(points).toBeGreaterThan(5);
      // Every seventh of them, another seventh in each city: before and after a flush alike.
      for (let at = city; at < 2 * Math.min(points, 24); at += 7) await run(at);
    },
  );
});

describe('C12: what the old set says after the seal', () => {
  it('C12: the lost keys are worth nothing: no vote, entry, proposal or status of theirs has an effect', async () => {
    await network.startJoined();
    const voices = new Voices(federation, crypto);
    await decide(HAIKOU, recover, [SANYA, DANZHOU]);
    await network.until(() => allIn(three, 1), 20_000);
    // The thief's daemon runs on with the old keys: it follows, and says nothing.
    await network.until(() => allIn([QIONGHAI], 1), 20_000);
    network.submit(QIONGHAI, [listing()]);
    expect(network.effects(QIONGHAI, 'refused').at(-1)?.error.code).toBe('NO_LONGER_VOTING');
    const { view, lanes } = network.replica(HAIKOU).status();
    const held = lanes[QIONGHAI]?.held ?? 0;
    const tip = { sequence: held, digest: new Uint8Array(32) };
    const entry = voices.entry(QIONGHAI, tip, [listing()]);
    const said = [
      wrapEnvelope('entry', entry.bytes),
      wrapEnvelope('entry', voices.forgedEntry(entry, {}, 1)),
      ...[0, 1].flatMap((epoch) => [
        wrapEnvelope('vote', voices.voteBytes(QIONGHAI, VoteKind.NULLIFY, view, undefined, epoch)),
        wrapEnvelope('vote', voices.voteBytes(QIONGHAI, VoteKind.FINALIZE, view + 1, new Uint8Array(32), epoch)),
      ]),
    ];
    for (const city of three) for (const bytes of said) network.inject(QIONGHAI, city, bytes);
    // Without the honest three nothing is final: the thief's votes complete no quorum.
    network.crash(DANZHOU);
    network.script = (transit) => {
      const vote = voteOf(transit);
      return vote !== undefined && transit.from === QIONGHAI ? [] : [DELAY_MS];
    };
    const waiting = sealedAt(HAIKOU, network.submit(HAIKOU, [listing()]));
    for (let round = 0; round < 50; round++) {
      const now = network.replica(HAIKOU).view;
      for (const city of [HAIKOU, SANYA]) {
        network.inject(
          QIONGHAI,
          city,
          wrapEnvelope('vote', voices.voteBytes(QIONGHAI, VoteKind.NULLIFY, now, undefined, 1)),
        );
      }
      await network.run(100);
    }
    expect(outcome(HAIKOU, waiting)).toBeUndefined();
    expect(network.replica(HAIKOU).status().lanes[QIONGHAI]?.held).toBe(held);
    expect(network.effects(HAIKOU, 'misbehaved').map(({ from, why }) => `${from} ${why}`)).toContain(
      '3 wrong-signature',
    );
    await network.start(DANZHOU);
    network.script = () => [DELAY_MS];
    await network.until(() => outcome(SANYA, waiting) === 'applied', 60_000);
    expectAgreement(network);
  });

  it('C12: a quarantined city that is recovered is free again, with its new keys', async () => {
    await network.startJoined();
    const voices = new Voices(federation, crypto);
    const [one, two] = [voices.entry(QIONGHAI, undefined, [listing()]), voices.entry(QIONGHAI, undefined, [listing()])];
    for (const bytes of [one.bytes, two.bytes]) network.inject(QIONGHAI, HAIKOU, wrapEnvelope('entry', bytes));
    const quarantined = () =>
      three.every((city) => network.replica(city).status().lanes[QIONGHAI]?.quarantined === true);
    await network.until(quarantined, 20_000);
    await decide(HAIKOU, recover, [SANYA, DANZHOU]);
    await network.until(() => allIn(three, 1), 20_000);
    network.crash(QIONGHAI);
    replaceDisk(QIONGHAI);
    network.secrets.set(QIONGHAI, fresh.secrets);
    await network.start(QIONGHAI);
    await network.until(() => network.replica(QIONGHAI).status().joined, 30_000);
    const own = sealedAt(QIONGHAI, network.submit(QIONGHAI, [listing()]));
    await network.until(() => outcome(SANYA, own) === 'applied', 30_000);
    expect(quarantined()).toBe(false);
    expect(epochOf(network.replica(SANYA).genesis)).toBe(1);
    // Evidence of the epoch before is kept and shown.
    expect(network.replica(HAIKOU).evidence()).toHaveLength(1);
    network.crash(HAIKOU);
    await network.start(HAIKOU);
    expect(network.replica(HAIKOU).evidence()).toHaveLength(1);
  });
});
