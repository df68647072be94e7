import { errorCodes as protocolCodes } from '@hansa/protocol/error-codes';
import { describe, expect, it } from 'vitest';
import { errorCodes } from './error-codes.ts';

describe('error codes of the simulator', () => {
  const codes = Object.keys(errorCodes);

  it('are sorted, and not those of the protocol again', () => {
    expect(codes).toEqual([...codes].sort());
    expect(codes.filter((code) => Object.hasOwn(protocolCodes, code))).toEqual([]);
  });

  it('are upper-case words with a meaning and advice', () => {
    for (const [code, meaning] of Object.entries(errorCodes)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
      expect(meaning, code).toMatch(/^[A-Z`].*[.;,:?] .*\.$/);
    }
  });
});
