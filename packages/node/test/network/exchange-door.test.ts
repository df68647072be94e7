import type { Libp2p } from '@libp2p/interface';
import { encode } from 'it-length-prefixed';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultNetworkSettings, type NetworkSettings } from '../../src/network/settings.ts';
import type { NetworkHandlers } from '../../src/network/types.ts';
import { bytesOf, connected, Federation, isOver, type TestMember, until } from './federation.ts';

/** The door of the exchange: a stream of its own, between authorities only, with bounds of its own. */

let federation: Federation;
afterEach(() => federation.end());

type Asked = NonNullable<NetworkHandlers['onAsked']>;

async function pair(
  onAsked?: Asked,
  exchange: Partial<NetworkSettings['doors']['exchange']> = {},
): Promise<readonly [TestMember, TestMember]> {
  federation = await Federation.create(2);
  const doors = {
    ...defaultNetworkSettings.doors,
    exchange: { ...defaultNetworkSettings.doors.exchange, ...exchange },
  };
  const asking = await federation.start('city0', { settings: { doors } });
  const answering = await federation.start('city1', {
    settings: { doors },
    ...(onAsked === undefined ? {} : { handlers: { onAsked } }),
  });
  await connected(federation);
  return [asking, answering];
}

/** `city1` runs and answers; the returned node has `city0`'s key and says on the wire whatever a test wants. */
async function victimAndLiar(settings: Partial<NetworkSettings>): Promise<{ liar: Libp2p; victim: TestMember }> {
  federation = await Federation.create(2);
  const never = 3_600_000;
  const victim = await federation.start('city1', {
    handlers: { onAsked: async (_door, _from, bytes) => bytes },
    settings: { pingIntervalMs: never, gossipCheckMs: never, ...settings },
  });
  const liar = await federation.intruder({ secret: federation.key('city0').secret });
  await liar.dial(federation.addressOf('city1'));
  await until(() => victim.connectedTo().length === 1);
  return { liar, victim };
}

describe('the exchange door', () => {
  it('carries a request to the other authority, named by Noise, and the reply back', async () => {
    const [asking] = await pair(async (door, from, bytes) => bytesOf(`${door} ${from} ${Buffer.from(bytes)}`));
    const reply = await asking.network.ask(1, 'exchange', bytesOf('well?'), 60_000);
    expect(Buffer.from(reply).toString()).toBe('exchange 0 well?');
    expect(asking.network.traffic().channels.exchange).toMatchObject({ messagesOut: 1, messagesIn: 1 });
  });

  it('refuses while nobody answers behind it', async () => {
    const [asking] = await pair();
    await expect(asking.network.ask(1, 'exchange', bytesOf('well?'), 60_000)).rejects.toMatchObject({
      code: 'REQUEST_FAILED',
    });
  });

  it('says at once that a request is larger than its bound', async () => {
    const [asking] = await pair(async (_door, _from, bytes) => bytes, { requestBytesMax: 100 });
    await expect(asking.network.ask(1, 'exchange', new Uint8Array(101), 60_000)).rejects.toMatchObject({
      code: 'REQUEST_TOO_LARGE',
    });
  });

  it('is rate-limited for each peer, without touching the sync', async () => {
    const [asking] = await pair(async (_door, _from, bytes) => bytes, { perSecond: 0.001, burst: 2 });
    const ask = () => asking.network.ask(1, 'exchange', bytesOf('well?'), 60_000);
    await ask();
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(Buffer.from(await asking.network.request(1, bytesOf('sync'), 60_000)).toString()).toBe('sync');
  });

  it('is closed to observers', async () => {
    federation = await Federation.create(1, 1);
    const victim = await federation.start('city0', { handlers: { onAsked: async (_door, _from, bytes) => bytes } });
    const observer = await federation.intruder({ secret: federation.key('observer0').secret });
    await observer.dial(federation.addressOf('city0'));
    const stream = await observer.dialProtocol(federation.addressOf('city0'), federation.protocols.doors.exchange);
    await until(() => isOver(stream));
    expect(victim.network.traffic().refusedStreams).toBe(1);
  });
});

describe.each(['exchange', 'oprf'] as const)('the door %s, on the wire', (door) => {
  it.each([
    ['an oversize request', encode.single(new Uint8Array(defaultNetworkSettings.doors[door].requestBytesMax + 64))],
    ['a request without an id', encode.single(new Uint8Array(3))],
    ['garbage', new Uint8Array(100).fill(0xff)],
  ])('is closed by %s', async (_what, bytes) => {
    const { liar, victim } = await victimAndLiar({ strikeMs: 1, strikeCapMs: 1 });
    const stream = await liar.dialProtocol(federation.addressOf('city1'), federation.protocols.doors[door]);
    stream.send(bytes);
    await until(() => isOver(stream));
    expect(victim.network.traffic().malformed).toBe(1);
    expect(victim.errors).toEqual([]);
  });

  it('closes on whoever asks 10,000 times without reading, and lives', async () => {
    // However slow the machine is, no more than the burst is let through.
    const doors = { ...defaultNetworkSettings.doors };
    doors[door] = { ...doors[door], perSecond: 0.001 };
    const { liar, victim } = await victimAndLiar({ strikeMs: 3_600_000, doors });
    const stream = await liar.dialProtocol(federation.addressOf('city1'), federation.protocols.doors[door]);
    const one = encode.single(bytesOf('0001truncated')).subarray();
    const flood = new Uint8Array(one.length * 10_000);
    for (let i = 0; i < 10_000; i++) flood.set(one, i * one.length);
    for (let at = 0; at < flood.length && !isOver(stream); at += 8192) stream.send(flood.subarray(at, at + 8192));
    await until(() => isOver(stream));
    expect(victim.network.traffic().malformed).toBe(1);
    expect(victim.network.traffic().requestsRefused).toBeGreaterThan(0);
    expect(victim.network.traffic().channels[door].messagesIn).toBeLessThanOrEqual(
      2 * defaultNetworkSettings.doors[door].burst,
    );
    expect(victim.peer('city0')?.connected).toBe(true);
  });
});
