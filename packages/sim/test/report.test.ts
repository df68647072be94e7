import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../../../test/support/chromium.ts';
import { bundleReport } from '../scripts/bundle-report.js';
import { renderReport } from '../src/report/render.ts';
import { ResultSchema } from '../src/results/schema.ts';
import { sampleResult } from './sample-result.ts';

describe('the report page', () => {
  let browser: Browser | undefined;
  let folder: string;
  let client: Awaited<ReturnType<typeof bundleReport>>;

  beforeAll(async () => {
    browser = await openBrowser();
    folder = mkdtempSync(join(tmpdir(), 'hansa-report-'));
    client = await bundleReport();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a report from the disk; whatever the page asks of a network, or complains of, is gathered. */
  async function open(
    result: ReturnType<typeof sampleResult>,
    width: number,
    colorScheme: 'light' | 'dark',
    look: (page: Page) => Promise<void>,
  ): Promise<void> {
    if (browser === undefined) return;
    const path = join(folder, `${result.cities.length}-${width}.html`);
    writeFileSync(path, renderReport(result, client));
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(`asks for ${request.url()}`);
    });
    await page.goto(pathToFileURL(path).href);
    await look(page);
    expect(complaints).toEqual([]);
    await page.close();
  }

  test('the sample is a result by the published schema', () => {
    const validate = new Ajv({ allErrors: true }).compile(ResultSchema);
    for (const result of [sampleResult(4, false, false), sampleResult(341, true, true)]) {
      validate(result);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  test('it stands alone: no address of anything else is in it', () => {
    const page = renderReport(sampleResult(4, false, false), client);
    expect(page.match(/(?:src|href)="[^"#]+"/g) ?? []).toEqual(['href="data:,"']);
    expect(page).not.toContain('</script><b>even</b>');
  });

  const screens = [
    [4, false, 1200, 'light'],
    [4, false, 390, 'dark'],
    [341, true, 1200, 'dark'],
    [341, true, 390, 'light'],
  ] as const;

  test.each(screens)(
    'draws %i cities (places: %s) at %i pixels, %s, without a word on the console',
    async (cities, placed, width, scheme) => {
      await open(sampleResult(cities, placed, cities > 4), width, scheme, async (page) => {
        const chapters = await page.locator('section').evaluateAll((all) => all.map(({ id }) => id));
        expect(chapters).toEqual([
          'convergence',
          'finality',
          'map',
          'views',
          'space-time',
          'faults',
          'traffic',
          'cities',
          'again',
        ]);
        expect(await page.locator('.verdict').textContent()).toContain(cities > 4 ? 'Failed' : 'Passed');
        // Nothing pushes the page wider than the screen: what is wide scrolls in its own place.
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        const drawn = await page.evaluate<boolean[]>(`[...document.querySelectorAll('canvas')].map(${isDrawn})`);
        expect(drawn.length).toBeGreaterThanOrEqual(4);
        expect(drawn).not.toContain(false);
        expect(await page.locator('#space-time svg line').count()).toBeGreaterThan(100);
      });
    },
  );

  test('the slider moves time on the map, and a city says where it stands', async () => {
    await open(sampleResult(4, false, false), 1000, 'light', async (page) => {
      const slider = page.getByLabel('Virtual time');
      await slider.fill('80');
      await expect.poll(() => page.locator('#map output').textContent()).toBe('24.3 s');
      expect(await page.locator('#map .readout').textContent()).toContain('1 behind, 1 down');
      await slider.fill('199');
      await expect.poll(() => page.locator('#map .readout').textContent()).toContain('4 cities with the furthest');
      const map = page.locator('#map canvas');
      const box = await map.boundingBox();
      if (box === null) throw new Error('the map has no box');
      await map.hover({ position: { x: box.width / 2, y: 60 } });
      await expect.poll(() => page.locator('#map .readout').textContent()).toContain('haikou');
    });
  });

  test('what a researcher saves is the result itself', async () => {
    await open(sampleResult(4, false, false), 1000, 'light', async (page) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Save the data').click()]);
      const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
      expect(saved).toEqual(JSON.parse(JSON.stringify(sampleResult(4, false, false))));
    });
  });

  test('a run in which nothing happened is drawn too', async () => {
    const result = sampleResult(4, false, false);
    const nothing = {
      ...result,
      faults: [],
      finalityMs: { ...result.finalityMs, count: 0, histogram: [] },
      provableMs: { ...result.provableMs, count: 0, histogram: [] },
      series: {
        ...result.series,
        heightMin: [],
        heightMedian: [],
        heightMax: [],
        upCities: [],
        recordsFinal: [],
        bytes: [],
        messages: [],
        lag: [],
      },
      views: { first: 1, leaders: [], enteredAtUs: [], states: [], finalized: [] },
      window: { ...result.window, messages: [], marks: [] },
      traffic: [],
    };
    await open(nothing, 800, 'light', async (page) => {
      expect(await page.locator('section').count()).toBe(9);
      expect(await page.locator('.empty').count()).toBe(4);
    });
  });
});

/** Runs in the page: whether any pixel of a canvas was painted. */
const isDrawn = `(canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, index) => index % 4 === 3 && value > 0);
}`;
