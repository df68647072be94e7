import { createHash } from 'node:crypto';
import type { Libp2p, MessageStream, Stream } from '@libp2p/interface';
import { encode } from 'it-length-prefixed';
import { afterEach, describe, expect, it } from 'vitest';
import { bytesOf, connected, Federation, isOver, publishUntil, type TestMember, until } from './federation.ts';

/** Bad input at every door of the network: who connects, which streams, what frames. */

let federation: Federation;
afterEach(() => federation.end());

/** `city1` to `city3` run; the returned node has `city0`'s key, whose part it is to dial, and says what it likes. */
async function threeAndLiar(
  options: { strikeMs?: number; onRaw?: (connection: MessageStream) => void } = {},
): Promise<{ liar: Libp2p; victim: TestMember }> {
  federation = await Federation.create(4);
  const never = 3_600_000;
  const settings = {
    strikeMs: options.strikeMs ?? 1,
    strikeCapMs: options.strikeMs ?? 1,
    // Nothing but what the test is about may close the liar's connection.
    pingIntervalMs: never,
    gossipCheckMs: never,
  };
  const victim = await federation.start('city1', { settings });
  await federation.start('city2');
  await federation.start('city3');
  const liar = await federation.intruder({
    secret: federation.key('city0').secret,
    ...(options.onRaw === undefined ? {} : { onRaw: options.onRaw }),
  });
  await liar.dial(federation.addressOf('city1'));
  await until(() => victim.connectedTo().length === 3);
  return { liar, victim };
}

/** The victim still does its work with the others. */
async function lives(victim: TestMember): Promise<void> {
  const other = federation.members.find((member) => member.name === 'city2') as TestMember;
  const text = `still here ${victim.received.length}`;
  other.network.send(1, 'consensus', bytesOf(text));
  await until(() => victim.texts.includes(text));
  expect(Buffer.from(await other.network.request(1, bytesOf('well?'), 60_000)).toString()).toBe('well?');
  expect(victim.errors).toEqual([]);
}

const peerOf = (name: string) => federation.addressOf(name);

