import { HansaError } from '@hansa/protocol';
import type { AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import type { Channel } from '@hansa/protocol/replica';
import type { Door, GossipTopic, Network, NetworkHandlers, PeerView, Traffic } from '../src/network/index.ts';

/** The network's contract without sockets: frames arrive in order, in a later pass of the event loop. */
export class InProcessNetwork {
  readonly #members = new Map<AuthorityIndex, Member>();
  /** Who is to be kept away, for tests that look. */
  readonly keptAway: { readonly by: AuthorityIndex; readonly member: AuthorityIndex; readonly why: string }[] = [];
  /** Names of what passed. */
  readonly passed: { readonly from: AuthorityIndex; readonly path: Channel | GossipTopic | 'sync' }[] = [];

  join(self: AuthorityIndex, genesis: Genesis, handlers: NetworkHandlers): Network {
    return new Member(this, self, genesis, handlers);
  }

  connect(member: Member): void {
    this.#members.set(member.self, member);
    for (const each of this.#members.values()) each.handlers.onPeersChanged();
  }

  disconnect(member: Member): void {
    if (this.#members.get(member.self) === member) this.#members.delete(member.self);
    for (const each of this.#members.values()) each.handlers.onPeersChanged();
  }

  /** Cuts a member's line at once; its own city goes on without the others. */
  cut(index: AuthorityIndex): void {
    const member = this.#members.get(index);
    this.#members.delete(index);
    member?.handlers.onPeersChanged();
    for (const each of this.#members.values()) each.handlers.onPeersChanged();
  }

  has(member: AuthorityIndex): boolean {
    return this.#members.has(member);
  }

  /** Has a connected member say something that it would not say by itself. */
  say(from: AuthorityIndex, to: AuthorityIndex, bytes: Uint8Array): void {
    this.#members.get(from)?.send(to, 'consensus', bytes);
  }

  /** From a connected member to another one; what is under way to a member that leaves is lost. */
  deliver(from: Member, to: AuthorityIndex, path: Channel | GossipTopic, run: (target: Member) => void): void {
    if (this.#members.get(from.self) !== from) return;
    this.passed.push({ from: from.self, path });
    setImmediate(() => {
      const target = this.#members.get(to);
      if (target !== undefined) run(target);
    });
  }

  others(self: AuthorityIndex): AuthorityIndex[] {
    return [...this.#members.keys()].filter((index) => index !== self);
  }

  async ask(from: Member, to: AuthorityIndex, bytes: Uint8Array): Promise<Uint8Array> {
    const target = this.#members.get(to);
    if (target === undefined || this.#members.get(from.self) !== from) {
      throw new HansaError('PEER_NOT_CONNECTED', 'The member is not connected.');
    }
    this.passed.push({ from: from.self, path: 'sync' });
    return target.handlers.onRequest(from.self, bytes);
  }

  async askAt(from: Member, to: AuthorityIndex, door: Door, bytes: Uint8Array): Promise<Uint8Array> {
    const target = this.#members.get(to);
    if (target?.handlers.onAsked === undefined || this.#members.get(from.self) !== from) {
      throw new HansaError('PEER_NOT_CONNECTED', 'The member is not connected.');
    }
    return target.handlers.onAsked(door, from.self, bytes);
  }
}

class Member implements Network {
  readonly self: AuthorityIndex;
  readonly handlers: NetworkHandlers;
  readonly #network: InProcessNetwork;
  #genesis: Genesis;

  constructor(network: InProcessNetwork, self: AuthorityIndex, genesis: Genesis, handlers: NetworkHandlers) {
    this.#network = network;
    this.self = self;
    this.#genesis = genesis;
    this.handlers = handlers;
  }

  async start(): Promise<void> {
    this.#network.connect(this);
  }

  async stop(): Promise<void> {
    this.#network.disconnect(this);
  }

  send(to: AuthorityIndex, channel: Channel, bytes: Uint8Array): void {
    this.#network.deliver(this, to, channel, (target) => target.handlers.onMessage(this.self, bytes));
  }

  broadcast(channel: Channel, bytes: Uint8Array): void {
    for (const to of this.#network.others(this.self)) this.send(to, channel, bytes);
  }

  publish(topic: GossipTopic, bytes: Uint8Array): void {
    for (const to of this.#network.others(this.self)) {
      this.#network.deliver(this, to, topic, (target) => {
        if (target.handlers.verifyGossip(topic, bytes) === 'accept') target.handlers.onMessage(this.self, bytes);
      });
    }
  }

  request(to: AuthorityIndex, bytes: Uint8Array, _timeoutMs: number): Promise<Uint8Array> {
    return this.#network.ask(this, to, bytes);
  }

  ask(to: AuthorityIndex, door: Door, bytes: Uint8Array, _timeoutMs: number): Promise<Uint8Array> {
    return this.#network.askAt(this, to, door, bytes);
  }

  follow(genesis: Genesis): void {
    this.#genesis = genesis;
  }

  keepAway(member: AuthorityIndex, why: string): void {
    this.#network.keptAway.push({ by: this.self, member, why });
  }

  peers(): PeerView[] {
    return this.#genesis.authorities
      .filter(({ index }) => index !== this.self)
      .map(({ index, name }) => ({
        name,
        kind: 'authority',
        index,
        connected: this.#network.has(this.self) && this.#network.has(index),
        sinceMs: undefined,
        rttMs: undefined,
        address: undefined,
        bytesIn: 0,
        bytesOut: 0,
        queued: undefined,
        malformed: 0,
      }));
  }

  traffic(): Traffic {
    const none = { messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 };
    return {
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
    };
  }

  addresses(): string[] {
    return [];
  }
}
