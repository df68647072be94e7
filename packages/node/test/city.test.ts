import { toHex, unwrap } from '@hansa/protocol';
import { encodeStatement, VoteKind } from '@hansa/protocol/consensus';
import { portableCrypto } from '@hansa/protocol/crypto';
import { blacklistFactKey } from '@hansa/protocol/families';
import { parseGenesis, voteScheme } from '@hansa/protocol/genesis';
import { verifyReceipt } from '@hansa/protocol/receipt';
import { MemoryStore, type RecordLocation, type Store, wrapEnvelope } from '@hansa/protocol/replica';
import { ConflictingVotesSchema, create, EvidenceSchema, encodeMessage, VoteSchema } from '@hansa/protocol/wire';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { nativeCrypto } from '../src/crypto/index.ts';
import { cityNames, listing, RunningFederation, seeded, type TestFederation, testFederation } from './federation.ts';

let federation: TestFederation;
let running: RunningFederation;

beforeAll(async () => {
  federation = await testFederation();
});
afterEach(() => running.stopAll());

async function run(stores?: Store[]): Promise<RunningFederation> {
  running = new RunningFederation(federation, stores);
  await running.startAll();
  return running;
}

const first = (locations: readonly RecordLocation[]): RecordLocation => locations[0] as RecordLocation;

/** Roots by height as the cities' events and status say; all that executed a height must say the same. */
function expectAgreement(): void {
  const statuses = running.cities.flatMap((city) => (city === undefined ? [] : [city.status()]));
  const roots = new Map<number, string>();
  for (const { executedHeight, historyRoot, stateRoot } of statuses) {
    const known = roots.get(executedHeight) ?? `${historyRoot} ${stateRoot}`;
    expect(`${historyRoot} ${stateRoot}`).toBe(known);
    roots.set(executedHeight, known);
  }
}

/** Verified as anybody would: with the genesis file alone, by the portable cryptography. */
function verify(receipt: Uint8Array) {
  const genesis = unwrap(parseGenesis(portableCrypto, federation.genesisBytes));
  return verifyReceipt({ genesis, crypto: portableCrypto }, receipt);
}

