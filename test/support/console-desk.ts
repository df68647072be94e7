import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Role } from '../../packages/node/src/api/roles.ts';
import type { DemoCityName, World } from '../../packages/node/src/testbed/world.ts';

/** Somebody who is logged in at the console of a city. */
export interface Desk {
  readonly page: Page;
  go(hash: string): Promise<void>;
}

export type At = (
  city: DemoCityName,
  role: Role,
  officer: string,
  work: (desk: Desk) => Promise<void>,
  options?: { readonly locale?: string; readonly phone?: boolean; readonly dark?: boolean },
) => Promise<void>;

/**
 * Logs in by the keyboard alone: token, Tab, name, Enter. The page is closed, and what the browser complains of read,
 * afterwards: errors of the page, words on its console, what the policy refused. Without a browser nothing is done.
 */
export function deskOpener(browser: Browser | undefined, world: World): At {
  const complaints: string[] = [];
  return async (city, role, officer, work, options = {}) => {
    if (browser === undefined) return;
    const viewport = options.phone === true ? { width: 390, height: 844 } : { width: 1280, height: 860 };
    const colorScheme = options.dark === true ? 'dark' : 'light';
    const context = await browser.newContext({ locale: options.locale ?? 'en-GB', viewport, colorScheme });
    const page = await context.newPage();
    page.on('console', (message) => {
      // Whether a number is a consent's, and whether a paper may be opened, are questions, and "no" an answer.
      const asks = /\/v1\/(consents\/[0-9a-f]{32}|certificates\/[0-9a-f]{32}\/open)$/;
      if (!asks.test(message.location().url)) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(world.city(city).url) && !/^(data|blob):/.test(request.url())) {
        complaints.push(`asks for ${request.url()}`);
      }
    });
    await page.goto(`${world.city(city).url}/`);
    await page.locator('.login input').first().waitFor();
    await page.keyboard.insertText((await readFile(world.city(city).tokenFile(role), 'utf8')).trim());
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(officer);
    await page.keyboard.press('Enter');
    await page.locator('.menu').waitFor();
    await work({ page, go: async (hash) => void (await page.goto(`${world.city(city).url}/#/${hash}`)) });
    await context.close();
    expect(complaints.splice(0)).toEqual([]);
  };
}

/** A citizen's app, in a directory of the world; gives what it says with `--json`. */
export async function walletIn<Said>(world: World, name: string, ...args: readonly string[]): Promise<Said> {
  const bin = fileURLToPath(new URL('../../packages/node/bin/hansa.js', import.meta.url));
  const directory = ['--wallet', join(world.directory, name), '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [bin, 'wallet', ...args, ...directory]);
  return JSON.parse(stdout) as Said;
}

/** Every page in both languages and both widths, as the roles that use it see it. `listed`: a number that the first check asks about. */
export async function takeScreenshots(
  directory: string,
  at: At,
  { code, hit, listed }: { readonly code: string; readonly hit: string; readonly listed: string },
): Promise<void> {
  const walks: readonly (readonly [Role, readonly string[]])[] = [
    ['clerk', ['check', 'certificates', `certificates/${code}`, 'consents', `consents/${code}`, 'blacklist']],
    ['auditor', ['looks/accesses', 'looks/checks', 'federation', 'explorer', `explorer/${hit}`]],
    ['issuer', ['certificates']],
    ['approver', ['blacklist']],
  ];
  for (const locale of ['en-GB', 'zh-CN']) {
    for (const phone of [false, true]) {
      for (const [role, hashes] of walks) {
        const officer = role === 'approver' ? 'ap02' : 'op03';
        const shoot = async ({ page, go }: Desk) => {
          for (const hash of hashes) {
            await go(hash);
            if (hash === 'check') {
              await page.locator('.check-number').fill(listed);
              await page.locator('.check-matter input[type=text]').fill('SY-2026-0117');
              await page.keyboard.press('Enter');
              await page.locator('[data-verified]').waitFor();
            }
            await page.locator('main h1').waitFor();
            await page.locator('main p[role=status]').first().waitFor({ state: 'detached' });
            const name = `${role}-${hash.replaceAll('/', '-').replace(/[0-9a-f]{32}/, 'code')}`;
            const path = join(directory, `${name}-${locale.slice(0, 2)}-${phone ? 'phone' : 'desk'}.png`);
            await page.screenshot({ path, fullPage: true });
          }
        };
        await at(role === 'issuer' ? 'haikou' : 'sanya', role, officer, shoot, { locale, phone });
      }
    }
  }
}

/** Waits until a part of the page shows a text. What the page draws at first it may draw again when more has come, as cities' names. */
export function shows(page: Page, selector: string, text: string | RegExp): Promise<void> {
  return page.locator(selector).filter({ hasText: text }).first().waitFor();
}
