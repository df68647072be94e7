import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unwrap } from '@hansa/protocol';
import { Domains } from '@hansa/protocol/crypto';
import { encodeMembershipEvidence, MEMBERSHIP_FAMILY, membershipTypes } from '@hansa/protocol/families';
import { parseGenesis } from '@hansa/protocol/genesis';
import { encodeRecord } from '@hansa/protocol/records';
import { create, EntryHeaderSchema, EvidenceSchema, encodeMessage, SignedHeaderSchema } from '@hansa/protocol/wire';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildConsole } from '../packages/console/scripts/build.js';
import { joinRecords, recordsType } from '../packages/node/src/api/record-stream.ts';
import { nativeCrypto } from '../packages/node/src/crypto/index.ts';
import { importFile } from '../packages/node/src/demo/queries.ts';
import { readCityKeys } from '../packages/node/src/keys/index.ts';
import { until } from '../packages/node/src/testbed/until.ts';
import { demoData, World } from '../packages/node/src/testbed/world.ts';
import { openBrowser } from './support/chromium.ts';
import { type At, deskOpener, shows, walletIn } from './support/console-desk.ts';

/** What officers decide, and what an operator sees of the other cities: the console in Chromium, against four daemons. */
const listed = '990112197311221719';
const accounts = ['01100000035', '01100000014'];
const prepared = '990103197506150037';

let browser: Browser | undefined;
let world: World;
let at: At;

beforeAll(async () => {
  [browser, world] = await Promise.all([openBrowser(), World.create(), buildConsole()]);
  at = deskOpener(browser, world);
  await world.startAll();
  const operator = await world.city('haikou').as('operator');
  await importFile(operator, 'accounts', await demoData('haikou', 'accounts.csv'));
  await importFile(operator, 'blacklist', await demoData('haikou', 'blacklist.csv'));
  await world.settled();
});
afterAll(async () => {
  await browser?.close();
  await world?.stopAll();
  if (world !== undefined) await rm(world.directory, { recursive: true, force: true });
});

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** As the console writes a day in English. */
function inWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

describe('applications from phones', () => {
  test('one is approved and another refused with a reason, by pressing; both citizens learn it in their wallets (P4)', async () => {
    for (const [place, account] of accounts.entries()) await apply(`citizen-${place}`, account);
    await at('haikou', 'issuer', 'op08', async ({ page, go }) => {
      await go('certificates');
      const waiting = (account: string) => page.locator('.cards .card').filter({ hasText: account });
      await waiting(accounts[0] as string)
        .getByRole('button', { name: 'Approve' })
        .click();
      await waiting(accounts[0] as string).waitFor({ state: 'detached' });
      const second = waiting(accounts[1] as string);
      await second.getByLabel('Reason that the applicant sees').selectOption('account-unfit');
      await second.getByRole('button', { name: 'Refuse' }).click();
      await page.getByText('Nobody waits.').waitFor();
    });
    if (browser === undefined) return;
    await world.settled();
    const told = async (name: string) => JSON.stringify(await walletIn(world, name, 'receive'));
    expect(await told('citizen-0')).toContain('certificate');
    expect(await told('citizen-1')).toContain('account-unfit');
  });

  async function apply(name: string, account: string): Promise<void> {
    const accountFile = join(world.directory, `${name}.txt`);
    await writeFile(accountFile, account);
    await walletIn(world, name, 'init', '--genesis', world.genesisFile);
    const where = ['--city', 'haikou', '--url', world.city('haikou').url, '--account-file', accountFile];
    await walletIn(world, name, 'apply', '--purpose', 'loan-approval', ...where);
  }
});

describe('two officers', () => {
  test('a listing is returned with a reason, which its preparer reads; a milder amendment is approved', async () => {
    await prepare();
    await at('haikou', 'approver', 'ap02', async ({ page, go }) => {
      await go('blacklist');
      await page.getByLabel('Why it is returned').fill('the notice was not served');
      await page.getByRole('button', { name: 'Return' }).click();
      await page.getByText('Nothing waits').waitFor();
    });
    let place = '';
    await at('haikou', 'clerk', 'op08', async ({ page, go }) => {
      await go('blacklist');
      await page.getByText('Decided lately').click();
      await shows(page, 'details .card', 'the notice was not served');
      await go('check');
      await page.locator('.check-number').fill(listed);
      await page.getByLabel('Case reference').fill('HK-1');
      await page.keyboard.press('Enter');
      place = String(await page.locator('.listing .facts a').first().textContent());
      await go('blacklist');
      await page.getByLabel('Location of the listing').fill(place);
      await page.getByLabel('Restricts until').first().fill(dayFromNow(20));
      await page.getByRole('button', { name: 'Prepare the amendment' }).click();
      await page.getByText('It waits for another officer').waitFor();
    });
    await at('haikou', 'approver', 'ap02', async ({ page, go }) => {
      await go('blacklist');
      await shows(page, '.card', 'Amendment');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('Nothing waits').waitFor();
    });
    if (browser === undefined) return;
    await world.settled();
    await at('sanya', 'clerk', 'op03', async ({ page, go }) => {
      await go('check');
      await page.locator('.check-number').fill(listed);
      await page.getByLabel('Case reference').fill('SY-1');
      await page.keyboard.press('Enter');
      await shows(page, '.result', inWords(dayFromNow(20)));
    });
  });

  async function prepare(): Promise<void> {
    await at('haikou', 'clerk', 'op08', async ({ page, go }) => {
      await go('blacklist');
      await page.getByLabel('Citizen number or credit code').fill(prepared);
      await page.getByLabel('Name', { exact: true }).fill('测试乙');
      await page.getByLabel('Number of the decision').fill('HK-2026-0117');
      await page.getByLabel('Notice given').fill(dayFromNow(-60));
      await page.getByLabel('Objection until').fill(dayFromNow(-40));
      await page.getByLabel('Decided', { exact: true }).fill(dayFromNow(-10));
      await page.getByLabel('Restricts until').last().fill(dayFromNow(300));
      await page.getByRole('button', { name: 'Send to a second officer' }).click();
      await page.locator('[data-queue=waiting] .card').waitFor();
    });
  }
});