describe('four cities in one process', () => {
  test('a submitted record becomes final everywhere, and its receipt is verified with the genesis alone', async () => {
    await run();
    const record = listing('one');
    const location = first(await running.submit(0, [record]));
    expect(location).toMatchObject({ lane: 0, sequence: 1, position: 0 });
    expect((await running.city(0).waitFinal(location)).state).toBe('final');
    await running.until(1, (city) => city.status().records === 1);

    const key = blacklistFactKey(running.city(1).domains, seeded('subject one'));
    expect(running.city(1).fact(key).value).toBeDefined();
    const absent = blacklistFactKey(running.city(1).domains, seeded('subject nobody'));
    const receipt = await running.city(1).receipt({ record: location, factKeys: [key, absent] });
    const verified = unwrap(verify(receipt));
    expect(toHex(verified.record?.bytes ?? new Uint8Array())).toBe(toHex(record));
    const values = new Map(verified.facts.map(({ key: proven, value }) => [toHex(proven), value]));
    expect(values.get(toHex(key))).toEqual(running.city(1).fact(key).value);
    expect(values.get(toHex(absent))).toBeUndefined();

    const flipped = receipt.slice();
    flipped[100] = (flipped[100] ?? 0) ^ 1;
    expect(verify(flipped).ok).toBe(false);
    expect(await running.city(1).outcome(location)).toMatchObject({ state: 'final', provable: true });
    expectAgreement();
  });

  test('the same request has one effect, and the second is rejected with a code (R2, L1)', async () => {
    await run();
    const once = first(await running.submit(0, [listing('a', 'request')]));
    const twice = first(await running.submit(0, [listing('b', 'request')]));
    expect((await running.city(0).waitFinal(once)).state).toBe('final');
    const outcome = await running.city(0).waitFinal(twice);
    expect(outcome).toMatchObject({ state: 'rejected', code: expect.stringMatching(/^[A-Z_]+$/) });
    expect(running.city(0).status()).toMatchObject({ records: 2, rejectedRecords: 1 });
    // A rejection is provable too.
    expect(verify(await running.city(0).receipt({ record: twice })).ok).toBe(true);
  });

  test('a member that sends what no honest member sends is kept away, and the others go on (G1)', async () => {
    await run();
    running.network.say(3, 0, Uint8Array.of(1, 2, 3));
    await running.city(0).waitFinal(first(await running.submit(0, [listing('after')])));
    expect(running.network.keptAway).toContainEqual({ by: 0, member: 3, why: 'malformed' });
    expect(running.network.keptAway.filter(({ member }) => member !== 3)).toEqual([]);
    expectAgreement();
  });

  test('a city that is quarantined is told so when it submits, instead of waiting for ever (C10)', async () => {
    await run();
    const { genesis, keys } = federation;
    const { domains } = running.city(0);
    const vote = (kind: VoteKind, block: Uint8Array) => {
      const statement = encodeStatement(domains.federationId, { kind, epoch: 0, view: 50, block });
      const secrets = { laneSecret: keys[3]?.lane ?? block, voteSecret: keys[3]?.vote ?? block };
      const signature = voteScheme(nativeCrypto, genesis.voteScheme).sign(domains.message('vote', statement), secrets);
      return create(VoteSchema, { statement, voter: 3, signature });
    };
    const votes = {
      first: vote(VoteKind.FINALIZE, new Uint8Array(32)),
      second: vote(VoteKind.NULLIFY, new Uint8Array()),
    };
    const evidence = create(EvidenceSchema, { kind: { case: 'votes', value: create(ConflictingVotesSchema, votes) } });
    running.network.say(1, 0, wrapEnvelope('evidence', encodeMessage(EvidenceSchema, evidence)));
    await running.until(3, (city) => city.lanes()[3]?.quarantined === true);
    const refused = { code: 'AUTHORITY_QUARANTINED', message: expect.stringContaining('The federation must decide') };
    await expect(running.city(3).submit([listing('too late')])).rejects.toMatchObject(refused);
    await running.city(0).waitFinal(first(await running.submit(0, [listing('the others go on')])));
  });

  test('small submissions that wait together share an entry, each with its own places', async () => {
    await run();
    await running.submit(0, [listing('first')]);
    const many = Array.from({ length: 50 }, (_, i) => running.submit(0, [listing(`a${i}`), listing(`b${i}`)]));
    const locations = (await Promise.all(many)).flat();
    expect(new Set(locations.map(({ sequence, position }) => `${sequence}/${position}`)).size).toBe(100);
    expect(new Set(locations.map(({ sequence }) => sequence)).size).toBeLessThan(20);
    for (const [i, { sequence, position }] of locations.entries()) {
      const entry = await running.city(0).entry(0, sequence);
      const record = listing(`${i % 2 === 0 ? 'a' : 'b'}${Math.floor(i / 2)}`);
      expect(toHex(entry?.records[position] ?? new Uint8Array())).toBe(toHex(record));
    }
  });

  test('a place where nothing stands is RECORD_UNKNOWN, and waiting for it ends at once', async () => {
    await run();
    const location = first(await running.submit(0, [listing('one')]));
    await running.city(0).waitFinal(location);
    for (const wrong of [{ position: 1 }, { sequence: 99 }, { lane: 3 }]) {
      const nowhere = { ...location, ...wrong };
      await expect(running.city(0).outcome(nowhere)).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' });
      await expect(running.city(0).waitFinal(nowhere)).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' });
    }
  });

  test('batches out of bounds are refused at the door', async () => {
    await run();
    for (const records of [[], [new Uint8Array()], [new Uint8Array(9000)]]) {
      await expect(running.city(0).submit(records)).rejects.toMatchObject({ code: 'BATCH_SIZE' });
    }
  });

  test('blocks and entries are shown as they were agreed on', async () => {
    await run();
    for (let i = 0; i < 3; i++) await running.city(0).waitFinal(first(await running.submit(0, [listing(`n${i}`)])));
    const newest = await running.city(0).blocks({ limit: 2 });
    expect(newest).toHaveLength(2);
    expect(newest[1]?.parent).toBe(newest[0]?.digest);
    const oldest = await running.city(0).blocks({ from: 1, limit: 1 });
    expect(oldest[0]?.height).toBe(1);
    expect(await running.city(0).entry(0, 1)).toMatchObject({ lane: 0, sequence: 1, height: expect.any(Number) });
    expect(await running.city(0).entry(0, 99)).toBeUndefined();
    expect(running.city(0).lanes()[0]).toMatchObject({ heldSequence: 3, executedSequence: 3, quarantined: false });
  });

  test('without a quorum nothing is final: waiting ends with STILL_PENDING when its time is over', async () => {
    await run();
    const before = first(await running.submit(0, [listing('before')]));
    await running.city(0).waitFinal(before);
    await running.stop(2);
    await running.stop(3);
    const location = first(await running.submit(0, [listing('one')]));
    const abort = new AbortController();
    const waiting = running.city(0).waitFinal(location, abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'STILL_PENDING' });
    expect(await running.city(0).outcome(location)).toEqual({ state: 'pending', provable: false });
    // Verified reads go on.
    expect(
      running.city(0).fact(blacklistFactKey(running.city(0).domains, seeded('subject before'))).value,
    ).toBeDefined();
    await running.start(2);
    expect((await running.city(0).waitFinal(location)).state).toBe('final');
  });
});

