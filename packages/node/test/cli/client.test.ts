import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTokens, Tokens } from '../../src/api/tokens.ts';
import { type Cities, startCities } from '../api/cities.ts';
import { type Door, dayFromNow, memoryRegistry, openDoor } from '../api/fixture.ts';
import { transcript } from './transcript.ts';

let cities: Cities;
let doors: readonly Door[];
let directory: string;
let values: Record<string, string>;
const centres = new URL('../../data/centres/', import.meta.url).pathname;

beforeAll(async () => {
  cities = await startCities(4);
  directory = await mkdtemp(join(tmpdir(), 'hansa-client-'));
  values = {
    dir: join(directory, 'haikou'),
    sanya: join(directory, 'sanya'),
    temp: directory,
    centres: centres.slice(0, -1),
    genesis: join(directory, 'genesis.json'),
    month: dayFromNow(30),
  };
  await writeFile(values.genesis as string, cities.federation.bytes);
  doors = await Promise.all(
    cities.cities.slice(0, 2).map(async (city) => {
      const home = join(directory, city.self.name);
      await createTokens(home);
      const door = await openDoor(city, memoryRegistry(cities, city), await Tokens.read(home));
      await door.app.listen({ host: '127.0.0.1', port: 0 });
      const { port } = door.app.server.address() as AddressInfo;
      await writeFile(join(home, 'config.yaml'), `city: ${city.self.name}\nhttp:\n  port: ${port}\n`);
      values[`${city.self.name}port`] = String(port);
      return door;
    }),
  );
});
afterAll(async () => {
  for (const { app } of doors) await app.close();
  await cities.stop();
  await rm(directory, { recursive: true, force: true });
});

const run = (text: string, more: { typed?: string; environment?: Record<string, string> } = {}) =>
  transcript(text, { values, ...more });

