import { beforeEach, describe, expect, it } from 'vitest';
import { Fetcher, wantEntries } from './fetcher.ts';
import { Outbox } from './outbox.ts';

const RETRY_MS = 100;
const REQUESTS_MAX = 16;

let outbox: Outbox;
let fetcher: Fetcher;

beforeEach(() => {
  outbox = new Outbox();
  fetcher = new Fetcher(outbox, [1, 2, 3], { retryMs: RETRY_MS, timeoutMs: 400 });
});

const effects = () => {
  const drained = outbox.drain();
  return {
    asked: drained.filter((effect) => effect.kind === 'request'),
    timers: drained.flatMap((effect) => (effect.kind === 'timer' ? [effect.atMs] : [])),
  };
};

/** States so many needs at a time. */
const state = (count: number, nowMs: number) => {
  fetcher.begin();
  for (let lane = 0; lane < count; lane++) {
    const range = { lane, from: 1, to: 2, digest: new Uint8Array(32), isNeeded: true };
    fetcher.want(wantEntries(`lane:${lane}`, range, [], nowMs));
  }
  fetcher.end(nowMs);
};

describe('G2: what is missing is asked for', () => {
  it('G2: so many at a time; the next one when an answer makes room, else after the pause', () => {
    state(REQUESTS_MAX + 2, 1000);
    const { asked, timers } = effects();
    expect(asked).toHaveLength(REQUESTS_MAX);
    expect(timers).toEqual([1000 + RETRY_MS]);
    fetcher.settle(asked[0]?.id ?? 0);
    fetcher.judge('lane:0', false, 1005);
    state(REQUESTS_MAX + 2, 1005);
    expect(effects().asked).toHaveLength(1);
  });

  it('R6: who is asked once takes no place from it', () => {
    for (let city = 0; city < 2 * REQUESTS_MAX; city++) fetcher.askOnce(`status:${city}`, city, new Uint8Array(1));
    expect(effects().asked).toHaveLength(2 * REQUESTS_MAX);
    state(REQUESTS_MAX, 1000);
    expect(effects().asked).toHaveLength(REQUESTS_MAX);
  });

  it('R6: nobody is asked once again before the answer or its end', () => {
    fetcher.askOnce('status:1', 1, new Uint8Array(1));
    fetcher.askOnce('status:1', 1, new Uint8Array(1));
    const { asked } = effects();
    expect(asked).toHaveLength(1);
    fetcher.settle(asked[0]?.id ?? 0);
    fetcher.askOnce('status:1', 1, new Uint8Array(1));
    expect(effects().asked).toHaveLength(1);
  });
});
