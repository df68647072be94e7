import fc from 'fast-check';
import { encode } from 'it-length-prefixed';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader, joinFrames } from './frames.ts';

function wire(messages: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(joinFrames(messages.map(encodeFrame)));
}

function read(
  bytesMax: number,
  chunks: readonly Uint8Array[],
): { messages: Uint8Array[]; ok: boolean; midFrame: boolean } {
  const messages: Uint8Array[] = [];
  const reader = new FrameReader(bytesMax, (message) => messages.push(message));
  const ok = chunks.every((chunk) => reader.push(chunk));
  return { messages, ok, midFrame: reader.midFrame };
}

const message = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }),
  fc.integer({ min: 8000, max: 20_000 }).map((length) => new Uint8Array(length).fill(length)),
);

describe('frames', () => {
  it('come out as they went in, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }),
        (messages, cuts) => {
          const bytes = wire(messages);
          const chunks: Uint8Array[] = [];
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const length = cuts[i % cuts.length] as number;
            chunks.push(bytes.subarray(at, at + length));
            at += length;
          }
          const out = read(20_000, chunks);
          expect(out.ok).toBe(true);
          expect(out.midFrame).toBe(false);
          expect(out.messages.length).toBe(messages.length);
          for (const [i, received] of out.messages.entries())
            expect(Buffer.compare(received, messages[i] as Uint8Array)).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are the bytes of it-length-prefixed', () => {
    for (const length of [1, 127, 128, 300, 8192, 8193, 16_384, 1_000_000]) {
      const bytes = new Uint8Array(length).fill(7);
      expect(Buffer.compare(wire([bytes]), Buffer.from(encode.single(bytes).subarray()))).toBe(0);
      expect(encodeFrame(bytes).size).toBe(wire([bytes]).length);
    }
  });

  it('share one buffer when they are small, and large messages are not copied', () => {
    const large = new Uint8Array(100_000);
    const segments = joinFrames([new Uint8Array(10), new Uint8Array(20), large, new Uint8Array(30)].map(encodeFrame));
    expect(segments.map((segment) => segment.length)).toEqual([11 + 21 + 3, 100_000, 31]);
    expect(segments[1]).toBe(large);
  });

  it('are refused when empty, too large or with a length that is not in shortest form', () => {
    expect(read(100, [Uint8Array.of(0)]).ok).toBe(false);
    expect(read(100, [Uint8Array.of(101)]).ok).toBe(false);
    expect(read(100, [Uint8Array.of(100)]).ok).toBe(true);
    expect(read(100, [Uint8Array.of(0x81, 0x00)]).ok).toBe(false);
    expect(read(2 ** 27, [Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x01)]).ok).toBe(false);
    expect(read(100, [Uint8Array.of(0xff, 0xff, 0xff, 0x7f)]).ok).toBe(false);
  });

  it('never throw on garbage', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => void read(64, [garbage])));
  });

  it('are known to be cut off', () => {
    const bytes = wire([new Uint8Array(300)]);
    for (const length of [1, 2, 3, 301]) expect(read(1000, [bytes.subarray(0, length)]).midFrame).toBe(true);
    expect(read(1000, [bytes]).midFrame).toBe(false);
  });

  it('do not keep the buffer alive that they were read from', () => {
    const chunk = new Uint8Array(64 * 1024);
    chunk.set(encodeFrame(new Uint8Array(10)).head);
    expect(read(100, [chunk.subarray(0, 11)]).messages[0]?.buffer.byteLength).toBe(10);
  });
});
