import { describe, expect, it } from 'vitest';
import { fixtureGenesis, LedgerDriver, noonOf, RecordMaker, seeded, TODAY } from '../../test/ledger-fixture.ts';
import { concatBytes, toHex, utf8 } from '../bytes.ts';
import { portableCrypto as crypto, Domains, ZERO_DIGEST } from '../crypto/index.ts';
import { rejection } from '../error-codes.ts';
import { accept, unwrap } from '../errors.ts';
import { blacklistFactKey, type Family, FamilyRegistry, families, readBlacklistFact } from '../families/index.ts';
import { merkleRoot, verifyConsistency, verifyInclusion, verifyMapProof } from '../merkle/index.ts';
import { decodeRecord, encodeRecord, requestKey, signAsActor } from '../records/index.ts';
import { Ledger, readExecutionLog } from './index.ts';

const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
const newLedger = () => new Ledger({ genesis, crypto, domains });
const newDriver = (ledger = newLedger()) => new LedgerDriver(ledger, crypto);
const factKey = (subject: string) => blacklistFactKey(domains, maker.tag(subject));

describe('execution (L1)', () => {
  it('takes advances by authority, entries by sequence and records by position', () => {
    const { outcomes } = newDriver().block({ 0: [maker.issue('a'), maker.issue('b')], 2: [maker.issue('a')] });
    expect(outcomes.map(({ location, rejected }) => [location.lane, location.position, rejected])).toEqual([
      [0, 0, undefined],
      [0, 1, undefined],
      [2, 0, 'CERTIFICATE_EXISTS'],
    ]);
  });

  it('refuses to run in any other order', () => {
    const entry = (lane: number, sequence: number) => ({
      lane,
      sequence,
      digest: seeded(crypto, `${lane}/${sequence}`, 32),
      records: [],
    });
    const run = (...entries: ReturnType<typeof entry>[]) =>
      newLedger().execute({ height: 1, timestampMs: noonOf(TODAY), entries });
    expect(() => run(entry(1, 1), entry(0, 1))).toThrow('L1');
    expect(() => run(entry(1, 2), entry(1, 1))).toThrow('L1');
    expect(() => run(entry(1, 1), entry(1, 1))).toThrow('L1');
    expect(() => run(entry(1, 1), entry(1, 3))).toThrow('L1');
    expect(run(entry(0, 4), entry(0, 5), entry(1, 1)).checkpoint.historySize).toBe(3);
    expect(() => newLedger().execute({ height: 2, timestampMs: 0, entries: [] })).toThrow('height');
  });

  it('tells what would become of records, in their order, and changes nothing (L1, R2)', () => {
    const ledger = newLedger();
    const driver = newDriver(ledger);
    const again = maker.list('li');
    driver.block({ 1: [again] });
    const [height, facts, root] = [ledger.height, ledger.factCount, ledger.checkpoint()?.stateRoot];
    const records = [maker.issue('a'), maker.issue('a'), again, utf8('not a record'), maker.list('wang')];
    const expected = [undefined, 'CERTIFICATE_EXISTS', 'REQUEST_ALREADY_APPLIED', 'MALFORMED', undefined];
    expect(ledger.trial(1, records, noonOf(TODAY))).toEqual(expected);
    expect(ledger.trial(1, records, noonOf(TODAY))).toEqual(expected);
    expect(ledger.trial(1, [maker.list('wang')], noonOf(TODAY + 400))).toEqual(['LISTING_EXPIRED']);
    expect([ledger.height, ledger.factCount, ledger.checkpoint()?.stateRoot]).toEqual([height, facts, root]);
    expect(driver.block({ 1: records }).outcomes.map(({ rejected }) => rejected)).toEqual(expected);
  });

  it('keeps a rejected record with its reason, also when its bytes are no record, and goes on', () => {
    const driver = newDriver();
    const broken = utf8('not a record');
    const unknownFamily = maker.record(99, 1, utf8('x'));
    const { outcomes, checkpoint } = driver.block({ 1: [broken, unknownFamily, maker.list('wang')] });
    expect(outcomes).toEqual([
      {
        location: { lane: 1, sequence: 1, position: 0 },
        family: 0,
        type: 0,
        rejected: 'MALFORMED',
      },
      {
        location: { lane: 1, sequence: 1, position: 1 },
        family: 99,
        type: 1,
        rejected: 'FAMILY_UNKNOWN',
      },
      expect.objectContaining({ family: 1, type: 1, rejected: undefined }),
    ]);
    // The entry is in the history whatever its records did.
    expect(checkpoint.historySize).toBe(1);
    expect(driver.ledger.fact(factKey('wang'))).toBeDefined();
  });

  it('keeps the reasons in the execution log, for the time after a restart', () => {
    const { log, outcomes } = newDriver().block({
      0: [maker.list('wang'), maker.use('nothing')],
      1: [utf8('?'), maker.use('nothing')],
    });
    expect(readExecutionLog(log).rejected).toEqual([
      { entryIndex: 0, position: 1, code: 'CERTIFICATE_UNKNOWN' },
      { entryIndex: 1, position: 0, code: 'MALFORMED' },
      { entryIndex: 1, position: 1, code: 'CERTIFICATE_UNKNOWN' },
    ]);
    expect(outcomes.filter(({ rejected }) => rejected !== undefined)).toHaveLength(3);
  });

  it('drops all writes of a rejected record', () => {
    const greedy: Family<null> = {
      number: 50,
      name: 'greedy',
      types: { 1: 'write' },
      query: { key: (d, name) => d.digest('fact/greedy', name), read: (value) => value },
      check: () => accept(null),
      apply: (state, _, context) => {
        for (const name of ['a', 'b']) state.set(context.domains.digest('fact/greedy', utf8(name)), utf8('!'));
        return rejection('MALFORMED');
      },
    };
    const registry = new FamilyRegistry([...families.list(), greedy]);
    const ledger = new Ledger({ genesis, crypto, domains, families: registry });
    const before = ledger.checkpoint()?.factsRoot;
    expect(newDriver(ledger).one(0, maker.record(50, 1, utf8(''))).code).toBe('MALFORMED');
    expect(ledger.checkpoint()?.factsRoot).toEqual(before);
  });

  it('gives one request one effect (R2): only an accepted record takes its requestId', () => {
    const driver = newDriver();
    const requestId = seeded(crypto, 'request', 16);
    const listing = (subject: string) => {
      const body = decodeBody(maker.list(subject));
      return encodeRecord({ family: 1, type: 1, requestId, body });
    };
    const { outcomes } = driver.block({
      0: [maker.record(2, 4, decodeBody(maker.use('x')), { requestId }), listing('a'), listing('b')],
      1: [listing('c')],
    });
    expect(outcomes.map(({ rejected }) => rejected)).toEqual([
      'CERTIFICATE_UNKNOWN',
      undefined,
      'REQUEST_ALREADY_APPLIED',
      // Requests of different lanes are different requests.
      undefined,
    ]);
    expect(driver.one(0, listing('d')).code).toBe('REQUEST_ALREADY_APPLIED');
    expect(driver.ledger.requestCount).toBe(2);
  });

  it('verifies actor signatures, and one wrong signature takes the effect away', () => {
    const driver = newDriver();
    const draft = {
      family: 2,
      type: 1,
      requestId: seeded(crypto, 'actor request', 16),
      body: decodeBody(maker.issue('c')),
    };
    const actor = signAsActor(crypto, domains, draft, seeded(crypto, 'citizen', 32));
    const elsewhere = signAsActor(crypto, new Domains(crypto, ZERO_DIGEST), draft, seeded(crypto, 'citizen', 32));
    expect(driver.one(0, encodeRecord({ ...draft, actors: [elsewhere] })).code).toBe('ACTOR_SIGNATURE_INVALID');
    expect(driver.one(0, encodeRecord({ ...draft, actors: [actor, actor] })).code).toBe('ACTOR_REPEATED');
    expect(driver.one(0, encodeRecord({ ...draft, actors: [actor] })).code).toBeUndefined();
  });

  it('is a function of the blocks: two ledgers have the same outcomes, roots and logs', () => {
    const first = newDriver();
    const records = { 0: [maker.list('wang'), maker.use('c')], 1: [maker.issue('c')], 3: [utf8('?')] };
    const second = newDriver();
    expect(second.block(records)).toEqual(first.block(records));
    expect(second.block({})).toEqual(first.block({}));
  });
});

