import { describe, expect, it } from 'vitest';
import { FrameQueue } from './frame-queue.ts';
import { encodeFrame } from './frames.ts';

const frame = (tag: number, length = 9) => encodeFrame(new Uint8Array(length).fill(tag));
const tags = (queue: FrameQueue) => queue.take(Number.POSITIVE_INFINITY).map((taken) => taken.head.at(-1));

describe('the send queue of a peer', () => {
  it('drops the oldest votes when it is full, and counts them', () => {
    const queue = new FrameQueue({ framesMax: 3, bytesMax: 1000, drop: 'oldest' });
    for (let i = 0; i < 5; i++) queue.push(frame(i));
    expect(queue.dropped).toBe(2);
    expect(tags(queue)).toEqual([2, 3, 4]);
  });

  it('drops the newest entries when it is full, so that what arrives has no gap', () => {
    const queue = new FrameQueue({ framesMax: 100, bytesMax: 30, drop: 'newest' });
    for (let i = 0; i < 5; i++) queue.push(frame(i));
    expect(queue.bytes).toBe(30);
    expect(queue.dropped).toBe(2);
    expect(tags(queue)).toEqual([0, 1, 2]);
  });

  it('takes one frame even if it is larger than the bound, or it would never leave', () => {
    const queue = new FrameQueue({ framesMax: 100, bytesMax: 30, drop: 'newest' });
    queue.push(frame(1, 100));
    expect(queue.length).toBe(1);
    expect(queue.take(10)).toHaveLength(1);
    expect(queue.bytes).toBe(0);
  });

  it('gives out at most the bytes asked for', () => {
    const queue = new FrameQueue({ framesMax: 100, bytesMax: 1000, drop: 'oldest' });
    for (let i = 0; i < 5; i++) queue.push(frame(i));
    expect(queue.take(25)).toHaveLength(2);
    expect(queue.length).toBe(3);
  });

  it('keeps order and counts over thousands of frames', () => {
    const queue = new FrameQueue({ framesMax: 6000, bytesMax: 1e9, drop: 'oldest' });
    let taken = 0;
    for (let i = 0; i < 10_000; i++) {
      queue.push(encodeFrame(Uint8Array.of(i >> 8, i & 255)));
      if (i % 2 === 1) {
        const [next] = queue.take(1);
        expect(((next?.head[1] as number) << 8) | (next?.head[2] as number)).toBe(taken);
        taken += 1;
      }
    }
    expect(queue.length).toBe(5000);
    expect(queue.bytes).toBe(15_000);
    queue.clear();
    expect([queue.length, queue.bytes]).toEqual([0, 0]);
  });
});
