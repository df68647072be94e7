import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createNetwork } from '../../src/network/index.ts';
import { bytesOf, connected, Federation, publishUntil, type TestMember, until } from './federation.ts';

let federation: Federation;
afterEach(() => federation.end());

describe('a network', () => {
  it('finds a peer again that restarted, by dialing and by being dialed, and all ways work again', async () => {
    federation = await Federation.create(3);
    for (let i = 0; i < 3; i++) await federation.start(`city${i}`);
    await connected(federation);
    const [first, middle, last] = federation.members as [TestMember, TestMember, TestMember];
    for (let round = 0; round < 2; round++) {
      // The middle one is dialed by the first and dials the last.
      await federation.stop(
        round === 0 ? middle : (federation.members.find(({ name }) => name === 'city1') as TestMember),
      );
      await until(() => !first.connectedTo().includes('city1') && !last.connectedTo().includes('city1'));
      const restarted = await federation.start('city1');
      await connected(federation);
      first.network.broadcast('consensus', bytesOf('welcome'));
      last.network.broadcast('entries', bytesOf('back'));
      await until(() => restarted.texts.includes('welcome') && restarted.texts.includes('back'));
      expect(await first.network.request(1, bytesOf('well?'), 60_000)).toHaveLength(5);
      expect(await restarted.network.request(2, bytesOf('well?'), 60_000)).toHaveLength(5);
      await publishUntil(first, 'final', `round ${round}`, (text) => restarted.texts.includes(text));
    }
  });

  it('goes on dialing a peer that was never there, until it comes', async () => {
    federation = await Federation.create(2);
    const first = await federation.start('city0');
    federation.addresses.city1 = ['/ip4/127.0.0.1/tcp/1', 'not a multiaddr'];
    await until(() => first.warnings.length > 0);
    await federation.start('city1');
    await connected(federation);
  });

  it('connects a pair whose lower peer id cannot reach the higher one: that one loses patience and dials, again and again', async () => {
    federation = await Federation.create(2);
    const settings = { patienceMs: 10 };
    for (let round = 1; round <= 2; round++) {
      const lower = await federation.start('city0', { without: ['city1'] });
      const higher =
        federation.members.find(({ name }) => name === 'city1') ?? (await federation.start('city1', { settings }));
      await connected(federation);
      expect(higher.peer('city0').address).toBe(federation.addresses.city0?.[0]);
      lower.network.broadcast('consensus', bytesOf(`down ${round}`));
      higher.network.broadcast('consensus', bytesOf(`up ${round}`));
      await until(() => higher.texts.includes(`down ${round}`) && lower.texts.includes(`up ${round}`));
      await federation.stop(lower);
      await until(() => higher.connectedTo().length === 0);
    }
  });

  it.each([
    ['while it runs', true],
    ['before it starts', false],
  ])('C12: dials a city that moved at its addresses of the present set, told of them %s', async (_, running) => {
    federation = await Federation.create(2);
    const nowhere = ['/ip4/127.0.0.1/tcp/1'];
    const movedTo = (addresses: readonly string[]) => ({
      ...federation.genesis,
      authorities: federation.genesis.authorities.map((authority) =>
        authority.index === 1 ? { ...authority, addresses } : authority,
      ),
    });
    // Nobody is told of addresses in the config; a second attempt on its own would be an hour away.
    const settings = { backOffMs: 3_600_000, backOffCapMs: 7_200_000 };
    const genesis = movedTo(nowhere);
    const moved = await federation.start('city1', { genesis, addresses: {} });
    const present = movedTo(moved.network.addresses());
    const dialing = await federation.createNetwork('city0', { genesis, addresses: {}, settings });
    federation.members.push(dialing);
    if (!running) dialing.network.follow(present);
    await dialing.network.start();
    if (running) dialing.network.follow(present);
    await until(() => dialing.connectedTo().includes('city1'));
  });

  it('C12: who is told of a later set finds its members, and stays with them while it catches up through those before', async () => {
    federation = await Federation.create(2);
    const { genesis } = federation;
    // In the set of the genesis file City 1 has another network key, at an address where nobody is.
    const first = {
      ...genesis,
      authorities: genesis.authorities.map((authority) =>
        authority.index === 1
          ? { ...authority, peerId: federation.key('city0').peerId.replace(/.{4}$/, 'zzzz') }
          : authority,
      ),
    };
    const later = (epoch: number) => ({ ...genesis, epoch });
    await federation.start('city1', { genesis: later(2) });
    const newcomer = await federation.start('city0', { genesis: later(2) });
    await until(() => newcomer.connectedTo().includes('city1'));
    for (const set of [first, { ...first, epoch: 1 }]) newcomer.network.follow(set);
    expect(newcomer.connectedTo()).toEqual(['city1']);
    newcomer.network.follow(later(2));
    expect(newcomer.connectedTo()).toEqual(['city1']);
    // A set after the one that it was told of counts.
    newcomer.network.follow({ ...first, epoch: 3 });
    await until(() => newcomer.connectedTo().length === 0);
  });

  it('opens a broken stream again on the same connection', async () => {
    federation = await Federation.create(2);
    const sender = await federation.start('city1');
    const peer = await federation.intruder({ secret: federation.key('city0').secret });
    let streams = 0;
    await peer.handle(federation.protocols.channels.consensus, (stream) => {
      streams += 1;
      if (streams < 4) stream.abort(new Error('broken'));
    });
    const connection = await peer.dial(federation.addressOf('city1'));
    await until(() => streams === 4);
    expect(connection.status).toBe('open');
    expect(sender.connectedTo()).toEqual(['city0']);
  });

  it('starts and stops more than once asked without harm, and keeps nothing running', async () => {
    federation = await Federation.create(2);
    const first = await federation.start('city0');
    await first.network.start();
    await federation.start('city1');
    await connected(federation);
    await first.network.stop();
    await first.network.stop();
    expect(first.connectedTo()).toEqual([]);
    first.network.broadcast('consensus', bytesOf('into the void'));
    first.network.publish('lanes', bytesOf('into the void'));
    await until(() => federation.members[1]?.connectedTo().length === 0);
  });

  it('says what to do when the port is taken', async () => {
    federation = await Federation.create(2);
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const member = await federation.createNetwork('city0', { listen: [`/ip4/127.0.0.1/tcp/${port}`] });
    await expect(member.network.start()).rejects.toMatchObject({
      code: 'NETWORK_START_FAILED',
      message: `The network did not start: address already in use 127.0.0.1:${port}. Check the listen addresses, and that no other program uses the port.`,
    });
    await member.network.stop();
    await new Promise((resolve) => server.close(resolve));
  });

  it("refuses a name that is no member's, and a key that is another's or none", async () => {
    federation = await Federation.create(2);
    const options = (self: string, networkSecret: Uint8Array) => ({
      genesis: federation.genesis,
      self,
      networkSecret,
      listen: [],
      peers: {},
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      handlers: {
        onMessage: () => undefined,
        onRequest: async () => bytesOf(''),
        verifyGossip: () => 'accept' as const,
        onPeersChanged: () => undefined,
      },
    });
    await expect(createNetwork(options('nowhere', federation.key('city0').secret))).rejects.toMatchObject({
      code: 'NOT_A_MEMBER',
    });
    await expect(createNetwork(options('city0', federation.key('city1').secret))).rejects.toMatchObject({
      code: 'NETWORK_KEY_MISMATCH',
    });
    await expect(createNetwork(options('city0', new Uint8Array(31)))).rejects.toMatchObject({
      code: 'NETWORK_KEY_INVALID',
    });
  });
});
