import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReply, decodeRequest, encodeRefusal, encodeReply, encodeRequest } from './sync-wire.ts';

const id = fc.integer({ min: 0, max: 0xffffffff });
const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 });

describe('sync messages', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(id, bytes, fc.integer({ min: 0, max: 0xffffffff }), (number, body, wait) => {
        expect(decodeRequest(encodeRequest(number, body))).toEqual({ id: number, bytes: body });
        expect(decodeReply(encodeReply(number, body))).toEqual({ id: number, kind: 'reply', bytes: body });
        expect(decodeReply(encodeRefusal(number, 'RATE_LIMITED', wait))).toEqual({
          id: number,
          kind: 'refusal',
          code: 'RATE_LIMITED',
          retryAfterMs: wait,
        });
      }),
    );
  });

  it('are refused when too short, of an unknown kind, or with a code that is none', () => {
    expect(decodeRequest(new Uint8Array(4))).toBeUndefined();
    expect(decodeReply(new Uint8Array(4))).toBeUndefined();
    expect(decodeReply(Uint8Array.of(0, 0, 0, 1, 2, 65))).toBeUndefined();
    expect(decodeReply(Uint8Array.of(0, 0, 0, 1, 1, 0, 0, 0, 0))).toBeUndefined();
    expect(decodeReply(encodeRefusal(1, 'no code', 0))).toBeUndefined();
    expect(decodeReply(encodeRefusal(1, 'X'.repeat(100), 0))).toBeUndefined();
  });

  it('never make the reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (garbage) => {
        decodeRequest(garbage);
        decodeReply(garbage);
      }),
    );
  });
});
