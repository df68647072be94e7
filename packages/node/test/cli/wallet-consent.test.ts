import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { testNowMs } from '../api/cities.ts';
import { account, type Door, type Doors, openDoors } from '../api/fixture.ts';
import { transcript } from './transcript.ts';

let doors: Doors;
let haikou: Door;
let sanya: Door;
let directory: string;
let values: Record<string, string>;

beforeAll(async () => {
  // The phone's clock is that of the cities, which live on the day of their exports.
  vi.spyOn(Date, 'now').mockImplementation(testNowMs);
  doors = await openDoors(4);
  [haikou, sanya] = doors.doors as [Door, Door];
  directory = await mkdtemp(join(tmpdir(), 'hansa-consent-'));
  values = { temp: directory, genesis: join(directory, 'genesis.json'), wallet: join(directory, 'wu') };
  await writeFile(values.genesis as string, doors.federation.bytes);
  await writeFile(join(directory, 'account.txt'), account);
  for (const door of [haikou, sanya]) {
    await door.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = door.app.server.address() as AddressInfo;
    values[door.city.self.name] = `http://127.0.0.1:${port}`;
  }
  await run(`
$ hansa wallet init --wallet {wallet} --genesis {genesis} --algorithm es256 --json
<made>
$ hansa wallet apply --wallet {wallet} --city haikou --url {haikou} --purpose loan-approval --account-file {temp}/account.txt --json
<applied>
`);
  const { id } = JSON.parse(values.applied as string).application;
  const payload = { handler: 'op08' };
  const { code } = (await haikou.call('issuer', 'POST', `/v1/applications/${id}/approve`, { payload })).json();
  values.code = code;
  await doors.settled();
  await run(`
$ hansa wallet receive --wallet {wallet} --json
<received>
`);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await doors.close();
  await rm(directory, { recursive: true, force: true });
});

const run = (text: string) => transcript(text, { values });
const open = async (consent: string, matter: string) => {
  const payload = { purpose: 'loan-approval', case: matter, consent, handler: 'op03' };
  return (await sanya.call('clerk', 'POST', `/v1/certificates/${values.code}/open`, { payload })).json();
};

describe('P3, P4: a citizen lets Sanya read', () => {
  test('once, signed with the phone\u2019s key; Sanya reads once, and the citizen sees both looks', async () => {
    await run(`
$ hansa wallet who-looked --wallet {wallet} {code}
Nobody looked, as far as haikou knows.
$ hansa wallet consent list --wallet {wallet}
No consents.
$ hansa wallet consent grant --wallet {wallet} {code} --to sanya --purpose loan-approval --uses 1
Consent <consent>: sanya may read 1 time: <place>, final in block <n>.
`);
    await doors.settled();
    const read = await open(values.consent as string, 'LOAN-1');
    expect(JSON.stringify(read)).toContain(account);
    await doors.settled();
    const again = await open(values.consent as string, 'LOAN-2');
    expect(again.code).toBe('CONSENT_EXHAUSTED');
    await run(`
$ hansa wallet consent list --wallet {wallet} --json
<listed>
$ hansa wallet who-looked --wallet {wallet} {code} --json
<looked>
`);
    const [consent] = JSON.parse(values.listed as string).consents;
    expect(consent).toMatchObject({ id: values.consent, grantee: 'sanya', status: 'exhausted', usesLeft: 0 });
    const { accesses } = JSON.parse(values.looked as string);
    expect(accesses).toContainEqual(
      expect.objectContaining({ reader: 'sanya', outcome: 'granted', consent: values.consent }),
    );
  });

  test('until a day, and takes it back: nobody reads any more', async () => {
    await run(`
$ hansa wallet consent grant --wallet {wallet} {code} --to sanya --purpose loan-approval --until 2026-12-31 --city sanya --url {sanya}
Consent <other>: sanya may read until 2026-12-31: <otherplace>, final in block <n>.
$ hansa wallet consent withdraw --wallet {wallet} {other}
Consent {other} is withdrawn: <withdrawn>, final in block <n>.
`);
    await doors.settled();
    expect((await open(values.other as string, 'LOAN-3')).code).toBe('CONSENT_WITHDRAWN');
  });

  test('through a counter, which carries what the wallet wrote to a file', async () => {
    await run(`
$ hansa wallet consent grant --wallet {wallet} {code} --to sanya --purpose loan-review --uses 2 --out {temp}/grant.txt
Consent <paper>: sanya may read 2 times: signed, in {temp}/grant.txt. It counts once a city has carried it.
$ hansa wallet consent list --wallet {wallet} --json
<before>
`);
    const ids = (text: string, which: string) => JSON.parse(text)[which].map(({ id }: { id: string }) => id);
    expect(ids(values.before as string, 'notCarried')).toEqual([values.paper]);
    const carry = async (name: string) => {
      const record = (await readFile(join(directory, name), 'utf8')).trim();
      return (await sanya.call(undefined, 'POST', '/v1/consents', { payload: { record } })).json();
    };
    expect(await carry('grant.txt')).toMatchObject({ id: values.paper, state: 'final' });
    await doors.settled();
    await run(`
$ hansa wallet consent withdraw --wallet {wallet} {paper} --out {temp}/withdrawal.txt
Withdrawal of {paper}: signed, in {temp}/withdrawal.txt. It counts once a city has carried it.
`);
    expect(await carry('withdrawal.txt')).toMatchObject({ id: values.paper, state: 'final' });
    await doors.actedOn();
    // Every city finds the consents of a certificate, newest first.
    const url = `/v1/certificates/${values.code}/consents`;
    const listed = (await sanya.call('clerk', 'GET', `${url}?limit=1`)).json().consents;
    expect(listed).toMatchObject([{ id: values.paper, status: 'withdrawn', purpose: 'loan-review', maxUses: 2 }]);
    const all = (await haikou.call('issuer', 'GET', url)).json().consents;
    expect(all.map(({ id }: { id: string }) => id)).toContain(values.consent);
    const unknown = await haikou.call('issuer', 'GET', `/v1/certificates/${'0'.repeat(32)}/consents`);
    expect(unknown.json().code).toBe('CERTIFICATE_UNKNOWN');
  });

  test('and no other wallet grants or withdraws in the holder\u2019s name', async () => {
    values.thief = join(directory, 'thief');
    await run(`
$ hansa wallet init --wallet {thief} --genesis {genesis} --json
<stolen>
$ hansa wallet consent withdraw --wallet {thief} {consent}
! hansa: The wallet gave no such consent. See: hansa wallet consent list [CONSENT_NOT_IN_WALLET]
[exit 1]
$ hansa wallet consent grant --wallet {wallet} {code} --to sanya --purpose loan-approval
! hansa: say how far the consent goes: --uses NUMBER, --until DAY, or both [USAGE]
[exit 2]
`);
    const { Wallet } = await import('../../src/wallet/wallet.ts');
    const owner = await Wallet.open(values.wallet as string);
    const thief = await Wallet.open(values.thief as string);
    for (const kept of await owner.all('certificates')) await thief.keep('certificates', kept.code, kept);
    await run(`
$ hansa wallet consent grant --wallet {thief} {code} --to sanya --purpose loan-approval --uses 1 --json
<refusal>
[exit 1]
$ hansa wallet who-looked --wallet {thief} {code} --json
<denied>
[exit 1]
`);
    expect(JSON.parse(values.refusal as string).error.code).toBe('CONSENT_NOT_BY_HOLDER');
    expect(JSON.parse(values.denied as string).error.code).toBe('NOT_CERTIFICATE_HOLDER');
  });
});
