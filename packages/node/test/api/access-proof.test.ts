import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap } from '@hansa/protocol';
import {
  type AccessAsked,
  AccessTree,
  encodeAccessProof,
  encodeAccessRequest,
  signAccessRequest,
  verifyAccessProof,
} from '@hansa/protocol/access';
import { explainAccessProof } from '@hansa/protocol/receipt';
import { parseLocation } from '@hansa/protocol/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nativeCrypto } from '../../src/crypto/index.ts';
import type { ExchangeCity } from '../../src/exchange/index.ts';
import { encodeExchangeRequest } from '../../src/exchange/wire.ts';
import { transcript } from '../cli/transcript.ts';
import { testNowMs } from './cities.ts';
import { accessesAt, account, type Door, type Doors, openDoors } from './fixture.ts';

let doors: Doors;
let haikou: Door;
let sanya: Door;

beforeAll(async () => {
  doors = await openDoors(4);
  [haikou, sanya] = doors.doors as [Door, Door];
});
afterAll(() => doors.close());

describe('who looked', () => {
  it('is proven with the genesis file alone: that a batch has an access, and that a city left one out (P3)', async () => {
    const issued = await haikou.call('issuer', 'POST', '/v1/certificates', { payload: { account, handler: 'op08' } });
    const { location } = issued.json();
    await doors.actedOn();
    const record = unwrap(parseLocation(doors.federation.genesis, location));
    // Sanya asks, behind its own back: it keeps no receipt of it.
    const asked = {
      ...{ kind: 'read', asker: 1, answerer: 0, record, basis: { kind: 'law', code: 'LOAN_DECISION' } },
      ...{ commitment: new Uint8Array(32), caseCommitment: new Uint8Array(32), operator: new Uint8Array(16) },
      ...{ nonce: new Uint8Array(randomBytes(16)), askedAtMs: testNowMs() },
    } as AccessAsked;
    const { domains, credentialSecrets } = doors.federation;
    const bytes = encodeAccessRequest(asked);
    const signature = signAccessRequest(nativeCrypto, domains, bytes, credentialSecrets[1] as Uint8Array);
    const frame = encodeExchangeRequest({ bytes, signature, sealed: undefined });
    await (sanya.city as ExchangeCity).ask(0, 'exchange', frame, 60_000);
    const patience = AbortSignal.timeout(60_000);
    for (const { exchange } of [haikou, sanya]) expect(await exchange.batches.seal(patience)).toBe(true);
    await doors.actedOn();
    const [access] = (await accessesAt(haikou, `&record=${location}`)).slice(-1);
    expect(access).toMatchObject({ reader: 'sanya', code: 'PAYLOAD_UNKNOWN' });
    const testimony = (await sanya.call('auditor', 'GET', '/v1/access/testimony')).json();
    const directory = await mkdtemp(join(tmpdir(), 'hansa-proof-'));
    try {
      const values = { temp: directory, receipt: access.id, haikou: access.batch };
      await writeFile(join(directory, 'genesis.json'), doors.federation.bytes);
      for (const [name, more] of [
        ['present', {}],
        ['absent', { testimony }],
      ] as const) {
        const answer = await haikou.call('auditor', 'POST', '/v1/access/prove', {
          payload: { receipt: access.id, ...more },
        });
        const proof = Buffer.from(answer.json().proof, 'base64');
        await writeFile(join(directory, name), proof);
        const last = proof.length - 1;
        await writeFile(join(directory, `${name}.bent`), proof.with(last, (proof[last] as number) ^ 1));
      }
      await transcript(
        `
$ hansa access verify {temp}/present --genesis {temp}/genesis.json
PRESENT: haikou has the access in its batch, and a quorum of the federation’s cities agreed on that batch
  access   read of <place> by sanya, PAYLOAD_UNKNOWN, <time>
  receipt  {receipt}
  batch    {haikou}, agreed on by <time>
$ hansa access verify {temp}/absent --genesis {temp}/genesis.json
ABSENT: sanya left the access out of its batch, though both cities signed it
  access   read of <place> by sanya, PAYLOAD_UNKNOWN, <time>
  receipt  {receipt}
  batch    <other>, agreed on by <time>
  meaning  sanya only asked: it hides the access, or never got the answer
$ hansa access verify {temp}/absent --genesis {temp}/genesis.json --json
<shown>
`,
        { values },
      );
      expect(JSON.parse((values as Record<string, string>).shown as string)).toMatchObject({
        ...{ present: false, city: 'sanya', batchStanding: 'current', hidden: false, outcome: 'PAYLOAD_UNKNOWN' },
      });
      for (const name of ['present', 'absent']) {
        const bent = new Uint8Array(await readFile(join(directory, `${name}.bent`)));
        const context = { genesis: doors.federation.genesis, crypto: nativeCrypto, domains };
        expect(explainAccessProof(context, bent).ok).toBe(false);
      }
      // The paths of another batch's proof lead to another batch.
      const good = unwrap(
        verifyAccessProof(
          { ...doors.federation, crypto: nativeCrypto },
          new Uint8Array(await readFile(join(directory, 'present'))),
        ),
      );
      const stray = await haikou.city.receipt({ record, factKeys: [] });
      const { leaves } = new AccessTree(nativeCrypto, [good.access.id]).prove(good.access.id);
      const swapped = encodeAccessProof({
        ...{ receipt: good.access.bytes, present: true, leaves, ledgerReceipt: stray },
        batch: { ...good.batch, root: new AccessTree(nativeCrypto, [good.access.id]).root, count: 1 },
      });
      expect(explainAccessProof({ ...doors.federation, crypto: nativeCrypto }, swapped)).toMatchObject({
        error: { code: 'ACCESS_PROOF_WRONG' },
      });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
