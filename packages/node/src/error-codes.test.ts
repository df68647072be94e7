import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes as protocolCodes } from '@hansa/protocol/error-codes';
import { expect, test } from 'vitest';
import { errorCodes } from './error-codes.ts';

const sources = readSources(import.meta.dirname);

function readSources(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && path !== 'error-codes.ts')
    .map((path) => readFileSync(join(directory, path), 'utf8'));
}

test('codes are sorted, and not those of the protocol again', () => {
  const codes = Object.keys(errorCodes);
  expect(codes).toEqual([...codes].sort());
  expect(codes.filter((code) => code in protocolCodes)).toEqual([]);
});

test('every code that this package makes is listed with its meaning', () => {
  const made = sources.flatMap((text) =>
    [
      ...text.matchAll(
        /(?:new HansaError|reject|refuse|refusal|broken)\(\s*'([A-Z][A-Z0-9_]+)'|code: '([A-Z][A-Z0-9_]+)'/g,
      ),
    ].map((found) => found[1] ?? found[2] ?? ''),
  );
  const unlisted = [...new Set(made)].filter((code) => !(code in errorCodes) && !(code in protocolCodes)).sort();
  expect(unlisted).toEqual([]);
});

test('every listed code is used, here or by the core', () => {
  const all = [...sources, ...readSources(join(import.meta.dirname, '../../protocol/src'))];
  const unused = Object.keys(errorCodes).filter((code) => !all.some((text) => text.includes(`'${code}'`)));
  expect(unused).toEqual([]);
});

test('every meaning says what it is and what to do', () => {
  for (const [code, meaning] of Object.entries(errorCodes))
    expect(meaning, code).toMatch(/^[^.]+.*\. .+\.$|^[^.]+: .+\.$/);
});
