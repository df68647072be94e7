import { beforeEach, describe, expect, it } from 'vitest';
import { CeremonyMaker } from '../../../test/ceremony-fixture.ts';
import { fixtureGenesis, LedgerDriver, noonOf, RecordMaker, seeded, TODAY } from '../../../test/ledger-fixture.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import { Ledger } from '../../ledger/index.ts';
import { limits } from '../../limits.ts';
import {
  encodeOprfDeal,
  encodeOprfHold,
  encodeOprfOpen,
  encodeOprfSettle,
  OPRF_FAMILY,
  OprfCeremonyKind,
  oprfFactKey,
  oprfFactName,
  oprfTypes,
  readOprfCeremony,
  readOprfDeal,
  readOprfFact,
  readOprfKey,
  standardThreshold,
  thresholdRange,
} from './index.ts';

const N = 4;
const genesis = fixtureGenesis(crypto, N);
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
const ceremonies = new CeremonyMaker(crypto, maker);
let driver: LedgerDriver;

beforeEach(() => {
  driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
});

const { FRESH, RESHARE } = OprfCeremonyKind;
const idOf = (name: string): Uint8Array => ceremonies.id(name);

function say(lane: number, type: number, body: Uint8Array, day = TODAY): string | undefined {
  return driver.one(lane, maker.record(OPRF_FAMILY, type, body), day).code;
}

function open(lane: number, name: string, parts: Parameters<typeof encodeOprfOpen>[0] = {}, day = TODAY) {
  return driver.one(lane, ceremonies.open(name, parts), day).code;
}

function deal(lane: number, name: string, threshold = 2) {
  return driver.one(lane, ceremonies.deal(name, lane, threshold)).code;
}

function hold(lane: number, name: string, ...dealers: number[]) {
  return driver.one(lane, ceremonies.hold(name, ...dealers)).code;
}

function settle(lane: number, name: string, ...dealers: number[]) {
  return driver.one(lane, ceremonies.settle(name, ...dealers)).code;
}

const fact = (name: Uint8Array): Uint8Array | undefined => driver.ledger.fact(oprfFactKey(domains, name));

function key() {
  const value = fact(oprfFactName.key);
  return value === undefined ? undefined : readOprfKey(value, N);
}

function ceremony() {
  const value = fact(oprfFactName.ceremony);
  return value === undefined ? undefined : readOprfCeremony(value, N);
}

/** All four deal, three of them hold what 0, 1 and 2 dealt, and it is settled. */
function settled(name = 'first'): void {
  expect(open(0, name)).toBeUndefined();
  for (const city of [0, 1, 2, 3]) expect(deal(city, name)).toBeUndefined();
  for (const city of [0, 1, 2]) expect(hold(city, name, 0, 1, 2)).toBeUndefined();
  expect(settle(3, name, 0, 1, 2)).toBeUndefined();
}