describe('L3: a city that is alone with a block that nothing proves yet', () => {
  /** City 0 has executed `last` and loses the others before a block comes that proves it. */
  async function alone(): Promise<{ earlier: RecordLocation; last: RecordLocation }> {
    await run();
    const earlier = first(await running.submit(0, [listing('earlier')]));
    await running.city(0).receipt({ record: earlier });
    const { promise, resolve } = Promise.withResolvers<void>();
    running.city(0).events.on('executed', () => {
      running.network.cut(0);
      resolve();
    });
    const last = first(await running.submit(0, [listing('last')]));
    await promise;
    const { executedHeight, checkpointHeight } = running.city(0).status();
    expect(checkpointHeight).toBeLessThan(executedHeight);
    return { earlier, last };
  }

  test('answers from the newest state that is proven, and the receipt says which', async () => {
    const { earlier } = await alone();
    const { domains } = running.city(0);
    const [known, newer] = ['subject earlier', 'subject last'].map((name) => blacklistFactKey(domains, seeded(name)));
    const receipt = await running.city(0).receipt({ record: earlier, factKeys: [known, newer] as Uint8Array[] });
    const verified = unwrap(verify(receipt));
    expect(verified.checkpointHeight).toBeLessThan(running.city(0).status().executedHeight);
    const values = new Map(verified.facts.map(({ key, value }) => [toHex(key), value]));
    expect(values.get(toHex(known as Uint8Array))).toEqual(running.city(0).fact(known as Uint8Array).value);
    expect(values.get(toHex(newer as Uint8Array))).toBeUndefined();
  });

  test('gives no receipt of the record that is not proven, until the others are back and one is', async () => {
    const { last } = await alone();
    const waiting = running.city(0).receipt({ record: last });
    await running.stop(0);
    await expect(waiting).rejects.toMatchObject({ code: 'STOPPING' });
    await running.start(0);
    expect(unwrap(verify(await running.city(0).receipt({ record: last }))).record?.location).toEqual(last);
  });
});