describe('the federation, as a city sees it', () => {
  const row = (page: Page, city: string) => page.locator(`[data-city=${city}]`);

  test('heights and lanes are those of the daemon; a city that is killed is away, and connected again when it is back', async () => {
    await at('haikou', 'auditor', 'au01', async ({ page, go }) => {
      await go('federation');
      const auditor = await world.city('haikou').as('auditor');
      const height = async () => (await auditor.get<{ finalizedHeight: number }>('/v1/status')).finalizedHeight;
      const { finalizedSequence } = await auditor.get<{ finalizedSequence: number }>('/v1/lanes/haikou');
      await row(page, 'haikou').filter({ hasText: 'this city' }).filter({ hasText: 'none' }).waitFor();
      await row(page, 'haikou')
        .filter({ hasText: String(finalizedSequence) })
        .waitFor();
      // Live: nobody loads the page again.
      const before = await height();
      await until('a later block is shown', async () => {
        const shown = Number((await page.locator('.tile strong').first().textContent())?.replaceAll(',', ''));
        return shown > before && shown <= (await height());
      });
      await world.city('qionghai').stop('SIGKILL');
      await row(page, 'qionghai').filter({ hasText: 'not connected' }).waitFor();
      await row(page, 'sanya').filter({ hasText: 'connected' }).waitFor();
      await world.city('qionghai').start();
      await row(page, 'qionghai')
        .filter({ hasText: /(?<!not )connected/ })
        .waitFor();
      await shows(page, '.panel', 'generation 1');
      await shows(page, '.panel', '2 of 4 evaluate together');
      await shows(page, '.panel', 'No alarm since the daemon started.');
      await shows(page, '.panel', 'No city has been caught contradicting itself.');
    });
  });

  test('a city that forked its lane is in quarantine, and the evidence can be saved (C10)', async () => {
    await submitEvidence();
    await at('sanya', 'auditor', 'au01', async ({ page, go }) => {
      await go('federation');
      await row(page, 'danzhou').filter({ hasText: 'in quarantine' }).waitFor();
      await shows(page, '.rows', 'forked its lane');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save', exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('danzhou-lane-fork.evidence.txt');
      expect((await readFile(await download.path(), 'utf8')).length).toBeGreaterThan(100);
    });
  });

  /** Two headers at one place of Danzhou's lane, with the key in Danzhou's directory: what a thief would sign. */
  async function submitEvidence(): Promise<void> {
    const genesis = unwrap(parseGenesis(nativeCrypto, new Uint8Array(await readFile(world.genesisFile))));
    const domains = new Domains(nativeCrypto, genesis.federationId);
    const lane = genesis.authorities.findIndex(({ name }) => name === 'danzhou');
    const { lane: secret } = await readCityKeys(join(world.city('danzhou').directory, 'keys'));
    const header = (fill: number) => {
      const bytes = encodeMessage(
        EntryHeaderSchema,
        create(EntryHeaderSchema, {
          ...{ federationId: genesis.federationId, authority: lane, sequence: 1_000_000n, recordCount: 1 },
          ...{ previousDigest: new Uint8Array(32).fill(1), recordsRoot: new Uint8Array(32).fill(fill) },
          ...{ byteLength: 100, createdAtMs: BigInt(Date.now()) },
        }),
      );
      const signature = nativeCrypto.ed25519.sign(domains.message('entry-signature', bytes), secret);
      return create(SignedHeaderSchema, { header: bytes, signature });
    };
    const evidence = create(EvidenceSchema, {
      kind: { case: 'laneFork', value: { first: header(2), second: header(3) } },
    });
    const record = encodeRecord({
      ...{ family: MEMBERSHIP_FAMILY, type: membershipTypes.evidence, body: encodeMembershipEvidence(evidence) },
      requestId: nativeCrypto.sha256(new TextEncoder().encode('evidence')).slice(0, 16),
    });
    const operator = await world.city('haikou').as('operator');
    await operator.upload('/v1/records', joinRecords([record]), recordsType);
    const auditor = await world.city('sanya').as('auditor');
    await until('Sanya has Danzhou in quarantine', async () => {
      const { cities } = await auditor.get<{ cities: { name: string; quarantined: boolean }[] }>('/v1/cities');
      return cities.some(({ name, quarantined }) => name === 'danzhou' && quarantined);
    });
  }
});