describe('a day at two counters', () => {
  test('Haikou imports its accounts; again, nothing changes', () =>
    run(`
$ hansa import accounts {centres}/haikou/accounts.csv --dir {dir} --dry-run --json
<dry>
$ hansa import accounts {centres}/haikou/accounts.csv --dir {dir} --json
<first>
$ hansa import accounts {centres}/haikou/accounts.csv --dir {dir} --json
<second>
`).then(() => {
      const { rows, accepted, refused, refusedRows } = JSON.parse(values.first as string);
      expect(rows).toBe(accepted + refused);
      expect(refusedRows).toHaveLength(refused);
      expect(JSON.parse(values.dry as string)).toMatchObject({ ok: true, dryRun: true, accepted });
      expect(JSON.parse(values.second as string)).toMatchObject({
        ok: true,
        accepted: 0,
        unchanged: accepted,
        refused,
      });
    }));

  test('a refused row is named by line, column and code; the others go through', async () => {
    const [head, row] = (await readFile(join(centres, 'haikou/accounts.csv'), 'utf8')).split('\n');
    const wrong = (row ?? '').replace('990124199802012828', '990124199802012829');
    await writeFile(join(directory, 'mixed.csv'), `${head}\n${wrong}\n${row}\n`);
    await run(`
$ hansa import accounts {temp}/mixed.csv --dir {dir}
line 2, column 证件号码: The check character does not fit the other 17 digits: one was mistyped. Correct the number in the source system. [ID_CHECK_DIGIT]
2 rows: 0 accepted, 1 known before, 1 refused.
`);
  });

  test('Haikou issues a certificate, Sanya verifies and uses it, once', async () => {
    await run(`
$ hansa certificate issue --dir {dir} --account 01100000014 --handler op08
Certificate <code> is issued: <place>, final in block <height>.
$ hansa record {place} --dir {sanya} --wait --json
<record>
$ hansa certificate verify --dir {sanya} {code}
ACTIVE: certificate <code>
  issued by     haikou (测试城市 0) on <day>
  addressed to  any city
  valid until   <day>
  record        <place>
  as of         <time> (block <n>)
$ hansa certificate show --dir {dir} {code}
异地贷款职工住房公积金缴存使用证明
  证明编号              HAIKOU-2026-000001
  验证码                <code>
  出具中心              测试城市 0
  职工姓名              钱文
  证件号码              990117196304086173
  个人账号              01100000014
  开户日期              2011-02-03
  单位名称              测试单位11
  统一社会信用代码      91990100TE5T422587
  缴存基数              34620.00 元
  单位缴存比例          10%
  个人缴存比例          10%
  月缴存额              6924.00 元
  账户余额              1339794.00 元
  账户状态              正常
  连续缴存起始年月      <from>
  缴至年月              <through>
  连续缴存月数          <n>
  是否使用过公积金贷款  是
  贷款次数              <n>
  未结清贷款余额        0.00 元
  经办人                op08
  出具日期              <day>
  有效期至              <day>
$ hansa certificate show --dir {sanya} {code}
! hansa: This centre holds no document of the certificate: another one issued it, or it is erased. Ask the issuing centre. [DOCUMENT_UNKNOWN]
[exit 1]
$ hansa certificate use --dir {sanya} {code} --loan LOAN-1 --handler op03
The certificate is used: <use>, final in block <n>.
$ hansa certificate use --dir {sanya} {code} --loan LOAN-2 --handler op03
! hansa: The certificate is used, once and for good: it can be neither used again nor revoked. Refuse it, or ask the holder for a new one. [CERTIFICATE_USED]
[exit 1]
$ hansa record {use} --dir {dir} --wait --json
<used>
$ hansa record {place} --dir {dir} --json
<since>
`);
    expect(JSON.parse(values.since as string)).toMatchObject({ type: 'issue', now: { status: 'used' } });
    expect(JSON.parse(values.record as string)).toMatchObject({ ok: true, state: 'final', type: 'issue', code: null });
    expect(JSON.parse(values.used as string)).toMatchObject({ location: values.use, state: 'final', type: 'use' });
  });

  test('a receipt is exported, and verified without any daemon; a spoilt one is refused', async () => {
    await run(`
$ hansa receipt export --dir {dir} --record {place} --out {temp}/issue.receipt
{temp}/issue.receipt: <n> bytes. Verify it anywhere: hansa receipt verify {temp}/issue.receipt --genesis genesis.json
$ hansa receipt verify {temp}/issue.receipt --genesis {genesis}
VALID: a quorum of the federation\u2019s cities agreed on this
  federation   api test federation
  state        after block <n>; later blocks may have changed it
  vouched for  by block <n> at <time>
  record       <place>, certificate issue: final, and it has its effect
  certificate  <hex>: used
$ hansa receipt export --dir {dir} --record {place} --out {temp}/issue.receipt
! hansa: {temp}/issue.receipt exists and is not overwritten. Name another file with --out. [FILE_EXISTS]
[exit 1]
`);
    const spoilt = await readFile(join(directory, 'issue.receipt'));
    spoilt[100] = (spoilt[100] as number) ^ 1;
    await writeFile(join(directory, 'spoilt.receipt'), spoilt);
    await run(
      `
$ hansa receipt verify {temp}/spoilt.receipt --genesis {genesis} --json
<refusal>
[exit 1]
`.replace(
        '<refusal>',
        '{"ok":false,"error":{"code":"RECEIPT_DAMAGED","message":"The receipt was changed or damaged on its way. Fetch it again."}}',
      ),
    );
  });

  test('a person is asked for by prompt, by file or, with a warning, on the command line', async () => {
    await writeFile(join(directory, 'number'), '990102198812310025\n');
    await run(
      `
$ hansa check --dir {sanya} --purpose loan --case LOAN-1
NOT LISTED as of <time> (block <n>)
  proof blacklist:<hex>
$ hansa check --dir {sanya} --purpose loan --case LOAN-1 --number-file {temp}/number
NOT LISTED as of <time> (block <n>)
  proof <proof>
$ hansa check --dir {sanya} --purpose loan --case LOAN-1 --number 990102198812310025
! hansa: other users of this machine can see a number given with --number; prefer --number-file or the prompt.
NOT LISTED as of <time> (block <n>)
  proof <proof>
$ hansa check --dir {sanya} --purpose loan --case LOAN-1 --number 990102198812310026 --json
! hansa: other users of this machine can see a number given with --number; prefer --number-file or the prompt.
{"ok":false,"error":{"code":"ID_CHECK_DIGIT","message":"The check character does not fit the other 17 digits: one was mistyped. Compare the number with the document and type it again."}}
[exit 1]
$ hansa receipt export --dir {sanya} --proof {proof} --out {temp}/absence.receipt
{temp}/absence.receipt: <n> bytes. Verify it anywhere: hansa receipt verify {temp}/absence.receipt --genesis genesis.json
$ hansa receipt verify {temp}/absence.receipt --genesis {genesis}
VALID: a quorum of the federation\u2019s cities agreed on this
  federation   api test federation
  state        after block <n>; later blocks may have changed it
  vouched for  by block <n> at <time>
  facts        1, of something that the receipt does not name: add --certificate or --proof to learn what it says of it
$ hansa receipt verify {temp}/absence.receipt --genesis {genesis} --proof {proof}
VALID: a quorum of the federation\u2019s cities agreed on this
  federation   api test federation
  state        after block <n>; later blocks may have changed it
  vouched for  by block <n> at <time>
  person       NOT LISTED
`,
      { typed: '990101199001010019' },
    );
  });

  test('P2: who asked, for which purpose and matter, is there for the auditor, without the person', async () => {
    await run(`
$ hansa checks --dir {sanya} --from 1 --limit 2
NUMBER  TIME                  ROLE   OFFICER     PURPOSE  CASE    GIVEN   RESULT  PROOF
1       <time>  clerk  role:clerk  loan     LOAN-1  answer  none    blacklist:<hex>
2       <time>  clerk  role:clerk  loan     LOAN-1  answer  none    blacklist:<hex>
$ hansa checks --dir {dir} --from 2
No check was answered.
$ hansa checks --dir {sanya} --limit 1 --json
<checks>
$ hansa checks --dir {sanya} --token-file {sanya}/tokens/clerk.token
! hansa: The role clerk may not do this. Use the token of auditor. [FORBIDDEN]
[exit 1]
`);
    const [shown] = JSON.parse(values.checks as string).checks;
    expect(shown).toMatchObject({ number: 3, case: 'LOAN-1', proof: values.proof });
    expect(values.checks).not.toContain('990101199001010019');
  });

  test('Haikou imports its listings, finds a person, and disputes, amends and lifts a listing', async () => {
    await run(`
$ hansa import blacklist {centres}/haikou/blacklist.csv --dir {dir} --json
<imported>
`);
    const { rows, accepted, refused, lastLocation, state } = JSON.parse(values.imported as string);
    expect({ accepted: accepted > 0, sum: accepted + refused, state }).toEqual({
      ...{ accepted: true, sum: rows, state: 'final' },
    });
    values.listing = lastLocation;
    await run(`
$ hansa blacklist dispute --dir {dir} {listing} --handler op03
The dispute is open: <a>, final in block <n>.
$ hansa blacklist dispute --dir {dir} {listing} --handler op03 --close
The dispute is closed: <b>, final in block <n>.
$ hansa blacklist amend --dir {dir} {listing} --restrict-until {month} --handler op08 --approver op08
! hansa: Handler and approver are the same officer. A second officer must approve. [APPROVERS_NOT_DISTINCT]
[exit 1]
$ hansa blacklist amend --dir {dir} {listing} --restrict-until {month} --handler op08 --approver ap02
The listing is amended: <c>, final in block <n>.
$ hansa blacklist lift --dir {dir} {listing} --reason repaired --handler op08 --approver ap02
The listing is lifted: <d>, final in block <n>.
$ hansa record {listing} --dir {dir} --json
<lifted>
$ hansa blacklist lift --dir {dir} twelve --reason repaired --handler op08 --approver ap02
! hansa: a location is CITY/SEQUENCE/POSITION, for instance haikou/12/0. See: hansa blacklist --help [USAGE]
[exit 2]
`);
    const now = { of: values.listing, status: 'ended', disputed: false };
    expect(JSON.parse(values.lifted as string)).toMatchObject({ type: 'list', state: 'final', now });
  });

  test('the operator sees where the city stands', () =>
    run(`
$ hansa status --dir {dir} --wait
haikou (测试城市 0)
  federation    api test federation (<hex>)
  policy        <hex>
  epoch         0
  state         takes part
  height        <n> final, <n> executed, as of <time>
  records       <n>, of which <n> rejected
  history root  <hex>
  state root    <hex>
  connected     sanya, danzhou, qionghai
$ hansa evidence --dir {dir}
No city was seen to misbehave.
$ hansa blocks --dir {dir} --from 1 --limit 1
HEIGHT  VIEW  TIME                  DIGEST            ADVANCES
<row>
$ hansa blocks --dir {dir} --from {height} --limit 1 --json
<blocks>
$ hansa lanes --dir {dir} --json
<lanes>
`).then(() => {
      expect(values.row).toMatch(/^1 +\d+ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2}[0-9a-f]{16}/);
      expect(JSON.parse(values.blocks as string).blocks).toMatchObject([
        { height: Number(values.height), advances: [{ city: 'haikou', sequence: 1 }] },
      ]);
      expect(JSON.parse(values.lanes as string).lanes[0]).toMatchObject({ city: 'haikou', quarantined: false });
    }));

  test('two cities that certify one person at once show CONFLICT (P2)', () =>
    run(`
$ hansa import accounts {centres}/haikou/accounts.csv --dir {sanya} --mapping haikou --json
<twinimport>
$ hansa certificate issue --dir {dir} --account 01100000014 --handler op08
Certificate <twinone> is issued: <twinoneplace>, final in block <n>.
$ hansa record {twinoneplace} --dir {sanya} --wait --json
<twinonerecord>
$ hansa certificate issue --dir {sanya} --account 01100000014 --handler op03
Certificate <twintwo> is issued: <twintwoplace>, final in block <n>.
$ hansa certificate verify --dir {sanya} {twinone}
ACTIVE: certificate <twinshown>
  issued by     haikou (测试城市 0) on <day>
  addressed to  any city
  valid until   <day>
  CONFLICT      sanya (测试城市 1) certifies the same person until <day>
  record        <twinoneplace>
  as of         <time> (block <n>)
[exit 1]
$ hansa certificate revoke --dir {sanya} {twintwo} --reason error --handler op03
The certificate is revoked: <twinrevoked>, final in block <n>.
$ hansa certificate verify --dir {sanya} {twinone}
ACTIVE: certificate <twinshown>
  issued by     haikou (测试城市 0) on <day>
  addressed to  any city
  valid until   <day>
  record        <twinoneplace>
  as of         <time> (block <n>)
`));
});