describe('an OPRF ceremony', () => {
  it('makes a key of the dealers that a quorum holds, and names the holders as evaluators (P2)', () => {
    settled();
    expect(key()).toMatchObject({
      ceremonyId: idOf('first'),
      ...{ generation: 1, kind: 'fresh', threshold: 2, dealers: [0, 1, 2], evaluators: [0, 1, 2] },
      settledAtMs: noonOf(TODAY) + driver.blocks.length,
    });
    expect(ceremony()).toBeUndefined();
    expect(readOprfDeal(fact(oprfFactName.deal(1, 1)) as Uint8Array).commitments).toHaveLength(2);
    // What the key is not made of does not stay.
    expect(fact(oprfFactName.deal(1, 3))).toBeUndefined();
    expect(fact(oprfFactName.hold(0))).toBeUndefined();
  });

  it('shows what goes on while it is under way', () => {
    open(2, 'first', { threshold: 2 });
    deal(1, 'first');
    deal(0, 'first');
    expect(ceremony()).toMatchObject({
      generation: 1,
      kind: 'fresh',
      threshold: 2,
      dealt: [0, 1],
      location: { lane: 2 },
    });
    expect(readOprfFact(fact(oprfFactName.ceremony) as Uint8Array).case).toBe('ceremony');
  });

  it('is settled by any city, but not with too few holders of all its dealers', () => {
    open(0, 'first');
    for (const city of [0, 1, 2]) deal(city, 'first');
    hold(0, 'first', 0, 1, 2);
    hold(1, 'first', 0, 1);
    expect(settle(0, 'first', 0, 1)).toBe('OPRF_HOLDS_TOO_FEW');
    hold(2, 'first', 1, 2);
    expect(settle(0, 'first', 0, 1)).toBe('OPRF_HOLDS_TOO_FEW');
    expect(settle(0, 'first', 0, 1, 2)).toBe('OPRF_HOLDS_TOO_FEW');
    expect(hold(3, 'first', 0, 1)).toBeUndefined();
    expect(settle(3, 'first', 0, 1)).toBeUndefined();
    expect(key()).toMatchObject({ dealers: [0, 1], evaluators: [0, 1, 3] });
  });

  it('leaves out a dealer that lied to some: who holds no good share of it does not say so (P2)', () => {
    open(0, 'first');
    for (const city of [0, 1, 2, 3]) deal(city, 'first');
    for (const city of [0, 1, 2]) hold(city, 'first', 0, 1, 2);
    hold(3, 'first', 0, 1, 2, 3);
    expect(settle(3, 'first', 0, 1, 2, 3)).toBe('OPRF_HOLDS_TOO_FEW');
    expect(settle(3, 'first', 0, 1, 2)).toBeUndefined();
    expect(key()).toMatchObject({ dealers: [0, 1, 2], evaluators: [0, 1, 2, 3] });
  });

  it('needs f + 1 dealers, so that an honest one is among them (P2)', () => {
    open(0, 'first');
    deal(0, 'first');
    for (const city of [0, 1, 2]) hold(city, 'first', 0);
    expect(settle(0, 'first', 0)).toBe('OPRF_DEALERS_TOO_FEW');
    expect(key()).toBeUndefined();
  });

  it('takes one deal of a city, with as many commitments as shares are needed', () => {
    open(0, 'first');
    expect(deal(1, 'first', 1)).toBe('OPRF_DEAL_WRONG_DEGREE');
    expect(deal(1, 'first', 3)).toBe('OPRF_DEAL_WRONG_DEGREE');
    expect(deal(1, 'first')).toBeUndefined();
    const before = fact(oprfFactName.deal(1, 1));
    expect(deal(1, 'first')).toBe('OPRF_DEALT_ALREADY');
    expect(fact(oprfFactName.deal(1, 1))).toEqual(before);
  });

  it('lets a city hold more and more, and nothing that nobody dealt', () => {
    open(0, 'first');
    deal(0, 'first');
    deal(1, 'first');
    expect(hold(2, 'first', 0, 3)).toBe('OPRF_DEAL_MISSING');
    expect(hold(2, 'first', 0)).toBeUndefined();
    expect(hold(2, 'first', 0)).toBe('OPRF_NOTHING_NEW');
    expect(hold(2, 'first', 1)).toBe('OPRF_NOTHING_NEW');
    expect(hold(2, 'first', 0, 1)).toBeUndefined();
    expect(hold(2, 'first', 0)).toBe('OPRF_NOTHING_NEW');
  });

  it('makes a late city an evaluator once it holds all of the key, and only then', () => {
    settled();
    expect(hold(3, 'first', 0, 1)).toBe('OPRF_HOLDS_TOO_FEW');
    expect(hold(3, 'first', 0, 1, 2)).toBeUndefined();
    expect(key()?.evaluators).toEqual([0, 1, 2, 3]);
    expect(hold(3, 'first', 0, 1, 2)).toBe('OPRF_NOTHING_NEW');
  });

  it('that is stuck is replaced by a newer one, but not before ten minutes of legal time have passed', () => {
    open(0, 'first');
    deal(1, 'first');
    hold(0, 'first', 1);
    expect(open(1, 'second')).toBe('OPRF_CEREMONY_OPEN');
    expect(open(1, 'first', {}, TODAY + 1)).toBe('OPRF_CEREMONY_ID_TAKEN');
    expect(open(1, 'second', {}, TODAY + 1)).toBeUndefined();
    expect(ceremony()).toMatchObject({ ceremonyId: idOf('second'), dealt: [] });
    for (const said of [deal(2, 'first'), hold(0, 'first', 1), settle(0, 'first', 0, 1)]) {
      expect(said).toBe('OPRF_CEREMONY_UNKNOWN');
    }
    // What was held in the first one does not count in the second.
    for (const city of [1, 2]) deal(city, 'second');
    for (const city of [1, 2]) hold(city, 'second', 1, 2);
    expect(settle(0, 'second', 1, 2)).toBe('OPRF_HOLDS_TOO_FEW');
    expect(hold(0, 'second', 1)).toBeUndefined();
    expect(hold(0, 'second', 1, 2)).toBeUndefined();
    expect(settle(0, 'second', 1, 2)).toBeUndefined();
  });

  it('may be replaced exactly when its time is over', () => {
    const genesisTime = { timestampMs: noonOf(TODAY) };
    const record = (name: string) =>
      maker.record(
        OPRF_FAMILY,
        oprfTypes.open,
        encodeOprfOpen({ ceremonyId: idOf(name), generation: 1, kind: FRESH, threshold: 2 }),
      );
    const execute = (height: number, afterMs: number, name: string) => {
      const entry = {
        lane: 0,
        sequence: height,
        digest: seeded(crypto, `entry ${height}`, 32),
        records: [record(name)],
      };
      return driver.ledger.execute({ height, timestampMs: genesisTime.timestampMs + afterMs, entries: [entry] })
        .outcomes[0]?.rejected;
    };
    expect(execute(1, 0, 'first')).toBeUndefined();
    expect(execute(2, limits.oprfCeremonyMs - 1, 'second')).toBe('OPRF_CEREMONY_OPEN');
    expect(execute(3, limits.oprfCeremonyMs, 'second')).toBeUndefined();
  });

  it('is not known before it is opened', () => {
    expect(deal(0, 'first')).toBe('OPRF_CEREMONY_UNKNOWN');
    expect(hold(0, 'first', 0)).toBe('OPRF_CEREMONY_UNKNOWN');
    expect(settle(0, 'first', 0)).toBe('OPRF_CEREMONY_UNKNOWN');
  });
});

