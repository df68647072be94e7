import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestFederation, testFederation } from '../../test/federation.ts';
import { toHex } from '../bytes.ts';
import { portableCrypto } from '../crypto/index.ts';
import { unwrap } from '../errors.ts';
import { interimTagger, normaliseSubject, type Subject, type SubjectTagger } from './index.ts';

const subject: Subject = { kind: 'id', number: '99010420000229007X' };
let federation: TestFederation;
let tagger: SubjectTagger;

beforeAll(() => {
  federation = testFederation(portableCrypto, 1);
  tagger = unwrap(interimTagger({ ...federation, hasher: portableCrypto, key: federation.subjectKey }));
});

describe('the interim tagger', () => {
  it('is HMAC-SHA256 over the domain of the family, the kind and the number', async () => {
    const expected = createHmac('sha256', federation.subjectKey)
      .update(federation.domains.prefix('subject/blacklist'))
      .update('id:99010420000229007X')
      .digest('hex');
    const [tag] = await tagger.tag('blacklist', [subject]);
    expect(toHex(tag as Uint8Array)).toBe(expected);
  });

  it('gives tags in order, different for families, kinds and federations (P2)', async () => {
    const other = testFederation(portableCrypto, 1, 'another federation');
    const stranger = unwrap(interimTagger({ ...other, hasher: portableCrypto, key: other.subjectKey }));
    const subjects: Subject[] = [subject, { kind: 'org', number: subject.number }];
    const tags = [
      ...(await tagger.tag('blacklist', subjects)),
      ...(await tagger.tag('certificate', subjects)),
      ...(await stranger.tag('blacklist', subjects)),
    ].map(toHex);
    expect(new Set(tags).size).toBe(6);
    expect((await tagger.tag('blacklist', [...subjects].reverse())).map(toHex)).toEqual([tags[1], tags[0]]);
  });

  it('refuses a key that the genesis file does not name, since it would answer "not listed" about everybody', () => {
    for (const key of [new Uint8Array(32), federation.subjectKey.slice(1), new Uint8Array()]) {
      expect(interimTagger({ ...federation, hasher: portableCrypto, key })).toMatchObject({
        ok: false,
        error: { code: 'SUBJECT_KEY_WRONG' },
      });
    }
  });
});

describe('the spelling of a subject', () => {
  it.each([
    '99010420000229007x',
    ' 990104 20000229 007X ',
    '９９０１０４２００００２２９００７Ｘ',
    '990104-20000229-007X',
    '\ufeff99010420000229007X',
    '990104　20000229　007X',
  ])('is one, however it was typed: %s', (typed) => {
    expect(normaliseSubject('id', typed)).toEqual({ ok: true, value: subject });
  });

  it('of an organisation keeps its letters in upper case', () => {
    expect(normaliseSubject('org', '91990100te5t06760r')).toEqual({
      ok: true,
      value: { kind: 'org', number: '91990100TE5T06760R' },
    });
  });

  it.each<[Subject['kind'], string]>([
    ['id', ''],
    ['id', '990104000229007'],
    ['id', '99010420000229007XX'],
    ['id', '9901042000022900X7'],
    ['id', '99010420000229００７７7'],
    ['org', '91990100TE5T0676OR'],
    ['org', '9199'],
  ])('of a wrong shape is refused without repeating the number: %s %s', (kind, typed) => {
    const result = normaliseSubject(kind, typed);
    expect(result).toMatchObject({ ok: false, error: { code: 'SUBJECT_MALFORMED' } });
    expect(typed.length > 4 && JSON.stringify(result).includes(typed)).toBe(false);
  });
});
