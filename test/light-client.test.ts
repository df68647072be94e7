import { fromHex } from '@hansa/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinRecords, recordsType } from '../packages/node/src/api/record-stream.ts';
import {
  account,
  type Door,
  type Doors,
  listedNumber,
  listing,
  openDoors,
  unlistedNumber,
} from '../packages/node/test/api/fixture.ts';
import { bundleLightClient } from '../packages/protocol/scripts/bundle-light-client.js';
import { type BrowserVerdict, openPage } from './support/browser.ts';

let page: BrowserVerdict;
beforeAll(async () => {
  const { code } = await bundleLightClient(new URL('../packages/protocol/src/light-client/index.ts', import.meta.url));
  page = openPage(code);
});

/** The daemon signs and proves with native code; a page has the bundle, its own cryptography and its own reader. */
describe.each(['ed25519', 'bls12381'] as const)('a page that is given a receipt of a daemon (%s votes)', (scheme) => {
  let doors: Doors;
  let sanya: Door;
  let listed: string;
  beforeAll(async () => {
    doors = await openDoors(4, scheme);
    const [haikou] = doors.doors as [Door];
    sanya = doors.doors[1] as Door;
    const payload = Buffer.from(joinRecords([await listing(doors, listedNumber)]));
    const headers = { 'content-type': recordsType };
    const sealed = await haikou.call('operator', 'POST', '/v1/records?wait=final', { headers, payload });
    listed = sealed.json().sealed[0].first;
    await doors.settled();
  });
  afterAll(() => doors.close());

  async function receiptOf(question: object): Promise<Uint8Array> {
    const response = await sanya.call('auditor', 'POST', '/v1/receipts', { payload: question });
    expect(response.statusCode).toBe(200);
    return response.rawPayload;
  }

  async function factKeyOf(number: string): Promise<Uint8Array> {
    const payload = { subject: { kind: 'id', number }, purpose: 'loan', case: 'L-1' };
    const { proof } = (await sanya.call('clerk', 'POST', '/v1/check', { payload })).json();
    return fromHex(proof.replace('blacklist:', '')) as Uint8Array;
  }

  test('L3: sees a listing, the absence of another person, and a certificate', async () => {
    const genesis = doors.federation.bytes;
    const listedKey = await factKeyOf(listedNumber);
    expect(page({ genesis, receipt: await receiptOf({ record: listed }), factKey: listedKey })).toBe(
      JSON.stringify({ record: listed, fact: 'present' }),
    );
    const absentKey = await factKeyOf(unlistedNumber);
    const proof = `blacklist:${Buffer.from(absentKey).toString('hex')}`;
    expect(page({ genesis, receipt: await receiptOf({ proof }), factKey: absentKey })).toBe(
      JSON.stringify({ record: null, fact: 'absent' }),
    );
    const issue = { payload: { account, handler: 'op08' } };
    const { code } = (await (doors.doors[0] as Door).call('issuer', 'POST', '/v1/certificates', issue)).json();
    await doors.settled();
    const key = doors.federation.domains.digest('fact/certificate', fromHex(code) as Uint8Array);
    expect(page({ genesis, receipt: await receiptOf({ certificate: code }), factKey: key })).toBe(
      JSON.stringify({ record: null, fact: 'present' }),
    );
  });

  test('refuses it with a flipped bit, and with the genesis of another federation', async () => {
    const receipt = new Uint8Array(await receiptOf({ record: listed }));
    const factKey = await factKeyOf(listedNumber);
    const flipped = receipt.slice();
    flipped[receipt.length >> 1] = (flipped[receipt.length >> 1] as number) ^ 1;
    expect(page({ genesis: doors.federation.bytes, receipt: flipped, factKey })).toMatch(/^RECEIPT_/);
    const renamed = new TextDecoder().decode(doors.federation.bytes).replace('api test', 'another');
    const genesis = new TextEncoder().encode(renamed);
    expect(page({ genesis, receipt, factKey })).toBe('RECEIPT_WRONG_FEDERATION');
  });
});
