import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildConsole } from '../packages/console/scripts/build.js';
import { importFile, verifyOffline } from '../packages/node/src/demo/queries.ts';
import { demoData, World } from '../packages/node/src/testbed/world.ts';
import { openBrowser } from './support/chromium.ts';
import { type At, deskOpener, shows } from './support/console-desk.ts';

/** What a desk attaches, opens, compares and saves: the console in Chromium, against four daemons. */
const person = '990103197506150037';
const decision = Buffer.from('%PDF-1.7\nthe decision');
const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2000, 7)]);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let browser: Browser | undefined;
let world: World;
let at: At;

beforeAll(async () => {
  [browser, world] = await Promise.all([openBrowser(), World.create(), buildConsole()]);
  at = deskOpener(browser, world);
  await world.startAll();
  const accounts = await demoData('haikou', 'accounts.csv');
  await importFile(await world.city('haikou').as('operator'), 'accounts', accounts);
  // The same persons have accounts in order at a second centre.
  const danzhou = await world.city('danzhou').as('operator');
  await (await danzhou.upload('/v1/import/accounts?mapping=haikou', accounts, 'application/octet-stream')).text();
  await world.settled();
});
afterAll(async () => {
  await browser?.close();
  await world?.stopAll();
});

/** A day like `2026-11-23`, so many days from now. */
function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** What a button of the page saves. */
async function saved(page: Page, button: RegExp | string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Goes on by Tab until a button of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('document.activeElement?.textContent?.trim()')) === name) return;
  }
  throw new Error(`no Tab leads to ${name}`);
}