describe('a reshare', () => {
  beforeEach(() => settled());
  const parts = { generation: 2, kind: RESHARE };

  it('gives new shares of the present key, dealt by those who hold one', () => {
    expect(open(1, 'second', parts)).toBeUndefined();
    expect(deal(3, 'second')).toBe('OPRF_NOT_EVALUATOR');
    for (const city of [0, 2]) expect(deal(city, 'second')).toBeUndefined();
    for (const city of [0, 1, 3]) expect(hold(city, 'second', 0, 2)).toBeUndefined();
    // The present key answers until the new shares stand.
    expect(key()).toMatchObject({ generation: 1, evaluators: [0, 1, 2] });
    expect(settle(1, 'second', 0, 2)).toBeUndefined();
    expect(key()).toMatchObject({ generation: 2, kind: 'reshare', dealers: [0, 2], evaluators: [0, 1, 3] });
    for (const dealer of [0, 1, 2]) expect(fact(oprfFactName.deal(1, dealer))).toBeUndefined();
    expect(fact(oprfFactName.deal(2, 2))).toBeDefined();
  });

  it('needs as many dealers as the present key needs shares (P2)', () => {
    open(1, 'second', parts);
    deal(0, 'second');
    for (const city of [0, 1, 2]) hold(city, 'second', 0);
    expect(settle(1, 'second', 0)).toBe('OPRF_DEALERS_TOO_FEW');
  });

  it('leaves out a dealer whose first commitment is not its share: no honest holder holds it, and q must (P2)', () => {
    open(1, 'second', parts);
    for (const city of [0, 1, 2]) deal(city, 'second');
    for (const city of [0, 1, 2]) hold(city, 'second', 0, 1);
    hold(2, 'second', 0, 1, 2);
    expect(settle(2, 'second', 0, 1, 2)).toBe('OPRF_HOLDS_TOO_FEW');
    expect(settle(2, 'second', 0, 1)).toBeUndefined();
  });

  it('is of the next generation, and there is no second fresh key: it would make all tags unknown (P2)', () => {
    expect(open(1, 'second', { generation: 2, kind: FRESH })).toBe('OPRF_KEY_EXISTS');
    expect(open(1, 'second', { generation: 1, kind: RESHARE })).toBe('OPRF_GENERATION_WRONG');
    expect(open(1, 'second', { generation: 3, kind: RESHARE })).toBe('OPRF_GENERATION_WRONG');
    expect(open(1, 'first', parts)).toBe('OPRF_CEREMONY_ID_TAKEN');
  });

  it('that hangs leaves the present key as it is, and is replaced', () => {
    open(1, 'second', parts);
    deal(0, 'second');
    expect(key()?.generation).toBe(1);
    expect(open(2, 'third', parts, TODAY + 1)).toBeUndefined();
    expect(key()?.generation).toBe(1);
  });
});

