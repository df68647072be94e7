import { HansaError } from '@hansa/protocol';
import type { Authority, Policy, VoteSchemeName } from '@hansa/protocol/genesis';
import { MemoryStore } from '@hansa/protocol/replica';
import { pino } from 'pino';
import { type TestFederation, testFederation } from '../../../protocol/test/federation.ts';
import { City } from '../../src/city/city.ts';
import { nativeCrypto } from '../../src/crypto/index.ts';
import type { Network, NetworkHandlers } from '../../src/network/index.ts';

/** Real cities in one process, on a network and stores that are in memory. */
export interface Cities {
  readonly federation: TestFederation;
  readonly cities: readonly City[];
  readonly stop: () => Promise<void>;
  /** Resolves when every city has executed all that any of them holds. */
  readonly settled: () => Promise<void>;
  /** A city that was stopped, opened again on what it had stored; it hears the others from its `start()` on. */
  readonly reopened: (index: number) => Promise<City>;
}

const startedAt = performance.now();

let movedMs = 0;

/** The exports' listings expire: the cities of a test live on the day after they were made, whenever it runs. */
export function testNowMs(): number {
  return Math.floor(Date.UTC(2026, 10, 23, 2) + performance.now() - startedAt + movedMs);
}

/** Lets days go by, for all cities of this test file at once. */
export function moveClocks(ms: number): void {
  movedMs += ms;
}

export async function startCities(
  count: number,
  voteScheme?: VoteSchemeName,
  policy?: Partial<Policy>,
): Promise<Cities> {
  const federation = testFederation(nativeCrypto, count, 'api test federation', voteScheme, policy);
  const wires: (NetworkHandlers | undefined)[] = Array.from({ length: count }, () => undefined);
  const stores = wires.map(() => new MemoryStore());
  const open = (index: number): Promise<City> =>
    City.open({
      genesis: federation.genesis,
      self: federation.genesis.authorities[index] as Authority,
      keys: { lane: federation.laneSecrets[index] as Uint8Array, vote: federation.voteSecrets[index] as Uint8Array },
      crypto: nativeCrypto,
      wallMs: testNowMs,
      store: stores[index] as MemoryStore,
      createNetwork: async (handlers) => {
        wires[index] = handlers;
        return memoryNetwork(federation, index, wires);
      },
      log: pino({ level: 'silent' }),
      onFailure: ({ error }) => {
        throw error;
      },
    });
  const cities = await Promise.all(wires.map((_, index) => open(index)));
  await Promise.all(cities.map((city) => city.start()));
  // R6: until then they take no records.
  await until(() => cities.every((city) => city.status().joined));
  return {
    federation,
    cities,
    reopened: async (index) => {
      const city = await open(index);
      cities[index] = city;
      return city;
    },
    settled: () =>
      until(() => {
        const lanes = cities.map((city) => city.lanes());
        return federation.genesis.authorities.every(({ index }) => {
          const held = Math.max(...lanes.map((views) => views[index]?.heldSequence ?? 0));
          return lanes.every((views) => views[index]?.executedSequence === held);
        });
      }),
    stop: async () => {
      for (const city of cities) await city.stop();
    },
  };
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

function memoryNetwork(federation: TestFederation, self: number, wires: (NetworkHandlers | undefined)[]): Network {
  const { authorities } = federation.genesis;
  let running = false;
  const none = { messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 };
  const deliver = (to: number, bytes: Uint8Array) => {
    setImmediate(() => {
      if (running) wires[to]?.onMessage(self, bytes);
    });
  };
  const others = authorities.map(({ index }) => index).filter((index) => index !== self);
  return {
    start: async () => {
      running = true;
    },
    stop: async () => {
      running = false;
    },
    send: (to, _channel, bytes) => deliver(to, bytes),
    broadcast: (_channel, bytes) => {
      for (const to of others) deliver(to, bytes);
    },
    publish: (topic, bytes) => {
      for (const to of others) if (wires[to]?.verifyGossip(topic, bytes) === 'accept') deliver(to, bytes);
    },
    follow: () => undefined,
    keepAway: (member, why) => {
      throw new Error(`${self} would keep ${member} away: ${why}`);
    },
    request: async (to, bytes) => {
      const handlers = wires[to];
      if (handlers === undefined) throw new Error('not connected');
      return handlers.onRequest(self, bytes);
    },
    ask: async (to, door, bytes) => {
      const handlers = wires[to];
      if (handlers?.onAsked === undefined) throw new HansaError('PEER_NOT_CONNECTED', 'not connected');
      return handlers.onAsked(door, self, bytes);
    },
    peers: () =>
      others.map((index) => ({
        name: authorities[index]?.name ?? '',
        kind: 'authority' as const,
        index,
        connected: running,
        sinceMs: undefined,
        rttMs: undefined,
        address: undefined,
        bytesIn: 0,
        bytesOut: 0,
        queued: undefined,
        malformed: 0,
      })),
    traffic: () => ({
      bytesIn: 0,
      bytesOut: 0,
      channels: { consensus: none, entries: none, lanes: none, final: none, sync: none, exchange: none, oprf: none },
      dropped: 0,
      unsent: 0,
      malformed: 0,
      refusedConnections: 0,
      refusedStreams: 0,
      gossipRejected: 0,
      gossipIgnored: 0,
      requestsRefused: 0,
    }),
    addresses: () => [],
  };
}
