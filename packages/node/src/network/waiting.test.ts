import { describe, expect, it } from 'vitest';
import { BackOff } from '../back-off.ts';
import { AsyncQueue } from './async-queue.ts';
import { Strikes } from './strikes.ts';
import { TokenBucket } from './token-bucket.ts';

describe('back-off', () => {
  it('doubles up to its cap, with jitter, and never ends', () => {
    const slow = new BackOff(100, 2000, () => 1);
    expect(Array.from({ length: 7 }, () => slow.next())).toEqual([100, 200, 400, 800, 1600, 2000, 2000]);
    const quick = new BackOff(100, 2000, () => 0);
    expect(Array.from({ length: 3 }, () => quick.next())).toEqual([50, 100, 200]);
    for (let i = 0; i < 10_000; i++) slow.next();
    expect(slow.next()).toBe(2000);
    slow.reset();
    expect(slow.next()).toBe(100);
  });
});

describe('strikes', () => {
  it('keep a peer out for longer each time, and are forgotten', () => {
    let now = 1e6;
    const strikes = new Strikes(1000, 60_000, () => now);
    expect(strikes.refused).toBe(false);
    strikes.strike();
    expect(strikes.refused).toBe(true);
    now += 1000;
    expect(strikes.refused).toBe(false);
    strikes.strike();
    now += 1999;
    expect(strikes.refused).toBe(true);
    now += 1;
    expect(strikes.refused).toBe(false);
    for (let i = 0; i < 100; i++) strikes.strike();
    now += 59_999;
    expect(strikes.refused).toBe(true);
    now += 600_002;
    strikes.strike();
    now += 1000;
    expect(strikes.refused).toBe(false);
  });
});

describe('the token bucket', () => {
  it('lets a burst through and then the rate, and says how long to wait', () => {
    let now = 0;
    const bucket = new TokenBucket(500, 3, () => now);
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 0]);
    expect(bucket.take()).toBe(2);
    now += 1;
    expect(bucket.take()).toBe(1);
    now += 1;
    expect(bucket.take()).toBe(0);
    now += 1e9;
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 0]);
    expect(bucket.take()).toBe(2);
  });
});

describe('the async queue', () => {
  it('gives values in order, before and after they are waited for, and ends', async () => {
    const queue = new AsyncQueue<number>();
    const taken: number[] = [];
    queue.push(1);
    const reading = (async () => {
      for await (const value of queue) taken.push(value);
    })();
    await Promise.resolve();
    queue.push(2);
    queue.push(3);
    queue.end();
    queue.push(4);
    await reading;
    expect(taken).toEqual([1, 2, 3]);
  });
});
