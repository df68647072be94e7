import { create } from '@bufbuild/protobuf';
import { beforeEach, describe, expect, it } from 'vitest';
import { fixtureGenesis, LedgerDriver, noonOf, RecordMaker, TODAY } from '../../../test/ledger-fixture.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import { unwrap } from '../../errors.ts';
import { RecordRefSchema } from '../../gen/hansa/v1/record_pb.ts';
import { Ledger } from '../../ledger/index.ts';
import { decodeRecord, type RecordLocation, toRecordRef } from '../../records/index.ts';
import {
  access,
  accessBatchFactKey,
  ErasureReason,
  encodeAccessBatch,
  encodeAccessErased,
  erasureFactKey,
  readAccessBatchFact,
  readErasureFact,
} from './index.ts';

const [HAIKOU, SANYA] = [0, 1];
const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
const NOON = noonOf(TODAY);
const START = genesis.createdAtMs;
const EMPTY_ROOT = crypto.sha256(new Uint8Array());
const place: RecordLocation = { lane: 1, sequence: 300, position: 2 };
let driver: LedgerDriver;

beforeEach(() => {
  driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
});

function batch(fromMs: number, toMs: number, parts: Parameters<typeof encodeAccessBatch>[0] = {}): Uint8Array {
  const times = { fromMs: BigInt(fromMs), toMs: BigInt(toMs) };
  return maker.record(4, 1, encodeAccessBatch({ ...times, root: maker.tag('root'), count: 3, ...parts }));
}

function erased(at: RecordLocation, parts: Parameters<typeof encodeAccessErased>[0] = {}): Uint8Array {
  const record = create(RecordRefSchema, toRecordRef(at));
  const body = { record, commitment: maker.commitment('payload'), reason: ErasureReason.LIFTED, ...parts };
  return maker.record(4, 2, encodeAccessErased(body));
}

const codeOf = (lane: number, record: Uint8Array) => driver.one(lane, record).code ?? 'accepted';

describe('a batch of access receipts (P3)', () => {
  it('stands as the newest of its lane, with the one before it', () => {
    const { location: first } = driver.one(HAIKOU, batch(START, NOON - 2000));
    const { location: second } = driver.one(HAIKOU, batch(NOON - 2000, NOON - 1000, { root: EMPTY_ROOT, count: 0 }));
    const value = driver.ledger.fact(accessBatchFactKey(domains, HAIKOU)) as Uint8Array;
    expect(readAccessBatchFact(value)).toEqual({
      location: second,
      fromMs: NOON - 2000,
      toMs: NOON - 1000,
      root: EMPTY_ROOT,
      count: 0,
      previous: first,
    });
    expect(driver.ledger.fact(accessBatchFactKey(domains, SANYA))).toBeUndefined();
  });

  it('begins where the one before it ended: no receipt has two batches, and none has no batch', () => {
    expect(codeOf(HAIKOU, batch(START, NOON - 2000))).toBe('accepted');
    expect(codeOf(HAIKOU, batch(NOON - 1999, NOON - 1000))).toBe('ACCESS_PERIOD_NOT_NEXT');
    expect(codeOf(HAIKOU, batch(NOON - 2001, NOON - 1000))).toBe('ACCESS_PERIOD_NOT_NEXT');
    expect(codeOf(HAIKOU, batch(START, NOON - 2000))).toBe('ACCESS_PERIOD_NOT_NEXT');
    // Every lane has periods of its own.
    expect(codeOf(SANYA, batch(START - 1, NOON - 1000))).toBe('accepted');
    expect(codeOf(HAIKOU, batch(NOON - 2000, NOON - 1000))).toBe('accepted');
  });

  it('begins with the federation when it is the first: none has a time before it', () => {
    expect(codeOf(HAIKOU, batch(START + 1, NOON - 1000))).toBe('ACCESS_PERIOD_NOT_NEXT');
    expect(codeOf(HAIKOU, batch(START, NOON - 1000))).toBe('accepted');
  });

  it('is of a period that is over by the block\u2019s time (L4)', () => {
    // The driver's next block is at noon plus its height.
    const blockMs = NOON + driver.ledger.height + 1;
    expect(codeOf(HAIKOU, batch(0, blockMs + 1))).toBe('ACCESS_PERIOD_NOT_OVER');
    expect(codeOf(HAIKOU, batch(0, blockMs + 1))).toBe('accepted');
  });

  it.each<[string, Uint8Array, string]>([
    ['an end that is its beginning', batch(NOON - 5, NOON - 5), 'ACCESS_PERIOD_INVALID'],
    ['an end before its beginning', batch(NOON - 5, NOON - 6), 'ACCESS_PERIOD_INVALID'],
    ['a time beyond exact numbers', batch(0, 2 ** 53), 'ACCESS_PERIOD_INVALID'],
    ['a root of 31 bytes', batch(1, 2, { root: new Uint8Array(31) }), 'MALFORMED'],
    ['no receipts under a root of some', batch(1, 2, { count: 0 }), 'MALFORMED'],
    ['receipts under the root of none', batch(1, 2, { root: EMPTY_ROOT }), 'MALFORMED'],
  ])('is refused with %s', (_what, record, code) => {
    expect(codeOf(HAIKOU, record)).toBe(code);
  });
});

describe('an acknowledgement of erasure (P1)', () => {
  it('is each city\u2019s own, and made once', () => {
    const { location } = driver.one(HAIKOU, erased(place));
    const value = driver.ledger.fact(erasureFactKey(domains, HAIKOU, place)) as Uint8Array;
    expect(readErasureFact(value)).toEqual({
      location,
      commitment: maker.commitment('payload'),
      reason: ErasureReason.LIFTED,
      erasedAtMs: NOON + driver.ledger.height,
    });
    expect(codeOf(HAIKOU, erased(place, { reason: ErasureReason.EXPIRED }))).toBe('ERASURE_KNOWN');
    expect(codeOf(SANYA, erased(place))).toBe('accepted');
    for (const other of [{ lane: 2 }, { sequence: 301 }, { sequence: 2 ** 40 + 300 }, { position: 3 }]) {
      expect(codeOf(HAIKOU, erased({ ...place, ...other }))).toBe('accepted');
    }
  });

  it.each<[string, Uint8Array]>([
    ['no record', maker.record(4, 2, encodeAccessErased({ commitment: maker.tag('x'), reason: 1 }))],
    ['a record of a lane that does not exist', erased({ ...place, lane: 4 })],
    ['a commitment of 31 bytes', erased(place, { commitment: new Uint8Array(31) })],
    ['no reason', erased(place, { reason: ErasureReason.UNSPECIFIED })],
  ])('is malformed with %s', (_what, record) => {
    expect(codeOf(HAIKOU, record)).toBe('MALFORMED');
  });
});

it('records of accesses concern the fact that they make, which a receipt of them carries', () => {
  const keys = (record: Uint8Array) => {
    const body = unwrap(access.check(unwrap(decodeRecord(record)), { genesis, domains, crypto }));
    return access.concerns?.(body, { domains, lane: SANYA });
  };
  expect(keys(batch(1, 2))).toEqual([accessBatchFactKey(domains, SANYA)]);
  expect(keys(erased(place))).toEqual([erasureFactKey(domains, SANYA, place)]);
});
