import { createHash } from 'node:crypto';
import { noise } from '@chainsafe/libp2p-noise';
import type { AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys';
import { identify } from '@libp2p/identify';
import type { Libp2p, MessageStream, Stream } from '@libp2p/interface';
import { tcp } from '@libp2p/tcp';
import { yamux } from '@libp2p/yamux';
import { multiaddr } from '@multiformats/multiaddr';
import { createLibp2p } from 'libp2p';
import {
  createNetwork,
  type GossipTopic,
  type Network,
  type NetworkHandlers,
  type NetworkSettings,
  peerIdOf,
} from '../../src/network/index.ts';
import { protocolsOf } from '../../src/network/protocols.ts';

/** Real networks on loopback TCP in one process, with ports that the system chooses. */

/** Waits for a condition; the test's own timeout ends a wait that is in vain. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

interface Key {
  readonly secret: Uint8Array;
  readonly peerId: string;
}

async function keys(label: string, count: number): Promise<Key[]> {
  const all = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const secret = createHash('sha256').update(`${label} ${i}`).digest();
      return { secret, peerId: await peerIdOf(secret) };
    }),
  );
  // Ascending: the authority of a lower index dials.
  return all.sort((a, b) => (a.peerId < b.peerId ? -1 : 1));
}

export interface Received {
  readonly from: AuthorityIndex;
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** A running member that writes down what it gets. */
export class TestMember {
  readonly name: string;
  readonly network: Network;
  readonly received: Received[] = [];
  readonly verified: { topic: GossipTopic; text: string }[] = [];
  readonly requests: { from: AuthorityIndex | undefined; text: string }[] = [];
  readonly warnings: string[] = [];
  readonly errors: string[] = [];
  peersChanged = 0;

  constructor(name: string, network: Network) {
    this.name = name;
    this.network = network;
  }

  get texts(): string[] {
    return this.received.map(({ text }) => text);
  }

  connectedTo(): string[] {
    return this.network
      .peers()
      .filter((peer) => peer.connected)
      .map((peer) => peer.name);
  }

  peer(name: string) {
    const found = this.network.peers().find((peer) => peer.name === name);
    if (found === undefined) throw new Error(`no peer ${name}`);
    return found;
  }
}

export interface MemberOptions {
  readonly handlers?: Partial<NetworkHandlers>;
  readonly settings?: Partial<NetworkSettings>;
  /** Members that this one shall not dial. */
  readonly without?: readonly string[];
  readonly listen?: readonly string[];
  /** Default: that of the federation. */
  readonly genesis?: Genesis;
  /** Where it is told in its config that members listen; default: where they do. */
  readonly addresses?: Readonly<Record<string, string[]>>;
}

export class Federation {
  readonly genesis: Genesis;
  readonly keys: ReadonlyMap<string, Key>;
  readonly members: TestMember[] = [];
  readonly intruders: Libp2p[] = [];
  /** Where members listen; read at every dial. */
  readonly addresses: Record<string, string[]> = {};

  constructor(genesis: Genesis, memberKeys: ReadonlyMap<string, Key>) {
    this.genesis = genesis;
    this.keys = memberKeys;
  }

  /** Authorities `city0`, `city1`... with ascending peer ids, and observers `observer0`... Only what the network reads is filled. */
  static async create(authorities: number, observers = 0, label = 'federation'): Promise<Federation> {
    const authorityKeys = await keys('authority', authorities);
    const observerKeys = await keys('observer', observers);
    const map = new Map<string, Key>();
    for (const [i, key] of authorityKeys.entries()) map.set(`city${i}`, key);
    for (const [i, key] of observerKeys.entries()) map.set(`observer${i}`, key);
    const genesis = {
      federationId: createHash('sha256').update(label).digest(),
      authorities: authorityKeys.map((key, index) => ({
        index,
        name: `city${index}`,
        peerId: key.peerId,
        addresses: [],
      })),
      observers: observerKeys.map((key, i) => ({ name: `observer${i}`, peerId: key.peerId })),
    } as unknown as Genesis;
    return new Federation(genesis, map);
  }

  key(name: string): Key {
    const key = this.keys.get(name);
    if (key === undefined) throw new Error(`no member ${name}`);
    return key;
  }

  async createNetwork(name: string, options: MemberOptions = {}): Promise<TestMember> {
    const peers = new Proxy(options.addresses ?? this.addresses, {
      get: (all, peer: string) => (options.without?.includes(peer) ? [] : all[peer]),
    });
    const log = (kind: 'warnings' | 'errors') => (_details: object, message: string) => void member[kind].push(message);
    const network = await createNetwork({
      genesis: options.genesis ?? this.genesis,
      self: name,
      networkSecret: this.key(name).secret,
      listen: options.listen ?? ['/ip4/127.0.0.1/tcp/0'],
      peers,
      log: { debug: () => undefined, info: () => undefined, warn: log('warnings'), error: log('errors') },
      // On a slow machine nobody may lose patience with a lower peer id that would still have come.
      settings: { backOffMs: 10, backOffCapMs: 100, patienceMs: 3_600_000, ...options.settings },
      handlers: {
        onMessage: (from, bytes) => {
          member.received.push({ from, bytes, text: Buffer.from(bytes.subarray(0, 100)).toString() });
          options.handlers?.onMessage?.(from, bytes);
        },
        onRequest: (from, bytes) => {
          member.requests.push({ from, text: Buffer.from(bytes).toString() });
          return options.handlers?.onRequest?.(from, bytes) ?? Promise.resolve(bytes);
        },
        ...(options.handlers?.onAsked === undefined ? {} : { onAsked: options.handlers.onAsked }),
        verifyGossip: (topic, bytes) => {
          member.verified.push({ topic, text: Buffer.from(bytes.subarray(0, 100)).toString() });
          return options.handlers?.verifyGossip?.(topic, bytes) ?? 'accept';
        },
        onPeersChanged: () => {
          member.peersChanged += 1;
          options.handlers?.onPeersChanged?.();
        },
      },
    });
    const member = new TestMember(name, network);
    return member;
  }

  async start(name: string, options: MemberOptions = {}): Promise<TestMember> {
    const member = await this.createNetwork(name, options);
    await member.network.start();
    this.members.push(member);
    this.addresses[name] = member.network.addresses();
    return member;
  }

  async stop(member: TestMember): Promise<void> {
    this.members.splice(this.members.indexOf(member), 1);
    await member.network.stop();
  }

  /** A hand-made libp2p node with the key of a member or of nobody, which says on the wire whatever a test wants. */
  async intruder(
    options: {
      secret?: Uint8Array;
      federationId?: Uint8Array;
      listen?: string[];
      onRaw?: (connection: MessageStream) => void;
    } = {},
  ): Promise<Libp2p> {
    const secret = options.secret ?? createHash('sha256').update('stranger').digest();
    const create = yamux();
    const node = await createLibp2p({
      privateKey: await generateKeyPairFromSeed('Ed25519', secret),
      addresses: { listen: options.listen ?? [] },
      transports: [tcp()],
      connectionEncrypters: [noise({ prologueBytes: options.federationId ?? this.genesis.federationId })],
      streamMuxers: [
        () => {
          const factory = create();
          return {
            protocol: factory.protocol,
            createStreamMuxer: (connection: MessageStream) => {
              options.onRaw?.(connection);
              return factory.createStreamMuxer(connection);
            },
          };
        },
      ],
      connectionGater: { denyDialMultiaddr: () => false },
      connectionMonitor: { enabled: false },
      services: { identify: identify({ protocolPrefix: 'hansa' }) },
    });
    this.intruders.push(node);
    return node;
  }

  /** Protocol ids of this federation. */
  get protocols() {
    return protocolsOf(this.genesis);
  }

  addressOf(name: string) {
    const address = this.addresses[name]?.[0];
    if (address === undefined) throw new Error(`${name} is not running`);
    return multiaddr(address);
  }

  async end(): Promise<void> {
    await Promise.all([
      ...this.members.map((member) => member.network.stop()),
      ...this.intruders.map((node) => node.stop()),
    ]);
  }
}

/** All pairs are connected, and each knows the gossip subscriptions of the others: published messages reach them. */
export async function connected(federation: Federation): Promise<void> {
  const { members } = federation;
  for (const member of members) {
    const others = members.filter(
      (other) => other !== member && !(other.name.startsWith('observer') && member.name.startsWith('observer')),
    );
    await until(() => others.every((other) => member.connectedTo().includes(other.name)));
  }
}

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}

/** True once the other end reset or closed the stream. */
export function isOver(stream: Stream): boolean {
  return stream.status !== 'open';
}

/**
 * Publishes distinct messages, `name/1`, `name/2`..., until one has arrived everywhere. Gossip streams and subscriptions
 * come some time after the connections, and gossip that finds nobody is lost.
 */
export async function publishUntil(
  publisher: TestMember,
  topic: GossipTopic,
  name: string,
  arrived: (text: string) => boolean,
): Promise<string> {
  for (let i = 1; ; i++) {
    const text = `${name}/${i}`;
    publisher.network.publish(topic, bytesOf(text));
    for (let wait = 0; wait < 20; wait++) {
      if (arrived(text)) return text;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
