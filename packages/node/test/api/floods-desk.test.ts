import { createReadStream } from 'node:fs';
import { limits } from '@hansa/protocol';
import { formatLocation, type RecordLocation } from '@hansa/protocol/records';
import { MemoryStore } from '@hansa/protocol/replica';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoredAnswers } from '../../src/api/answers.ts';
import type { City } from '../../src/city/city.ts';
import { documentBytesMax } from '../../src/registry/index.ts';
import { floodCount, spoilt, spoiltJson } from '../flood.ts';
import { oprfAt } from '../oprf-at-city.ts';
import { testNowMs, until } from './cities.ts';
import {
  accessesAt,
  type Door,
  type Doors,
  dayFromNow,
  listingForm,
  memoryRegistry,
  openDoor,
  openDoors,
  receiptsAt,
  unlistedNumber,
} from './fixture.ts';
import { flood, json } from './flood.ts';

/** Floods at the doors that need a token: a stolen one, or a program gone wrong, is no reason to fall. */
let doors: Doors;
let haikou: Door;
let sanya: Door;
/** Danzhou's desk, whose private stores the test can count. */
let desk: Door;
const registryStore = new MemoryStore();
const answers = new MemoryStore();

beforeAll(async () => {
  doors = await openDoors(4);
  [haikou, sanya] = doors.doors as [Door, Door];
  const city = doors.cities[2] as City;
  const oprf = await oprfAt(city, testNowMs);
  const registry = memoryRegistry(doors, city, registryStore);
  desk = await openDoor(city, registry, undefined, new StoredAnswers(answers), { oprf });
});
afterAll(async () => {
  await desk.app.close();
  await doors.close();
});

/** Everything that the desk keeps: of a flood that is nothing, however long it lasts. */
async function kept(): Promise<number[]> {
  const count = async (store: MemoryStore) => {
    let values = 0;
    for await (const _ of store.range({ gte: new Uint8Array(0), lt: new Uint8Array(9).fill(0xff) })) values++;
    return values;
  };
  return [await count(registryStore), await count(answers)];
}

/** Larger than any body; larger than any field of these doors. */
const largeBody = 'A'.repeat(2 * limits.entryBytesMax + 1);
const largeField = JSON.stringify({ case: 'A'.repeat(64 * 1024) });

/** Every other one under an Idempotency-Key of its own. */
const spoiltRequest = (good: object, bent: readonly object[]) => (i: number) => ({
  payload: spoiltJson(good, bent, i, i % 1000 === 0 ? largeBody : largeField),
  headers: { ...json, ...(i % 4 < 2 ? {} : { 'idempotency-key': `flood-${i}` }) },
});

/** What every door says to bodies that are cut off or too large. */
const always = ['BODY_MALFORMED', 'BODY_TOO_LARGE'];

