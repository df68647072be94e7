import { describe, expect, it } from 'vitest';
import { bodyCheckCharacter, checkCreditCode, creditCheckCharacter } from './credit-code.ts';

const today = 20_780;
const inTest = { testFederation: true, today };
const inProduction = { testFederation: false, today };

function codeOf(code: string, context = inTest): string {
  const result = checkCreditCode(code, context);
  return result.ok ? 'ok' : result.error.code;
}

/** Both check characters of a made-up code of an assigned region. */
function made(head: string, body: string): string {
  const digits = head + body + bodyCheckCharacter(body);
  return digits + creditCheckCharacter(digits);
}

describe('a unified social credit code (GB 32100)', () => {
  it('of the synthetic centres holds its own check character', () => {
    for (const code of ['91990100TE5T06760R', '91990200TE5T87155G', '91990300TE5T938721', '91990400TE5T15874W']) {
      expect(creditCheckCharacter(code)).toBe(code[17]);
      expect(codeOf(code)).toBe('ok');
    }
  });

  it('has the check characters of the examples in the standards', () => {
    expect(creditCheckCharacter('91350100M000100Y4')).toBe('3');
    expect(bodyCheckCharacter('D2143569')).toBe('X');
  });

  it('is accepted in production when both of its check characters hold', () => {
    expect(codeOf(made('91460100', 'MA5T0000'), inProduction)).toBe('ok');
    expect(checkCreditCode(made('91460100', 'MA5T0000').toLowerCase(), inProduction)).toMatchObject({ ok: true });
    expect(codeOf(made('11100000', '00001353'), inProduction)).toBe('ok');
  });

  it('has distinct errors with distinct causes', () => {
    const good = made('91460100', 'MA5T0000');
    const flipped = good[17] === '1' ? '2' : '1';
    expect(codeOf(good.slice(0, 17) + flipped)).toBe('ORG_CODE_CHECK_CHARACTER');
    const badBody = good.slice(0, 16) + (good[16] === '1' ? '2' : '1');
    expect(codeOf(badBody + creditCheckCharacter(badBody))).toBe('ORG_CODE_BODY_CHECK');
    expect(codeOf(made('91160100', 'MA5T0000'))).toBe('ORG_CODE_PREFIX_UNASSIGNED');
    expect(codeOf('91990100TE5T06760R', inProduction)).toBe('ORG_CODE_TEST_PREFIX');
    for (const code of [
      '',
      good.slice(1),
      `${good}0`,
      good.replace('M', 'I'),
      good.replace('M', 'S'),
      good.replace('M', 'Z'),
    ]) {
      expect(codeOf(code)).toBe('ORG_CODE_MALFORMED');
    }
  });

  it('of a test federation is relaxed only where it says of itself that it is synthetic', () => {
    const wrongBody = (head: string, body: string) => {
      const digits = head + body + (bodyCheckCharacter(body) === '1' ? '2' : '1');
      return digits + creditCheckCharacter(digits);
    };
    expect(codeOf(wrongBody('91990100', 'TE5T0676'))).toBe('ok');
    expect(codeOf(wrongBody('91990100', 'MA5T0676'))).toBe('ORG_CODE_BODY_CHECK');
    expect(codeOf(wrongBody('91460100', 'TE5T0676'))).toBe('ORG_CODE_BODY_CHECK');
    expect(codeOf('91990100TE5T06761R')).toBe('ORG_CODE_CHECK_CHARACTER');
  });
});