describe('who may connect (G1)', () => {
  it('a stranger is refused', async () => {
    federation = await Federation.create(2);
    const [victim] = [await federation.start('city0'), await federation.start('city1')];
    await connected(federation);
    const stranger = await federation.intruder();
    const connection = await stranger.dial(peerOf('city0')).catch(() => undefined);
    await until(() => victim.network.traffic().refusedConnections === 1);
    if (connection !== undefined) await until(() => connection.status !== 'open');
    expect(victim.connectedTo()).toEqual(['city1']);
  });

  it('beside a connection that the lower peer id dialed, none that the higher one dials', async () => {
    federation = await Federation.create(2);
    const victim = await federation.start('city0');
    await federation.start('city1');
    await connected(federation);
    const address = victim.peer('city1').address;
    const twin = await federation.intruder({ secret: federation.key('city1').secret });
    const connection = await twin.dial(peerOf('city0')).catch(() => undefined);
    await until(() => victim.network.traffic().refusedConnections === 1);
    await until(() => connection?.status !== 'open');
    expect(victim.peer('city1')).toMatchObject({ connected: true, address });
    expect(victim.peersChanged).toBe(1);
  });

  it('a connection that the lower peer id dials takes the place of one that the higher one dialed', async () => {
    federation = await Federation.create(2);
    const lower = await federation.intruder({
      secret: federation.key('city0').secret,
      listen: ['/ip4/127.0.0.1/tcp/0'],
    });
    federation.addresses.city0 = lower.getMultiaddrs().map((address) => address.toString());
    const victim = await federation.start('city1', { settings: { patienceMs: 1 } });
    await until(() => lower.getConnections().length === 1);
    const [dialed] = lower.getConnections();
    await lower.dial(peerOf('city1'), { force: true });
    await until(() => dialed?.status !== 'open');
    expect(victim.connectedTo()).toEqual(['city0']);
    const stream = await lower.dialProtocol(peerOf('city1'), federation.protocols.channels.consensus);
    stream.send(encode.single(bytesOf('on the proper one')));
    await until(() => victim.texts.includes('on the proper one'));
  });

  it('a member of another federation does not get through the handshake, though its key is known here', async () => {
    federation = await Federation.create(2);
    const victim = await federation.start('city1');
    const foreigner = await federation.intruder({
      secret: federation.key('city0').secret,
      federationId: createHash('sha256').update('another').digest(),
    });
    await expect(foreigner.dial(peerOf('city1'))).rejects.toThrow();
    expect(victim.connectedTo()).toEqual([]);
    expect(victim.peersChanged).toBe(0);
  });

  it("another federation's protocols are not spoken", async () => {
    const { liar, victim } = await threeAndLiar();
    for (const name of ['consensus', 'entries', 'sync']) {
      await expect(liar.dialProtocol(peerOf('city1'), `/hansa/1/00000000/${name}`)).rejects.toThrow();
    }
    await lives(victim);
  });

  it('an observer may not open the streams of the authorities', async () => {
    federation = await Federation.create(2, 1);
    const victim = await federation.start('city1');
    const liar = await federation.intruder({ secret: federation.key('observer0').secret });
    await liar.dial(peerOf('city1'));
    for (const protocol of Object.values(federation.protocols.channels)) {
      const stream = await liar.dialProtocol(peerOf('city1'), protocol);
      await until(() => isOver(stream));
    }
    expect(victim.network.traffic().refusedStreams).toBe(2);
    expect(victim.received).toEqual([]);
  });

  it('of two connections of one member the newer counts, as after a restart', async () => {
    const { liar, victim } = await threeAndLiar();
    const [older] = liar.getConnections();
    await liar.dial(peerOf('city1'), { force: true });
    await until(() => older?.status !== 'open');
    expect(victim.connectedTo()).toHaveLength(3);
    const stream = await liar.dialProtocol(peerOf('city1'), federation.protocols.channels.consensus);
    stream.send(encode.single(bytesOf('on the newer')));
    await until(() => victim.texts.includes('on the newer'));
  });
});

