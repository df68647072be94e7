import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '@hansa/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  configDefaults,
  environmentOverrides,
  loadConfig,
  parseConfig,
  unknownVariables,
} from '../src/config/index.ts';

const parse = (text: string, environment = {}) => parseConfig('config.yaml', utf8(text), environment);

describe('config.yaml', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hansa-config-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test('a city name is enough; the rest has defaults, and paths start at the city directory', async () => {
    await writeFile(join(directory, 'config.yaml'), 'city: haikou\n');
    expect(await loadConfig(directory, {})).toEqual({
      directory,
      city: 'haikou',
      dataDirectory: join(directory, 'data'),
      keysDirectory: join(directory, 'keys'),
      genesisFile: join(directory, 'genesis.json'),
      network: configDefaults.network,
      http: { host: '127.0.0.1', port: 7480 },
      observer: false,
      oprf: { autoCeremony: true },
      log: { level: 'info', format: 'auto' },
    });
  });

  test('the HTTP API is on loopback unless the file says otherwise', async () => {
    expect(configDefaults.http.host).toBe('127.0.0.1');
  });

  test('the environment takes the place of what the file says', async () => {
    const file = 'city: haikou\ndataDirectory: a\nhttp: { port: 1 }\nnetwork: { listen: [/ip4/127.0.0.1/tcp/1] }\n';
    await writeFile(join(directory, 'config.yaml'), file);
    const config = await loadConfig(directory, {
      HANSA_DATA_DIR: '/var/lib/hansa',
      HANSA_HTTP_PORT: '8080',
      HANSA_HTTP_HOST: '::1',
      HANSA_LISTEN: '/ip4/127.0.0.1/tcp/2, /ip6/::1/tcp/2',
      HANSA_LOG_LEVEL: 'debug',
      HANSA_LOG_FORMAT: '',
    });
    expect(config).toMatchObject({
      dataDirectory: '/var/lib/hansa',
      http: { host: '::1', port: 8080 },
      network: { listen: ['/ip4/127.0.0.1/tcp/2', '/ip6/::1/tcp/2'] },
      log: { level: 'debug', format: 'auto' },
    });
  });

  test('a missing file says how to make one', async () => {
    await expect(loadConfig(directory, {})).rejects.toMatchObject({
      code: 'CONFIG_MISSING',
      message: expect.stringContaining('hansa init'),
    });
  });

  test.each([
    ['an unknown setting', 'city: haikou\nhtpp: {}', 'htpp is not a known setting; remove it or correct its spelling'],
    ['an unknown setting inside', 'city: haikou\nhttp: { prot: 1 }', 'http.prot is not a known setting'],
    ['a missing city', 'http: { port: 1 }', 'city is missing; add it'],
    ['a number as text', 'city: haikou\nhttp: { port: "80" }', 'http.port must be integer'],
    ['a port out of range', 'city: haikou\nhttp: { port: 65536 }', 'http.port must be <= 65535'],
    ['a bad enum', 'city: haikou\nlog: { level: loud }', 'log.level must be one of trace, debug'],
    ['a section that is no mapping', 'city: haikou\nhttp: 80', 'http must be object'],
    ['an upper-case name', 'city: Haikou', 'city must match pattern'],
    ['an address that is none', 'city: haikou\nnetwork: { listen: ["localhost:7400"] }', 'network.listen.0 must match'],
    ['an empty list of addresses', 'city: haikou\nnetwork: { listen: [] }', 'network.listen must NOT have fewer'],
    ['nothing', '', 'has no settings'],
    ['a list', '- city', 'has no settings'],
  ])('%s is CONFIG_INVALID and the message names the path', (_, text, message) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(() => parse(text)).toThrow(message);
  });

  test('all problems are reported at once', () => {
    expect(() => parse('htpp: {}\nhttp: { port: x }')).toThrow(/city is missing.*htpp is not.*http\.port must/);
  });

  test.each([
    ['a tab for indentation', 'city: haikou\nhttp:\n\tport: 1', 'line 3'],
    ['a setting given twice', 'city: haikou\ncity: sanya', 'line 2'],
    ['a bracket that stays open', 'city: [', 'line 1'],
  ])('%s is CONFIG_NOT_YAML with the line', (_, text, line) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'CONFIG_NOT_YAML' }));
    expect(() => parse(text)).toThrow(line);
  });

  test('bytes that are no UTF-8 are refused', () => {
    expect(() => parseConfig('c', new Uint8Array([0xff, 0xfe, 0]), {})).toThrow(/not UTF-8/);
  });

  test('aliases that multiply are refused, not expanded', () => {
    const bomb = ['city: haikou', 'a: &a [1,1,1,1,1,1,1,1,1]'];
    for (const [name, from] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg'].map((pair) => [...pair])) {
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${from}`).join(',')}]`);
    }
    expect(() => parse(bomb.join('\n'))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  test('a bad environment variable is named', () => {
    expect(() => parse('city: haikou', { HANSA_HTTP_PORT: 'eighty' })).toThrow(
      /HANSA_HTTP_PORT must be a whole number/,
    );
  });

  test('a value is never in the message', () => {
    expect(() => parse('city: haikou\nlog: { level: s3cret }')).toThrow(/^((?!s3cret).)*$/);
  });
});

describe('the published schema, the defaults and the documentation', () => {
  interface Property {
    readonly description?: string;
    readonly default?: unknown;
    readonly properties?: Record<string, Property>;
  }
  const settings = (properties: Record<string, Property>, prefix = ''): [string, Property][] =>
    Object.entries(properties).flatMap(([name, property]) =>
      property.properties === undefined
        ? [[prefix + name, property] as [string, Property]]
        : settings(property.properties, `${prefix}${name}.`),
    );

  test('say the same', async () => {
    const schema = JSON.parse(await readFile(new URL('../data/config.schema.json', import.meta.url), 'utf8'));
    const page = await readFile(new URL('../../../docs/operating/configuration.md', import.meta.url), 'utf8');
    const variables = new Map(
      Object.entries(environmentOverrides).map(([name, { setting }]) => [setting.join('.'), name]),
    );
    for (const [path, property] of settings(schema.properties)) {
      expect(property.description, path).toBeTypeOf('string');
      const row = page.split('\n').find((line) => line.startsWith(`| \`${path}\` |`));
      expect(row, `configuration.md has no row for ${path}`).toBeDefined();
      const variable = variables.get(path);
      if (variable !== undefined) expect(row).toContain(`\`${variable}\``);
      variables.delete(path);
      if (path === 'city') continue;
      const byDefault = path
        .split('.')
        .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], configDefaults);
      expect(property.default, path).toEqual(byDefault);
      expect(row).toContain(`\`${typeof byDefault === 'string' ? byDefault : JSON.stringify(byDefault)}\``);
    }
    expect([...variables]).toEqual([]);
  });
});

test('a variable that looks like a setting and is none is found, so that the daemon can say so', () => {
  const environment = { HANSA_HTTP_PORT: '1', HANSA_HTTP_PROT: '1', HANSA_DIR: 'x', HANSA_URL: 'y', PATH: '/bin' };
  expect(unknownVariables(environment)).toEqual(['HANSA_HTTP_PROT']);
});
