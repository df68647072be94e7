import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildConsole } from '../packages/console/scripts/build.js';
import type { Role } from '../packages/node/src/api/roles.ts';
import { importFile } from '../packages/node/src/demo/queries.ts';
import { type DemoCityName, demoCities, demoData, World } from '../packages/node/src/testbed/world.ts';
import { barriers, cutOff } from './support/accessibility.ts';
import { openBrowser } from './support/chromium.ts';
import { type At, type Desk, deskOpener, walletIn } from './support/console-desk.ts';

/** Who reads the console with other eyes, with keys alone, on a phone or at night: every page and what it shows when somebody works on it. */
const listed = '990112197311221719';
const unlisted = '990102198812310025';
const account = '01100000014';
const citizenAccount = '01100000035';
const prepared = '990103197506150037';

/** A directory for pictures of all that is looked at here. */
const screenshots = process.env.SCREENSHOTS;

let browser: Browser | undefined;
let world: World;
let at: At;
/** A certificate of Haikou's with a consent for Sanya. */
let code = '';
let listing = '';

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
  const haikou = world.city('haikou');
  const citizen = await world.citizen();
  const issuer = await haikou.as('issuer');
  code = (
    await issuer.post<{ code: string }>('/v1/certificates', { account, handler: 'op08', holderKey: citizen.holderKey })
  ).code;
  await citizen.consent(world.city('sanya'), code, 'sanya', 3);
  await applyFromAPhone();
  await world.settled();
  if (screenshots !== undefined) await mkdir(screenshots, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await world?.stopAll();
  if (world !== undefined) await rm(world.directory, { recursive: true, force: true });
});

/** An application that waits at Haikou. */
async function applyFromAPhone(): Promise<void> {
  const accountFile = join(world.directory, 'account.txt');
  await writeFile(accountFile, citizenAccount);
  await walletIn(world, 'wu', 'init', '--genesis', world.genesisFile);
  const where = ['--city', 'haikou', '--url', world.city('haikou').url, '--account-file', accountFile];
  await walletIn(world, 'wu', 'apply', '--purpose', 'loan-approval', ...where);
}

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** How somebody reads. */
interface Way {
  readonly name: string;
  readonly locale: string;
  readonly phone: boolean;
  readonly dark: boolean;
}

const ways: readonly Way[] = [
  { name: 'en, at a desk, by day', locale: 'en-GB', phone: false, dark: false },
  { name: '中文, on a phone, at night', locale: 'zh-CN', phone: true, dark: true },
];

/** All that is wrong with what a desk shows now, under its name. */
async function look(page: Page, way: Way, name: string): Promise<string[]> {
  if (screenshots !== undefined) {
    const path = join(
      screenshots,
      `${name.replaceAll('/', '-')}-${way.locale.slice(0, 2)}-${way.phone ? 'phone' : 'desk'}.png`,
    );
    await page.screenshot({ path, fullPage: true });
  }
  const found = [...(await barriers(page)), ...(way.phone ? await cutOff(page) : [])];
  return found.map((each) => `${name}: ${each}`);
}

/** The page at a hash, when it has drawn what it asked for. */
async function settled({ page, go }: Desk, hash: string): Promise<void> {
  await go(hash);
  await page.locator('main h1').waitFor();
  await page.locator('main p[role=status]').first().waitFor({ state: 'detached' });
}

/** What a role does at its desk in a city, as a list of looks: each gives its name once the page shows it. */
type Walk = readonly [DemoCityName, Role, string, (desk: Desk, seen: (name: string) => Promise<void>) => Promise<void>];

async function ask({ page }: Desk, number: string, colour: string): Promise<void> {
  await page.locator('.check-number').fill(number);
  await page.locator('.check-matter input[type=text]').fill('SY-2026-0117');
  await page.locator('.check-number').press('Enter');
  await page
    .locator(`.result[data-colour=${colour}] [data-verified], .result[data-colour=${colour}][data-verified]`)
    .first()
    .waitFor();
}