describe('papers of a listing', () => {
  test('are attached where it is prepared, and read by the officer who approves it (P1, P3)', async () => {
    await at('haikou', 'clerk', 'op08', async ({ page, go }) => {
      await go('blacklist');
      await page.getByLabel('Citizen number or credit code').fill(person);
      await page.getByLabel('Name', { exact: true }).fill('测试乙');
      await page.getByLabel('Number of the decision').fill('HK-2026-0117');
      const notice = page.getByLabel('Notice given');
      await notice.fill('2026-02-30');
      await notice.press('Tab');
      await page.getByText('That is no day').waitFor();
      await notice.fill(dayFromNow(-60).replaceAll('-', ''));
      await notice.press('Tab');
      await page.getByText('That is no day').waitFor({ state: 'detached' });
      expect(await notice.inputValue()).toBe(dayFromNow(-60));
      await page.getByLabel('Objection until').fill(dayFromNow(-40));
      await page.getByLabel('Decided', { exact: true }).fill(dayFromNow(-10));
      await page.getByLabel('Restricts until').last().fill(dayFromNow(300));
      const papers = page.getByLabel('Papers of the decision');
      await papers.setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<html>') });
      await page.getByText('page.html is no PDF, JPEG or PNG file').waitFor();
      await papers.setInputFiles([
        { name: '认定书.pdf', mimeType: 'application/pdf', buffer: decision },
        { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photo },
        { name: 'mistake.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([photo, photo]) },
      ]);
      await page.getByRole('button', { name: 'Remove mistake.jpg' }).click();
      await page.getByRole('button', { name: 'Send to a second officer' }).click();
      await page.locator(`[data-papers="2"] [data-paper="${sha256(decision)}"]`).waitFor();
      await approveByKeys();
      // Nobody loads this page again: it hears that the other officer has decided.
      await page.getByText('Nothing waits').waitFor();
    });
  });

  /** The second officer goes, reads and approves without a pointer. */
  async function approveByKeys(): Promise<void> {
    await at('haikou', 'approver', 'ap02', async ({ page }) => {
      await page.keyboard.press('g');
      await page.keyboard.press('b');
      await shows(page, `[data-papers="2"] [data-paper="${sha256(decision)}"]`, '认定书.pdf');
      await shows(page, `[data-papers="2"] [data-paper="${sha256(photo)}"]`, 'photo.jpg');
      await page.getByRole('button', { name: 'Open 认定书.pdf' }).waitFor();
      await tabTo(page, 'Open 认定书.pdf');
      await page.keyboard.press('Enter');
      await shows(page, '[data-opened-paper=holds]', 'book of checks');
      expect(await saved(page, 'Save 认定书.pdf')).toEqual({ name: '认定书.pdf', bytes: decision });
      await tabTo(page, 'Approve');
      await page.keyboard.press('Enter');
      await page.getByText('Nothing waits').waitFor();
    });
  }

  test('are opened at another desk on a legal basis, compared in the browser, and saved, each with a receipt (P1, P3)', async () => {
    await world.settled();
    await at('sanya', 'clerk', 'op03', async ({ page, go }) => {
      await go('check');
      await page.locator('.check-number').fill(person);
      await page.getByLabel('Case reference').fill('SY-2026-0117');
      await page.keyboard.press('Enter');
      await page.locator('[data-verified]').waitFor();
      await page.emulateMedia({ media: 'print' });
      for (const [part, printed] of [
        ['.menu', false],
        ['.check-form', false],
        ['.result', true],
        ['.receipt-head', true],
      ] as const) {
        expect(await page.locator(part).first().isVisible(), part).toBe(printed);
      }
      await page.emulateMedia({ media: 'screen' });
      await page.getByText('Show behaviour and amount').click();
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.locator('[data-commitment=holds]').waitFor();
      await page.getByRole('button', { name: 'Open 认定书.pdf' }).click();
      await shows(page, '[data-opened-paper=holds]', 'Receipt of the access');
      const paper = await saved(page, 'Save 认定书.pdf');
      expect(paper).toEqual({ name: '认定书.pdf', bytes: decision });
      // On its way between the daemon and the page it becomes another.
      await page.route('**/documents/*', (route) => route.fulfill({ body: decision.subarray(1) }));
      await page.getByRole('button', { name: 'Open photo.jpg' }).click();
      await page.locator('[data-opened-paper=broken]').waitFor();
      expect(await page.getByRole('button', { name: 'Save photo.jpg' }).count()).toBe(0);
    });
  });
});

test('an auditor finds looks by officer, record and time', async () => {
  await at('sanya', 'auditor', 'au01', async ({ page, go }) => {
    await go('looks/accesses');
    const rows = page.locator('[data-accesses] tbody tr');
    await rows.first().waitFor();
    const asks = async (label: string, text: string, found: boolean) => {
      const field = page.getByLabel(label, { exact: true });
      await field.fill(text);
      await page.keyboard.press('Enter');
      if (found) await rows.first().waitFor();
      else await page.getByText('No access matches.').waitFor();
      await field.fill('');
    };
    await asks('Own officer, whole name', 'op99', false);
    await asks('Own officer, whole name', 'op03', true);
    await asks('From', dayFromNow(-2), true);
    await asks('To', dayFromNow(2), true);
    await asks('To', dayFromNow(-2), false);
    await asks('Record', 'haikou/999/0', false);
  });
});

describe('a person whom two cities certified', () => {
  const codes: string[] = [];

  test('is a conflict at every desk, with the name of the other city', async () => {
    for (const [city, officer] of [
      ['haikou', 'op08'],
      ['danzhou', 'op05'],
    ] as const) {
      await at(city, 'issuer', officer, async ({ page, go }) => {
        await go('certificates');
        await page.getByLabel('Account number or citizen number').fill('01100000014');
        await page.keyboard.press('Enter');
        codes.push(String(await page.locator('[data-issued]').getAttribute('data-issued')));
      });
    }
    await world.settled();
    await at('sanya', 'clerk', 'op03', async ({ page, go }) => {
      for (const [code, other] of [
        [codes[0], '儋州市住房公积金管理局'],
        [codes[1], '海口市住房公积金管理局'],
      ]) {
        await go(`certificates/${code}`);
        await shows(page, '.result-amber[data-status=active] .result-head', 'Conflict: another city certified');
        await shows(page, '.result-amber .result-head', String(other));
      }
    });
  });

  test('is shown to the clerk with the printed fields on the order of a court, and the proof is saved (P3)', async () => {
    await at('sanya', 'clerk', 'op03', async ({ page, go }) => {
      await go(`certificates/${codes[0]}`);
      await page.getByLabel('Under').selectOption({ label: 'legal basis: order of a court' });
      await page.getByLabel('Case reference').fill('COURT-2026-17');
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      await page.locator('[data-opened=issuer] [data-commitment=holds]').waitFor();
      await shows(page, '[data-opened=issuer]', '01100000014');
      await shows(page, '[data-opened=issuer]', 'Receipt of the access');
      await page.locator('[data-verified]').waitFor();
      const proof = await saved(page, 'Save the proof');
      expect(proof.name).toBe(`hansa-${codes[0]?.slice(0, 8)}.receipt`);
      // As whoever gets the file verifies it: with the genesis file, and nothing of this city.
      const verdict = await verifyOffline(world, proof.bytes);
      expect(verdict.ok, verdict.output).toBe(true);
      const flipped = Buffer.from(proof.bytes);
      flipped[flipped.length >> 1] = Number(flipped[flipped.length >> 1]) ^ 1;
      expect((await verifyOffline(world, flipped)).ok).toBe(false);
    });
  });
});
