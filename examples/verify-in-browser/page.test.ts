import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { account, type Door, type Doors, openDoors } from '../../packages/node/test/api/fixture.ts';
import { openBrowser } from '../../test/support/chromium.ts';
import { buildPage } from './scripts/build.js';

let directory: string;
let doors: Doors;
let browser: Browser | undefined;
let receipt: Buffer;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'hansa-example-'));
  await buildPage(pathToFileURL(`${directory}/`));
  browser = await openBrowser();
  doors = await openDoors(4);
  const [haikou] = doors.doors as [Door];
  const issued = await haikou.call('issuer', 'POST', '/v1/certificates', { payload: { account, handler: 'op08' } });
  await doors.settled();
  const question = { payload: { record: issued.json().location } };
  receipt = (await haikou.call('auditor', 'POST', '/v1/receipts', question)).rawPayload;
});
afterAll(async () => {
  await browser?.close();
  await doors?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function verdict(page: Page, bytes: Buffer): Promise<string> {
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
  await page.goto(pathToFileURL(join(directory, 'index.html')).href);
  await page.setInputFiles('#genesis', file('genesis.json', Buffer.from(doors.federation.bytes)));
  await page.setInputFiles('#receipt', file('receipt', bytes));
  const verdict = page.locator('#verdict');
  await expect.poll(() => verdict.textContent()).not.toBe('Choose both files.');
  return (await verdict.textContent()) ?? '';
}

test('P4: the page opens from a disk, and tells a genuine receipt from one with a flipped bit', async () => {
  if (browser === undefined) return;
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', ({ message }) => errors.push(message));
  expect(await verdict(page, receipt)).toMatch(/^Genuine: .*\nThe record haikou\/\d+\/0 is final\./);
  const flipped = Buffer.from(receipt);
  flipped[receipt.length >> 1] = (flipped[receipt.length >> 1] as number) ^ 1;
  expect(await verdict(page, flipped)).toMatch(/^This receipt proves nothing: .*\(RECEIPT_/);
  expect(errors).toEqual([]);
});
