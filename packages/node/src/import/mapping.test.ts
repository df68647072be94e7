import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { dateFormats, monthFormats } from './dates.ts';
import { encodings } from './decoding.ts';
import { builtInMapping, builtInMappings, mappingFrom, parseMapping } from './mapping.ts';
import { moneyUnits } from './money.ts';
import { rateUnits } from './rate.ts';
import { delimiters } from './table-rows.ts';
import { accountStatuses, behaviours, identityTypes, severities, subjectKinds } from './vocabulary.ts';

const haikou = await readFile(new URL('../../data/mappings/haikou.yaml', import.meta.url), 'utf8');

function refusal(text: string): { code: string; message: string } {
  try {
    parseMapping(text);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
  return { code: 'none', message: '' };
}

describe('a mapping', () => {
  it('is built in for the four centres', async () => {
    expect(await builtInMappings()).toEqual(['danzhou', 'haikou', 'qionghai', 'sanya']);
    for (const name of await builtInMappings()) {
      expect(await builtInMapping(name)).toMatchObject({ centre: name, blacklist: {}, accounts: {} });
    }
  });

  it('of another name is refused with the names there are, and never read from elsewhere', async () => {
    await expect(builtInMapping('../mappings/haikou')).rejects.toMatchObject({
      code: 'MAPPING_UNKNOWN',
      message: expect.stringContaining('danzhou, haikou, qionghai, sanya'),
    });
  });

  it('is given by name or as the text of a file', async () => {
    expect(await mappingFrom('haikou')).toEqual(await mappingFrom(haikou));
  });

  it('keeps 01 a text: as a number it would meet the code 1', () => {
    const unquoted = haikou.replaceAll(/["'](\d\d)["']:/g, '$1:');
    expect(unquoted).not.toBe(haikou);
    expect(parseMapping(unquoted).accounts?.fields.status.values).toMatchObject({ '01': 'normal' });
  });

  it('that is not YAML is refused by line', () => {
    expect(refusal('format: hansa-mapping/1\ncentre: [x\n')).toMatchObject({ code: 'MAPPING_NOT_YAML' });
    expect(refusal('format: hansa-mapping/1\nformat: x\n')).toMatchObject({
      code: 'MAPPING_NOT_YAML',
      message: expect.stringContaining('line 2'),
    });
    expect(refusal('a: &a [*b]\n')).toMatchObject({ code: 'MAPPING_NOT_YAML' });
  });

  it('with a wrong, missing or unknown field is refused with its path', () => {
    const changed = (from: string, to: string) => refusal(haikou.replace(from, to));
    expect(changed('    name: { column: 姓名 }\n', '')).toMatchObject({
      code: 'MAPPING_INVALID',
      message: expect.stringContaining('blacklist.fields.name is missing'),
    });
    expect(changed('unit: yuan', 'unit: dollar').message).toContain(
      'blacklist.fields.amount.unit must be one of yuan, fen',
    );
    expect(changed('merged-closed', 'whatever').message).toContain('accounts.fields.status.values.03');
    expect(changed('centre: haikou', 'centre: haikou\nextra: 1').message).toContain('extra is not a known setting');
    expect(changed('hansa-mapping/1', 'hansa-mapping/2').code).toBe('MAPPING_INVALID');
    expect(refusal('just a text').code).toBe('MAPPING_INVALID');
    expect(refusal('').code).toBe('MAPPING_INVALID');
  });

  it('must say what each account status code means: there is no default table', () => {
    const without = haikou.replace(/ {4}status:[\s\S]*?(?= {4}paidThrough)/, '    status: { column: 个人账户状态 }\n');
    expect(refusal(without)).toMatchObject({
      code: 'MAPPING_INVALID',
      message: expect.stringContaining('status.values'),
    });
  });
});

describe('the published schema of mappings', () => {
  it('knows exactly the words and formats that the code knows', async () => {
    const schema = await readFile(new URL('../../data/mapping.schema.json', import.meta.url), 'utf8');
    const enums = new Set(
      [...schema.matchAll(/"enum":\s*(\[[^\]]*\])/g)].map(([, list]) => JSON.stringify(JSON.parse(list as string))),
    );
    const words = [
      dateFormats,
      monthFormats,
      encodings,
      moneyUnits,
      rateUnits,
      accountStatuses,
      behaviours,
      identityTypes,
      severities,
      subjectKinds,
    ];
    const expected: (readonly string[])[] = [...words, ['csv', 'tsv', 'jsonl'], delimiters];
    const sorted = (lists: Iterable<string>) =>
      [...lists].map((list) => JSON.stringify((JSON.parse(list) as string[]).sort())).sort();
    expect(sorted(enums)).toEqual(sorted(expected.map((list) => JSON.stringify(list))));
  });
});
