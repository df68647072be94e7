import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex, unwrap } from '@hansa/protocol';
import { defaultPolicy, parseGenesis, policyDigest } from '@hansa/protocol/genesis';
import { encodeFederation } from '@hansa/protocol/receipt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../src/cli/main.ts';
import { loadConfig } from '../src/config/index.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { knownFederation } from '../src/setup/known-federation.ts';
import { readPolicyFile } from '../src/setup/policy-file.ts';

interface Transcript {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function hansa(...args: readonly string[]): Promise<Transcript> {
  let out = '';
  let err = '';
  const code = await runCommand(args, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    environment: {},
    interactive: false,
  });
  expect(out + err, 'no output has a stack trace').not.toMatch(/^\s+at .*:\d+:\d+/m);
  return { code, out, err };
}

/** The one JSON object of a command that was called with --json. */
async function hansaJson(...args: readonly string[]): Promise<{ code: number; json: Record<string, unknown> }> {
  const { code, out, err } = await hansa(...args, '--json');
  expect(err).toBe('');
  return { code, json: JSON.parse(out) };
}

let directory: string;
const path = (...parts: readonly string[]) => join(directory, ...parts);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hansa-cli-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const init = (name: string, ...more: readonly string[]) =>
  hansa('init', '--city', name, '--display-name', `${name} 中心`, '--dir', path(name), ...more);

describe('hansa', () => {
  test('--version prints the version of the package', async () => {
    const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
    expect(await hansa('--version')).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
  });

  test('without a command prints its help and exits with 2', async () => {
    const { code, err } = await hansa();
    expect(code).toBe(2);
    expect(err).toContain('Usage: hansa');
    expect(err).toContain('Exit codes: 0 done');
  });

  test.each([['init'], ['genesis', 'create'], ['join']])(
    '%s %s --help describes its options, --json among them',
    async (...words) => {
      const { code, out } = await hansa(...words, '--help');
      expect(code).toBe(0);
      expect(out).toContain(`Usage: hansa ${words.join(' ')}`);
      expect(out).toContain('--json');
    },
  );

  test.each([
    ['an unknown command', ['strat'], 'unknown command'],
    ['an unknown option', ['init', '--dir', 'x', '--drr', 'x'], "unknown option '--drr'"],
    ['a missing option', ['join', '--dir', 'x'], "required option '--genesis <file>' not specified"],
    ['a group without its command', ['genesis'], 'a command is missing'],
    ['too many arguments', ['init', '--dir', 'x', 'y'], 'too many arguments'],
    ['a port that is none', ['init', '--dir', 'x', '--http-port', '65536'], 'A port is a number from 0 to 65535'],
  ])('%s exits with 2 and says where help is', async (_, args, message) => {
    const { code, out, err } = await hansa(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).toMatch(/See: hansa .*--help \[USAGE\]/);
  });

  test('a usage error is one JSON object when --json is asked', async () => {
    const { code, json } = await hansaJson('init', '--drr', 'x');
    expect(code).toBe(2);
    expect(json).toMatchObject({ ok: false, error: { code: 'USAGE' } });
  });
});

