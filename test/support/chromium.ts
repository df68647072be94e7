import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { type Browser, chromium } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function find(): string | undefined {
  return [process.env.CHROMIUM_PATH, ...candidates].find((path) => path !== undefined && existsSync(path));
}

/** Installs Debian's package where that is possible without asking anybody. */
function install(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.warn('Chromium is not installed; installing it for the tests of pages.');
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], options);
  return find();
}

/**
 * A headless browser for tests of pages, or undefined where there is none and none can be installed: then the test says
 * loudly that it looked at nothing. On CI that is an error.
 */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = find() ?? install();
  if (executablePath === undefined) {
    if (process.env.CI !== undefined) throw new Error('Chromium is not installed: the tests of pages cannot run.');
    console.warn('NOT TESTED: pages. Install Chromium, or set CHROMIUM_PATH, and run the tests again.');
    return undefined;
  }
  const quiet = ['networking', 'timer-throttling'].map((what) => `--disable-background-${what}`);
  return chromium.launch({
    executablePath,
    // Names of files keep their letters, wherever the tests run.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
      ...quiet,
    ],
  });
}
