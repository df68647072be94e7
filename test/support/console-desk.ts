import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Role } from '../../packages/node/src/api/roles.ts';
import type { DemoCityName } from '../../packages/node/src/testbed/world.ts';

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
  options?: { readonly locale?: string; readonly phone?: boolean },
) => Promise<void>;

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
            await page.locator('main p[role=status]').waitFor({ state: 'detached' });
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
