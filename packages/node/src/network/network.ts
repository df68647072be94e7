import { HansaError, limits } from '@hansa/protocol';
import { type AuthorityIndex, epochOf, type Genesis } from '@hansa/protocol/genesis';
import type { Channel } from '@hansa/protocol/replica';
import type { Connection, Stream } from '@libp2p/interface';
import { Dialer } from './dialer.ts';
import { type Door, doors } from './door.ts';
import { encodeFrame, type Frame } from './frames.ts';
import { memberGater } from './gater.ts';
import { Gossip, gossipOptions } from './gossip.ts';
import { createHost, type Host } from './host.ts';
import { networkIdentity } from './identity.ts';
import { type Member, Members } from './members.ts';
import { FlushSchedule } from './outgoing-channel.ts';
import { Peer } from './peer.ts';
import { type Protocols, protocolsOf } from './protocols.ts';
import { type NetworkSettings, settingsFor } from './settings.ts';
import { ConnectionMetrics, TrafficCounters } from './traffic.ts';
import type { GossipTopic, Network, NetworkHandlers, NetworkLog, NetworkOptions, PeerView, Traffic } from './types.ts';

/**
 * The city's network: libp2p over TCP and Noise between the members that the genesis names, with direct streams, gossip
 * and requests (DESIGN section 5). Not yet started.
 *
 * @throws HansaError NETWORK_KEY_INVALID, NETWORK_KEY_MISMATCH, NOT_A_MEMBER
 */
export async function createNetwork(options: NetworkOptions): Promise<Network> {
  const { privateKey, peerId } = await networkIdentity(options.networkSecret);
  const members = new Members(options.genesis, options.self, options.newKeys === true ? peerId : undefined);
  if (peerId !== members.self.peerId) {
    throw new HansaError(
      'NETWORK_KEY_MISMATCH',
      `The network key belongs to ${peerId}, but the genesis file names ${members.self.peerId} for ${options.self}. Use the key made for this genesis file.`,
    );
  }
  const settings = settingsFor(members.others.length + 1, options.settings);
  const protocols = protocolsOf(options.genesis);
  const counters = new TrafficCounters();
  const metrics = new ConnectionMetrics(counters);
  const peers = new Map<string, Peer>();
  const isSilent = (id: string): boolean => members.byPeerId(id)?.kind !== 'authority';

  const host = await createHost({
    privateKey,
    listen: options.listen,
    federationId: options.genesis.federationId,
    peers: members.others.length,
    gater: memberGater(
      members,
      (id, address) => {
        counters.refusedConnections += 1;
        options.log.info({ peerId: id, address }, 'connection refused: not a member');
      },
      (member, connection) => {
        const peer = peers.get(member.peerId);
        if (peer !== undefined) metrics.assign(connection, peer.bytes);
      },
    ),
    metrics,
    gossip: gossipOptions(protocols, members.others.length, settings),
    isSilent,
    settings,
  });
  return new LibP2pNetwork({ options, members, host, settings, protocols, counters, peers, isSilent });
}

interface Parts {
  readonly options: NetworkOptions;
  readonly members: Members;
  readonly host: Host;
  readonly settings: NetworkSettings;
  readonly protocols: Protocols;
  readonly counters: TrafficCounters;
  readonly peers: Map<string, Peer>;
  readonly isSilent: (peerId: string) => boolean;
}

class LibP2pNetwork implements Network {
  readonly #host: Host;
  readonly #addresses: NetworkOptions['peers'];
  readonly #handlers: NetworkHandlers;
  readonly #log: NetworkLog;
  readonly #settings: NetworkSettings;
  readonly #protocols: Protocols;
  readonly #counters: TrafficCounters;
  readonly #gossip: Gossip;
  readonly #peers: Map<string, Peer>;
  readonly #schedule = new FlushSchedule();
  readonly #byIndex: (Peer | undefined)[] = [];
  readonly #members: Members;
  readonly #dialers = new Map<Peer, Dialer>();
  readonly #withoutGossip = new Set<Peer>();
  #gossipCheck: NodeJS.Timeout | undefined;
  #running = false;
  #epoch: number;