describe.each(['consensus', 'entries'] as const)('the %s stream', (channel) => {
  const open = (liar: Libp2p): Promise<Stream> =>
    liar.dialProtocol(peerOf('city1'), federation.protocols.channels[channel]);

  it.each([
    ['an oversize frame', Uint8Array.of(0xff, 0xff, 0xff, 0x7f, 1, 2, 3)],
    ['an empty frame', Uint8Array.of(0)],
    ['a length without end', new Uint8Array(100).fill(0xff)],
    ['a good frame and then garbage', Uint8Array.of(4, 103, 111, 111, 100, 0x80, 0x80, 0x80, 0x80)],
  ])('is closed by %s; the peer stays and may come again', async (_what, bytes) => {
    const { liar, victim } = await threeAndLiar();
    const bad = await open(liar);
    bad.send(bytes);
    await until(() => isOver(bad));
    expect(victim.network.traffic().malformed).toBe(1);
    expect(victim.peer('city0')).toMatchObject({ connected: true, malformed: 1 });
    await until(async () => {
      const good = await open(liar);
      if (isOver(good)) return false;
      good.send(encode.single(bytesOf('better')));
      await until(() => isOver(good) || victim.texts.includes('better'));
      return victim.texts.includes('better');
    });
    expect(victim.received.at(-1)?.from).toBe(0);
    await lives(victim);
  });

  it('is closed when it ends inside a frame', async () => {
    const { liar, victim } = await threeAndLiar();
    const bad = await open(liar);
    bad.send(encode.single(bytesOf('whole')));
    bad.send(encode.single(new Uint8Array(1000)).subarray(0, 500));
    await bad.close();
    await until(() => victim.network.traffic().malformed === 1);
    expect(victim.texts).toContain('whole');
    await lives(victim);
  });

  it('may end between frames', async () => {
    const { liar, victim } = await threeAndLiar();
    const stream = await open(liar);
    stream.send(encode.single(bytesOf('whole')));
    await stream.close();
    await until(() => isOver(stream));
    await until(() => victim.texts.includes('whole'));
    expect(victim.network.traffic().malformed).toBe(0);
  });

  it('stays closed for a while after a malformed frame', async () => {
    const { liar, victim } = await threeAndLiar({ strikeMs: 3_600_000 });
    const bad = await open(liar);
    bad.send(Uint8Array.of(0));
    await until(() => isOver(bad));
    const again = await open(liar);
    await until(() => isOver(again));
    expect(victim.network.traffic()).toMatchObject({ malformed: 1, refusedStreams: 1 });
    await lives(victim);
  });

  it('is closed, and stays so for a while, when its peer is to be kept away; other peers go on (G1)', async () => {
    const { liar, victim } = await threeAndLiar({ strikeMs: 3_600_000 });
    const bad = await open(liar);
    bad.send(encode.single(bytesOf('a vote that nobody signed')));
    await until(() => victim.texts.includes('a vote that nobody signed'));
    victim.network.keepAway(0, 'wrong-signature');
    await until(() => isOver(bad));
    for (const protocol of Object.values(federation.protocols.channels)) {
      const again = await liar.dialProtocol(peerOf('city1'), protocol);
      await until(() => isOver(again));
    }
    expect(victim.network.traffic()).toMatchObject({ malformed: 1, refusedStreams: 2 });
    expect(victim.peer('city0')).toMatchObject({ malformed: 1, connected: true });
    await lives(victim);
  });

  it('is one a peer: a newer one replaces it', async () => {
    const { liar, victim } = await threeAndLiar();
    const streams: Stream[] = [];
    for (let i = 0; i < 4; i++) streams.push(await open(liar));
    await until(() => streams.slice(0, 3).every(isOver));
    streams[3]?.send(encode.single(bytesOf('newest')));
    await until(() => victim.texts.includes('newest'));
  });
});

describe('the sync stream', () => {
  it.each([
    ['an oversize request', encode.single(new Uint8Array(1100)).subarray()],
    ['a request without an id', encode.single(new Uint8Array(3)).subarray()],
    ['garbage', new Uint8Array(100).fill(0xff)],
  ])('is closed by %s', async (_what, bytes) => {
    const { liar, victim } = await threeAndLiar();
    const stream = await liar.dialProtocol(peerOf('city1'), federation.protocols.sync);
    stream.send(bytes);
    await until(() => isOver(stream));
    expect(victim.network.traffic().malformed).toBe(1);
    expect(victim.requests).toEqual([]);
    await lives(victim);
  });

  it('is closed when it ends inside a request', async () => {
    const { liar, victim } = await threeAndLiar();
    const stream = await liar.dialProtocol(peerOf('city1'), federation.protocols.sync);
    stream.send(encode.single(new Uint8Array(100)).subarray(0, 50));
    await stream.close();
    await until(() => victim.network.traffic().malformed === 1);
    await lives(victim);
  });

  it('stays closed for a while after a malformed request (G2)', async () => {
    const { liar, victim } = await threeAndLiar({ strikeMs: 3_600_000 });
    for (const _attempt of [1, 2]) {
      const stream = await liar.dialProtocol(peerOf('city1'), federation.protocols.sync);
      if (!isOver(stream)) stream.send(new Uint8Array(100).fill(0xff));
      await until(() => isOver(stream));
    }
    expect(victim.network.traffic()).toMatchObject({ malformed: 1, refusedStreams: 1 });
    await lives(victim);
  });

  it.each([
    ['to nothing that was asked', Uint8Array.of(0, 0, 0, 99, 0, 1)],
    ['of an unknown kind', Uint8Array.of(0, 0, 0, 1, 7, 1)],
    ['that is cut off', Uint8Array.of(0, 0, 0)],
    ['larger than a reply may be', new Uint8Array(2 * 1024 * 1024 + 64)],
  ])('is closed by a reply %s, and the request fails', async (_what, reply) => {
    const { liar, victim } = await threeAndLiar();
    await liar.handle(federation.protocols.sync, (stream) => {
      stream.addEventListener('message', () => void stream.send(encode.single(reply)));
    });
    await expect(victim.network.request(0, bytesOf('well?'), 60_000)).rejects.toMatchObject({
      code: 'PEER_NOT_CONNECTED',
    });
    expect(victim.network.traffic().malformed).toBe(1);
    await lives(victim);
  });
});