describe('the form of a ceremony', () => {
  it('needs a key to reshare', () => {
    expect(open(0, 'first', { kind: RESHARE })).toBe('OPRF_KEY_MISSING');
    expect(open(0, 'first', { generation: 2 })).toBe('OPRF_GENERATION_WRONG');
  });

  it.each([
    [1, 1, 1, 1],
    [2, 1, 2, 2],
    [3, 1, 3, 2],
    [4, 2, 2, 2],
    [5, 2, 3, 2],
    [7, 3, 3, 3],
    [341, 114, 115, 114],
  ])('of %i cities: a threshold from %i to %i, and %i unless said otherwise (P2)', (cities, min, max, standard) => {
    expect(thresholdRange(cities)).toEqual({ min, max });
    expect(standardThreshold(cities)).toBe(standard);
  });

  it.each([
    ['a threshold of f', { threshold: 1 }],
    ['a threshold beyond n - 2f', { threshold: 3 }],
  ])('is refused with %s', (_, parts) => {
    expect(open(0, 'first', parts)).toBe('OPRF_THRESHOLD_OUT_OF_RANGE');
  });

  it.each<[string, number, Uint8Array]>([
    [
      'an id of 15 bytes',
      1,
      encodeOprfOpen({ ceremonyId: new Uint8Array(15), generation: 1, kind: FRESH, threshold: 2 }),
    ],
    ['no kind', 1, encodeOprfOpen({ ceremonyId: idOf('a'), generation: 1, threshold: 2 })],
    ['generation 0', 1, encodeOprfOpen({ ceremonyId: idOf('a'), kind: FRESH, threshold: 2 })],
    ['no commitments', 2, encodeOprfDeal({ ceremonyId: idOf('a') })],
    ['a commitment of 31 bytes', 2, encodeOprfDeal({ ceremonyId: idOf('a'), commitments: [new Uint8Array(31)] })],
    ['no dealers', 3, encodeOprfHold({ ceremonyId: idOf('a'), dealers: new Uint8Array(1) })],
    ['a dealer that is no city', 3, encodeOprfHold({ ceremonyId: idOf('a'), dealers: Uint8Array.of(0x10) })],
    ['a bitmap that is too long', 4, encodeOprfSettle({ ceremonyId: idOf('a'), dealers: Uint8Array.of(3, 0) })],
    ['bytes that are no message', 4, Uint8Array.of(255)],
  ])('is refused with %s', (_, type, body) => {
    expect(say(0, type, body)).toBe('MALFORMED');
  });

  it('is one record for the largest threshold', () => {
    const commitments = Array.from({ length: limits.oprfThresholdMax }, () => new Uint8Array(32).fill(1));
    const record = maker.record(OPRF_FAMILY, oprfTypes.deal, encodeOprfDeal({ ceremonyId: idOf('a'), commitments }));
    expect(record.length).toBeLessThanOrEqual(limits.recordBytesMax);
  });
});