  constructor(parts: Parts) {
    const { options, members, settings, protocols, counters, peers, host } = parts;
    this.#host = host;
    this.#addresses = options.peers;
    this.#members = members;
    this.#epoch = epochOf(options.genesis);
    this.#handlers = options.handlers;
    this.#log = options.log;
    this.#settings = settings;
    this.#protocols = protocols;
    this.#counters = counters;
    this.#peers = peers;
    for (const member of members.others) this.#addPeer(member);
    this.#gossip = new Gossip(
      host.services.gossip,
      protocols,
      {
        verify: (topic, bytes) => this.#handlers.verifyGossip(topic, bytes),
        onVerdict: (verdict) => {
          if (verdict === 'reject') counters.gossipRejected += 1;
          else counters.gossipIgnored += 1;
        },
        onMessage: (topic, peerId, bytes) => {
          counters.channels[topic].received(bytes.length);
          this.#deliver(peers.get(peerId)?.member.index, bytes);
        },
      },
      options.log,
    );
  }

  #addPeer(member: Member): void {
    if (this.#members.mayTalk(member.peerId) === undefined) return;
    const direct = this.#members.self.kind === 'authority' && member.kind === 'authority';
    const common = { member, settings: this.#settings, log: this.#log };
    const peer = new Peer({
      ...common,
      direct,
      ...{ protocols: this.#protocols, counters: this.#counters, schedule: this.#schedule },
      onMessage: (bytes) => this.#deliver(member.index, bytes),
      onRequest: (bytes) => this.#handlers.onRequest(member.index, bytes),
      onAsked: (door, bytes) => this.#asked(door, member.index, bytes),
    });
    this.#peers.set(member.peerId, peer);
    if (member.index !== undefined) this.#byIndex[member.index] = peer;
    if (member.kind === 'observer') return;
    const dialer = new Dialer({
      ...common,
      // C12: of the present set; a city may move and keep its keys.
      addresses: () => this.#addresses[member.name] ?? this.#members.mayTalk(member.peerId)?.addresses ?? [],
      dial: (addresses, signal) => this.#host.dial(addresses, { signal }),
      patient: !this.#members.weDial(member),
    });
    this.#dialers.set(peer, dialer);
    if (this.#running) dialer.start();
  }

  follow(genesis: Genesis): void {
    // C12: a city that catches up passes through sets of before; those whom it was told of are where they are now.
    if (epochOf(genesis) < this.#epoch) return;
    this.#epoch = epochOf(genesis);
    const addresses = new Map(this.#members.others.map((member) => [member.peerId, member.addresses.join()]));
    this.#members.follow(genesis);
    for (const [peerId, peer] of this.#peers) {
      const member = this.#members.mayTalk(peerId);
      if (member?.name === peer.member.name) {
        if (member.addresses.join() !== addresses.get(peerId)) this.#dialers.get(peer)?.tryAgain();
        continue;
      }
      this.#dialers.get(peer)?.stop();
      this.#dialers.delete(peer);
      this.#peers.delete(peerId);
      const { index } = peer.member;
      if (index !== undefined && this.#byIndex[index] === peer) this.#byIndex[index] = undefined;
      const { connection } = peer;
      peer.detach('PEER_NOT_CONNECTED');
      connection?.abort(new Error('no longer a member')); // guard: C12 whose keys were replaced is not heard any more
      this.#log.info({ peer: peer.member.name, peerId }, 'the member has other keys now, or is none: closed');
    }
    for (const member of this.#members.others) if (!this.#peers.has(member.peerId)) this.#addPeer(member);
    this.#peersChanged();
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#host.addEventListener('connection:open', this.#onOpen);
    this.#host.addEventListener('connection:close', this.#onClose);
    for (const channel of ['consensus', 'entries'] as const) {
      await this.#handle(this.#protocols.channels[channel], (peer, stream) => peer.acceptChannel(channel, stream));
    }
    await this.#handle(this.#protocols.sync, (peer, stream) => peer.acceptSync(stream));
    for (const door of doors) {
      await this.#handle(this.#protocols.doors[door], (peer, stream) => peer.acceptDoor(door, stream));
    }
    try {
      await this.#host.start();
    } catch (error) {
      this.#running = false;
      throw new HansaError(
        'NETWORK_START_FAILED',
        `The network did not start: ${startFailure(error as Error)}. Check the listen addresses, and that no other program uses the port.`,
        { cause: error },
      );
    }
    this.#gossip.start();
    for (const dialer of this.#dialers.values()) dialer.start();
    this.#gossipCheck = setInterval(() => this.#mendGossip(), this.#settings.gossipCheckMs);
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    clearInterval(this.#gossipCheck);
    for (const dialer of this.#dialers.values()) dialer.stop();
    this.#host.removeEventListener('connection:open', this.#onOpen);
    this.#host.removeEventListener('connection:close', this.#onClose);
    this.#gossip.stop();
    for (const peer of this.#peers.values()) peer.detach('NETWORK_STOPPED');
    await this.#host.stop();
  }

  send(to: AuthorityIndex, channel: Channel, bytes: Uint8Array): void {
    if (!this.#fits(bytes, channel)) return;
    const peer = this.#byIndex[to];
    if (peer !== undefined) this.#sendTo(peer, channel, encodeFrame(bytes));
  }

  broadcast(channel: Channel, bytes: Uint8Array): void {
    if (!this.#fits(bytes, channel)) return;
    // One frame for all.
    const frame = encodeFrame(bytes);
    for (const peer of this.#byIndex) if (peer !== undefined) this.#sendTo(peer, channel, frame);
  }

  publish(topic: GossipTopic, bytes: Uint8Array): void {
    if (!this.#running || !this.#fits(bytes, topic)) return;
    this.#counters.channels[topic].sent(bytes.length);
    this.#gossip.publish(topic, bytes);
  }

  async request(to: AuthorityIndex, bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    return this.#authority(to).request(bytes, timeoutMs);
  }

  async ask(to: AuthorityIndex, door: Door, bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    return this.#authority(to).ask(door, bytes, timeoutMs);
  }

  keepAway(member: AuthorityIndex, reason: string): void {
    this.#byIndex[member]?.keepAway(reason);
  }

  peers(): PeerView[] {
    return [...this.#peers.values()].map((peer) => peer.view());
  }

  traffic(): Traffic {
    const { total, channels, ...counts } = this.#counters;
    let dropped = 0;
    for (const peer of this.#peers.values()) dropped += peer.dropped;
    return {
      bytesIn: total.bytesIn,
      bytesOut: total.bytesOut,
      channels: {
        consensus: { ...channels.consensus },
        entries: { ...channels.entries },
        lanes: { ...channels.lanes },
        final: { ...channels.final },
        sync: { ...channels.sync },
        exchange: { ...channels.exchange },
        oprf: { ...channels.oprf },
      },
      dropped,
      ...counts,
    };
  }

  addresses(): string[] {
    return this.#host.getMultiaddrs().map((address) => address.toString());
  }

  #authority(index: AuthorityIndex): Peer {
    if (!this.#running) throw new HansaError('NETWORK_STOPPED', 'The network is not running. Start it first.');
    const peer = this.#byIndex[index];
    if (peer !== undefined) return peer;
    throw new HansaError('PEER_NOT_CONNECTED', `There is no other authority ${index}. Ask another member.`);
  }

  async #asked(door: Door, from: AuthorityIndex | undefined, bytes: Uint8Array): Promise<Uint8Array> {
    const { onAsked } = this.#handlers;
    if (from === undefined || onAsked === undefined) throw new Error(`nobody answers at ${door}`);
    return onAsked.call(this.#handlers, door, from, bytes);
  }

  #fits(bytes: Uint8Array, where: string): boolean {
    if (bytes.length > 0 && bytes.length <= limits.frameBytesMax) return true;
    this.#log.error({ where, bytes: bytes.length }, 'message not sent: empty or larger than limits.frameBytesMax');
    return false;
  }

  #sendTo(peer: Peer, channel: Channel, frame: Frame): void {
    if (peer.send(channel, frame)) this.#counters.channels[channel].sent(frame.payload);
    else this.#counters.unsent += 1;
  }

  #deliver(from: AuthorityIndex | undefined, bytes: Uint8Array): void {
    if (from === undefined || !this.#running) return;
    try {
      this.#handlers.onMessage(from, bytes);
    } catch (error) {
      this.#log.error({ from, error }, 'message handler failed');
    }
  }

  /** Binds a protocol to the member that Noise proved; all others are turned away. */
  async #handle(protocol: string, accept: (peer: Peer, stream: Stream) => boolean): Promise<void> {
    await this.#host.handle(
      protocol,
      (stream, connection) => {
        const peer = this.#peers.get(connection.remotePeer.toString());
        if (peer !== undefined && this.#running && accept(peer, stream)) return;
        this.#counters.refusedStreams += 1;
        stream.abort(new Error('refused'));
      },
      // One, and a second while it is being replaced; the rest is misuse.
      { maxInboundStreams: 4, maxOutboundStreams: 4 },
    );
  }

  readonly #onOpen = (event: CustomEvent<Connection>): void => {
    const connection = event.detail;
    const peer = this.#peers.get(connection.remotePeer.toString());
    if (peer === undefined) {
      connection.abort(new Error('not a member'));
      return;
    }
    // When both dialed at once, both ends keep the connection of the one whose part it is.
    const { connection: former } = peer;
    // guard: G1 one connection a pair
    if (former !== undefined && this.#isProper(peer, former) && !this.#isProper(peer, connection)) {
      this.#counters.refusedConnections += 1;
      connection.abort(new Error('there is a connection already'));
      return;
    }
    this.#dialers.get(peer)?.onConnected();
    peer.attach(connection);
    this.#log.info({ peer: peer.member.name, address: connection.remoteAddr.toString() }, 'peer connected');
    this.#peersChanged();
  };

  /** Whether it was dialed by the one of the two whose part it is. */
  #isProper({ member }: Peer, { direction }: Connection): boolean {
    return direction === (this.#members.weDial(member) ? 'outbound' : 'inbound');
  }

  readonly #onClose = (event: CustomEvent<Connection>): void => {
    const connection = event.detail;
    const peer = this.#peers.get(connection.remotePeer.toString());
    // An older connection that a newer one replaced.
    if (peer === undefined || peer.connection !== connection) return;
    peer.detach('PEER_NOT_CONNECTED');
    this.#dialers.get(peer)?.onDisconnected();
    this.#log.info({ peer: peer.member.name }, 'peer disconnected');
    this.#peersChanged();
  };

  #peersChanged(): void {
    try {
      this.#handlers.onPeersChanged();
    } catch (error) {
      this.#log.error({ error }, 'peers handler failed');
    }
  }

  /**
   * gossipsub makes no new stream on a connection whose gossip stream broke (overflow): the connection is made anew. Only
   * when two looks found it so, or a peer that is just leaving would be taken for broken.
   */
  #mendGossip(): void {
    for (const peer of this.#peers.values()) {
      const { connection } = peer;
      const missing = connection !== undefined && !this.#gossip.hasStream(peer.member.peerId);
      const young = Date.now() - (peer.sinceMs ?? 0) < this.#settings.gossipMissingMs;
      if (!missing || young) {
        this.#withoutGossip.delete(peer);
      } else if (!this.#withoutGossip.has(peer)) {
        this.#withoutGossip.add(peer);
      } else {
        this.#withoutGossip.delete(peer);
        this.#log.warn({ peer: peer.member.name }, 'gossip stream broke, connecting anew');
        connection.abort(new Error('gossip stream broke'));
      }
    }
  }
}

/** What the system said of an address, out of libp2p's message, which has a stack and speaks of settings that Hansa has not. */
function startFailure({ message }: Error): string {
  return /listen E[A-Z]+: ([^\n]+)/.exec(message)?.[1] ?? (message.split('\n')[0] as string);
}
