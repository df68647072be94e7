import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildConsole } from '../packages/console/scripts/build.js';
import { qrSvg } from '../packages/node/src/credential/qr.ts';
import { importFile } from '../packages/node/src/demo/queries.ts';
import { until } from '../packages/node/src/testbed/until.ts';
import { demoCities, demoData, World } from '../packages/node/src/testbed/world.ts';
import { openBrowser } from './support/chromium.ts';
import { type At, type Desk, deskOpener, shows, takeScreenshots, walletIn } from './support/console-desk.ts';

/** The console in Chromium, against four daemons with the demo's data. Persons and accounts are those of its exports. */
const listed = '990112197311221719';
const account = '01100000014';
const citizenAccount = '01100000035';
const unlisted = '990102198812310025';

/** A directory for pictures of every page in both languages and both widths, to be looked at. */
const screenshots = process.env.SCREENSHOTS;

let browser: Browser | undefined;
let world: World;
let at: At;
/** Code of the certificate in the citizen's wallet. */
let code = '';
/** Where the listing stands that the first test hits. */
let hit = 'haikou/1/0';

beforeAll(async () => {
  [browser, world] = await Promise.all([openBrowser(), World.create(), buildConsole()]);
  at = deskOpener(browser, world);
  await world.startAll();
  for (const { name, accounts, blacklist } of demoCities.slice(0, 2)) {
    const operator = await world.city(name).as('operator');
    await importFile(operator, 'accounts', await demoData(name, accounts));
    await importFile(operator, 'blacklist', await demoData(name, blacklist));
  }
  await world.settled();
});
afterAll(async () => {
  try {
    if (screenshots !== undefined) await takeScreenshots(screenshots, at, { code, hit, listed });
  } finally {
    await browser?.close();
    await world?.stopAll();
  }
});

/** The citizen's app. */
function wallet<Said>(...args: readonly string[]): Promise<Said> {
  return walletIn(world, 'wu', ...args);
}

/** A citizen of Haikou applies from the phone, an officer approves; gives the code of the certificate in the wallet. */
async function certifiedCitizen(): Promise<string> {
  const haikou = world.city('haikou');
  const accountFile = join(world.directory, 'account.txt');
  await writeFile(accountFile, citizenAccount);
  await wallet('init', '--genesis', world.genesisFile);
  const at = ['--city', 'haikou', '--url', haikou.url, '--account-file', accountFile];
  const { application } = await wallet<{ application: { id: string } }>('apply', '--purpose', 'loan-approval', ...at);
  const issuer = await haikou.as('issuer');
  const path = `/v1/applications/${application.id}/approve`;
  const { code } = await issuer.post<{ code: string }>(path, { handler: 'op08' });
  await world.settled();
  await wallet('receive');
  return code;
}

/** Waits until Sanya finds so many consents of the citizen's certificate. */
async function consentsAtSanya(count: number): Promise<void> {
  const clerk = await world.city('sanya').as('clerk');
  const listed = async () => (await clerk.get<{ consents: object[] }>(`/v1/certificates/${code}/consents`)).consents;
  await until('Sanya finds the consents', async () => (await listed()).length === count);
}

/** Names of what is wider than its place, in a page: the menu, and tables that are to be cards. */
const cutParts = `[...document.querySelectorAll('.menu ul, .card-table, main .scroll')]
  .filter((part) => part.scrollWidth > part.clientWidth)
  .map((part) => part.className + ' ' + part.textContent)`;

/** Asks about a number from the field that has the focus; gives the colour of the answer. */
async function check({ page, go }: Desk, number: string): Promise<string | null> {
  await go('federation');
  await go('check');
  await page.locator('.check-number:focus').waitFor();
  await page.keyboard.insertText(number);
  await page.getByLabel('Case reference').fill('SY-2026-0117');
  await page.keyboard.press('Enter');
  await page.locator('.result').waitFor();
  return page.locator('.result').getAttribute('data-colour');
}

