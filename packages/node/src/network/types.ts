import type { AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import type { Channel } from '@hansa/protocol/replica';
import type { Door } from './door.ts';
import type { NetworkSettings } from './settings.ts';

/** Gossip topics (G1): `lanes` has signed entry headers, `final` finalizations. */
export type GossipTopic = 'lanes' | 'final';

/** What the city does with what arrives. A handler must not throw; if it does, the error is logged and the network lives on. */
export interface NetworkHandlers {
  /** A frame of a direct stream, or a verified gossip message. `from` is the member that passed it on, authenticated by Noise. */
  onMessage(from: AuthorityIndex, bytes: Uint8Array): void;
  /** A request of another member (G2); `from` is undefined for an observer. A rejected promise becomes a refusal. */
  onRequest(from: AuthorityIndex | undefined, bytes: Uint8Array): Promise<Uint8Array>;
  /** A request of another authority at a door; it is refused while nobody answers there. A rejection becomes a refusal. */
  onAsked?(door: Door, from: AuthorityIndex, bytes: Uint8Array): Promise<Uint8Array>;
  /** Decides before a gossip message is delivered or forwarded. */
  verifyGossip(topic: GossipTopic, bytes: Uint8Array): 'accept' | 'ignore' | 'reject';
  /** A member came or went. */
  onPeersChanged(): void;
}

/** The part of a pino logger that the network uses. */
export interface NetworkLog {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface NetworkOptions {
  readonly genesis: Genesis;
  /** Member name of this city or observer. */
  readonly self: string;
  /** Ed25519 seed, 32 bytes; its peer id must be the one that the genesis names for `self`, unless the keys are newer. */
  readonly networkSecret: Uint8Array;
  /** C12: the keys are of a later epoch than `genesis`. */
  readonly newKeys?: boolean;
  /** Multiaddrs: `/ip4/0.0.0.0/tcp/4001`. Empty: only dial. */
  readonly listen: readonly string[];
  /** Multiaddrs by member name; they replace the genesis' hints. Read anew at every dial, so that the owner may change them. */
  readonly peers: Readonly<Record<string, readonly string[]>>;
  readonly handlers: NetworkHandlers;
  readonly log: NetworkLog;
  /** Bounds and times that differ from `defaultNetworkSettings`. */
  readonly settings?: Partial<NetworkSettings>;
}

export interface QueueView {
  readonly frames: number;
  readonly bytes: number;
  /** Frames given up since the start because the peer did not take them in time. */
  readonly dropped: number;
}

export interface PeerView {
  readonly name: string;
  readonly kind: 'authority' | 'observer';
  readonly index: AuthorityIndex | undefined;
  readonly connected: boolean;
  /** Unix time in milliseconds of the last change of `connected`; undefined before the first connection. */
  readonly sinceMs: number | undefined;
  /** Undefined until the first ping of this connection came back. */
  readonly rttMs: number | undefined;
  readonly address: string | undefined;
  /** TCP payload bytes over all connections since the start. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Waiting to be sent; undefined for a member that has no direct streams with us. */
  readonly queued: Readonly<Record<Channel, QueueView>> | undefined;
  /** Frames, streams, messages and replies of this peer that broke a bound, could not be read or did not verify. */
  readonly malformed: number;
}

export interface ChannelTraffic {
  readonly messagesIn: number;
  readonly messagesOut: number;
  /** Payload bytes, without framing, encryption and multiplexing. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export type TrafficChannel = Channel | GossipTopic | 'sync' | Door;

export interface Traffic {
  /** TCP payload bytes over all connections, handshakes included. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly channels: Readonly<Record<TrafficChannel, ChannelTraffic>>;
  /** Frames dropped from full send queues. */
  readonly dropped: number;
  /** Frames to peers that were not connected. */
  readonly unsent: number;
  readonly malformed: number;
  /** Connections refused because the other end is no member, or must not dial. */
  readonly refusedConnections: number;
  /** Streams refused: not this member's to open, or too soon after a malformed one. */
  readonly refusedStreams: number;
  readonly gossipRejected: number;
  readonly gossipIgnored: number;
  /** Requests refused for rate or concurrency. */
  readonly requestsRefused: number;
}

export interface Network {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Never throws and never blocks: a frame that cannot be sent in time is dropped and counted. Sending to oneself does nothing. */
  send(to: AuthorityIndex, channel: Channel, bytes: Uint8Array): void;
  /** To every other authority. */
  broadcast(channel: Channel, bytes: Uint8Array): void;
  publish(topic: GossipTopic, bytes: Uint8Array): void;
  /**
   * Resolves to the reply's bytes. Rejects with a `HansaError`: PEER_NOT_CONNECTED, REQUEST_TIMEOUT, REQUEST_TOO_LARGE,
   * NETWORK_STOPPED, or the peer's refusal: RATE_LIMITED, BUSY (with `retryAfterMs`), REQUEST_FAILED.
   */
  request(to: AuthorityIndex, bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array>;
  /** Asks at another authority's door; resolves and rejects as `request`. */
  ask(to: AuthorityIndex, door: Door, bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array>;
  /** G1: a member sent what no honest member sends. Its direct streams are closed, and refused for a while that doubles. */
  keepAway(member: AuthorityIndex, reason: string): void;
  /** C12: the members from now on: new peer ids are let in and dialed, those that are gone are closed. */
  follow(genesis: Genesis): void;
  /** All other members, authorities first. */
  peers(): PeerView[];
  traffic(): Traffic;
  /** Multiaddrs on which the started network listens, with the peer id. */
  addresses(): string[];
}
