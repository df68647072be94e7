import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unwrap } from '@hansa/protocol';
import type { Browser, Page } from 'playwright-core';
import { encodeQR } from 'qr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../../../test/support/chromium.ts';
import { bundleVerifyPage } from '../scripts/bundle-verify-page.js';
import { cityUrn, encodeCounterCode, presentCredential } from '../src/credential/index.ts';
import { nativeCrypto as crypto } from '../src/crypto/index.ts';
import { renderVerifyPage } from '../src/verify-page/render.ts';
import { testNowMs } from './api/cities.ts';
import { account, type Door, type Doors, openDoors } from './api/fixture.ts';
import { asHolder, holderOf } from './api/holder.ts';

const holder = holderOf('wu');
const matter = 'LOAN-2026-0117';
/** Where a person looks at the screens: `SCREENSHOTS=DIRECTORY`. */
const screenshots = process.env.SCREENSHOTS;

let browser: Browser | undefined;
let folder: string;
let doors: Doors;
let page: Awaited<ReturnType<typeof bundleVerifyPage>>;
let credential: string;
let receipt: Uint8Array;
let usedReceipt: Uint8Array;

beforeAll(async () => {
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'hansa-verify-'));
  [doors, page] = await Promise.all([openDoors(4), bundleVerifyPage()]);
  const [haikou, sanya] = doors.doors as [Door, Door];
  const wish = { account, purpose: 'loan-approval', addressedTo: 'sanya' };
  const { id } = (await asHolder(haikou, holder, 'POST', '/v1/applications', wish)).json();
  const payload = { handler: 'op08' };
  const { code } = (await haikou.call('issuer', 'POST', `/v1/applications/${id}/approve`, { payload })).json();
  await doors.settled();
  const own = async (door: Door) => (await asHolder(door, holder, 'GET', `/v1/holder/certificates/${code}`)).json();
  const copy = await own(haikou);
  credential = copy.credential;
  receipt = Buffer.from(copy.receipt, 'base64');
  const use = { loanReference: matter, handler: 'op03' };
  await sanya.call('clerk', 'POST', `/v1/certificates/${code}/use`, { payload: use });
  await doors.settled();
  usedReceipt = Buffer.from((await own(sanya)).receipt, 'base64');
});

afterAll(async () => {
  await browser?.close();
  await doors.close();
  rmSync(folder, { recursive: true });
});

async function present(city = 'sanya', nonce = matter, signedAtMs = testNowMs()): Promise<string> {
  return presentCredential(crypto, holder, {
    ...{ credential, nonce, signedAtMs },
    disclose: ['holderName', 'balanceFen', 'continuousMonths', 'everBorrowed', 'loanOutstandingFen'],
    audience: cityUrn(doors.federation.genesis, city),
  });
}

async function codesOf(presentation: string, proof: Uint8Array | undefined): Promise<readonly string[]> {
  return unwrap(await encodeCounterCode(crypto, { presentation, receipt: proof }));
}

interface Screen {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  readonly locale: 'zh-CN' | 'en';
}

const desk: Screen = { width: 1200, scheme: 'light', locale: 'en' };
const phone: Screen = { width: 390, scheme: 'dark', locale: 'zh-CN' };

/** Opens the page from the disk on the day of the test; whatever it asks of a network, or complains of, is gathered. */
async function open(screen: Screen, look: (page: Page) => Promise<void>, genesis = true): Promise<void> {
  if (browser === undefined) return;
  const path = join(folder, `page-${genesis}.html`);
  writeFileSync(path, renderVerifyPage(page, genesis ? doors.federation.bytes : undefined));
  const { width, scheme, locale } = screen;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale,
    offline: true,
  });
  const tab = await context.newPage();
  await tab.clock.setFixedTime(testNowMs());
  const complaints: string[] = [];
  tab.on('console', (message) => complaints.push(message.text()));
  tab.on('pageerror', (error) => complaints.push(String(error)));
  tab.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complaints.push(`asks for ${request.url()}`);
  });
  await tab.goto(pathToFileURL(path).href);
  await look(tab);
  expect(complaints).toEqual([]);
  await context.close();
}

async function type(tab: Page, codes: readonly string[]): Promise<void> {
  for (const code of codes) await tab.locator('#scan').fill(`${code}\n`);
}

