import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../packages/node/src/testbed/until.ts';
import { demoData, World } from '../packages/node/src/testbed/world.ts';
import { read, root } from './support/tree.ts';

/** The examples as programs, started as their pages say, against the daemons of two cities and more. */
let world: World;
let supervisor: ChildProcess | undefined;

beforeAll(async () => {
  world = await World.create();
  await world.startAll();
}, 300_000);
afterAll(async () => {
  if (supervisor?.pid !== undefined) process.kill(-supervisor.pid, 'SIGKILL');
  await world?.stopAll();
  if (world !== undefined) await rm(world.directory, { recursive: true, force: true });
});

/** What `pnpm --dir examples/NAME start` runs. */
function start(name: string, ...words: readonly string[]): ChildProcess {
  const directory = join(root, 'examples', name);
  expect(read(`examples/${name}/README.md`)).toContain(`npx -y pnpm@12 --dir examples/${name} start `);
  const { scripts } = JSON.parse(read(`examples/${name}/package.json`)) as { scripts: { start: string } };
  const bins = [join(directory, 'node_modules', '.bin'), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''];
  // As pnpm does it: the script's line, and the words behind it. A group of its own, so that a signal reaches all of it.
  return spawn('sh', ['-c', `${scripts.start} "$@"`, 'sh', ...words], {
    cwd: directory,
    detached: true,
    env: { ...process.env, PATH: bins.join(delimiter) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('a centre’s core system', () => {
  test('brings its night: the rows by kind, those to be corrected by line and code, and again without a second effect (R2)', async () => {
    const haikou = world.city('haikou');
    const files: string[] = [];
    for (const name of ['accounts.csv', 'blacklist.csv']) {
      files.push(join(world.directory, `tonight-${name}`));
      await writeFile(files.at(-1) as string, await demoData('haikou', name));
    }
    const night = async () => {
      const child = start('core-system', haikou.url, haikou.tokenFile('operator'), 'haikou', '2026-11-24', ...files);
      const [out, error, [code]] = await Promise.all([
        text(child.stdout as NodeJS.ReadableStream),
        text(child.stderr as NodeJS.ReadableStream),
        once(child, 'close'),
      ]);
      expect(error).toBe('');
      // The exports of the demo have rows that are wrong, which people are to correct.
      expect(code).toBe(1);
      return out.trim().split('\n');
    };
    const first = await night();
    const reports = first.map(
      (line) => JSON.parse(line) as { kind: string; rows: number; refused: object[]; final: boolean },
    );
    expect(reports.map(({ kind, final }) => [kind, final])).toEqual([
      ['accounts', true],
      ['blacklist', true],
    ]);
    const refused = reports.flatMap((report) => report.refused);
    expect(refused.length).toBeGreaterThan(0);
    expect(reports.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(refused.length);
    for (const row of refused) {
      expect(row).toMatchObject({ line: expect.any(Number), code: expect.stringMatching(/^[A-Z_]+$/) });
      expect(Object.keys(row).filter((key) => !['line', 'code', 'column'].includes(key))).toEqual([]);
    }
    const auditor = await haikou.as('auditor');
    const records = async () => (await auditor.get<{ records: number }>('/v1/status')).records;
    const before = await records();
    expect(await night()).toEqual(first);
    expect(await records()).toBe(before);
  });

  test('says what is wrong with its command line, and with a file, before anything is uploaded', async () => {
    for (const words of [[], [world.city('haikou').url, '/nowhere.token', 'haikou', '2026-11-25']]) {
      const child = start('core-system', ...words);
      const [error, [code]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'close')]);
      expect(code).toBe(2);
      expect(error).toMatch(
        words.length === 0 ? /^node dist\/main\.js URL/ : /^\/nowhere\.token cannot be read \(ENOENT\)/,
      );
    }
  });
});

describe('a supervisor', () => {
  test('sees that the cities agree, and which one is away, and ends when it is told to', async () => {
    const [haikou, sanya] = [world.city('haikou'), world.city('sanya')];
    const words = [haikou, sanya].map((city) => `${city.name}=${city.url}=${city.tokenFile('auditor')}`);
    supervisor = start('supervisor', ...words);
    const findings: { kind: string; city?: string; cities?: string[] }[] = [];
    let rest = '';
    supervisor.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      findings.push(...lines.map((line) => JSON.parse(line) as (typeof findings)[number]));
    });
    const error = text(supervisor.stderr as NodeJS.ReadableStream);
    await until('the cities agree', async () =>
      findings.some(({ kind, cities }) => kind === 'agreed' && cities?.length === 2),
    );
    await sanya.stop('SIGKILL');
    await until('Sanya is missed', async () =>
      findings.some(({ kind, city }) => kind === 'unreachable' && city === 'sanya'),
    );
    await sanya.start();
    const seen = findings.length;
    await until('they agree again', async () =>
      findings.slice(seen).some(({ kind, cities }) => kind === 'agreed' && cities?.length === 2),
    );
    const closed = once(supervisor, 'close');
    process.kill(-(supervisor.pid ?? Number.NaN), 'SIGTERM');
    await closed;
    supervisor = undefined;
    expect(await error).toBe('');
    expect(findings.filter(({ kind }) => kind === 'disagreement')).toEqual([]);
  });
});
