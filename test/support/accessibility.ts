import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** WCAG 2.2 at the levels A and AA, as far as a program can judge it. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Names of what is wider than its place, in a page: the menu, and tables that are to be cards. */
const cutParts = `[...document.querySelectorAll('.menu ul, .card-table, main .scroll')]
  .filter((part) => part.scrollWidth > part.clientWidth)
  .map((part) => part.className + ' ' + part.textContent)`;

const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

let engine: Promise<string> | undefined;

/** What a page does to people who read it otherwise than with eyes and a mouse: axe's rules, each with the elements. */
export async function barriers(page: Page): Promise<string[]> {
  // What stays at the edges of the window hides nothing for good: one scrolls.
  await page.evaluate(`for (const part of document.querySelectorAll('.top, .menu')) part.style.position = 'static'`);
  engine ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(await engine);
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(standards)}, resultTypes: ['violations'] })`,
  )) as { violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[] };
  await page.evaluate(`for (const part of document.querySelectorAll('.top, .menu')) part.style.position = ''`);
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} (${failureSummary})`),
  );
}

/** What is lost at the side of a narrow page. */
export async function cutOff(page: Page): Promise<string[]> {
  const by = Number(await page.evaluate(wider));
  const parts = (await page.evaluate(cutParts)) as string[];
  return [...(by > 0 ? [`the page is ${by} px wider than its window`] : []), ...parts];
}