describe('families (L2)', () => {
  const COUNTER = 77;
  /** All of a new family: nothing elsewhere knows of it. */
  const counter: Family<Uint8Array> = {
    number: COUNTER,
    name: 'counter',
    types: { 1: 'count' },
    query: { key: (d, name) => d.digest('fact/counter', name), read: (value) => value[0] },
    genesisFacts: (context) => [
      { key: context.domains.digest('fact/counter', utf8('rings')), value: new Uint8Array([5]) },
    ],
    check: (record) => (record.body.length === 0 ? { ok: false, error: rejection('MALFORMED') } : accept(record.body)),
    apply: (state, name, context) => {
      const key = context.domains.digest('fact/counter', name);
      const count = (state.get(key)?.[0] ?? 0) + 1;
      if (count > 6) return { code: 'COUNTER_FULL', message: 'Count something else.' };
      state.set(key, new Uint8Array([count]));
      return undefined;
    },
  };
  const registry = new FamilyRegistry([...families.list(), counter]);

  it('are added by registering one object, and the others go on beside it', () => {
    const ledger = new Ledger({ genesis, crypto, domains, families: registry });
    const driver = newDriver(ledger);
    const count = (name: string) => driver.one(0, maker.record(COUNTER, 1, utf8(name))).code;
    expect([count('rings'), count('rings'), count('bells'), count('')]).toEqual([
      undefined,
      'COUNTER_FULL',
      undefined,
      'MALFORMED',
    ]);
    const countOf = (name: string) => {
      const value = ledger.fact(counter.query.key(domains, utf8(name)));
      return value === undefined ? undefined : counter.query.read(value);
    };
    expect([countOf('rings'), countOf('bells'), countOf('books')]).toEqual([6, 1, undefined]);
    expect(driver.one(0, maker.list('wang')).code).toBeUndefined();
    expect(newDriver().one(0, maker.record(COUNTER, 1, utf8('rings'))).code).toBe('FAMILY_UNKNOWN');
  });

  it('refuse types they do not have', () => {
    for (const { number } of families.list()) {
      expect(newDriver().one(0, maker.record(number, 200, utf8('x'))).code).toBe('TYPE_UNKNOWN');
      expect(newDriver().one(0, maker.record(number, 0, utf8('x'))).code).toBe('TYPE_UNKNOWN');
    }
  });

  it('have numbers and names of their own', () => {
    expect(families.list().map(({ number, name }) => [number, name])).toEqual([
      [1, 'blacklist'],
      [2, 'certificate'],
      [3, 'consent'],
      [4, 'access'],
      [5, 'membership'],
      [6, 'oprf'],
    ]);
    expect(() => new FamilyRegistry([counter, { ...counter, name: 'other' }])).toThrow('taken');
    expect(() => new FamilyRegistry([counter, { ...counter, number: 78 }])).toThrow('taken');
    expect(() => new FamilyRegistry([{ ...counter, number: 0 }])).toThrow('range');
  });
});