const walks: readonly Walk[] = [
  [
    'sanya',
    'clerk',
    'op03',
    async (desk, seen) => {
      const { page } = desk;
      await settled(desk, 'check');
      await seen('check');
      await ask(desk, listed, 'red');
      listing = String(await page.locator('.listing .facts a').first().textContent());
      await seen('check-red');
      await ask(desk, unlisted, 'green');
      await seen('check-green');
      for (const hash of ['certificates', `certificates/${code}`, 'consents', `consents/${code}`, 'blacklist']) {
        await settled(desk, hash);
        await seen(`clerk-${hash.replace(code, 'code')}`);
      }
      await page.keyboard.press('?');
      await page.locator('dialog[open], [role=dialog]').first().waitFor();
      await seen('shortcuts');
    },
  ],
  [
    'haikou',
    'clerk',
    'op08',
    async (desk, seen) => {
      await settled(desk, 'blacklist');
      await desk.page.locator('form input[type=text]').first().waitFor();
      await seen('prepare');
    },
  ],
  [
    'haikou',
    'approver',
    'ap02',
    async (desk, seen) => {
      await settled(desk, 'blacklist');
      await seen('approver-blacklist');
    },
  ],
  [
    'haikou',
    'issuer',
    'op08',
    async (desk, seen) => {
      await settled(desk, 'certificates');
      await desk.page.locator('.cards .card').first().waitFor();
      await seen('issuer-applications');
      await settled(desk, `certificates/${code}`);
      await seen('issuer-certificate');
    },
  ],
  [
    'haikou',
    'operator',
    'op01',
    async (desk, seen) => {
      await settled(desk, 'blacklist');
      await seen('operator-import');
    },
  ],
  [
    'sanya',
    'auditor',
    'au01',
    async (desk, seen) => {
      for (const hash of ['looks/accesses', 'looks/checks', 'federation', 'explorer', `explorer/${listing}`]) {
        await settled(desk, hash);
        await seen(hash.replace(listing, 'listing'));
      }
      await desk.page.getByRole('button', { name: /^(Verify and draw the proof|验证并绘制证明)$/ }).click();
      await desk.page.locator('[data-proof=holds]').first().waitFor();
      await seen('explorer-proof');
    },
  ],
];

/** A listing that waits for its second officer. */
async function prepareListing(): Promise<void> {
  await at('haikou', 'clerk', 'op08', async ({ page, go }) => {
    await go('blacklist');
    await page.getByLabel('Citizen number or credit code').fill(prepared);
    await page.getByLabel('Name', { exact: true }).fill('测试乙');
    await page.getByLabel('Number of the decision').fill('HK-2026-0117');
    await page.getByLabel('Notice given').fill(dayFromNow(-60));
    await page.getByLabel('Objection until').fill(dayFromNow(-40));
    await page.getByLabel('Decided', { exact: true }).fill(dayFromNow(-10));
    await page.getByLabel('Restricts until').last().fill(dayFromNow(300));
    await page
      .getByLabel('Papers of the decision')
      .setInputFiles([
        { name: '认定书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nthe decision') },
      ]);
    await page.getByRole('button', { name: 'Send to a second officer' }).click();
    await page.locator('[data-papers="1"]').waitFor();
  });
}

describe('what a program can find that would keep somebody out (WCAG 2.2 A and AA), and what a phone cuts off', () => {
  test('nothing, on any page, in both languages, by day and by night', { timeout: 600_000 }, async () => {
    if (browser === undefined) return;
    await prepareListing();
    const found: string[] = [];
    for (const way of ways) {
      for (const [city, role, officer, work] of walks) {
        await at(
          city,
          role,
          officer,
          (desk) => work(desk, async (name) => void found.push(...(await look(desk.page, way, name)))),
          way,
        );
      }
      const context = await browser.newContext({
        locale: way.locale,
        colorScheme: way.dark ? 'dark' : 'light',
        viewport: { width: 360, height: 800 },
      });
      const page = await context.newPage();
      await page.goto(`${world.city('sanya').url}/`);
      await page.locator('.login input').first().waitFor();
      found.push(...(await look(page, way, 'login')));
      await context.close();
    }
    expect(found).toEqual([]);
  });

  test('and it does find what keeps somebody out, and what is cut', async () => {
    if (browser === undefined) return;
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.setContent(
      '<html lang="en"><title>x</title><main><img src="x.png"><input><div style="width: 500px">wide</div></main></html>',
    );
    expect((await barriers(page)).map((each) => each.split(':')[0]).sort()).toEqual(['image-alt', 'label']);
    expect(await cutOff(page)).not.toEqual([]);
    await page.close();
  });
});
