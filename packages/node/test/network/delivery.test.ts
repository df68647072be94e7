import { afterEach, describe, expect, it } from 'vitest';
import { bytesOf, connected, Federation, publishUntil, type TestMember, until } from './federation.ts';

let federation: Federation;
afterEach(() => federation.end());

async function four(observers = 0): Promise<TestMember[]> {
  federation = await Federation.create(4, observers);
  for (let i = 0; i < 4; i++) await federation.start(`city${i}`);
  for (let i = 0; i < observers; i++) await federation.start(`observer${i}`);
  await connected(federation);
  return federation.members;
}

describe('four cities', () => {
  it('connect with one connection a pair, the lower peer id dialing', async () => {
    const members = await four();
    for (const member of members) {
      expect(member.network.peers().map((peer) => peer.connected)).toEqual([true, true, true]);
      for (const peer of member.network.peers()) {
        expect(peer.kind).toBe('authority');
        expect(peer.sinceMs).toBeGreaterThan(0);
        expect(peer.address).toContain('/p2p/');
      }
      expect(member.peersChanged).toBe(3);
      expect(member.network.traffic().refusedConnections).toBe(0);
    }
    // Who dialed knows the listening address.
    expect(members[0]?.peer('city3').address).toBe(federation.addresses.city3?.[0]);
    expect(members[3]?.peer('city0').address).not.toBe(federation.addresses.city0?.[0]);
  });

  it('get votes and entries from the member that sent them, in order, up to the largest frame', async () => {
    const members = await four();
    const large = new Uint8Array(1024 * 1024 + 64 * 1024).fill(0x61);
    for (const [index, member] of members.entries()) {
      for (let i = 0; i < 100; i++) member.network.broadcast('consensus', bytesOf(`vote ${index}.${i}`));
      member.network.broadcast('entries', large);
      member.network.send((index + 1) % 4, 'entries', bytesOf(`only for you, from ${index}`));
    }
    for (const [index, member] of members.entries()) {
      await until(() => member.received.length === 3 * 101 + 1);
      for (const from of [0, 1, 2, 3].filter((other) => other !== index)) {
        const votes = member.received.filter((message) => message.from === from && message.text.startsWith('vote'));
        expect(votes.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, i) => `vote ${from}.${i}`));
        expect(
          member.received.filter((message) => message.from === from && message.bytes.length === large.length),
        ).toHaveLength(1);
      }
      const before = (index + 3) % 4;
      expect(member.received.filter(({ text }) => text.startsWith('only'))).toMatchObject([
        { from: before, text: `only for you, from ${before}` },
      ]);
    }
  });

  it('send nothing that is empty or larger than a frame may be, and say so', async () => {
    const [first, second] = (await four()) as [TestMember, TestMember];
    first.network.broadcast('entries', new Uint8Array(1024 * 1024 + 64 * 1024 + 1));
    first.network.send(1, 'entries', new Uint8Array(0));
    first.network.publish('lanes', new Uint8Array(1024 * 1024 + 64 * 1024 + 1));
    first.network.broadcast('entries', bytesOf('fits'));
    await until(() => second.received.length > 0);
    expect(second.texts).toEqual(['fits']);
    expect(first.errors).toHaveLength(3);
  });

  it('hear gossip once each, from a member, and observers hear it too (G1)', async () => {
    const members = await four(1);
    const [first] = members as [TestMember];
    for (const topic of ['lanes', 'final'] as const) {
      const others = members.filter((member) => member !== first);
      const text = await publishUntil(first, topic, topic, (sent) =>
        others.every((member) => member.texts.includes(sent)),
      );
      for (const member of others) {
        expect(member.texts.filter((heard) => heard === text)).toHaveLength(1);
        expect(member.verified).toContainEqual({ topic, text });
      }
    }
  });

  it('do not hear what an observer publishes, and hear the same words from an authority', async () => {
    const members = await four(1);
    const [first, second, , , observer] = members as [TestMember, TestMember, TestMember, TestMember, TestMember];
    await publishUntil(first, 'lanes', 'ready', (text) => observer.texts.includes(text) && second.texts.includes(text));
    observer.network.publish('lanes', bytesOf('words'));
    // What follows the words on the observer's way has arrived: they would have, too.
    await observer.network.request(1, bytesOf('after'), 60_000);
    await observer.network.request(2, bytesOf('after'), 60_000);
    expect(members.slice(0, 4).flatMap((member) => member.verified.map(({ text }) => text))).not.toContain('words');
    first.network.publish('lanes', bytesOf('words'));
    await until(() => members.slice(1, 4).every((member) => member.texts.includes('words')));
    expect(second.received.find(({ text }) => text === 'words')?.from).not.toBeUndefined();
  });

  it('answer requests of authorities and observers, many at a time and up to the largest reply (G2)', async () => {
    federation = await Federation.create(2, 1);
    const answer = async (_from: number | undefined, bytes: Uint8Array) =>
      bytes.length === 3 ? new Uint8Array(2 * 1024 * 1024).fill(9) : bytes;
    await federation.start('city0', { handlers: { onRequest: answer } });
    await federation.start('city1', { handlers: { onRequest: answer } });
    await federation.start('observer0');
    await connected(federation);
    const [first, second, observer] = federation.members as [TestMember, TestMember, TestMember];
    const texts = Array.from({ length: 100 }, (_, i) => `question ${i}`);
    const replies = await Promise.all(texts.map((text) => first.network.request(1, bytesOf(text), 60_000)));
    expect(replies.map((reply) => Buffer.from(reply).toString())).toEqual(texts);
    expect(second.requests.every(({ from }) => from === 0)).toBe(true);
    expect(await first.network.request(1, bytesOf('big'), 60_000)).toHaveLength(2 * 1024 * 1024);
    expect(Buffer.from(await observer.network.request(0, bytesOf('hello'), 60_000)).toString()).toBe('hello');
    expect(first.requests).toEqual([{ from: undefined, text: 'hello' }]);
  });

  it('count their traffic, by channel, by peer and on the wire', async () => {
    const [first, second, third] = (await four()) as [TestMember, TestMember, TestMember];
    first.network.broadcast('consensus', new Uint8Array(300).fill(1));
    first.network.send(1, 'entries', new Uint8Array(100_000).fill(2));
    await until(() => second.received.length === 2 && third.received.length === 1);
    expect(first.network.traffic().channels.consensus).toEqual({
      messagesIn: 0,
      messagesOut: 3,
      bytesIn: 0,
      bytesOut: 900,
    });
    expect(first.network.traffic().channels.entries).toEqual({
      messagesIn: 0,
      messagesOut: 1,
      bytesIn: 0,
      bytesOut: 100_000,
    });
    expect(second.network.traffic().channels.consensus).toEqual({
      messagesIn: 1,
      messagesOut: 0,
      bytesIn: 300,
      bytesOut: 0,
    });
    const sum = (pick: 'bytesIn' | 'bytesOut') => first.network.peers().reduce((total, peer) => total + peer[pick], 0);
    expect(sum('bytesOut')).toBe(first.network.traffic().bytesOut);
    expect(sum('bytesIn')).toBe(first.network.traffic().bytesIn);
    expect(first.peer('city1').bytesOut).toBeGreaterThan(100_000);
    expect(second.peer('city0').bytesIn).toBeGreaterThan(100_000);
    expect(third.peer('city0').bytesIn).toBeLessThan(100_000);
  });

  it('live on when a handler throws', async () => {
    federation = await Federation.create(2);
    const fail = () => {
      throw new Error('a bug');
    };
    await federation.start('city0');
    const second = await federation.start('city1', {
      handlers: { onMessage: fail, onPeersChanged: fail, onRequest: fail, verifyGossip: fail },
    });
    await connected(federation);
    const [first] = federation.members as [TestMember];
    first.network.broadcast('consensus', bytesOf('one'));
    first.network.broadcast('consensus', bytesOf('two'));
    await until(() => second.received.length === 2);
    await expect(first.network.request(1, bytesOf('x'), 60_000)).rejects.toMatchObject({ code: 'REQUEST_FAILED' });
    await publishUntil(first, 'lanes', 'three', (text) => second.verified.some((seen) => seen.text === text));
    await until(() => second.network.traffic().gossipIgnored > 0);
    expect(second.connectedTo()).toEqual(['city0']);
    expect(second.errors).toContain('message handler failed');
  });
});
