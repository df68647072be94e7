import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '@hansa/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTokens, Tokens } from '../../src/api/tokens.ts';
import { Wallet } from '../../src/wallet/wallet.ts';
import { testNowMs } from '../api/cities.ts';
import { account, type Door, type Doors, openDoor, openDoors } from '../api/fixture.ts';
import { transcript } from './transcript.ts';

let cities: Doors;
let doors: Door[];
let directory: string;
let values: Record<string, string>;

beforeAll(async () => {
  // The phone's clock is that of the cities, which live on the day of their exports.
  vi.spyOn(Date, 'now').mockImplementation(testNowMs);
  cities = await openDoors(4);
  directory = await mkdtemp(join(tmpdir(), 'hansa-wallet-'));
  values = { temp: directory, genesis: join(directory, 'genesis.json'), haikou: join(directory, 'haikou') };
  await writeFile(values.genesis as string, cities.federation.bytes);
  await writeFile(join(directory, 'account.txt'), `${account}\n`);
  doors = await Promise.all(
    cities.doors.slice(0, 2).map(async ({ city, registry }) => {
      const home = join(directory, city.self.name);
      await createTokens(home);
      const door = await openDoor(city, registry, await Tokens.read(home));
      await door.app.listen({ host: '127.0.0.1', port: 0 });
      const { port } = door.app.server.address() as AddressInfo;
      await writeFile(join(home, 'config.yaml'), `city: ${city.self.name}\nhttp:\n  port: ${port}\n`);
      values[`${city.self.name}url`] = `http://127.0.0.1:${port}`;
      return door;
    }),
  );
});
afterAll(async () => {
  vi.restoreAllMocks();
  for (const { app } of doors) await app.close();
  await cities.close();
  await rm(directory, { recursive: true, force: true });
});

const run = (text: string, typed = '') =>
  transcript(text, { values, typed, environment: { HANSA_WALLET: join(directory, 'wu') } });

