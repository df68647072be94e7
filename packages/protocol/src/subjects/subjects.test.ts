import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testFederation } from '../../test/federation.ts';
import { toHex } from '../bytes.ts';
import { portableCrypto } from '../crypto/index.ts';
import { normaliseSubject, type Subject, subjectInput, subjectTag } from './index.ts';

const subject: Subject = { kind: 'id', number: '99010420000229007X' };

describe('the tag of a subject', () => {
  const { domains } = testFederation(portableCrypto, 1);
  const other = testFederation(portableCrypto, 1, 'another federation').domains;

  it('comes from one input for each family and subject, which nothing else has (P2)', () => {
    expect(new TextDecoder().decode(subjectInput('blacklist', subject))).toBe('blacklist\0id:99010420000229007X');
    const inputs = [
      subjectInput('blacklist', subject),
      subjectInput('certificate', subject),
      subjectInput('blacklist', { kind: 'org', number: subject.number }),
    ].map(toHex);
    expect(new Set(inputs).size).toBe(3);
  });

  it('is the digest of the output of the OPRF, in the domain of the family and the federation', () => {
    const output = new Uint8Array(64).fill(7);
    const expected = createHash('sha256').update(domains.prefix('subject/blacklist')).update(output).digest('hex');
    expect(toHex(subjectTag(domains, 'blacklist', output))).toBe(expected);
    const tags = [
      subjectTag(domains, 'blacklist', output),
      subjectTag(domains, 'certificate', output),
      subjectTag(other, 'blacklist', output),
    ];
    expect(new Set(tags.map(toHex)).size).toBe(3);
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