describe('gossip', () => {
  it('survives RPCs that are none', async () => {
    const { liar, victim } = await threeAndLiar();
    const garbage = [
      new Uint8Array(100).fill(0xff),
      encode.single(new Uint8Array(50).fill(0xff)).subarray(),
      encode.single(new Uint8Array(5)).subarray(0, 3),
    ];
    for (const bytes of garbage) {
      const stream = await liar.dialProtocol(peerOf('city1'), '/meshsub/1.2.0');
      stream.send(bytes);
      await stream.close();
    }
    const other = federation.members.find((member) => member.name === 'city2') as TestMember;
    await publishUntil(other, 'lanes', 'fine', (text) => victim.texts.includes(text));
    await lives(victim);
  });

  it('that verification rejects is not delivered and not forwarded, valid gossip is (G1)', async () => {
    federation = await Federation.create(3);
    // A line: city0 - city1 - city2.
    const first = await federation.start('city0', { without: ['city2'] });
    const rejectLies = (text: string) =>
      text.startsWith('lie') ? 'reject' : text.startsWith('stale') ? 'ignore' : 'accept';
    const second = await federation.start('city1', {
      handlers: { verifyGossip: (_topic, bytes) => rejectLies(Buffer.from(bytes).toString()) },
    });
    const third = await federation.start('city2');
    await until(() => second.connectedTo().length === 2);
    await publishUntil(first, 'lanes', 'true', (text) => third.texts.includes(text));
    expect(third.received[0]?.from).toBe(1);
    first.network.publish('lanes', bytesOf('lie'));
    first.network.publish('lanes', bytesOf('stale'));
    await until(() => second.network.traffic().gossipRejected === 1 && second.network.traffic().gossipIgnored === 1);
    // What was said after the lie has come all the way.
    await publishUntil(first, 'lanes', 'true again', (text) => third.texts.includes(text));
    const heard = [...second.texts, ...third.texts, ...third.verified.map(({ text }) => text)];
    expect(heard.filter((text) => !text.startsWith('true'))).toEqual([]);
  });
});

describe('the multiplexer', () => {
  it('does not collect a frame of the gigabytes that its header announces', async () => {
    let raw: MessageStream | undefined;
    const { victim } = await threeAndLiar({
      onRaw: (connection) => {
        raw = connection;
      },
    });
    // Version 0, data, no flags, stream 99, length 2^31.
    raw?.send(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 99, 0x80, 0, 0, 0));
    const junk = new Uint8Array(1024 * 1024);
    for (let i = 0; i < 6; i++) raw?.send(junk);
    await until(() => !victim.connectedTo().includes('city0'));
    expect(victim.network.traffic().bytesIn).toBeLessThan(8 * 1024 * 1024);
    await lives(victim);
  });

  it('closes a connection that talks nonsense', async () => {
    let raw: MessageStream | undefined;
    const { victim } = await threeAndLiar({
      onRaw: (connection) => {
        raw = connection;
      },
    });
    raw?.send(new Uint8Array(100).fill(0xff));
    await until(() => !victim.connectedTo().includes('city0'));
    await lives(victim);
  });
});
