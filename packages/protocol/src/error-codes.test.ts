import { describe, expect, it } from 'vitest';
import { errorCodes, refuse, rejection } from './error-codes.ts';

describe('error codes', () => {
  const codes = Object.keys(errorCodes);

  it('are sorted, so that a new one has one place', () => {
    expect(codes).toEqual([...codes].sort());
  });

  it('are upper-case words with a meaning and advice', () => {
    for (const [code, meaning] of Object.entries(errorCodes)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
      // What it means, and what to do now.
      expect(meaning, code).toMatch(/^[A-Z].*[.;,?] .*\.$/);
    }
  });

  it('make the same rejection each time', () => {
    expect(rejection('MALFORMED')).toBe(rejection('MALFORMED'));
    expect(refuse('MALFORMED')).toEqual({ ok: false, error: { code: 'MALFORMED', message: errorCodes.MALFORMED } });
  });
});