async function expecting(tab: Page, city = 'sanya', nonce = matter): Promise<void> {
  await tab.locator('#city').selectOption(city);
  await tab.locator('#case').fill(nonce);
}

const tone = (tab: Page, name: string) => tab.locator(`#answer.${name}`).waitFor();
const text = (tab: Page) => tab.locator('#answer').textContent();

async function keepScreen(tab: Page, name: string): Promise<void> {
  if (screenshots !== undefined) await tab.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

describe('P4: the page of a counter', () => {
  test('stands alone: its policy admits its own script and style, and no address of anything else is in it', () => {
    const html = renderVerifyPage(page, doors.federation.bytes);
    expect(html.match(/(?:src|href)="[^"#]+"/g) ?? []).toEqual(['href="data:,"']);
    expect(html).toMatch(/default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/);
    expect(html).not.toContain('unsafe-inline');
  });

  test.each([
    ['desk', desk, 'Valid'],
    ['desk-zh', { ...desk, locale: 'zh-CN' } as Screen, '有效'],
    ['phone', phone, '有效'],
    ['phone-en', { ...phone, scheme: 'light', locale: 'en' } as Screen, 'Valid'],
  ])('says VALID of what a scanner types (%s)', async (name, screen, headline) => {
    await open(screen, async (tab) => {
      await keepScreen(tab, `${name}-waiting`);
      await expecting(tab);
      const codes = await codesOf(await present(), receipt);
      await type(tab, codes.slice(0, 2));
      const parts = codes.filter((code) => code.startsWith('HANSA1:P:')).length;
      await tab.getByText(`2 ${screen.locale === 'en' ? 'of' : '/'} ${parts}`).waitFor();
      await keepScreen(tab, `${name}-partial`);
      await type(tab, codes.slice(2));
      await tone(tab, 'good');
      expect(await tab.locator('.headline').textContent()).toContain(headline);
      expect(await text(tab)).toContain('钱文');
      expect(await text(tab)).toContain('1,339,794.00');
      await keepScreen(tab, `${name}-valid`);
      const wide = await tab.evaluate<boolean>(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      expect(wide).toBe(false);
    });
  });

  test('P1: shows no field that the holder did not show', async () => {
    await open(desk, async (tab) => {
      await expecting(tab);
      await type(tab, await codesOf(await present(), receipt));
      await tone(tab, 'good');
      expect(await tab.content()).not.toContain(account);
      expect(await text(tab)).toContain('20 more fields are not shown');
    });
  });

  test('says USED by the receipt, and asks for one where there is none', async () => {
    await open(desk, async (tab) => {
      await expecting(tab);
      await type(tab, await codesOf(await present(), usedReceipt));
      await tone(tab, 'bad');
      expect(await tab.locator('.headline').textContent()).toContain('Used');
      await keepScreen(tab, 'desk-used');
      await tab.getByRole('button', { name: 'Next citizen' }).click();
      await tone(tab, 'idle');
      expect(await tab.content()).not.toContain('钱文');
      await expecting(tab);
      await type(tab, await codesOf(await present(), undefined));
      await tone(tab, 'warn');
      expect(await text(tab)).toContain('status not known');
      await keepScreen(tab, 'desk-unknown');
    });
  });

  test('does not say VALID of what is addressed to another city, which alone may use it', async () => {
    await open(desk, async (tab) => {
      await expecting(tab, 'danzhou');
      await type(tab, await codesOf(await present('danzhou'), receipt));
      await tone(tab, 'warn');
      expect(await text(tab)).toContain('for another city');
    });
  });

  test('does not say VALID by an old receipt, which the citizen may have kept from before it was used', async () => {
    await open(desk, async (tab) => {
      const laterMs = testNowMs() + 2 * doors.federation.genesis.policy.lookup.staleAfterMs;
      await tab.clock.setFixedTime(laterMs);
      await expecting(tab);
      await type(tab, await codesOf(await present('sanya', matter, laterMs), receipt));
      await tone(tab, 'warn');
      expect(await text(tab)).toContain('the receipt is old');
    });
  });

  test('without city and reference it says only that the copy is genuine', async () => {
    await open(phone, async (tab) => {
      await type(tab, await codesOf(await present(), receipt));
      await tone(tab, 'warn');
      expect(await text(tab)).toContain('请填写城市和业务编号');
      await keepScreen(tab, 'phone-unbound');
    });
  });

  test.each([
    ['for another city', () => present('danzhou'), 'KEY_BINDING_WRONG_AUDIENCE'],
    ['for another matter, as one that was overheard', () => present('sanya', 'LOAN-1'), 'KEY_BINDING_WRONG_NONCE'],
    ['without the holder', async () => credential, 'CREDENTIAL_NOT_BOUND'],
    ['with a field taken away', async () => (await present()).replace(/~[^~]+~/, '~'), 'KEY_BINDING_WRONG_COPY'],
    ['with a changed claim', async () => changed(await present()), 'CREDENTIAL_SIGNATURE_INVALID'],
  ])('refuses what is shown %s', async (_, shown, code) => {
    await open(desk, async (tab) => {
      await expecting(tab);
      await tab.locator('#scan').fill(await shown());
      await tone(tab, 'bad');
      expect(await text(tab)).toContain(code);
      await keepScreen(tab, 'desk-refused');
    });
  });

  /** Another last day in the city's claims. */
  function changed(presentation: string): string {
    const [header, payload, ...rest] = presentation.split('.');
    const claims = Buffer.from(payload ?? '', 'base64url')
      .toString()
      .replace('"iat":1', '"iat":2');
    return [header, Buffer.from(claims).toString('base64url'), ...rest].join('.');
  }

  test('refuses everything that is no code, and goes on', async () => {
    await open(desk, async (tab) => {
      await expecting(tab);
      await type(tab, ['HANSA1:P:1/1:!!!:']);
      await tone(tab, 'bad');
      expect(await text(tab)).toContain('CODE_MALFORMED');
      await tab.getByRole('button', { name: 'Next citizen' }).click();
      await tab.locator('#scan').fill(`${'x'.repeat(100_000)}~`);
      await tone(tab, 'bad');
      expect(await text(tab)).toContain('CREDENTIAL_TOO_LARGE');
    });
  });

  test('reads codes from photos', async () => {
    await open(desk, async (tab) => {
      await expecting(tab);
      const photos = (await codesOf(await present(), receipt)).map((code, index) => ({
        ...{ name: `${index}.gif`, mimeType: 'image/gif' },
        buffer: Buffer.from(encodeQR(code, 'gif', { ecc: 'medium', encoding: 'alphanumeric', border: 4, scale: 5 })),
      }));
      await tab.locator('#photos').setInputFiles(photos);
      await tone(tab, 'good');
      const blank = Buffer.from(encodeQR('https://example.org', 'gif', { scale: 5 }).slice(0, 40));
      await tab.locator('#photos').setInputFiles([{ name: 'x.gif', mimeType: 'image/gif', buffer: blank }]);
      await tab.getByRole('alert').waitFor();
      expect(await text(tab)).toContain('No code was read');
    });
  });

  test('without a federation in it, it asks for the genesis file, and refuses what is none', async () => {
    await open(
      desk,
      async (tab) => {
        await type(tab, await codesOf(await present(), receipt));
        await tone(tab, 'idle');
        expect(await text(tab)).toContain('genesis file');
        await keepScreen(tab, 'desk-no-genesis');
        const files = (bytes: Uint8Array) => [
          { name: 'genesis.json', mimeType: 'application/json', buffer: Buffer.from(bytes) },
        ];
        await tab.locator('#genesis-file').setInputFiles(files(Buffer.from('{}')));
        await tab.getByRole('alert').waitFor();
        await tab.locator('#genesis-file').setInputFiles(files(doors.federation.bytes));
        await expecting(tab);
        await tone(tab, 'good');
      },
      false,
    );
  });

  test('changes its language where it stands', async () => {
    await open(desk, async (tab) => {
      await tab.getByRole('button', { name: '中文' }).click();
      expect(await tab.title()).toBe('缴存证明验证');
      expect(await tab.locator('html').getAttribute('lang')).toBe('zh-CN');
      await tab.getByRole('button', { name: 'English' }).click();
      expect(await tab.locator('h1').textContent()).toBe('Verify a deposit certificate');
    });
  });
});
