import { describe, expect, it } from 'vitest';
import { checkCitizenNumber, citizenCheckDigit } from './citizen-number.ts';

const today = 20_780; // 2026-11-23
const inTest = { testFederation: true, today };
const inProduction = { testFederation: false, today };

/** Completes 17 digits; only prefixes that nobody has are used in fixtures, or bodies that a test needs. */
const completed = (digits: string) => digits + citizenCheckDigit(digits);

function codeOf(number: string, context = inTest): string {
  const result = checkCitizenNumber(number, context);
  return result.ok ? 'ok' : result.error.code;
}

describe('a citizen number (GB 11643)', () => {
  it.each(['990101199001010019', '990102198812310025', '990103197506150037', '99010420000229007X'])(
    'of a synthetic person is accepted in a test federation: %s',
    (number) => expect(checkCitizenNumber(number, inTest)).toEqual({ ok: true, value: number }),
  );

  it('is normalised to upper case', () => {
    expect(checkCitizenNumber('99010420000229007x', inTest)).toEqual({ ok: true, value: '99010420000229007X' });
  });

  it('has the check digit of the example in the standard: 11010519491231002X', () => {
    expect(citizenCheckDigit('11010519491231002')).toBe('X');
    expect(codeOf('11010519491231002X', inProduction)).toBe('ok');
  });

  it('with any one digit mistyped, or two neighbours swapped, fails its check digit or an earlier check', () => {
    const number = '990102198812310025';
    for (let at = 0; at < 18; at++) {
      for (const digit of '0123456789X') {
        if (digit === number[at]) continue;
        expect(codeOf(number.slice(0, at) + digit + number.slice(at + 1))).not.toBe('ok');
      }
      const swapped = number.slice(0, at) + (number[at + 1] ?? '') + number[at] + number.slice(at + 2);
      if (swapped !== number && swapped.length === 18) expect(codeOf(swapped)).not.toBe('ok');
    }
  });

  it('has distinct errors with distinct causes', () => {
    expect(codeOf('990101900101001')).toBe('ID_15_DIGITS');
    expect(codeOf('990101199001010018')).toBe('ID_CHECK_DIGIT');
    expect(codeOf(completed('99010119900229001'))).toBe('ID_DATE_IMPOSSIBLE');
    expect(codeOf(completed('00010119900101001'))).toBe('ID_PREFIX_UNASSIGNED');
    expect(codeOf('990101199001010019', inProduction)).toBe('ID_TEST_PREFIX');
    for (const number of [
      '',
      '1',
      '99010119900101001',
      '9901011990010100190',
      '9901011990O1010019',
      'X90101199001010019',
    ]) {
      expect(codeOf(number)).toBe('ID_MALFORMED');
    }
  });

  it.each(['19000229', '19991301', '19990001', '19990132', '19990431', '20261124', '18991231'])(
    'whose birthday %s is no day, or after today, or before anybody alive, is refused',
    (birthday) => expect(codeOf(completed(`990101${birthday}001`))).toBe('ID_DATE_IMPOSSIBLE'),
  );

  it('of somebody born today, or on a leap day, is accepted', () => {
    expect(codeOf(completed('99010120261123001'))).toBe('ok');
    expect(codeOf(completed('99010120000229001'))).toBe('ok');
  });

  it('knows the 31 provinces and the four special prefixes, and no other', () => {
    const accepted: string[] = [];
    for (let prefix = 0; prefix < 100; prefix++) {
      const digits = String(prefix).padStart(2, '0');
      if (codeOf(completed(`${digits}010119900101001`), inProduction) === 'ok') accepted.push(digits);
    }
    expect(accepted.join(' ')).toBe(
      '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83',
    );
  });

  it('is in no message (P1)', () => {
    for (const number of [
      '990101900101001',
      '990101199001010018',
      completed('99010119900229001'),
      '9901011990O1010019',
    ]) {
      expect(JSON.stringify(checkCitizenNumber(number, inTest))).not.toContain(number.slice(6, 12));
    }
  });
});
