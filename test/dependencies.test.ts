import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { read, root } from './support/tree.ts';

interface Report {
  readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string } }[] };
}

const cruiser = join(root, 'node_modules', '.bin', 'depcruise');
const config = join(root, '.dependency-cruiser.cjs');

/** Names of the rules that the imports of a tree break. */
function broken(directory: string, places: readonly string[]): string[] {
  const parameters = ['--config', config, '--output-type', 'json', ...places];
  const { stdout, stderr } = spawnSync(cruiser, parameters, { cwd: directory, encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(stdout, stderr).not.toBe('');
  const { summary } = JSON.parse(stdout) as Report;
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

describe('the rules of dependency-cruiser catch', () => {
  let tree: string;
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'hansa-directions-'));
    put(
      'packages/protocol/package.json',
      '{"name":"@hansa/protocol","dependencies":{"@noble/hashes":"1","left-pad":"1"}}',
    );
    put('packages/protocol/src/bytes.ts', 'export const bytes = 1;');
    put('packages/protocol/src/crypto/index.ts', "export { bytes as crypto } from '../bytes.ts';");
    put('packages/protocol/src/replica/effects.ts', 'export const effects = 1;');
    put('packages/protocol/src/replica/index.ts', "export * from '../crypto/index.ts'; export * from './effects.ts';");
    put('packages/protocol/src/consensus/index.ts', "export { effects as consensus } from '../replica/effects.ts';");
    put('packages/node/package.json', '{"name":"@hansa/node"}');
    put('packages/node/src/index.ts', "export * from '../../protocol/src/replica/index.ts';");
    put('packages/sim/package.json', '{"name":"@hansa/sim"}');
    put('packages/sim/src/index.ts', "export * from '../../protocol/src/replica/index.ts';");
    put('packages/sim/src/real/city.ts', "export * from '../../../node/src/index.ts';");
    put('packages/console/package.json', '{"name":"@hansa/console"}');
    put('packages/console/src/main.tsx', "export * from '../../protocol/src/crypto/index.ts';");
    for (const name of ['left-pad', '@noble/hashes']) {
      put(`packages/protocol/node_modules/${name}/package.json`, `{"name":"${name}","main":"index.js"}`);
      put(`packages/protocol/node_modules/${name}/index.js`, 'module.exports = 1;');
    }
  });
  afterEach(() => rmSync(tree, { recursive: true, force: true }));

  function put(path: string, text: string): void {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${text}\n`);
  }

  test('nothing in a tree that keeps them', () => {
    expect(broken(tree, ['packages'])).toEqual([]);
  });

  test.each([
    [
      'protocol-knows-no-host',
      'packages/protocol/src/crypto/bad.ts',
      "import { readFileSync } from 'node:fs'; export const bad = readFileSync;",
    ],
    [
      'protocol-knows-no-package-above',
      'packages/protocol/src/crypto/bad.ts',
      "export * from '../../../node/src/index.ts';",
    ],
    [
      'protocol-has-two-dependencies',
      'packages/protocol/src/crypto/bad.ts',
      "import pad from 'left-pad'; export const bad = pad;",
    ],
    ['protocol-layer-crypto', 'packages/protocol/src/crypto/bad.ts', "export * from '../replica/index.ts';"],
    [
      'protocol-layer-crypto',
      'packages/protocol/src/crypto/bad.ts',
      "import type { effects } from '../replica/effects.ts'; export type Bad = typeof effects;",
    ],
    ['protocol-layer-consensus', 'packages/protocol/src/consensus/bad.ts', "export * from '../replica/index.ts';"],
    ['protocol-ground-knows-no-folder', 'packages/protocol/src/limits.ts', "export * from './crypto/index.ts';"],
    ['node-knows-no-simulator', 'packages/node/src/bad.ts', "export * from '../../sim/src/index.ts';"],
    ['client-knows-no-host', 'packages/node/src/client/bad.ts', "export * from '../good.ts';"],
    ['client-knows-no-node', 'packages/node/src/client/bad.ts', "export { readFileSync } from 'node:fs';"],
    ['sim-knows-the-daemon-only-in-real', 'packages/sim/src/bad.ts', "export * from '../../node/src/index.ts';"],
    [
      'protocol-knows-no-package-above',
      'packages/protocol/src/crypto/bad.ts',
      "export * from '../../../console/src/main.tsx';",
    ],
    ['console-knows-protocol-and-client', 'packages/console/src/bad.ts', "export * from '../../node/src/index.ts';"],
    ['console-knows-no-host', 'packages/console/src/bad.ts', "export { readFileSync } from 'node:fs';"],
    ['nobody-knows-the-console', 'packages/node/src/bad.ts', "export * from '../../console/src/main.tsx';"],
    ['no-cycles', 'packages/protocol/src/bytes.ts', "export const bytes = 1; export * from './bytes.ts';"],
    ['no-unresolved', 'packages/protocol/src/crypto/bad.ts', "export * from './gone.ts';"],
    ['no-test-in-sources', 'packages/node/src/bad.ts', "export * from './good.test.ts';"],
    [
      'no-undeclared-packages',
      'packages/node/src/bad.ts',
      "import pad from '../../protocol/node_modules/left-pad/index.js'; import other from 'not-declared'; export { pad, other };",
    ],
  ])('%s', (rule, path, text) => {
    put('packages/node/src/good.ts', 'export const good = 1;');
    put('packages/node/src/good.test.ts', 'export const good = 1;');
    put('packages/node/node_modules/not-declared/package.json', '{"name":"not-declared","main":"index.js"}');
    put('packages/node/node_modules/not-declared/index.js', 'module.exports = 1;');
    put(path, text);
    expect(broken(tree, ['packages'])).toContain(rule);
  });
});

describe('the dependency directions of this repository', () => {
  test('are kept', () => {
    const { status, stdout } = spawnSync(cruiser, ['--config', config, 'packages', 'test'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toContain('no dependency violations found');
    expect(status).toBe(0);
  });

  test('are those that ARCHITECTURE.md draws', () => {
    const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: { name: string; comment: string }[] };
    const layers = forbidden.find(({ name }) => name === 'protocol-layer-crypto')?.comment.match(/: (.*)\./)?.[1];
    expect(layers).toMatch(/^crypto < .* < replica$/);
    expect(read('ARCHITECTURE.md')).toContain(`\n${layers}\n`);
  });

  test('leave the protocol with protobuf-es and noble alone', () => {
    const { dependencies } = JSON.parse(read('packages/protocol/package.json')) as {
      dependencies: Record<string, string>;
    };
    expect(Object.keys(dependencies).sort()).toEqual(['@bufbuild/protobuf', '@noble/curves', '@noble/hashes']);
  });

  test('give node no way to the simulator', () => {
    expect(read('packages/node/package.json')).not.toContain('@hansa/sim');
  });
});
