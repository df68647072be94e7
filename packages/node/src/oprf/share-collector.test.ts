import { HansaError } from '@hansa/protocol';
import { commit, encodeScalar, placeOf, shareFor } from '@hansa/protocol/oprf';
import { MemoryStore } from '@hansa/protocol/replica';
import { create, encodeMessage, type OprfReply, OprfReplySchema } from '@hansa/protocol/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { testFederation } from '../../../protocol/test/federation.ts';
import { loadWasmGroup, nativeCrypto } from '../crypto/index.ts';
import type { KeyBook } from './key-book.ts';
import type { OprfCity } from './ports.ts';
import { ShareCollector } from './share-collector.ts';
import { ShareStore } from './share-store.ts';

const { genesis } = testFederation(nativeCrypto, 4);
const group = await loadWasmGroup();
const coefficients = [5n, 7n];
const ceremony = { ceremonyId: new Uint8Array(16).fill(1), generation: 1 };
const location = { lane: 0, sequence: 1, position: 0 };
const minuteMs = 60_000;
const SELF = 3;
const DEALER = 0;

let nowMs: number;
let connected: boolean;
let asked: number[];
let alarms: string[];
let answer: () => OprfReply['reply'];
let collector: ShareCollector;

const nothing = (): OprfReply['reply'] => ({
  case: 'refusal',
  value: { code: 'OPRF_NOTHING_DEALT', retryAfterMs: 0n } as never,
});
const given = (share: bigint) => (): OprfReply['reply'] => ({
  case: 'share',
  value: { share: encodeScalar(share) } as never,
});

beforeEach(() => {
  [nowMs, connected, asked, alarms, answer] = [0, true, [], [], nothing];
  const deal = { location, ceremonyId: ceremony.ceremonyId, commitments: commit(group, coefficients) };
  const city: Partial<OprfCity> = {
    ...{ genesis, self: genesis.authorities[SELF] as OprfCity['self'], connected: () => connected },
    ask: async () => {
      asked.push(nowMs);
      return encodeMessage(OprfReplySchema, create(OprfReplySchema, { reply: answer() }));
    },
  };
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  collector = new ShareCollector({
    city: city as OprfCity,
    book: { deal: () => deal } as unknown as KeyBook,
    ...{ group, store: new ShareStore(new MemoryStore()), log: silent, nowMs: () => nowMs },
    alarm: ({ code }) => void alarms.push(code),
  });
});

/** Looks four times a second, as the driver does. */
async function look(durationMs: number): Promise<readonly number[]> {
  for (const end = nowMs + durationMs; nowMs < end; nowMs += 250)
    await collector.collect(ceremony, [DEALER], undefined);
  return [...(await collector.collect(ceremony, [DEALER], undefined)).keys()];
}

describe('a city without its share', () => {
  it.each<[string, () => OprfReply['reply']]>([
    ['has nothing to give', nothing],
    [
      'does not answer',
      () => {
        throw new HansaError('PEER_TIMED_OUT', 'No answer.');
      },
    ],
  ])('asks a dealer that %s later and later, and never stops (C12)', async (_, reply) => {
    answer = reply;
    await look(10 * minuteMs);
    // Each pause is between a half and the whole of 1, 2, 4, ... 30 seconds, and a look late at most.
    expect(asked.length).toBeLessThanOrEqual(6 + (10 * minuteMs) / 15_000);
    expect(asked.length).toBeGreaterThanOrEqual((10 * minuteMs) / 30_250);
    const pauses = asked.slice(1).map((atMs, i) => atMs - (asked[i] as number));
    expect(pauses[0]).toBeLessThanOrEqual(1_250);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_250);
    answer = given(shareFor(coefficients, placeOf(SELF)));
    expect(await look(31_000)).toEqual([DEALER]);
    const count = asked.length;
    await look(minuteMs);
    expect(asked.length).toBe(count);
  });

  it('asks a dealer soon that was away meanwhile', async () => {
    await look(10 * minuteMs);
    connected = false;
    const before = asked.length;
    await look(minuteMs);
    expect(asked.length).toBe(before);
    connected = true;
    await look(2_500);
    expect(asked.length).toBeGreaterThanOrEqual(before + 2);
  });

  it('asks a dealer that gave a wrong share once a minute, and names it each time (P2)', async () => {
    answer = given(1n);
    expect(await look(10 * minuteMs)).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(11);
    expect(alarms).toEqual(asked.map(() => 'OPRF_DEALER_LIED'));
  });
});