describe('what a command says when it cannot', () => {
  test('nobody is named, nobody answers, somebody else answers', async () => {
    const other = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    values.other = String((other.address() as AddressInfo).port);
    values.closed = await closedPort();
    await run(`
$ hansa status
! hansa: Name the city: --dir DIRECTORY on its machine, or --url URL with --token-file FILE [USAGE]
[exit 2]
$ hansa status --url http://127.0.0.1:{closed} --token-file {dir}/tokens/operator.token
! hansa: No daemon answers at http://127.0.0.1:{closed}. Start it with "hansa start --dir DIR", or correct --url. [DAEMON_UNREACHABLE]
[exit 3]
$ hansa import accounts {centres}/haikou/accounts.csv --url http://127.0.0.1:{closed} --token-file {dir}/tokens/operator.token
! hansa: No daemon answers at http://127.0.0.1:{closed}. Start it with "hansa start --dir DIR", or correct --url. [DAEMON_UNREACHABLE]
[exit 3]
$ hansa status --url http://127.0.0.1:{other} --token-file {dir}/tokens/operator.token
! hansa: What answers at this URL is not a daemon of Hansa. Correct --url. [DAEMON_ANSWER_UNKNOWN]
[exit 1]
$ hansa status --dir {temp}/nowhere
! hansa: There is no {temp}/nowhere/config.yaml. Name the city's directory with --dir, or make one: hansa init --city NAME --display-name TEXT --dir DIR. [CONFIG_MISSING]
[exit 1]
$ hansa status --url ftp://example.org --token-file {dir}/tokens/operator.token
! hansa: --url must be an http or https URL, for instance http://127.0.0.1:7480 [USAGE]
[exit 2]
`);
    other.close();
  });

  test('the token is of another city, of another role, or open to everybody', async () => {
    const open = join(directory, 'open.token');
    await writeFile(open, 'hansa_x\n');
    await chmod(open, 0o644);
    await run(
      `
$ hansa status --token-file {sanya}/tokens/operator.token
! hansa: This token is not one of this city. Use the newest one of your role. If new ones were just made, restart the daemon: it takes them at its start. [TOKEN_UNKNOWN]
[exit 1]
$ hansa status --token-file {dir}/tokens/auditor.token --json
<status>
$ hansa import accounts {centres}/haikou/accounts.csv --token-file {dir}/tokens/clerk.token
! hansa: The role clerk may not do this. Use the token of operator. [FORBIDDEN]
[exit 1]
$ hansa status --token-file {temp}/open.token
! hansa: {temp}/open.token can be read by others. Run: chmod 600 {temp}/open.token [FILE_TOO_OPEN]
[exit 1]
$ hansa status --token-file {temp}/none.token
! hansa: {temp}/none.token does not exist. Name the city's directory with --dir, or a token file with --token-file. [TOKEN_FILE_MISSING]
[exit 1]
`,
      { environment: { HANSA_URL: `http://127.0.0.1:${values.haikouport}` } },
    );
  });

  test('the daemon dies in the middle of an import', async () => {
    const dying = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write('{"kind":"progress","rows":1,"bytes":10}\n{"kind":"refu', () => response.destroy());
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => dying.once('listening', resolve));
    values.dying = String((dying.address() as AddressInfo).port);
    await run(`
$ hansa import accounts {centres}/haikou/accounts.csv --url http://127.0.0.1:{dying} --token-file {dir}/tokens/operator.token
! hansa: The daemon ended before the import was done. What it sealed stands; import the file again to go on. [IMPORT_CUT_OFF]
[exit 1]
`);
    dying.close();
  });

  test('the command line is wrong', async () => {
    await writeFile(join(directory, 'blank'), ' \n');
    await run(`
$ hansa import people {temp}/number --dir {dir}
! hansa: kind cannot be 'people'. Allowed choices are blacklist, accounts. See: hansa import --help [USAGE]
[exit 2]
$ hansa check --dir {dir} --purpose loan --case L --number 1 --number-file {temp}/number
! hansa: option '--number <number>' cannot be used with option '--number-file <file>'. See: hansa check --help [USAGE]
[exit 2]
$ hansa check --dir {dir} --purpose loan --case L --number-file {temp}/blank
! hansa: no number was given. See: hansa check --help [USAGE]
[exit 2]
$ hansa check --dir {dir} --purpose loan --case ' ' --number-file {temp}/number
! hansa: body: the field case must not be blank. Correct it. [FIELD_INVALID]
[exit 1]
$ hansa blacklist amend haikou/1/0 --dir {dir} --handler a --approver b --restrict-until 01.02.2027
! hansa: body: the field restrictUntil must be a date like 2026-11-23. Correct it. [FIELD_INVALID]
[exit 1]
$ hansa blocks --dir {dir} --limit 101
! hansa: option '--limit <count>' argument '101' is invalid. It must be a whole number from 1 to 100. See: hansa blocks --help [USAGE]
[exit 2]
$ hansa blocks --dir {dir} --from 999999999
No final block has such a height yet.
$ hansa import accounts {temp} --dir {dir}
! hansa: {temp} is not a file. Name the export itself. [FILE_UNREADABLE]
[exit 1]
$ hansa import accounts {temp}/blank --dir {dir}
0 rows: 0 accepted, 0 known before, 0 refused.
The import stopped early: The file is empty. Its first line must name the columns. [HEADER_MISSING]
[exit 1]
$ hansa import accounts {temp}/blank --dir {dir} --json
<stopped>
[exit 1]
$ hansa import accounts {temp}/absent.csv --dir {dir}
! hansa: There is no file {temp}/absent.csv. Check the path. [FILE_MISSING]
[exit 1]
$ hansa record haikou/12 --dir {dir}
! hansa: a location is CITY/SEQUENCE/POSITION, for instance haikou/12/0. See: hansa record --help [USAGE]
[exit 2]
$ hansa record haikou/999999/0 --dir {dir} --wait 0
! hansa: Nothing stands at haikou/999999/0 here. Compare the location, or wait until the city has caught up. [RECORD_UNKNOWN]
[exit 1]
$ hansa receipt verify {temp}/absent.receipt --genesis {genesis}
! hansa: There is no file {temp}/absent.receipt. Check the path. [FILE_MISSING]
[exit 1]
`);
    const stopped = { ok: false, rows: 0, error: { code: 'HEADER_MISSING' } };
    expect(JSON.parse(values.stopped as string)).toMatchObject(stopped);
  });
});

async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
