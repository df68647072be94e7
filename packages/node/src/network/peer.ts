import { limits } from '@hansa/protocol';
import type { Channel } from '@hansa/protocol/replica';
import type { Connection, Stream } from '@libp2p/interface';
import { type Door, doors } from './door.ts';
import type { Frame } from './frames.ts';
import { IncomingChannel } from './incoming-channel.ts';
import type { Member } from './members.ts';
import { type FlushSchedule, OutgoingChannel } from './outgoing-channel.ts';
import type { Protocols } from './protocols.ts';
import { type NetworkSettings, type RequestBounds, syncBounds } from './settings.ts';
import { Strikes } from './strikes.ts';
import { SyncClient } from './sync-client.ts';
import { SyncServer } from './sync-server.ts';
import { ByteCounter, type TrafficCounters } from './traffic.ts';
import type { NetworkLog, PeerView, QueueView, TrafficChannel } from './types.ts';

export interface PeerOptions {
  readonly member: Member;
  /** Both ends are authorities: they have direct streams. */
  readonly direct: boolean;
  readonly settings: NetworkSettings;
  readonly protocols: Protocols;
  readonly counters: TrafficCounters;
  readonly schedule: FlushSchedule;
  readonly log: NetworkLog;
  readonly onMessage: (bytes: Uint8Array) => void;
  readonly onRequest: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly onAsked: (door: Door, bytes: Uint8Array) => Promise<Uint8Array>;
}

/** All that belongs to one other member: its connection, streams, queues, limits and counts. */
export class Peer {
  readonly member: Member;
  readonly bytes = new ByteCounter();
  /** Of the last change between connected and not. */
  sinceMs: number | undefined;
  #connection: Connection | undefined;
  #malformed = 0;
  readonly #counters: TrafficCounters;
  readonly #log: NetworkLog;
  /** Consensus first: when the connection drains, its stream is served first. */
  readonly #outgoing: ReadonlyMap<Channel, OutgoingChannel>;
  readonly #incoming: ReadonlyMap<Channel, IncomingChannel>;
  readonly #client: SyncClient | undefined;
  readonly #server: SyncServer;
  /** Between authorities only. */
  readonly #doorClients = new Map<Door, SyncClient>();
  readonly #doorServers = new Map<Door, SyncServer>();

