import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from './support/tree.ts';

describe('generated code', () => {
  const package_ = join(root, 'packages', 'protocol');
  const out = mkdtempSync(join(tmpdir(), 'hansa-generated-'));
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test('R1: what is committed is what the .proto files generate today', () => {
    execFileSync(join(root, 'node_modules', '.bin', 'buf'), ['generate', '--output', out], { cwd: package_ });
    const committed = join(package_, 'src', 'gen', 'hansa', 'v1');
    const fresh = join(out, 'src', 'gen', 'hansa', 'v1');
    const names = readdirSync(fresh).sort();
    expect(names.length).toBeGreaterThan(5);
    expect(readdirSync(committed).sort()).toEqual(names);
    for (const name of names) {
      expect(readFileSync(join(committed, name), 'utf8'), `${name}: run pnpm generate`).toBe(
        readFileSync(join(fresh, name), 'utf8'),
      );
    }
  });
});
