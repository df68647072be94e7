import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../src/cli/main.ts';
import { loadConfig } from '../src/config/index.ts';
import { Daemon } from '../src/daemon.ts';
import { createLog } from '../src/log.ts';
import { openStore } from '../src/store/index.ts';

let directory: string;
let httpPort: number;
const path = (...parts: readonly string[]) => join(directory, ...parts);

interface Run {
  readonly code: number;
  readonly json: { readonly ok: boolean; readonly error?: { readonly code: string; readonly message: string } };
}

async function hansa(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  let out = '';
  const code = await runCommand([...args, '--json'], {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      out += text;
    },
    environment: { HANSA_LOG_LEVEL: 'silent', ...environment },
    interactive: false,
  });
  return { code, json: JSON.parse(out) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A federation of one city: its daemon needs nobody else to be ready. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hansa-start-'));
  httpPort = await freePort();
  for (const [name, port] of [
    ['haikou', httpPort],
    ['sanya', httpPort],
  ] as const) {
    const listen = `/ip4/127.0.0.1/tcp/${await freePort()}`;
    const args = ['--city', name, '--display-name', name, '--listen', listen, '--http-port', String(port)];
    await hansa(['init', '--dir', path(name), ...args]);
    const files = ['--member', path(name, `${name}.member.json`), '--out', path(`${name}.genesis.json`)];
    await hansa(['genesis', 'create', '--name', name, ...files]);
  }
  await hansa(['join', '--dir', path('haikou'), '--genesis', path('haikou.genesis.json')]);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const start = (environment: Readonly<Record<string, string>> = {}, city = 'haikou') =>
  hansa(['start', '--dir', path(city)], environment);

async function untilReady(): Promise<void> {
  for (;;) {
    const status = await fetch(`http://127.0.0.1:${httpPort}/readyz`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('hansa start', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('runs until %s, stops cleanly with 0, and starts again', async (signal) => {
    const running = start();
    await untilReady();
    process.emit(signal, signal);
    expect(await running).toEqual({ code: 0, json: { ok: true, stopped: true } });
    await expect(fetch(`http://127.0.0.1:${httpPort}/healthz`)).rejects.toThrow();
    // The stores are free again.
    const { dataDirectory } = await loadConfig(path('haikou'), {});
    for (const name of ['store', 'registry', 'answers']) await (await openStore(join(dataDirectory, name))).close();
  });

  test('P1: what the daemon writes nobody else can read, though the shell would let them', async () => {
    const { dataDirectory } = await loadConfig(path('haikou'), {});
    await rm(dataDirectory, { recursive: true, force: true });
    const shellUmask = process.umask(0o022);
    try {
      const running = start();
      await untilReady();
      process.emit('SIGTERM', 'SIGTERM');
      expect((await running).code).toBe(0);
      expect(process.umask()).toBe(0o022);
    } finally {
      process.umask(shellUmask);
    }
    const written = ['', ...(await readdir(dataDirectory, { recursive: true }))];
    expect(written).toEqual(expect.arrayContaining([join('registry', 'CURRENT'), join('store', 'CURRENT')]));
    const modes = await Promise.all(written.map(async (name) => [name, (await stat(join(dataDirectory, name))).mode]));
    expect(modes.filter(([, mode]) => (Number(mode) & 0o077) !== 0)).toEqual([]);
  });

  test('the log says once where the API listens', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const log = createLog({ level: 'info', format: 'json', city: 'haikou', stream });
    const daemon = await Daemon.open(await loadConfig(path('haikou'), {}), log, () => undefined);
    const url = await daemon.start();
    await daemon.stop();
    expect(lines.filter((line) => /listens|listening/i.test(line))).toEqual([
      expect.stringContaining(`the HTTP API listens at ${url}`),
    ]);
  });

  test('HANSA_DIR takes the place of --dir', async () => {
    const { code, json } = await hansa(['start'], { HANSA_DIR: path('nowhere') });
    expect([code, json.error?.code, json.error?.message.includes(path('nowhere'))]).toEqual([
      1,
      'CONFIG_MISSING',
      true,
    ]);
  });

  test('a second daemon of the same city is refused, and the first goes on', async () => {
    const running = start();
    await untilReady();
    const second = await start({ HANSA_HTTP_PORT: '0' });
    expect(second).toMatchObject({ code: 1, json: { ok: false, error: { code: 'STORE_LOCKED' } } });
    expect((await fetch(`http://127.0.0.1:${httpPort}/readyz`)).status).toBe(200);
    process.emit('SIGTERM', 'SIGTERM');
    expect((await running).code).toBe(0);
  });

  test('a port that is taken is refused with the setting that names it', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(httpPort, '127.0.0.1', resolve));
    const { code, json } = await start();
    await new Promise((resolve) => server.close(resolve));
    expect(code).toBe(1);
    expect(json.error).toMatchObject({ code: 'HTTP_ADDRESS_UNUSABLE', message: expect.stringContaining('http.port') });
  });

  test('a city without a genesis says how to join', async () => {
    const { code, json } = await start({}, 'sanya');
    expect(code).toBe(1);
    expect(json.error).toMatchObject({ code: 'NOT_JOINED_YET', message: expect.stringContaining('hansa join') });
  });

  test('a city never runs on the data of another one', async () => {
    const joined = await hansa(['join', '--dir', path('sanya'), '--genesis', path('sanya.genesis.json')]);
    expect(joined.code).toBe(0);
    const { json } = await start({ HANSA_DATA_DIR: path('haikou', 'data') }, 'sanya');
    expect(json.error?.code).toBe('STORE_OF_ANOTHER_CITY');
  });

  test('a directory without a city, and a genesis of another federation, are refused', async () => {
    expect((await start({}, 'nowhere')).json.error?.code).toBe('CONFIG_MISSING');
    const { json } = await start({ HANSA_GENESIS_FILE: path('sanya.genesis.json') });
    expect(json.error?.code).toBe('NOT_A_MEMBER');
  });
});
