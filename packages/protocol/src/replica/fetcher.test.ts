import { beforeEach, describe, expect, it } from 'vitest';
import { defaultParameters } from '../genesis/index.ts';
import { limits } from '../limits.ts';
import { Fetcher, fetchTiming, wantEntries } from './fetcher.ts';
import { Outbox } from './outbox.ts';

const RETRY_MS = 100;
const REQUESTS_MAX = 16;

let outbox: Outbox;
let fetcher: Fetcher;

beforeEach(() => {
  outbox = new Outbox();
  fetcher = new Fetcher(outbox, [1, 2, 3], {
    retryMs: RETRY_MS,
    timeoutMs: 400,
    timeoutGrowth: 1.5,
    timeoutCapMs: 1000,
  });
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
  it('G2: an answer is waited for as long as the largest takes on a line of 1 Mbit/s, however short the cap of views is', () => {
    const parameters = { ...defaultParameters, deltaMs: 6, resendMs: 25, timeoutCapMs: 75, timeoutGrowth: 1.5 };
    const slow = new Fetcher(outbox, [1], fetchTiming(parameters));
    let waits = 0;
    for (let nowMs = 0; nowMs < 60_000_000; nowMs += 1_000_000) {
      const range = { lane: 0, from: 1, to: 2, digest: new Uint8Array(32), isNeeded: true };
      slow.begin();
      slow.want(wantEntries('lane:0', range, [], nowMs));
      slow.end(nowMs);
      const [asked] = effects().asked;
      waits = asked?.timeoutMs ?? 0;
      slow.settle(asked?.id ?? 0, false);
      slow.judge('lane:0', false, nowMs);
    }
    const largestMs = (8 * limits.syncReplyBytesMax) / 1000;
    expect(waits).toBeGreaterThanOrEqual(largestMs);
    expect(waits).toBeLessThan(largestMs + 1);
  });

  it('G2: so many at a time; the next one when an answer makes room, else after the pause', () => {
    state(REQUESTS_MAX + 2, 1000);
    const { asked, timers } = effects();
    expect(asked).toHaveLength(REQUESTS_MAX);
    expect(timers).toEqual([1000 + RETRY_MS]);
    fetcher.settle(asked[0]?.id ?? 0, true);
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
    fetcher.settle(asked[0]?.id ?? 0, true);
    fetcher.askOnce('status:1', 1, new Uint8Array(1));
    expect(effects().asked).toHaveLength(1);
  });

  it('C8: Δ may be too short for the way there and back: who does not answer in time gets longer, up to the cap', () => {
    const waits: number[] = [];
    for (const isLast of [false, false, false, false, true]) {
      fetcher.askOnce('status:1', 1, new Uint8Array(1));
      const [request] = effects().asked;
      waits.push(request?.timeoutMs ?? 0);
      fetcher.settle(request?.id ?? 0, isLast);
    }
    fetcher.askOnce('status:2', 2, new Uint8Array(1));
    fetcher.askOnce('status:1', 1, new Uint8Array(1));
    waits.push(...effects().asked.map(({ timeoutMs }) => timeoutMs));
    expect(waits).toEqual([400, 600, 900, 1000, 1000, 400, 400]);
  });

  it('C8: what is missing is waited for longer once all were asked in vain, so that one silent city costs no time', () => {
    const waits: number[] = [];
    for (let nowMs = 1000; nowMs < 1008; nowMs++) {
      state(1, nowMs + 1000 * (nowMs - 1000));
      const [request] = effects().asked;
      waits.push(request?.timeoutMs ?? 0);
      fetcher.settle(request?.id ?? 0, false);
      fetcher.judge('lane:0', false, nowMs);
    }
    expect(waits).toEqual([400, 400, 400, 600, 600, 600, 900, 900]);
  });
});
