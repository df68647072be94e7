import type { Stream } from '@libp2p/interface';
import { encode } from 'it-length-prefixed';
import { afterEach, describe, expect, it } from 'vitest';
import { FrameReader } from '../../src/network/frames.ts';
import { encodeRequest } from '../../src/network/sync-wire.ts';
import { bytesOf, connected, Federation, isOver, type TestMember, until } from './federation.ts';

/** Slow peers, silent peers, greedy peers: everything that waits is bounded. */

let federation: Federation;
afterEach(() => federation.end());

function numbered(length: number, number: number): Uint8Array {
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/** A peer that takes the stream of a channel and then reads nothing, until told to. */
async function slowReader(
  channel: 'consensus' | 'entries',
  settings: object,
): Promise<{ sender: TestMember; stream: Stream; numbers: number[] }> {
  federation = await Federation.create(2);
  const sender = await federation.start('city1', { settings });
  const slow = await federation.intruder({ secret: federation.key('city0').secret });
  const numbers: number[] = [];
  let stream: Stream | undefined;
  await slow.handle(federation.protocols.channels[channel], (incoming) => {
    stream = incoming;
    const reader = new FrameReader(1 << 20, (message) => numbers.push(new DataView(message.buffer).getUint32(0)));
    incoming.addEventListener('message', (event) => {
      for (const chunk of event.data instanceof Uint8Array ? [event.data] : event.data) reader.push(chunk);
    });
  });
  await slow.dial(federation.addressOf('city1'));
  sender.network.send(0, channel, numbered(4, 0xffffffff));
  await until(() => {
    // Before the connection counts here, nothing is kept for it.
    if (numbers.length === 0) sender.network.send(0, channel, numbered(4, 0xffffffff));
    return numbers.length > 0;
  });
  const opened = stream as unknown as Stream;
  opened.pause();
  numbers.length = 0;
  return { sender, stream: opened, numbers };
}

describe('a slow reader', () => {
  it('costs a bounded queue of votes, of which the oldest go', async () => {
    const framesMax = 100;
    const { sender, stream, numbers } = await slowReader('consensus', { consensusQueueFramesMax: framesMax });
    const count = 8000;
    for (let i = 0; i < count; i++) {
      sender.network.send(0, 'consensus', numbered(4096, i));
      if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(sender.peer('city0').queued?.consensus.frames).toBeLessThanOrEqual(framesMax);
    }
    const { dropped } = sender.network.traffic();
    expect(dropped).toBeGreaterThan(0);
    expect(sender.peer('city0').queued?.consensus.dropped).toBe(dropped);
    stream.resume();
    await until(() => numbers.at(-1) === count - 1);
    const sent = numbers.filter((number) => number !== 0xffffffff);
    expect(sent.length).toBe(count - dropped);
    expect(sent.slice(-framesMax)).toEqual(Array.from({ length: framesMax }, (_, i) => count - framesMax + i));
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  });

  it('costs bounded bytes of entries, of which the newest go, so that it misses no entry between two', async () => {
    const bytesMax = 4 * 1024 * 1024;
    const { sender, stream, numbers } = await slowReader('entries', { entriesQueueBytesMax: bytesMax });
    const count = 400;
    for (let i = 0; i < count; i++) {
      sender.network.send(0, 'entries', numbered(65_536, i));
      if (i % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(sender.peer('city0').queued?.entries.bytes).toBeLessThanOrEqual(bytesMax);
    }
    const { dropped } = sender.network.traffic();
    expect(dropped).toBeGreaterThan(0);
    stream.resume();
    await until(() => numbers.filter((number) => number !== 0xffffffff).length === count - dropped);
    sender.network.send(0, 'entries', numbered(4, 1_000_000));
    await until(() => numbers.at(-1) === 1_000_000);
    const sent = numbers.filter((number) => number < 1_000_000);
    expect(sent).toEqual(Array.from({ length: count - dropped }, (_, i) => i));
  });

  it('of entries does not hold up votes to itself or anything to others', async () => {
    const { sender } = await slowReader('entries', { entriesQueueBytesMax: 1024 * 1024 });
    for (let i = 0; i < 100; i++) sender.network.send(0, 'entries', numbered(65_536, i));
    const [slow] = federation.intruders;
    const votes: string[] = [];
    await slow?.handle(federation.protocols.channels.consensus, (stream) => {
      stream.addEventListener('message', (event) => votes.push(Buffer.from(event.data.subarray()).toString()));
    });
    await until(() => {
      sender.network.send(0, 'consensus', bytesOf('a vote'));
      return votes.length > 0;
    });
  });
});

describe('an absent peer', () => {
  it('costs nothing: what it misses it will ask for', async () => {
    federation = await Federation.create(2);
    const member = await federation.start('city0');
    for (let i = 0; i < 1000; i++) member.network.broadcast('consensus', new Uint8Array(300));
    expect(member.network.traffic()).toMatchObject({
      unsent: 1000,
      dropped: 0,
      channels: { consensus: { messagesOut: 0 } },
    });
    expect(member.peer('city1').queued?.consensus).toEqual({ frames: 0, bytes: 0, dropped: 0 });
    await expect(member.network.request(1, bytesOf('?'), 60_000)).rejects.toMatchObject({ code: 'PEER_NOT_CONNECTED' });
    await expect(member.network.request(7, bytesOf('?'), 60_000)).rejects.toMatchObject({ code: 'PEER_NOT_CONNECTED' });
    await expect(member.network.request(0, bytesOf('?'), 60_000)).rejects.toMatchObject({ code: 'PEER_NOT_CONNECTED' });
  });
});

describe('requests', () => {
  async function pair(
    handler: (bytes: Uint8Array) => Promise<Uint8Array>,
    settings: object = {},
  ): Promise<[TestMember, TestMember]> {
    federation = await Federation.create(2);
    const asking = await federation.start('city0');
    const answering = await federation.start('city1', {
      handlers: { onRequest: (_from, bytes) => handler(bytes) },
      settings,
    });
    await connected(federation);
    return [asking, answering];
  }

  it('time out, and their late replies do no harm', async () => {
    const late: (() => void)[] = [];
    const [asking] = await pair((bytes) =>
      bytes.length === 1 ? new Promise((resolve) => late.push(() => resolve(bytes))) : Promise.resolve(bytes),
    );
    await expect(asking.network.request(1, bytesOf('?'), 1)).rejects.toMatchObject({ code: 'REQUEST_TIMEOUT' });
    await expect(asking.network.request(1, bytesOf('?'), 500)).rejects.toMatchObject({ code: 'REQUEST_TIMEOUT' });
    for (const reply of late) reply();
    expect(await asking.network.request(1, bytesOf('next'), 60_000)).toHaveLength(4);
    expect(asking.network.traffic().malformed).toBe(0);
  });

  it('of a peer that takes them and never answers end with a new stream (G2)', async () => {
    federation = await Federation.create(2);
    const asking = await federation.start('city1');
    const mute = await federation.intruder({ secret: federation.key('city0').secret });
    const streams: Stream[] = [];
    await mute.handle(federation.protocols.sync, (stream) => void streams.push(stream));
    await mute.dial(federation.addressOf('city1'));
    await until(() => asking.connectedTo().length === 1);
    await until(async () => {
      const failure = await asking.network.request(0, bytesOf('?'), 1).catch((error: unknown) => error);
      expect((failure as { code: string }).code).toMatch(/^(REQUEST_TIMEOUT|PEER_NOT_CONNECTED)$/);
      return streams.length > 1;
    });
    expect(streams[0] === undefined || isOver(streams[0])).toBe(true);
  });

  it('are answered a bounded number at a time, the others wait their turn', async () => {
    let running = 0;
    let most = 0;
    const [asking] = await pair(async (bytes) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return bytes;
    });
    await Promise.all(Array.from({ length: 100 }, () => asking.network.request(1, bytesOf('?'), 60_000)));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('beyond the rate are refused with the time to wait', async () => {
    const [asking, answering] = await pair((bytes) => Promise.resolve(bytes), {
      syncRequestsPerSecond: 0.001,
      syncRequestsBurst: 2,
    });
    await asking.network.request(1, bytesOf('1'), 60_000);
    await asking.network.request(1, bytesOf('2'), 60_000);
    const refusal = await asking.network.request(1, bytesOf('3'), 60_000).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED' });
    expect((refusal as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(1000);
    expect(answering.requests).toHaveLength(2);
    expect(answering.network.traffic().requestsRefused).toBe(1);
  });

  it('beyond the places of a peer are refused, not queued', async () => {
    const [asking, answering] = await pair(() => new Promise(() => undefined), { syncConcurrencyMax: 2 });
    const answers = Array.from({ length: 3 }, () => asking.network.request(1, bytesOf('?'), 60_000));
    for (const answer of answers) answer.catch(() => undefined);
    await expect(Promise.race(answers)).rejects.toMatchObject({ code: 'BUSY', retryAfterMs: 100 });
    expect(answering.requests).toHaveLength(2);
  });

  it('that are too large are not sent, and replies that are too large are not either', async () => {
    const [asking, answering] = await pair(() => Promise.resolve(new Uint8Array(2 * 1024 * 1024 + 1)));
    await expect(asking.network.request(1, new Uint8Array(1025), 60_000)).rejects.toMatchObject({
      code: 'REQUEST_TOO_LARGE',
    });
    await expect(asking.network.request(1, new Uint8Array(0), 60_000)).rejects.toMatchObject({
      code: 'REQUEST_TOO_LARGE',
    });
    await expect(asking.network.request(1, bytesOf('?'), 60_000)).rejects.toMatchObject({ code: 'REQUEST_FAILED' });
    expect(answering.errors).toEqual(['request handler failed']);
  });

  it('end when the peer goes, and when we stop', async () => {
    const [asking, answering] = await pair(() => new Promise(() => undefined));
    const pending = asking.network.request(1, bytesOf('?'), 3_600_000);
    pending.catch(() => undefined);
    await until(() => answering.requests.length === 1);
    await federation.stop(answering);
    await expect(pending).rejects.toMatchObject({ code: 'PEER_NOT_CONNECTED' });
    await federation.start('city1', { handlers: { onRequest: () => new Promise(() => undefined) } });
    await connected(federation);
    const another = asking.network.request(1, bytesOf('?'), 3_600_000);
    another.catch(() => undefined);
    await federation.stop(asking);
    await expect(another).rejects.toMatchObject({ code: 'NETWORK_STOPPED' });
    await expect(asking.network.request(1, bytesOf('?'), 60_000)).rejects.toMatchObject({ code: 'NETWORK_STOPPED' });
  });

  it('of a peer that never reads the replies hold a bounded number of them, and end with its stream', async () => {
    federation = await Federation.create(2);
    const large = new Uint8Array(2 * 1024 * 1024);
    const victim = await federation.start('city1', {
      handlers: { onRequest: () => Promise.resolve(large) },
      settings: {
        strikeMs: 1,
        strikeCapMs: 1,
        syncRequestsPerSecond: 1e6,
        syncRequestsBurst: 1e6,
        syncRefusalsUnreadMax: 50,
      },
    });
    const greedy = await federation.intruder({ secret: federation.key('city0').secret });
    const stream = await greedy.dialProtocol(federation.addressOf('city1'), federation.protocols.sync);
    stream.pause();
    for (let i = 0; i < 200; i++) stream.send(encode.single(encodeRequest(i + 1, bytesOf('more'))));
    await until(() => isOver(stream));
    // Eight at a time, and a few more whose replies the buffers of stream and socket took before they were full.
    expect(victim.requests.length).toBeLessThan(32);
    expect(victim.network.traffic()).toMatchObject({ malformed: 1 });
    // Its places are free again.
    await until(async () => {
      const next = await greedy.dialProtocol(federation.addressOf('city1'), federation.protocols.sync);
      let bytes = 0;
      next.addEventListener('message', (event) => {
        bytes += event.data.byteLength;
      });
      // Refused for a while.
      if (isOver(next)) return false;
      next.send(encode.single(encodeRequest(1, bytesOf('one'))));
      await until(() => isOver(next) || bytes > large.length);
      return bytes > large.length;
    });
  });
});