describe('the console, in a browser, against four daemons', () => {
  test('answers a hit in red and an absence in green, each with a proof that the browser verified (L3)', async () => {
    await at('sanya', 'clerk', 'op03', async (desk) => {
      const { page } = desk;
      expect(await check(desk, listed)).toBe('red');
      await page.locator('[data-verified]').waitFor();
      for (const part of ['海口市住房公积金管理局', 'Do not grant', '3 of 4 cities'])
        await shows(page, '.result', part);
      expect(await page.locator('.result').textContent()).not.toContain(listed);
      hit = String(await page.locator('.listing .facts a').textContent());
      // Only the listing city has the behaviour: on a legal basis of the policy, with a receipt on both sides (P3).
      await page.getByText('Show behaviour and amount').click();
      await page.getByLabel('Legal basis').selectOption('LOAN_DECISION');
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.locator('[data-commitment=holds]').waitFor();
      await shows(page, '[data-details]', /Amount, yuan[\d,.]+/);
      expect(await check(desk, unlisted)).toBe('green');
      await page.locator('[data-verified]').waitFor();
      await page.locator('.check-number').fill('990101199001010018');
      await page.keyboard.press('Enter');
      await page.getByText('The check character does not fit').waitFor();
    });
  });

  test('issues a certificate at one desk and uses it at another, once', async () => {
    let code: string | null = null;
    await at('haikou', 'issuer', 'op08', async ({ page, go }) => {
      await go('certificates');
      await page.getByLabel('Account number or citizen number').fill(account);
      await page.keyboard.press('Enter');
      await page.locator('[data-issued]').waitFor();
      code = await page.locator('[data-issued]').getAttribute('data-issued');
      await go(`certificates/${code}`);
      await page.locator('[data-status=active]').waitFor();
      await shows(page, '.result', account);
    });
    if (browser === undefined) return;
    await world.settled();
    await at('sanya', 'clerk', 'op03', async ({ page, go }) => {
      await go('certificates');
      await page.getByLabel('Code of a certificate').fill(
        String(code)
          .toUpperCase()
          .replace(/(.{4})/g, '$1 '),
      );
      await page.keyboard.press('Enter');
      await page.getByLabel('Reference of the loan').fill('LOAN-2026-0117');
      await page.keyboard.press('Enter');
      await page.locator('[data-status=used]').waitFor();
      await page.getByLabel('Reference of the loan').waitFor({ state: 'detached' });
    });
  });

  test('carries what a citizen’s app signed, says what is left of it, and carries the withdrawal (P3)', async () => {
    if (browser === undefined) return;
    code = await certifiedCitizen();
    const grant = join(world.directory, 'grant.txt');
    const { id } = await wallet<{ id: string }>(
      ...['consent', 'grant', code, '--to', 'sanya', '--purpose', 'loan-approval', '--uses', '2', '--out', grant],
    );
    const text = await readFile(grant, 'utf8');
    await at('sanya', 'clerk', 'op03', async ({ page, go }) => {
      await go(`consents/${code}`);
      await page.getByText('Its holder has given no consent.').waitFor();
      const paste = page.getByLabel('Or paste the text');
      await paste.fill('not a consent!');
      await page.locator('[data-signed=refused]').waitFor();
      await paste.fill(text.replace(/.(?=.{16}\s*$)/, (one) => (one === 'A' ? 'B' : 'A')));
      await page.getByText('The signature does not hold').waitFor();
      expect(await page.getByRole('button', { name: 'Carry the consent' }).count()).toBe(0);
      await paste.fill(text);
      await page.locator('[data-signed=grant]').waitFor();
      await shows(page, '[data-signed=grant]', '三亚市住房公积金管理局');
      await page.getByRole('button', { name: 'Carry the consent' }).click();
      await page.locator('[data-consent=active]').waitFor();
      await page.locator('[data-left="2"]').waitFor();
      await consentsAtSanya(1);
      await go(`consents/${code}`);
      await page.locator('[data-consents="1"] tr[data-status=active]').waitFor();
    });
    const withdrawal = join(world.directory, 'withdrawal.txt');
    await wallet('consent', 'withdraw', id, '--out', withdrawal);
    await world.settled();
    await at('haikou', 'clerk', 'op08', async ({ page, go }) => {
      await go(`consents/${id}`);
      await page.getByText('Amber: for another centre').waitFor();
      await page.getByLabel('File from the citizen').setInputFiles(withdrawal);
      await page.getByRole('button', { name: 'Carry the withdrawal' }).click();
      await page.locator('[data-carried=withdraw]').waitFor();
      await page.locator('[data-consent=withdrawn]').waitFor();
    });
  });

  test('opens another city’s certificate under a consent, not without one, and both auditors see who looked (P3)', async () => {
    if (browser === undefined) return;
    await wallet('consent', 'grant', code, '--to', 'sanya', '--purpose', 'loan-approval', '--uses', '1');
    await world.settled();
    await consentsAtSanya(2);
    await at('sanya', 'clerk', 'op03', async ({ page, go }) => {
      await go(`certificates/${code}`);
      await page.getByLabel('Under').selectOption({ label: 'consent for loan approval, 1 left' });
      await page.getByLabel('Case reference').fill('LOAN-2026-0777');
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.locator('[data-opened]').waitFor();
      await page.locator('[data-commitment=holds]').waitFor();
      const printed = await page.locator('[data-opened]').textContent();
      expect(printed).toContain(citizenAccount);
      expect(printed).toContain('118,742.40');
      // The policy has more legal bases; the one that opens certificates is offered alone.
      expect(await page.getByLabel('Under').textContent()).not.toContain('decision on a loan');
      await page.getByLabel('Under').selectOption({ label: 'legal basis: order of a court' });
      const open = page.getByRole('button', { name: 'Open', exact: true });
      await Promise.all([page.waitForResponse(/\/open$/), open.click()]);
    });
    const asked = { basis: 'LOAN_DECISION', case: 'LOAN-2026-0777', handler: 'op03' };
    const refused = (await world.city('sanya').as('clerk')).post(`/v1/certificates/${code}/open`, asked);
    await expect(refused).rejects.toMatchObject({ code: 'CONSENT_REQUIRED' });
    await at('sanya', 'auditor', 'au01', async ({ page, go }) => {
      await go('looks/accesses');
      await page.locator('tr[data-outcome=refused]').filter({ hasText: 'CONSENT_REQUIRED' }).waitFor();
      await shows(page, 'tr[data-outcome=granted]', 'consent');
      await shows(page, 'tr[data-outcome=granted]', 'order of a court');
      await page.getByLabel('Case reference, whole').fill('LOAN-2026-0777');
      await page.keyboard.press('Enter');
      // A delivery is of no case; whether the vault or the issuer answered the granted one is a matter of time.
      await page.getByText('delivery of').first().waitFor({ state: 'detached' });
      await page.locator('tr[data-outcome=refused]').filter({ hasText: 'CONSENT_REQUIRED' }).waitFor();
      await page.getByLabel('Case reference, whole').fill('no such case');
      await page.keyboard.press('Enter');
      await page.getByText('No access matches.').waitFor();
    });
    await at('haikou', 'auditor', 'au02', async ({ page, go }) => {
      await go('looks/accesses');
      await page.getByLabel('refused ones alone').check();
      await page.locator('tr[data-outcome=granted]').first().waitFor({ state: 'detached' });
      await page.locator('tr[data-outcome=refused]').filter({ hasText: 'CONSENT_REQUIRED' }).waitFor();
    });
  });

  test('verifies what a phone shows, from pasted codes and from photos, for its own matter alone (P4)', async () => {
    if (browser === undefined) return;
    await wallet('receive');
    const shown = ['--to', 'sanya', '--case', 'COUNTER-17', '--disclose', 'holderName,balanceFen'];
    const { codes } = await wallet<{ codes: string[] }>('present', code, ...shown);
    const drawing = await browser.newPage();
    const photos: { name: string; mimeType: string; buffer: Buffer }[] = [];
    for (const [index, text] of codes.entries()) {
      await drawing.setContent(qrSvg([text]));
      photos.push({ name: `${index}.png`, mimeType: 'image/png', buffer: await drawing.locator('svg').screenshot() });
    }
    await drawing.close();
    await at('sanya', 'clerk', 'op03', async ({ page, go }) => {
      await go('certificates');
      await page.getByLabel('Reference named to the citizen').fill('COUNTER-17');
      await page.getByLabel('Scan with a hand scanner, or paste').fill(`${codes.slice(1).join('\n')}\n`);
      await page.locator('[data-copy=partial]').waitFor();
      await page.getByLabel('Scan with a hand scanner, or paste').fill(`${codes[0]}\n`);
      await page.locator('[data-copy=valid]').waitFor();
      await shows(page, '[data-copy=valid]', '施刚艳');
      await page.getByLabel('Reference named to the citizen').fill('COUNTER-18');
      await page.locator('[data-copy=bad]').waitFor();
      await shows(page, '[data-copy=bad]', 'KEY_BINDING_WRONG_NONCE');
      await page.getByRole('button', { name: 'Next citizen' }).click();
      await page.getByLabel('Reference named to the citizen').fill('COUNTER-17');
      await page.getByLabel('Files or photos of codes').setInputFiles(photos);
      await page.locator('[data-copy=valid]').waitFor();
      await page.getByRole('link', { name: 'See its status in this city' }).click();
      await page.locator('[data-status=active]').waitFor();
    });
  });

  test('takes a dispute at one desk, which the other shows with the hit; two officers lift the listing', async () => {
    let location = '';
    await at('sanya', 'clerk', 'op03', async (desk) => {
      await check(desk, listed);
      await desk.page.getByRole('link', { name: /take the dispute/ }).click();
      location = await desk.page.getByLabel('Location of the listing').inputValue();
      await desk.page.getByRole('button', { name: 'Open a dispute' }).click();
      await desk.page.locator('[data-dispute=done]').waitFor();
      expect(await check(desk, listed)).toBe('red');
      await shows(desk.page, '.listing', 'Disputed');
    });
    await at('haikou', 'clerk', 'op08', async ({ page, go }) => {
      await go(`blacklist/${location}`);
      await page.getByRole('button', { name: 'Prepare the lift' }).click();
      await page.locator('[data-queue] li').waitFor();
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    });
    await at('haikou', 'approver', 'op08', async ({ page, go }) => {
      await go('blacklist');
      await page.getByText('You prepared this').waitFor();
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    });
    await at('haikou', 'approver', 'ap02', async ({ page, go }) => {
      await go('blacklist');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('Nothing waits').waitFor();
    });
    if (browser === undefined) return;
    await world.settled();
    await at('sanya', 'clerk', 'op03', async (desk) => {
      expect(await check(desk, listed)).toBe('green');
    });
  });

  test('looks through an export before it imports it, and names the refused rows', async () => {
    await at('danzhou', 'approver', 'ap02', async ({ page, go }) => {
      await go('blacklist');
      const [, , danzhou] = demoCities;
      const buffer = Buffer.from(await demoData('danzhou', danzhou.blacklist));
      await page
        .getByLabel('File of the centre')
        .setInputFiles({ name: danzhou.blacklist, mimeType: 'text/plain', buffer });
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.locator('[data-import=preview]').waitFor();
      const refused = Number(await page.locator('[data-refused]').getAttribute('data-refused'));
      expect(refused).toBeGreaterThan(0);
      await shows(page, '[data-import=preview]', `${refused} refused`);
      await page.getByRole('button', { name: /^Import \d+ rows/ }).click();
      await page.locator('[data-import=done]').waitFor();
    });
  });

  test('draws the proof of a record, step by step, from the browser’s own hashes (L3)', async () => {
    await at('sanya', 'auditor', 'au01', async ({ page, go }) => {
      await go('explorer');
      await page.getByLabel('Record, entry or block').fill(hit);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Verify and draw the proof' }).click();
      await page.locator('[data-proof=holds]').waitFor();
      await page.locator('.proof-step').nth(6).waitFor();
      await page.locator('.signed').nth(2).waitFor();
      await go('federation');
      await page.locator('.map-city').nth(3).waitFor();
      await page.locator('.chart canvas').waitFor();
    });
  });

  test('shows the auditor who looked, and nobody else what they may not see', async () => {
    await at('sanya', 'auditor', 'au01', async ({ page, go }) => {
      await go('looks/checks');
      await page.getByLabel('Case, officer, role or proof').fill('sy-2026-0117');
      await shows(page, 'tbody tr', 'op03');
      expect(await page.locator('.menu').textContent()).not.toContain('Check');
    });
    await at('sanya', 'operator', 'root', async ({ page }) => {
      const menu = await page.locator('.menu').textContent();
      for (const name of ['Check', 'Certificates', 'Who looked']) expect(menu).not.toContain(name);
    });
  });

  test('speaks Chinese to whoever asks for it, switches by one key, and goes by keys from page to page', async () => {
    await at(
      'sanya',
      'clerk',
      'op03',
      async ({ page }) => {
        expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
        await page.getByText('该个人或单位是否列入失信名单').waitFor();
        await page.locator('.check-number:focus').waitFor();
        await page.keyboard.press('Escape');
        await page.keyboard.press('l');
        await page.getByText('Is this person or organisation listed?').waitFor();
        await page.keyboard.press('g');
        await page.keyboard.press('f');
        await page.getByRole('heading', { name: 'The federation' }).waitFor();
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        await page.keyboard.press('g');
        await page.keyboard.press('c');
        await page.locator('.check-number:focus').waitFor();
      },
      { locale: 'zh-CN', phone: true },
    );
  });

  test('a page is never wider than a phone, and nothing on it is cut', async () => {
    await at(
      'sanya',
      'auditor',
      'au01',
      async ({ page, go }) => {
        for (const hash of [
          'federation',
          'explorer',
          `explorer/${hit}`,
          'looks/accesses',
          'looks/checks',
          'certificates',
          `consents/${code}`,
          'blacklist',
        ]) {
          await go(hash);
          await page.locator('main h1').waitFor();
          await page.locator('main p[role=status]').first().waitFor({ state: 'detached' });
          const wider = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          expect(wider, hash).toBe(0);
          // What is cut at the side of a part is as lost to a thumb as what is cut at the side of the page.
          expect(await page.evaluate(cutParts), hash).toEqual([]);
        }
      },
      { phone: true },
    );
  });

  test('what the policy forbids does not happen: no inline script, no other origin', async () => {
    if (browser === undefined) return;
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(`${world.city('sanya').url}/`);
    await page.evaluate(`
      const script = document.createElement('script');
      try { script.textContent = 'window.broken = true'; } catch {}
      document.body.append(script);
      fetch('http://127.0.0.2:1/').catch(() => undefined);
    `);
    expect(await page.evaluate('window.broken')).toBeUndefined();
    await expect.poll(() => refused.join('\n')).toMatch(/Content Security Policy/);
    await page.close();
  });
});
