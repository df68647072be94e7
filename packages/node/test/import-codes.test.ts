import { readdir, readFile } from 'node:fs/promises';
import { errorCodes as protocolCodes } from '@hansa/protocol/error-codes';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../src/error-codes.ts';

/** Codes of libraries, which are translated. */
const foreign = new Set(['CSV_MAX_RECORD_SIZE']);

describe('the codes of imports and of the registry', () => {
  it('are all published with their meaning and what to do', async () => {
    const used = new Set<string>();
    for (const folder of ['import', 'registry']) {
      const directory = new URL(`../src/${folder}/`, import.meta.url);
      for (const name of await readdir(directory)) {
        if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
        const source = await readFile(new URL(name, directory), 'utf8');
        for (const [, code] of source.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)) used.add(code as string);
      }
    }
    expect(used.size).toBeGreaterThan(50);
    const published = { ...protocolCodes, ...errorCodes } as Record<string, string>;
    expect([...used].filter((code) => !foreign.has(code) && published[code] === undefined)).toEqual([]);
  });
});