  constructor(options: PeerOptions) {
    const { member, settings, protocols, counters, log, schedule } = options;
    this.member = member;
    this.#counters = counters;
    this.#log = log;
    const strikes = (): Strikes => new Strikes(settings.strikeMs, settings.strikeCapMs);
    const onMalformed = (where: string) => (reason: string) => this.#onMalformed(where, reason);

    const outgoing = new Map<Channel, OutgoingChannel>();
    const incoming = new Map<Channel, IncomingChannel>();
    if (options.direct) {
      const bounds = {
        consensus: {
          framesMax: settings.consensusQueueFramesMax,
          bytesMax: settings.consensusQueueBytesMax,
          drop: 'oldest',
        },
        entries: { framesMax: settings.entriesQueueFramesMax, bytesMax: settings.entriesQueueBytesMax, drop: 'newest' },
      } as const;
      for (const channel of ['consensus', 'entries'] as const) {
        outgoing.set(
          channel,
          new OutgoingChannel({
            protocol: protocols.channels[channel],
            bounds: bounds[channel],
            settings,
            schedule,
            log,
          }),
        );
        const onMessage = (bytes: Uint8Array): void => {
          counters.channels[channel].received(bytes.length);
          options.onMessage(bytes);
        };
        const events = { onMessage, onMalformed: onMalformed(channel) };
        incoming.set(channel, new IncomingChannel({ bytesMax: limits.frameBytesMax, strikes: strikes(), events }));
      }
    }
    this.#outgoing = outgoing;
    this.#incoming = incoming;
    const asking = (name: 'sync' | Door, protocol: string, bounds: RequestBounds): SyncClient =>
      new SyncClient({
        name: member.name,
        protocol,
        bounds,
        strikes: strikes(),
        onMalformed: onMalformed(`${name} reply`),
      });
    const answering = (name: 'sync' | Door, bounds: RequestBounds, answer: PeerOptions['onRequest']): SyncServer =>
      new SyncServer({
        bounds,
        strikes: strikes(),
        events: {
          onRequest: (bytes) => {
            counters.channels[name].received(bytes.length);
            return answer(bytes);
          },
          onMalformed: onMalformed(`${name} request`),
          onRefused: () => {
            counters.requestsRefused += 1;
          },
          onReplied: (bytes) => counters.channels[name].sent(bytes),
          onFailed: (error) => log.error({ peer: member.name, where: name, error }, 'request handler failed'),
        },
      });
    const sync = syncBounds(settings);
    // Observers are asked nothing.
    this.#client = member.kind === 'authority' ? asking('sync', protocols.sync, sync) : undefined;
    this.#server = answering('sync', sync, options.onRequest);
    if (!options.direct) return;
    for (const door of doors) {
      const bounds = settings.doors[door];
      this.#doorClients.set(door, asking(door, protocols.doors[door], bounds));
      this.#doorServers.set(
        door,
        answering(door, bounds, (bytes) => options.onAsked(door, bytes)),
      );
    }
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  get dropped(): number {
    let dropped = 0;
    for (const channel of this.#outgoing.values()) dropped += channel.queue.dropped;
    return dropped;
  }

  /** The newest connection counts: an older one is half open after a restart of the peer. */
  attach(connection: Connection): void {
    const former = this.#connection;
    if (former === undefined) this.sinceMs = Date.now();
    this.#connection = connection;
    this.#closeStreams();
    former?.abort(new Error('replaced by a newer connection'));
    for (const channel of this.#outgoing.values()) channel.attach(connection);
    this.#client?.attach(connection);
    for (const client of this.#doorClients.values()) client.attach(connection);
  }

  detach(code: 'PEER_NOT_CONNECTED' | 'NETWORK_STOPPED'): void {
    if (this.#connection !== undefined) this.sinceMs = Date.now();
    this.#connection = undefined;
    for (const channel of this.#outgoing.values()) channel.detach();
    this.#client?.detach(code);
    for (const client of this.#doorClients.values()) client.detach(code);
    this.#closeStreams();
  }

  /** False when the peer is not connected. */
  send(channel: Channel, frame: Frame): boolean {
    return this.#outgoing.get(channel)?.send(frame) ?? false;
  }

  async request(bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    return this.#ask(this.#client, 'sync', bytes, timeoutMs);
  }

  async ask(door: Door, bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    return this.#ask(this.#doorClients.get(door), door, bytes, timeoutMs);
  }

  async #ask(
    client: SyncClient | undefined,
    channel: TrafficChannel,
    bytes: Uint8Array,
    timeoutMs: number,
  ): Promise<Uint8Array> {
    if (client === undefined) throw new Error(`${this.member.name} is an observer`);
    const counter = this.#counters.channels[channel];
    counter.sent(bytes.length);
    const reply = await client.request(bytes, timeoutMs);
    counter.received(reply.length);
    return reply;
  }

  /** G1: the peer sent what no honest peer sends; its direct streams are closed for a while. */
  keepAway(reason: string): void {
    for (const channel of this.#incoming.values()) channel.keepAway(reason);
    this.#onMalformed('message', reason);
  }

  acceptChannel(channel: Channel, stream: Stream): boolean {
    return this.#incoming.get(channel)?.accept(stream) ?? false;
  }

  acceptSync(stream: Stream): boolean {
    return this.#server.accept(stream);
  }

  acceptDoor(door: Door, stream: Stream): boolean {
    return this.#doorServers.get(door)?.accept(stream) ?? false;
  }

  view(): PeerView {
    const { member, bytes } = this;
    const connection = this.#connection;
    const queue = (channel: Channel): QueueView => {
      const waiting = this.#outgoing.get(channel)?.queue;
      return { frames: waiting?.length ?? 0, bytes: waiting?.bytes ?? 0, dropped: waiting?.dropped ?? 0 };
    };
    return {
      name: member.name,
      kind: member.kind,
      index: member.index,
      connected: connection !== undefined,
      sinceMs: this.sinceMs,
      rttMs: connection?.rtt,
      address: connection?.remoteAddr.toString(),
      bytesIn: bytes.bytesIn,
      bytesOut: bytes.bytesOut,
      queued: this.#outgoing.size > 0 ? { consensus: queue('consensus'), entries: queue('entries') } : undefined,
      malformed: this.#malformed,
    };
  }

  #closeStreams(): void {
    for (const channel of this.#incoming.values()) channel.close();
    this.#server.close();
    for (const server of this.#doorServers.values()) server.close();
  }

  #onMalformed(where: string, reason: string): void {
    this.#malformed += 1;
    this.#counters.malformed += 1;
    this.#log.warn({ peer: this.member.name, where, reason }, 'streams closed: the peer misbehaved');
  }
}