describe('authenticated structures (L3)', () => {
  it('begin with the genesis members, an empty history and no requests', () => {
    const checkpoint = newLedger().checkpoint(0);
    expect(checkpoint).toMatchObject({ height: 0, historySize: 0, requestsDigest: ZERO_DIGEST });
    expect(toHex(checkpoint?.historyRoot as Uint8Array)).toBe(toHex(crypto.sha256(new Uint8Array(0))));
    expect(newLedger().height).toBe(0);
  });

  it('prove presence and absence of facts at every retained height', () => {
    const driver = newDriver();
    driver.block({ 0: [maker.list('wang')] });
    driver.block({});
    driver.block({ 0: [maker.list('li')] });
    const rootAt = (height: number) => driver.ledger.checkpoint(height)?.factsRoot as Uint8Array;
    for (const [subject, height, present] of [
      ['wang', 0, false],
      ['wang', 1, true],
      ['wang', 2, true],
      ['wang', 3, true],
      ['li', 2, false],
      ['li', 3, true],
      ['zhao', 3, false],
    ] as const) {
      const proof = driver.ledger.proveFact(factKey(subject), height);
      expect(verifyMapProof(crypto, proof, rootAt(height))).toBe(true);
      expect(proof.value !== undefined, `${subject} at ${height}`).toBe(present);
      expect(driver.ledger.fact(factKey(subject), height)).toEqual(proof.value);
    }
    expect(verifyMapProof(crypto, driver.ledger.proveFact(factKey('li'), 3), rootAt(2))).toBe(false);
  });

  it('prove the place of an entry in the history, and that history only grows', () => {
    const driver = newDriver();
    const digests: Uint8Array[] = [];
    const sizes: number[] = [];
    for (let i = 0; i < 5; i++) {
      const { log, checkpoint } = driver.block({ 0: [maker.list(`a${i}`)], 2: [maker.list(`b${i}`)], 3: [] });
      digests.push(...readExecutionLog(log).entryDigests);
      sizes.push(checkpoint.historySize);
    }
    expect(sizes).toEqual([3, 6, 9, 12, 15]);
    const rootAt = (height: number) => driver.ledger.checkpoint(height)?.historyRoot as Uint8Array;
    expect(toHex(rootAt(5))).toBe(toHex(merkleRoot(crypto, digests)));
    digests.forEach((digest, index) => {
      const path = driver.ledger.historyPath(index, 15);
      expect(verifyInclusion(crypto, digest, index, 15, path, rootAt(5))).toBe(true);
    });
    const path = driver.ledger.consistencyPath(6, 12);
    expect(verifyConsistency(crypto, 6, 12, rootAt(2), rootAt(4), path)).toBe(true);
  });

  it('bind facts and applied requests into one state root', () => {
    const driver = newDriver();
    const record = maker.list('wang');
    const { requestId } = unwrap(decodeRecord(record));
    const { checkpoint } = driver.block({ 2: [record] });
    const { factsRoot, requestsDigest, stateRoot } = checkpoint;
    expect(toHex(stateRoot)).toBe(toHex(domains.digest('state', concatBytes(factsRoot, requestsDigest))));
    const chained = domains.digest('requests', concatBytes(ZERO_DIGEST, requestKey(domains, 2, requestId)));
    expect(toHex(requestsDigest)).toBe(toHex(chained));
    // A block that applies nothing leaves both as they are.
    const next = driver.block({ 2: [utf8('?')] }).checkpoint;
    expect([next.stateRoot, next.requestsDigest]).toEqual([stateRoot, requestsDigest]);
    expect(next.historyRoot).not.toEqual(checkpoint.historyRoot);
  });

  it('keep only the states that are asked for', () => {
    const driver = newDriver();
    for (let i = 0; i < 6; i++) driver.block(i % 2 === 0 ? { 0: [maker.list(`p${i}`)] } : {});
    const root = driver.ledger.checkpoint(4)?.factsRoot as Uint8Array;
    driver.ledger.prune(4);
    expect([3, 4, 6, 7].map((height) => driver.ledger.checkpoint(height)?.height)).toEqual([
      undefined,
      4,
      6,
      undefined,
    ]);
    expect(verifyMapProof(crypto, driver.ledger.proveFact(factKey('p4'), 4), root)).toBe(true);
    expect(() => driver.ledger.proveFact(factKey('p0'), 3)).toThrow('retained');
    driver.ledger.prune(99);
    expect(driver.ledger.checkpoint()?.height).toBe(6);
    expect(driver.ledger.fact(factKey('p0'))).toBeDefined();
    expect(driver.block({ 1: [maker.list('p9')] }).height).toBe(7);
  });
});