describe.each(['ed25519', 'es256'])('P4: a citizen with a phone (%s)', (algorithm) => {
  const wallet = `wu-${algorithm}`;
  beforeAll(() => {
    for (const name of ['key', 'application', 'listed', 'code', 'place', 'presented', 'typed', 'strayed', 'spent'])
      delete values[name];
    values.wallet = join(directory, wallet);
    values.algorithm = algorithm;
  });

  test('makes a wallet whose key nobody else can read', async () => {
    await run(`
$ hansa wallet init --wallet {wallet} --genesis {genesis} --algorithm {algorithm}
The wallet is ready.
  federation  api test federation
  key         <key> ({algorithm}); the officer compares its beginning
$ hansa wallet init --wallet {wallet} --genesis {genesis}
! hansa: {wallet} is not empty, and a wallet overwrites nothing. Name a new directory with --wallet. [WALLET_EXISTS]
[exit 1]
$ hansa wallet show --wallet {wallet}
Wallet
  federation  api test federation
  key         <key> ({algorithm}); the officer compares its beginning
No applications.
No certificates.
`);
    expect((await stat(join(directory, wallet, 'holder.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, wallet))).mode & 0o077).toBe(0);
  });

  test('applies, waits for the officer, and has the copy', async () => {
    await run(
      `
$ hansa wallet apply --wallet {wallet} --city haikou --url {haikouurl} --purpose loan-approval --to sanya --account-file {temp}/account.txt
Application <application> waits for an officer of haikou. Later: hansa wallet receive
$ hansa wallet receive --wallet {wallet}
Application {application} still waits for an officer.
$ hansa application list --dir {haikou} --json
<listed>
$ hansa application approve --dir {haikou} {application} --handler op08
Certificate <code> is issued: <place>, final in block <n>.
$ hansa wallet receive --wallet {wallet}
Certificate {code} is in the wallet, verified.
$ hansa application list --dir {haikou}
No application waits.
$ hansa application approve --dir {haikou} {application} --handler op08
! hansa: The application is decided already. List those that wait. [APPLICATION_DECIDED]
[exit 1]
`,
    );
    const { publicKey } = (await Wallet.open(values.wallet as string)).holder;
    const [listed] = JSON.parse(values.listed as string).applications;
    expect(listed).toMatchObject({ account, holderKey: toHex(publicKey), addressedTo: 'sanya' });
  });

  test('shows two fields to Sanya, which verifies them offline', async () => {
    await cities.settled();
    await run(`
$ hansa wallet present --wallet {wallet} {code} --to sanya --case LOAN-1 --disclose holderName,balanceFen,phone --out {temp}/{algorithm}.txt --qr {temp}/{algorithm}.svg
{temp}/{algorithm}.txt: the presentation, without the receipt of its status.
{temp}/{algorithm}.svg: <n> QR codes.
Shown to sanya for LOAN-1: holderName, balanceFen.
The certificate has no phone.
$ hansa certificate verify {temp}/{algorithm}.txt --genesis {genesis} --city sanya --case LOAN-1
GENUINE: shown by its holder for this matter; its status is not known
  certificate  {code}
  issued by    haikou (测试城市 0)
  valid until  <day>
  status       not shown: ask for a receipt, or look the code up
  shown        to sanya for LOAN-1 at <time>
  职工姓名     钱文
  账户余额     1339794.00 元
$ hansa certificate verify {temp}/{algorithm}.txt --genesis {genesis} --city danzhou --case LOAN-1
! hansa: The presentation is for another city. Ask the holder to present it for this one. [KEY_BINDING_WRONG_AUDIENCE]
[exit 1]
$ hansa certificate verify {temp}/{algorithm}.txt --genesis {genesis} --city sanya --case LOAN-2
! hansa: The presentation is for another matter, or was shown before. Ask the holder to present it for this one. [KEY_BINDING_WRONG_NONCE]
[exit 1]
`);
    expect(await readFile(join(directory, `${algorithm}.svg`), 'utf8')).toMatch(/^<svg /);
  });

  test('has codes that a scanner types, with the receipt of the status in them', async () => {
    await run(`
$ hansa wallet present --wallet {wallet} {code} --to sanya --case LOAN-1 --disclose holderName --codes {temp}/codes-{algorithm}.txt --json
<presented>
$ hansa certificate verify {temp}/codes-{algorithm}.txt --genesis {genesis} --city sanya --case LOAN-1 --json
<typed>
`);
    expect(JSON.parse(values.typed as string)).toMatchObject({ ok: true, status: 'active', shownTo: 'sanya' });
    const { codes } = JSON.parse(values.presented as string);
    expect(await readFile(join(directory, `codes-${algorithm}.txt`), 'utf8')).toBe(`${codes.join('\n')}\n`);
    await writeFile(join(directory, 'scanned.txt'), `${[...codes].reverse().join('\r\n')}\r\n`);
    await writeFile(join(directory, 'half.txt'), codes[0]);
    await run(`
$ hansa certificate verify {temp}/scanned.txt --genesis {genesis} --city sanya --case LOAN-1
VALID: active, and shown by its holder for this matter
  certificate  {code}
  issued by    haikou (测试城市 0)
  valid until  <day>
  status       active as of <time> (block <n>)
  shown        to sanya for LOAN-1 at <time>
  职工姓名     钱文
$ hansa wallet present --wallet {wallet} {code} --to danzhou --case LOAN-1 --disclose holderName --json
<strayed>
$ hansa certificate verify {temp}/half.txt --genesis {genesis}
! hansa: Not all codes of the presentation are scanned yet. Scan the others. [CODE_PART_MISSING]
[exit 1]
$ hansa certificate verify {temp}/scanned.txt
! hansa: name the genesis file, which a presentation is verified with: --genesis FILE [USAGE]
[exit 2]
`);
  });

  test('is not VALID at a city that it is not addressed to, which could not use it', async () => {
    await writeFile(join(directory, 'strayed.txt'), JSON.parse(values.strayed as string).codes.join('\n'));
    await run(`
$ hansa certificate verify {temp}/strayed.txt --genesis {genesis} --city danzhou --case LOAN-1
GENUINE: addressed to sanya, and no other city may use it; ask for one addressed to danzhou
  certificate  {code}
  issued by    haikou (测试城市 0)
  valid until  <day>
  status       active as of <time> (block <n>)
  shown        to danzhou for LOAN-1 at <time>
  职工姓名     钱文
`);
  });

  test('fetches the status again: used is used, at any city', async () => {
    const plain = (values.code as string).replaceAll('-', '');
    const payload = { loanReference: 'LOAN-1', handler: 'op03' };
    await cities.doors[1]?.call('clerk', 'POST', `/v1/certificates/${plain}/use`, { payload });
    await cities.settled();
    await run(`
$ hansa wallet receive --wallet {wallet} {code} --city sanya --url {sanyaurl}
Certificate {code} is in the wallet, verified.
$ hansa wallet present --wallet {wallet} {code} --to sanya --case LOAN-2 --disclose holderName --json
<spent>
`);
    await writeFile(join(directory, 'scanned.txt'), JSON.parse(values.spent as string).codes.join('\n'));
    await run(`
$ hansa certificate verify {temp}/scanned.txt --genesis {genesis} --city sanya --case LOAN-2
USED: genuine, but it counts no more
  certificate  {code}
  issued by    haikou (测试城市 0)
  valid until  <day>
  status       used as of <time> (block <n>)
  shown        to sanya for LOAN-2 at <time>
  职工姓名     钱文
[exit 1]
`);
  });
});

test('P4: at the counter a certificate is issued on the key that the wallet shows, and only that wallet gets it', async () => {
  await run(`
$ hansa wallet init --wallet {temp}/counter --genesis {genesis} --algorithm es256 --json
<made>
`);
  values.shown = JSON.parse(values.made as string).publicKey;
  await run(`
$ hansa certificate issue --dir {haikou} --account 01100000021 --holder-key {shown} --handler op08
Certificate <given> is issued: <at>, final in block <n>.
$ hansa wallet receive --wallet {temp}/counter {given} --city haikou --url {haikouurl}
Certificate {given} is in the wallet, verified.
$ hansa wallet init --wallet {temp}/stranger --genesis {genesis} --json
<ignored>
$ hansa wallet receive --wallet {temp}/stranger {given} --city haikou --url {haikouurl}
! hansa: The certificate is of another key. Use the wallet that applied for it, or have it issued anew on this wallet's key. [NOT_CERTIFICATE_HOLDER]
[exit 1]
$ hansa certificate issue --dir {haikou} --account 01100000021 --holder-key 1234 --handler op08
! hansa: body: the field holderKey must match pattern "^([0-9a-f]{64}|0[23][0-9a-f]{64})$". Correct it. [FIELD_INVALID]
[exit 1]
`);
});

describe('P4: a wallet that is not right', () => {
  test('is told what is wrong with it', async () => {
    values.other = join(directory, 'other');
    await run(`
$ hansa wallet show
! hansa: There is no wallet in {temp}/wu. Make one: hansa wallet init --wallet DIR --genesis FILE [WALLET_MISSING]
[exit 1]
$ hansa wallet init --wallet {other} --genesis {genesis}
The wallet is ready.
  federation  api test federation
  key         <otherkey> (ed25519); the officer compares its beginning
$ hansa wallet receive --wallet {other}
There is nothing to fetch. Apply first.
$ hansa wallet receive --wallet {other} {code} --city haikou --url {haikouurl}
! hansa: The certificate is of another key. Use the wallet that applied for it, or have it issued anew on this wallet's key. [NOT_CERTIFICATE_HOLDER]
[exit 1]
$ hansa wallet present --wallet {other} {code} --to sanya --case X --disclose holderName
! hansa: The wallet has no copy of this certificate. See what it has with "hansa wallet show", or fetch it with "hansa wallet receive". [CERTIFICATE_NOT_IN_WALLET]
[exit 1]
$ hansa wallet apply --wallet {other} --city haikou --url {sanyaurl} --purpose transfer --account-file {temp}/account.txt
! hansa: The header Hansa-Holder is not a proof that the holder of a key makes this request now. Sign method, path, body and challenge of this request. [HOLDER_PROOF_INVALID]
[exit 1]
$ hansa wallet apply --wallet {other} --city atlantis --url {haikouurl} --purpose transfer
! hansa: The federation has no city of this name. It has: haikou, sanya, danzhou, qionghai. [CITY_UNKNOWN]
[exit 1]
`);
    const mixed = await readFile(join(values.wallet as string, 'holder.key'));
    await writeFile(join(values.other as string, 'holder.key'), mixed, { mode: 0o600 });
    await run(`
$ hansa wallet show --wallet {other}
! hansa: A file in {other} is not one of a wallet, or of two of them. Restore the directory from its backup. [WALLET_MALFORMED]
[exit 1]
`);
  });

  test('with another one\u2019s copy put into it presents nothing that verifies', async () => {
    values.thief = join(directory, 'thief');
    await run(`
$ hansa wallet init --wallet {thief} --genesis {genesis}
The wallet is ready.
  federation  api test federation
  key         <thiefkey> (ed25519); the officer compares its beginning
`);
    const owner = await Wallet.open(values.wallet as string);
    const [copy] = await owner.all('certificates');
    const thief = await Wallet.open(values.thief as string);
    if (copy === undefined) throw new Error('the owner has a copy');
    await thief.keep('certificates', copy.code, copy);
    await run(`
$ hansa wallet present --wallet {thief} {code} --to sanya --case X --disclose holderName
! hansa: The presentation is not signed by the holder's key that the city signed. Refuse it: it is somebody else's copy. [KEY_BINDING_INVALID]
[exit 1]
`);
  });
});