describe('the doors of the desk', () => {
  it('refuse 10,000 papers that are none, too large or cut off, keep nothing of them, and take the next good one', async () => {
    const { subject, decidedOn } = listingForm(unlistedNumber, 'x');
    const good = {
      ...{ subject, judgementNumber: '测试认字第1号', decidedOn, name: 'decision.pdf' },
      content: Buffer.from('%PDF-1.7\n').toString('base64'),
    };
    const bent = [
      { ...good, content: Buffer.from('#!/bin/sh\n').toString('base64') },
      { ...good, content: 'no base64!' },
      { ...good, content: good.content.slice(0, 3) },
      { ...good, name: '../../etc/passwd' },
      { ...good, subject: { ...subject, number: '990102198812310026' } },
      { ...good, decidedOn: '2026-02-30' },
      { ...good, more: true },
    ];
    const tooLarge = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(documentBytesMax)]).toString('base64');
    const largePaper = JSON.stringify({ ...good, content: tooLarge });
    const request = spoiltRequest(good, bent);
    const before = await kept();
    const codes = await flood(desk, 'clerk', '/v1/blacklist/documents', (i) =>
      i % 500 === 250 ? { payload: largePaper, headers: json } : request(i),
    );
    const own = ['DOCUMENT_TOO_LARGE', 'DOCUMENT_TYPE_UNKNOWN', 'FIELD_INVALID', 'FIELD_UNKNOWN', 'ID_CHECK_DIGIT'];
    expect([...codes]).toEqual(expect.arrayContaining([...always, ...own]));
    expect(await kept()).toEqual(before);
    const taken = await desk.call('clerk', 'POST', '/v1/blacklist/documents', { payload: good });
    expect(taken.json().documents, taken.body).toMatchObject([{ name: 'decision.pdf' }]);
  });

  it('refuse 10,000 changes that break a rule, keep nothing of them, and prepare the next good one', async () => {
    const listing = listingForm(unlistedNumber, '测试认字第1号');
    const good = { kind: 'list', listing, handler: 'op08' };
    const bent = [
      { ...good, listing: { ...listing, subject: { kind: 'id', number: '990102198812310026' } } },
      { ...good, listing: { ...listing, objectionUntil: dayFromNow(-5) } },
      { ...good, listing: { ...listing, restrictUntil: dayFromNow(3000) } },
      { ...good, listing: { ...listing, severity: 'unheard of' } },
      { kind: 'lift', location: 'haikou/99/0', reason: 'void', handler: 'op08' },
      { kind: 'lift', handler: 'op08' },
      { ...good, handler: ' ' },
    ];
    const before = await kept();
    const codes = await flood(desk, 'clerk', '/v1/approvals', spoiltRequest(good, bent));
    const own = ['ID_CHECK_DIGIT', 'OBJECTION_WINDOW_OPEN', 'RESTRICT_TOO_LONG', 'FIELD_INVALID', 'FIELD_MISSING'];
    expect([...codes]).toEqual(expect.arrayContaining([...always, ...own]));
    expect(await kept()).toEqual(before);
    const prepared = await desk.call('clerk', 'POST', '/v1/approvals', { payload: good });
    expect(prepared.json(), prepared.body).toMatchObject({ state: 'waiting' });
  });

  it('refuse 10,000 approvals of what nobody prepared or may approve, and carry out the next good one', async () => {
    const { waiting } = (await desk.call('approver', 'GET', '/v1/approvals')).json();
    const [{ id, documents }] = waiting;
    const commitments = documents.map(({ commitment }: { commitment: string }) => commitment);
    const good = { approver: 'ap02', documents: commitments };
    const bent = [
      { ...good, approver: 'op08' },
      { ...good, documents: [] },
      { ...good, documents: [...commitments, '00'.repeat(32)] },
      { ...good, documents: ['00'] },
      { approver: '' },
    ];
    const before = await kept();
    const codes = await flood(desk, 'approver', `/v1/approvals/${id}/approve`, spoiltRequest(good, bent));
    const own = ['APPROVERS_NOT_DISTINCT', 'DOCUMENTS_CHANGED', 'FIELD_INVALID'];
    expect([...codes]).toEqual(expect.arrayContaining([...always, ...own]));
    expect(await kept()).toEqual(before);
    const approved = await desk.call('approver', 'POST', `/v1/approvals/${id}/approve`, { payload: good });
    expect(approved.json(), approved.body).toMatchObject({ state: 'approved' });
  });

  it('refuse 10,000 ceremonies that cannot be, and open the next good one', async () => {
    const good = { kind: 'fresh', threshold: 2 };
    const bent = [{ kind: 'reshare' }, { ...good, threshold: 9 }, { kind: 'stale' }, { ...good, threshold: 'two' }];
    const before = await kept();
    const codes = await flood(desk, 'operator', '/v1/oprf/ceremony', spoiltRequest(good, bent));
    const own = ['OPRF_KEY_MISSING', 'OPRF_THRESHOLD_OUT_OF_RANGE', 'FIELD_INVALID'];
    expect([...codes]).toEqual(expect.arrayContaining([...always, ...own]));
    expect(await kept()).toEqual(before);
    const opened = await desk.call('operator', 'POST', '/v1/oprf/ceremony', { payload: good });
    expect(opened.json(), opened.body).toMatchObject({ state: 'final' });
  });
});