describe('legal time (L4)', () => {
  it('is the block’s timestamp, in the federation’s time zone', () => {
    const driver = newDriver();
    const listing = maker.list('wang', { decidedOn: TODAY, effectiveFrom: TODAY });
    const midnight = noonOf(TODAY) - 12 * 3_600_000;
    const execute = (timestampMs: number) =>
      driver.ledger.execute({
        height: driver.ledger.height + 1,
        timestampMs,
        entries: [{ lane: 0, sequence: 1, digest: crypto.sha256(listing), records: [listing] }],
      }).outcomes[0]?.rejected;
    expect(execute(midnight - 1)).toBe('DECISION_IN_FUTURE');
    expect(execute(midnight)).toBeUndefined();
    const fact = readBlacklistFact(driver.ledger.fact(factKey('wang')) as Uint8Array);
    expect(fact.listings[0]?.listedAtMs).toBe(midnight);
  });
});

describe('restoring from execution logs', () => {
  it('gives the same ledger, which goes on in the same way', () => {
    const driver = newDriver();
    const blocks = [{ 0: [maker.list('wang')], 1: [maker.issue('c'), utf8('?')] }, {}, { 2: [maker.use('c')] }];
    for (const block of blocks) driver.block(block);
    const restored = newLedger();
    for (const { log } of driver.blocks) restored.restore(log);
    for (let height = 0; height <= 3; height++) {
      expect(restored.checkpoint(height)).toEqual(driver.ledger.checkpoint(height));
    }
    const next = { height: 4, timestampMs: noonOf(TODAY), entries: [] };
    expect(restored.execute(next)).toEqual(driver.ledger.execute(next));
    expect(restored.requestCount).toBe(3);
  });

  it('refuses a damaged log, one of another height and one that gives another state', () => {
    const driver = newDriver();
    const { log } = driver.block({ 0: [maker.list('wang')], 1: [utf8('?')] });
    const damaged = expect.objectContaining({ code: 'LOG_DAMAGED' });
    for (let i = 0; i < log.length; i++) {
      const changed = log.slice();
      changed[i] = (changed[i] as number) ^ 0x01;
      let restored: Ledger | undefined;
      try {
        restored = newLedger();
        restored.restore(changed);
      } catch (error) {
        expect(error).toEqual(damaged);
        continue;
      }
      // What is not under the roots: the timestamp, and where and why records were rejected.
      expect(restored.checkpoint()).toEqual(driver.ledger.checkpoint());
    }
    const restored = newLedger();
    restored.restore(log);
    expect(() => restored.restore(log)).toThrow(damaged);
    expect(() => newLedger().restore(log.subarray(0, log.length - 1))).toThrow(damaged);
    expect(() => newLedger().restore(new Uint8Array(0))).toThrow(damaged);
  });
});

/** The body of a record, for another record around it. */
function decodeBody(record: Uint8Array): Uint8Array {
  return unwrap(decodeRecord(record)).body;
}
