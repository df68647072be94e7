import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { file_hansa_v1_families, file_hansa_v1_oprf } from '@hansa/protocol/wire';
import { expect, test } from 'vitest';
import { speechOf } from '../src/i18n/language.tsx';
import { chineseProblems } from '../src/i18n/problems-zh.ts';
import { recordFields } from '../src/i18n/record-fields.ts';
import { refusalCodes, refusalText } from '../src/i18n/refusals.ts';
import { preferredLanguage, say, type Text } from '../src/i18n/text.ts';

const folder = fileURLToPath(new URL('../src/', import.meta.url));
/** Text of each source, by its path. */
const sources: readonly (readonly [string, string])[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]);
const names = sources.map(([path]) => path).filter((path) => /^i18n\/(?!text|problems)[\w-]+\.ts$/.test(path));
const catalogues = await Promise.all(
  names.map(async (path) => (await import(join(folder, path))) as Readonly<Record<string, unknown>>),
);

/** Every message of every catalogue, by the way that leads to it. */
function messages(): [string, Text][] {
  const found: [string, Text][] = [];
  const walk = (name: string, value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')) {
      found.push([name, value as unknown as Text]);
    } else for (const [key, inner] of Object.entries(value)) walk(`${name}.${key}`, inner);
  };
  for (const catalogue of catalogues) for (const [key, value] of Object.entries(catalogue)) walk(key, value);
  return found;
}

const parameters = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('every message says something in both languages, with the same parameters', () => {
  const all = messages();
  expect(all.length).toBeGreaterThan(200);
  for (const [name, [english, chinese]] of all) {
    expect(english.trim(), name).not.toBe('');
    expect(chinese, name).toMatch(/[\u4e00-\u9fff]/);
    expect(english, name).not.toMatch(/[\u4e00-\u9fff]/);
    expect(parameters(chinese), name).toEqual(parameters(english));
  }
});

test('every message is shown somewhere', () => {
  const code = sources
    .filter(([path]) => !path.startsWith('i18n/') && !path.endsWith('.test.ts'))
    .map(([, text]) => text)
    .join('\n');
  // Catalogues that are looked up by what the daemon says are used whole.
  const byName =
    /^(roleNames|purposes|severities|verdicts|familyNames|typeNames|certificateStatuses|consentStatuses|revokeReasons|refusalReasons|applicationPurposes|documentFields|accessKinds|listingFields|legalBases|accountStatuses|behaviours|liftReasons|noticeReasons|disputeEffects|recordFields|recordWords)\./;
  const unused = messages()
    .map(([name]) => name)
    .filter((name) => !byName.test(name) && !new RegExp(`\\.${name.split('.').at(-1)}\\b`).test(code));
  expect(unused).toEqual([]);
});

test('no page speaks past the catalogue: text for people stands in no component', () => {
  const bare = sources
    .filter(([path]) => path.endsWith('.tsx'))
    .flatMap(([path, text]) =>
      [...text.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+[.!?]?)\s*</g)].map(([, words]) => `${path}: ${words}`),
    );
  expect(bare).toEqual([]);
});

test('a Chinese meaning of a code is Chinese and says what to do, of a code that there is', () => {
  const packages = fileURLToPath(new URL('../../', import.meta.url));
  const lists = ['node', 'protocol'].map((name) => readFileSync(join(packages, name, 'src', 'error-codes.ts'), 'utf8'));
  const known = new Set(
    lists.flatMap((text) => text.match(/^ {2}[A-Z][A-Z0-9_]+(?=:)/gm) ?? []).map((code) => code.trim()),
  );
  const own = new Set(['DAEMON_ANSWER_UNREADABLE']);
  expect(Object.keys(chineseProblems).filter((code) => !known.has(code) && !own.has(code))).toEqual([]);
  for (const [code, text] of Object.entries(chineseProblems)) {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
    expect(text, code).toMatch(/[\u4e00-\u9fff].*。$/);
  }
});

test('an access that was refused says why in both languages, whatever its code (P3)', () => {
  const judge = readFileSync(new URL('../../node/src/exchange/read-judge.ts', import.meta.url), 'utf8');
  const codes = [...judge.matchAll(/(?:return|refused:) '([A-Z][A-Z_]+)'/g)].map(([, code]) => code as string);
  expect(codes.length).toBeGreaterThan(10);
  for (const code of new Set([...codes, ...refusalCodes])) {
    expect(refusalText('en', code), code).toMatch(/^[A-Z].*\.$/);
    expect(refusalText('zh', code), code).toMatch(/[\u4e00-\u9fff].*。$/);
  }
});

test('every public field of a record has a name in both languages, and no name is of none', () => {
  const bodies =
    /^hansa\.v1\.(Blacklist|Certificate|Consent|Access|Membership|Oprf)(List|Amend|Dispute|Lift|Issue|Supersede|Revoke|Use|Grant|Withdraw|Batch|Erased|Evidence|Change|Propose|Approve|Open|Deal|Hold|Settle)$/;
  const messages = [...file_hansa_v1_families.messages, ...file_hansa_v1_oprf.messages].filter(
    ({ typeName }) => bodies.test(typeName) || typeName === 'hansa.v1.AuthorityMember',
  );
  const fields = new Set(messages.flatMap((message) => message.fields.map(({ localName }) => localName)));
  expect([...fields].sort()).toEqual(Object.keys(recordFields).sort());
});

test('parameters are put in, and one that is missing shows', () => {
  const text: Text = ['{a} of {b}', '{b} 中的 {a}'];
  expect(say('en', text, { a: 1, b: 2 })).toBe('1 of 2');
  expect(say('zh', text, { a: 1, b: 2 })).toBe('2 中的 1');
  expect(say('en', text, { a: 1 })).toBe('1 of {b}');
});

test('the language is the one chosen before, then the first that the browser asks for, then English', () => {
  expect(preferredLanguage('zh', ['en'])).toBe('zh');
  expect(preferredLanguage(null, ['fr', 'zh-CN', 'en'])).toBe('zh');
  expect(preferredLanguage(null, ['en-US', 'zh'])).toBe('en');
  expect(preferredLanguage('klingon', ['fr'])).toBe('en');
});

test('a legal day has no zone: it is the same day everywhere', () => {
  expect(speechOf('en').day('2026-11-23')).toBe('23 November 2026');
  expect(speechOf('zh').day('2026-11-23')).toBe('2026年11月23日');
});