describe('hansa init', () => {
  test('makes the whole city: keys 0600, settings, tokens and a public member card', async () => {
    const { code, out } = await init('haikou', '--listen', '/ip4/127.0.0.1/tcp/7401', '--http-port', '7481');
    expect(code).toBe(0);
    expect(out).toContain('hansa join --dir');
    expect((await readdir(path('haikou'))).sort()).toEqual(
      ['config.yaml', 'haikou.member.json', 'keys', 'tokens', 'tokens.json'].sort(),
    );
    for (const name of await readdir(path('haikou', 'keys'))) {
      expect((await stat(path('haikou', 'keys', name))).mode & 0o777, name).toBe(0o600);
    }
    const card = JSON.parse(await readFile(path('haikou', 'haikou.member.json'), 'utf8'));
    expect(card).toMatchObject({ name: 'haikou', displayName: 'haikou 中心', addresses: ['/ip4/127.0.0.1/tcp/7401'] });
    expect(await readFile(path('haikou', 'config.yaml'), 'utf8')).toContain('port: 7481');
    expect((await readdir(directory)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('prints no secret, neither as text nor as JSON', async () => {
    const text = await init('haikou');
    const { json } = await hansaJson('init', '--city', 'sanya', '--display-name', 'S', '--dir', path('sanya'));
    for (const [city, printed] of [
      ['haikou', text.out],
      ['sanya', JSON.stringify(json)],
    ] as const) {
      for (const folder of ['keys', 'tokens']) {
        for (const name of await readdir(path(city, folder))) {
          expect(printed).not.toContain((await readFile(path(city, folder, name), 'utf8')).trim());
        }
      }
    }
  });

  test('never touches a directory that has something in it', async () => {
    await init('haikou');
    const before = await readFile(path('haikou', 'keys', 'lane.key'), 'utf8');
    const { code, err } = await init('haikou');
    expect(code).toBe(1);
    expect(err).toContain('[CITY_DIRECTORY_NOT_EMPTY]');
    expect(await readFile(path('haikou', 'keys', 'lane.key'), 'utf8')).toBe(before);
  });

  test.each([
    ['a name with upper case', ['--city', 'Haikou', '--display-name', 'x'], '--city must be'],
    ['no name', ['--display-name', 'x'], '--city must be'],
    ['an invisible display name', ['--city', 'haikou', '--display-name', '\u202e'], '--display-name must be'],
    [
      'a bad address',
      ['--city', 'haikou', '--display-name', 'x', '--listen', 'localhost'],
      '--listen must be a multiaddr',
    ],
    [
      'a wildcard address that nobody can dial',
      ['--city', 'haikou', '--display-name', 'x', '--listen', '/ip4/0.0.0.0/tcp/7400'],
      '--announce',
    ],
  ])('refuses %s and leaves nothing behind', async (_, args, message) => {
    const { code, err } = await hansa('init', '--dir', path('city'), ...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(await readdir(directory)).toEqual([]);
  });

  test('--announce is what the card tells the others', async () => {
    await init('haikou', '--listen', '/ip4/0.0.0.0/tcp/7400', '--announce', '/dns4/fund.example/tcp/7400');
    const card = JSON.parse(await readFile(path('haikou', 'haikou.member.json'), 'utf8'));
    expect(card.addresses).toEqual(['/dns4/fund.example/tcp/7400']);
    expect(await readFile(path('haikou', 'config.yaml'), 'utf8')).toContain('/ip4/0.0.0.0/tcp/7400');
  });

  test('--tokens renews the tokens and nothing else', async () => {
    await init('haikou');
    const token = await readFile(path('haikou', 'tokens', 'clerk.token'), 'utf8');
    const key = await readFile(path('haikou', 'keys', 'lane.key'), 'utf8');
    expect((await hansa('init', '--tokens', '--dir', path('haikou'))).code).toBe(0);
    expect(await readFile(path('haikou', 'tokens', 'clerk.token'), 'utf8')).not.toBe(token);
    expect(await readFile(path('haikou', 'keys', 'lane.key'), 'utf8')).toBe(key);
  });
});

describe('hansa genesis create and hansa join', () => {
  let cities: string;
  const names = ['haikou', 'sanya', 'danzhou', 'qionghai'] as const;

  beforeAll(async () => {
    cities = await mkdtemp(join(tmpdir(), 'hansa-cities-'));
    for (const [i, name] of [...names, 'outsider'].entries()) {
      const args = ['--city', name, '--display-name', name, '--dir', join(cities, name)];
      await hansa('init', ...args, '--listen', `/ip4/127.0.0.1/tcp/${7400 + i}`);
    }
  });
  afterAll(() => rm(cities, { recursive: true, force: true }));
  beforeEach(() => cp(cities, directory, { recursive: true }));

  const cards = (...of: readonly string[]) => of.flatMap((name) => ['--member', path(name, `${name}.member.json`)]);
  const create = (...more: readonly string[]) =>
    hansaJson('genesis', 'create', '--name', 'Hainan', '--out', path('genesis.json'), ...cards(...names), ...more);
  const join_ = (name: string, genesis = 'genesis.json') =>
    hansaJson('join', '--dir', path(name), '--genesis', path(genesis));

  test('four cards make a genesis that all four cities join', async () => {
    const { code, json } = await create('--test-federation', '--parameter', 'deltaMs=200');
    expect(code).toBe(0);
    expect(json).toMatchObject({ ok: true, cities: names, faultsTolerated: 1 });
    const genesis = unwrap(parseGenesis(nativeCrypto, await readFile(path('genesis.json'))));
    expect(genesis).toMatchObject({ name: 'Hainan', testFederation: true, parameters: { deltaMs: 200 } });
    for (const [index, name] of names.entries()) {
      const joined = await join_(name);
      expect(joined).toEqual({
        code: 0,
        json: {
          ok: true,
          city: name,
          index,
          cities: 4,
          newcomer: false,
          federation: 'Hainan',
          federationId: json.federationId,
        },
      });
      expect(await readFile(path(name, 'genesis.json'))).toEqual(await readFile(path('genesis.json')));
    }
    // Idempotent: a script may run it again.
    expect((await join_('haikou')).code).toBe(0);
  });

  test('C12: a federation file is joined with like a genesis file, which is in it; a newer one takes its place', async () => {
    await create('--test-federation');
    const genesis = await readFile(path('genesis.json'));
    await writeFile(path('hainan.federation'), encodeFederation(genesis, []));
    expect((await join_('haikou', 'hainan.federation')).code).toBe(0);
    expect(await readFile(path('haikou', 'genesis.json'))).toEqual(genesis);
    expect(await readFile(path('haikou', 'federation'))).toEqual(await readFile(path('hainan.federation')));
    expect((await join_('haikou', 'hainan.federation')).code).toBe(0);
    await writeFile(path('bent.federation'), encodeFederation(genesis, []).subarray(0, 400));
    const { code, json } = await join_('sanya', 'bent.federation');
    expect([code, json]).toMatchObject([1, { error: { code: 'FEDERATION_FILE_MALFORMED' } }]);
    // The file of another federation, put there by hand, is found at the start.
    const config = await loadConfig(path('haikou'));
    const known = unwrap(parseGenesis(nativeCrypto, genesis));
    expect(await knownFederation(config, known)).toEqual(known);
    const other = { ...known, federationId: new Uint8Array(32) };
    await expect(knownFederation(config, other)).rejects.toMatchObject({ code: 'FEDERATION_FILE_OTHER' });
    await rm(path('haikou', 'federation'));
    expect(await knownFederation(config, other)).toBe(other);
  });

  test('genesis show tells who got the file what to compare, and refuses a member card', async () => {
    const { json: made } = await create('--test-federation');
    const { code, json } = await hansaJson('genesis', 'show', path('genesis.json'));
    expect(code).toBe(0);
    const { federationId, policyDigest: digest, faultsTolerated } = made;
    expect(json).toMatchObject({ ok: true, federationId, policyDigest: digest, faultsTolerated, testFederation: true });
    expect(json.cities).toMatchObject(names.map((name) => ({ name, displayName: name })));
    const { out } = await hansa('genesis', 'show', path('genesis.json'));
    expect(out).toContain(`federation id  ${federationId}`);
    expect(out).toContain('nothing in it is real');
    expect(await hansaJson('genesis', 'show', path('haikou', 'haikou.member.json'))).toMatchObject({
      code: 1,
      json: { error: { code: 'GENESIS_UNSUPPORTED_FORMAT', message: expect.stringContaining('member card') } },
    });
  });

  test('a policy file may name the bases that open certificates', async () => {
    await writeFile(path('policy.yaml'), 'access: { certificateBases: [LOAN_DECISION] }\n');
    expect((await create('--policy', path('policy.yaml'))).code).toBe(0);
    const { policy } = unwrap(parseGenesis(nativeCrypto, await readFile(path('genesis.json'))));
    expect(policy.access).toEqual({ ...defaultPolicy.access, certificateBases: ['LOAN_DECISION'] });
  });

  test('a policy file says what differs from the defaults, and its digest is told', async () => {
    await writeFile(path('policy.yaml'), 'dispute: suspend\nlookup: { evaluationsPerHour: 7 }\n');
    const { code, json } = await create('--policy', path('policy.yaml'));
    expect(code).toBe(0);
    const { policy } = unwrap(parseGenesis(nativeCrypto, await readFile(path('genesis.json'))));
    const lookup = { ...defaultPolicy.lookup, evaluationsPerHour: 7 };
    expect(policy).toEqual({ ...defaultPolicy, dispute: 'suspend', lookup });
    expect(json.policyDigest).toBe(toHex(policyDigest(nativeCrypto, policy)));
  });

  test.each([
    ['an unknown setting', 'lookups: {}', 'POLICY_INVALID', 'lookups is not a known setting'],
    ['a value out of range', 'access: { batchMs: 0 }', 'POLICY_INVALID', 'access.batchMs must be >= 1000'],
    [
      'a shortest term above the longest',
      'listing: { publishMonthsMax: [1, 2, 3] }',
      'POLICY_INVALID',
      'publishMonthsMin lies',
    ],
    ['no settings', '- dispute', 'POLICY_INVALID', 'has no settings'],
    ['broken YAML', 'dispute: [', 'POLICY_NOT_YAML', 'is not valid YAML'],
    ['a setting twice', 'dispute: flag\ndispute: suspend', 'POLICY_NOT_YAML', 'DUPLICATE_KEY'],
  ])('a policy file with %s is refused by name and no genesis is left', async (_, text, code, message) => {
    await writeFile(path('policy.yaml'), text);
    const { json } = await create('--policy', path('policy.yaml'));
    expect(json.error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(await readdir(directory)).not.toContain('genesis.json');
  });

  test('the page about the policy shows its defaults', async () => {
    const page = await readFile(new URL('../../../docs/operating/policy.md', import.meta.url), 'utf8');
    const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    await writeFile(path('policy.yaml'), text);
    expect(await readPolicyFile(path('policy.yaml'))).toEqual(defaultPolicy);
  });

  test('the genesis is never overwritten, and is all that is made: no secret is shared by the cities (P2)', async () => {
    const before = await readdir(directory);
    await create();
    expect((await readdir(directory)).filter((name) => !before.includes(name))).toEqual(['genesis.json']);
    const genesis = await readFile(path('genesis.json'));
    expect(await create()).toMatchObject({ code: 1, json: { error: { code: 'FILE_EXISTS' } } });
    expect(await readFile(path('genesis.json'))).toEqual(genesis);
  });

  test.each([
    ['a parameter that does not exist', ['--parameter', 'delta=200'], 2, 'USAGE'],
    ['a parameter without a number', ['--parameter', 'deltaMs=soon'], 2, 'USAGE'],
    ['a parameter out of range', ['--parameter', 'deltaMs=0'], 1, 'GENESIS_OUT_OF_RANGE'],
    ['a card that is not there', ['--member', '/nowhere/x.member.json'], 1, 'FILE_MISSING'],
  ])('%s is refused and no file is left', async (_, more, code, error) => {
    expect(await create(...more)).toMatchObject({ code, json: { ok: false, error: { code: error } } });
    expect((await readdir(directory)).filter((name) => name.endsWith('.json') || name.endsWith('.key'))).toEqual([]);
  });

  test('the same card twice, and a card whose proof is another city\u2019s, are refused', async () => {
    expect(await create(...cards('haikou'))).toMatchObject({
      code: 1,
      json: { error: { code: 'GENESIS_DUPLICATE_NAME' } },
    });
    const stolen = JSON.parse(await readFile(path('sanya', 'sanya.member.json'), 'utf8'));
    const proof = JSON.parse(await readFile(path('haikou', 'haikou.member.json'), 'utf8')).voteKeyProof;
    await writeFile(path('sanya', 'sanya.member.json'), JSON.stringify({ ...stolen, voteKeyProof: proof }));
    expect(await create()).toMatchObject({ code: 1, json: { error: { code: 'GENESIS_POSSESSION_UNPROVEN' } } });
  });

  test('a city that is not in the genesis cannot join', async () => {
    await create();
    expect(await join_('outsider')).toMatchObject({ code: 1, json: { error: { code: 'NOT_A_MEMBER' } } });
  });

  test('an observer does not join as a city, and is told how it is made', async () => {
    await create();
    const genesis = JSON.parse(await readFile(path('genesis.json'), 'utf8'));
    const { peerId } = JSON.parse(await readFile(path('outsider', 'outsider.member.json'), 'utf8'));
    genesis.observers = [{ name: 'outsider', displayName: '部', peerId }];
    await writeFile(path('genesis.json'), JSON.stringify(genesis));
    const { code, json } = await join_('outsider');
    expect(code).toBe(1);
    expect(json.error).toMatchObject({
      code: 'NOT_A_MEMBER',
      message: expect.stringContaining('hansa init --observer'),
    });
  });

  test('a city with other keys than the genesis names cannot join, and each wrong key is named', async () => {
    await create();
    for (const [index, key] of ['vote', 'exchange', 'credential'].entries()) {
      await cp(path('outsider', 'keys', `${key}.key`), path(names[index] as string, 'keys', `${key}.key`));
      const { code, json } = await join_(names[index] as string);
      expect(code).toBe(1);
      expect(json).toMatchObject({
        error: { code: 'KEYS_DO_NOT_MATCH', message: expect.stringContaining(`another ${key} key`) },
      });
    }
    expect(await readdir(path('haikou'))).not.toContain('genesis.json');
  });

  test('a key that others can read is refused before anything is installed', async () => {
    await create();
    await chmod(path('haikou', 'keys', 'lane.key'), 0o644);
    expect(await join_('haikou')).toMatchObject({ code: 1, json: { error: { code: 'KEY_FILE_MODE' } } });
    expect(await readdir(path('haikou'))).not.toContain('genesis.json');
  });

  test('a genesis with one flipped bit is refused, or is another federation', async () => {
    await create();
    await join_('haikou');
    const bytes = await readFile(path('genesis.json'));
    const at = bytes.indexOf('Hainan');
    bytes[at] = bytes.readUInt8(at) ^ 1;
    await writeFile(path('flipped.json'), bytes);
    expect(await join_('haikou', 'flipped.json')).toMatchObject({
      code: 1,
      json: { error: { code: 'ALREADY_JOINED' } },
    });
    bytes[0] = bytes.readUInt8(0) ^ 1;
    await writeFile(path('flipped.json'), bytes);
    expect(await join_('sanya', 'flipped.json')).toMatchObject({
      code: 1,
      json: { error: { code: 'GENESIS_NOT_JSON' } },
    });
  });
});