describe('stopping and starting', () => {
  test('a stopped city refuses with STOPPING, and whoever waits is told', async () => {
    await run();
    await running.city(0).waitFinal(first(await running.submit(0, [listing('before')])));
    await running.stop(1);
    await running.stop(2);
    const city = running.city(0);
    const location = first(await running.submit(0, [listing('one')]));
    const waiting = city.waitFinal(location);
    const told = expect(waiting).rejects.toMatchObject({ code: 'STOPPING' });
    await Promise.all([city.stop(), city.stop()]);
    await told;
    await expect(city.submit([listing('two')])).rejects.toMatchObject({ code: 'STOPPING' });
  });

  test('a federation that stops and starts has the same state, and old outcomes and receipts from the store', async () => {
    await run();
    const accepted = first(await running.submit(0, [listing('a', 'request')]));
    const rejected = first(await running.submit(0, [listing('b', 'request')]));
    await running.city(0).waitFinal(rejected);
    for (const index of cityNames.keys()) await running.until(index, (city) => city.status().records === 2);
    const before = running.city(0).status();
    await running.stopAll();
    await running.startAll();
    const after = running.city(0).status();
    expect(after).toMatchObject({ entries: before.entries, facts: before.facts, records: 2, rejectedRecords: 1 });
    expect(after.timestampMs).toBeGreaterThan(0);
    expect(await running.city(0).outcome(accepted)).toMatchObject({ state: 'final' });
    expect(await running.city(0).outcome(rejected)).toMatchObject({ state: 'rejected' });
    expect(verify(await running.city(0).receipt({ record: accepted })).ok).toBe(true);
    // And it goes on where it was.
    const next = first(await running.submit(0, [listing('next')]));
    expect(next.sequence).toBe(rejected.sequence + 1);
    await running.city(0).waitFinal(next);
    expectAgreement();
  });

  test('a city that was away catches up to the same roots (G3)', async () => {
    await run();
    await running.city(0).waitFinal(first(await running.submit(0, [listing('before')])));
    await running.stop(3);
    for (let i = 0; i < 30; i++) {
      const lane = i % 3;
      await running.city(lane).waitFinal(first(await running.submit(lane, [listing(`n${i}`)])));
    }
    const { records } = running.city(0).status();
    await running.start(3);
    await running.until(3, (city) => city.status().records >= records);
    const location = first(await running.submit(3, [listing('back')]));
    await running.city(3).waitFinal(location);
    expectAgreement();
  });
});

/** Writes, and then dies before anybody hears that it wrote: a crash between commit and send. */
class DyingStore implements Store {
  readonly #inner: MemoryStore;
  #commitsLeft: number;

  constructor(inner: MemoryStore, commitsLeft: number) {
    this.#inner = inner;
    this.#commitsLeft = commitsLeft;
  }

  get(key: Uint8Array) {
    return this.#inner.get(key);
  }

  range(options: Parameters<Store['range']>[0]) {
    return this.#inner.range(options);
  }

  async commit(...args: Parameters<Store['commit']>): Promise<void> {
    if (this.#commitsLeft < 0) throw new Error('the process is dead');
    await this.#inner.commit(...args);
    this.#commitsLeft -= 1;
    if (this.#commitsLeft < 0) throw new Error('the process died after this commit');
  }

  async close(): Promise<void> {}
}

describe('a crash between commit and send (C9, R6)', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17])(
    'after %i commits: nothing acknowledged is lost, no lane forks, nobody votes twice',
    async (commits) => {
      const disks = cityNames.map(() => new MemoryStore());
      await run(disks.map((disk, index) => (index === 0 ? new DyingStore(disk, commits) : disk)));
      const acknowledged: RecordLocation[] = [];
      for (let i = 0; running.failures.length === 0; i++) {
        try {
          acknowledged.push(...(await running.submit(0, [listing(`n${i}`)])));
        } catch (error) {
          // The client does not know whether this one was sealed: it sends it again.
          expect((error as { code?: string }).code).toBe('STOPPING');
        }
      }
      expect(running.failures).toMatchObject([{ city: 0, failure: { during: 'commit' } }]);
      await running.stop(0);

      running.stores[0] = disks[0] as MemoryStore;
      await running.start(0);
      for (const location of acknowledged) {
        expect(await running.city(0).waitFinal(location)).toMatchObject({ state: 'final' });
      }
      const last = first(await running.submit(0, [listing('after')]));
      await running.city(0).waitFinal(last);
      for (const index of cityNames.keys()) {
        await running.until(index, (city) => (city.lanes()[0]?.executedSequence ?? 0) >= last.sequence);
        expect(running.city(index).evidence()).toEqual([]);
        expect(running.city(index).status().alarm).toBeUndefined();
      }
      expectAgreement();
    },
  );
});