describe('the doors of the supervisor', () => {
  let testimony: { batches: { root: string; ids: string[] }[]; receipts: string[] };
  let receipt: string;

  beforeAll(async () => {
    let location: RecordLocation | undefined;
    const file = createReadStream(new URL('../../data/centres/haikou/blacklist.csv', import.meta.url));
    for await (const event of haikou.registry.import('blacklist', file, { mapping: 'haikou', dryRun: false })) {
      if (event.kind === 'sealed') location = event.locations[0];
    }
    await doors.settled();
    const name = formatLocation(doors.federation.genesis, location as RecordLocation);
    const payload = { basis: 'LOAN_DECISION', case: 'LOAN-2026-0117', handler: 'op03' };
    const opened = await sanya.call('clerk', 'POST', `/v1/blacklist/${name}/open`, { payload });
    expect(opened.statusCode, opened.body).toBe(200);
    await haikou.exchange.batches.seal(AbortSignal.timeout(60_000));
    await doors.actedOn();
    testimony = (await haikou.call('auditor', 'GET', '/v1/access/testimony')).json();
    receipt = (await accessesAt(haikou))[0].id;
  });

  /** Testimonies whose batches are none of the ledger's. */
  const otherBatches = () => {
    const [batch] = testimony.batches;
    return [
      { ...batch, root: '00'.repeat(32) },
      { ...batch, ids: [...(batch?.ids ?? []), 'ff'.repeat(32)] },
      { ...batch, location: 'haikou/999/0' },
    ].map((changed) => ({ ...testimony, batches: [changed, ...testimony.batches.slice(1)] }));
  };

  /** And those with a receipt that is spoilt, each in another place. */
  const madeUp = () => {
    const receipts = Array.from({ length: 97 }, (_, i) => ({
      ...testimony,
      receipts: [spoilt(testimony.receipts[0] ?? '', 2 * i + 1, ''), ...testimony.receipts.slice(1)],
    }));
    return [
      ...otherBatches(),
      ...receipts,
      { ...testimony, receipts: ['no base64!'] },
      { ...testimony, city: 'nowhere' },
    ];
  };

  it('refuse 10,000 testimonies that are made up, too large or cut off, and verify the next good one', async () => {
    const good = { testimony };
    const before = await receiptsAt(haikou);
    const bent = madeUp().map((made) => ({ testimony: made }));
    const codes = await flood(haikou, 'auditor', '/v1/access/verify', spoiltRequest(good, bent));
    const own = ['ACCESS_BATCH_UNKNOWN', 'ACCESS_RECEIPT_MALFORMED', 'CITY_UNKNOWN', 'FIELD_INVALID'];
    expect([...codes]).toEqual(expect.arrayContaining([...always, ...own]));
    expect(await receiptsAt(haikou)).toBe(before);
    const verified = await haikou.call('auditor', 'POST', '/v1/access/verify', { payload: good });
    expect(verified.json(), verified.body).toMatchObject({ city: 'haikou', withheld: [], missing: [] });
  });

  it('refuse 10,000 wishes for proofs of what is not there, and prove the next that is', async () => {
    const good = { receipt, testimony };
    const bent = [
      // Of a batch only the receipts are taken from the testimony: the proof has everything else from the ledger.
      ...otherBatches().flatMap((made, i) => (i === 1 ? [{ receipt, testimony: made }] : [])),
      { receipt, testimony: { ...testimony, city: 'nowhere' } },
      { receipt: '00'.repeat(32) },
      { receipt: receipt.slice(1) },
    ];
    const codes = await flood(haikou, 'auditor', '/v1/access/prove', spoiltRequest(good, bent));
    const own = ['ACCESS_PROOF_WRONG', 'ACCESS_UNKNOWN', 'CITY_UNKNOWN', 'FIELD_INVALID'];
    expect([...codes]).toEqual(expect.arrayContaining([...always, ...own]));
    const proven = await haikou.call('auditor', 'POST', '/v1/access/prove', { payload: good });
    expect(proven.json(), proven.body).toMatchObject({ proof: expect.any(String) });
  });
});

describe('the door that gives challenges', () => {
  it('gives so many, says to the others of 10,000 when to come again, and gives the next', async () => {
    const given = new Set<string>();
    let [limited, spoiltOnes] = [0, 0];
    for (let i = 0; i < floodCount; i++) {
      const spoils = i % 10 === 0;
      const request = spoils ? { payload: i % 1000 === 0 ? largeBody : '{"challenge":', headers: json } : {};
      const answer = await haikou.call(undefined, 'POST', '/v1/holder/challenges', request);
      haikou.log.length = 0;
      if (answer.statusCode === 201) {
        given.add(answer.json().challenge);
        continue;
      }
      const { code, retryAfterMs } = answer.json();
      if (spoils) expect(['BODY_TOO_LARGE', 'BODY_MALFORMED']).toContain(code);
      else expect({ code, retryAfterMs }).toEqual({ code: 'RATE_EXCEEDED', retryAfterMs: expect.any(Number) });
      if (spoils) spoiltOnes++;
      else limited++;
    }
    expect(spoiltOnes).toBe(floodCount / 10);
    // Each is another; together they are what the bucket had and what came into it meanwhile.
    expect(given.size + limited).toBe(floodCount - spoiltOnes);
    expect(given.size).toBeGreaterThanOrEqual(200);
    await until(async () => (await haikou.call(undefined, 'POST', '/v1/holder/challenges')).statusCode === 201);
  });
});
