import { createHash } from 'node:crypto';
import {
  type GossipSub,
  type GossipSubComponents,
  type GossipsubMessage,
  type GossipsubOpts,
  gossipsub,
  StrictNoSign,
  TopicValidatorResult,
} from '@chainsafe/libp2p-gossipsub';
import { limits } from '@hansa/protocol';
import type { PeerId } from '@libp2p/interface';
import type { Protocols } from './protocols.ts';
import type { NetworkSettings } from './settings.ts';
import type { GossipTopic, NetworkLog } from './types.ts';

/** gossipsub's sender silently drops larger RPCs; a receiver with a lower bound would end a peer's gossip for good. */
const RPC_BYTES_MAX = 4 * 1024 * 1024;
/** Above this many peers a publisher leaves the spreading to the mesh. */
const FLOOD_PEERS_MAX = 24;

export interface GossipEvents {
  verify(topic: GossipTopic, bytes: Uint8Array): 'accept' | 'ignore' | 'reject';
  /** A verified message, passed on by the peer. */
  onMessage(topic: GossipTopic, peerId: string, bytes: Uint8Array): void;
  onVerdict(verdict: 'ignore' | 'reject', peerId: string): void;
}

/** Mesh sizes for `peers` other members: everybody while they are few, eight of hundreds. Dout < Dlo and Dout <= D/2. */
export function meshOf(peers: number): {
  D: number;
  Dlo: number;
  Dhi: number;
  Dout: number;
  Dlazy: number;
  Dscore: number;
} {
  const D = Math.max(1, Math.min(8, peers));
  const Dlo = Math.max(1, Math.floor(D * 0.75));
  return {
    D,
    Dlo,
    Dhi: Math.max(D, Math.ceil(D * 1.5)),
    Dout: Math.min(Math.floor(D / 2), Dlo - 1),
    Dlazy: D,
    Dscore: Math.min(4, D),
  };
}

function messageId(data: Uint8Array): Uint8Array {
  return createHash('sha256').update(data).digest();
}

export function gossipOptions(protocols: Protocols, peers: number, settings: NetworkSettings): Partial<GossipsubOpts> {
  const topics = Object.values(protocols.topics);
  return {
    ...meshOf(peers),
    floodPublish: peers <= FLOOD_PEERS_MAX,
    fallbackToFloodsub: false,
    // Messages carry their authors' signatures; a second one costs three times the whole gossip (docs/adr/0001).
    globalSignaturePolicy: StrictNoSign,
    msgIdFn: (message) => messageId(message.data),
    msgIdToStrFn: (id) => Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('latin1'),
    allowPublishToZeroTopicPeers: true,
    ignoreDuplicatePublishError: true,
    allowedTopics: topics,
    tagMeshPeers: false,
    maxInboundDataLength: RPC_BYTES_MAX,
    maxOutboundBufferSize: settings.gossipBufferBytesMax,
    // Default 1 MiB: a thousand topics a peer. Ours are two.
    maxTopicBytesPerPeer: 8 * 1024,
    maxInboundStreams: 4,
    maxOutboundStreams: 4,
    decodeRpcLimits: {
      maxSubscriptions: 16,
      // Answers to IWANT travel in one RPC: as many as one may ask for.
      maxMessages: 5000,
      maxIhaveMessageIDs: 5000,
      maxIwantMessageIDs: 5000,
      maxIdontwantMessageIDs: 512,
      maxControlMessages: 64,
      maxPeerInfos: 16,
    },
    scoreParams: {
      // Members are known by key; many may stand behind one address.
      IPColocationFactorWeight: 0,
      // Only one fault counts: passing on what verification rejects. Nine such messages, and the peer is unheard for a while.
      topics: Object.fromEntries(topics.map((topic) => [topic, rejectedOnly])),
    },
  };
}

const rejectedOnly = {
  topicWeight: 1,
  timeInMeshWeight: 0,
  timeInMeshQuantum: 1000,
  timeInMeshCap: 1,
  firstMessageDeliveriesWeight: 0,
  firstMessageDeliveriesDecay: 0.5,
  firstMessageDeliveriesCap: 1,
  meshMessageDeliveriesWeight: 0,
  meshMessageDeliveriesDecay: 0.5,
  meshMessageDeliveriesCap: 1,
  meshMessageDeliveriesThreshold: 1,
  meshMessageDeliveriesWindow: 0,
  meshMessageDeliveriesActivation: 1000,
  meshFailurePenaltyWeight: 0,
  meshFailurePenaltyDecay: 0.5,
  invalidMessageDeliveriesWeight: -1,
  invalidMessageDeliveriesDecay: 0.95,
};

/** The library's class has these public members, its interface does not. */
interface GossipSubClass extends GossipSub {
  readonly streamsOutbound: ReadonlyMap<string, unknown>;
  handleReceivedRpc(from: PeerId, rpc: { messages: unknown[] }): Promise<void>;
}

/** gossipsub, deaf to the messages of silent peers. Dropped before they are marked as seen: the same message by another peer counts. */
export function gossipService(
  options: Partial<GossipsubOpts>,
  isSilent: (peerId: string) => boolean,
): (components: GossipSubComponents) => GossipSub {
  const create = gossipsub(options);
  return (components) => {
    const service = create(components) as GossipSubClass;
    const handle = service.handleReceivedRpc.bind(service);
    service.handleReceivedRpc = (from, rpc) =>
      handle(from, rpc.messages.length > 0 && isSilent(from.toString()) ? { ...rpc, messages: [] } : rpc);
    return service;
  };
}

/** Hansa's two topics on a started gossipsub. */
export class Gossip {
  readonly #service: GossipSubClass;
  readonly #protocols: Protocols;
  readonly #events: GossipEvents;
  readonly #log: NetworkLog;
  readonly #topicNames: ReadonlyMap<string, GossipTopic>;

  constructor(service: GossipSub, protocols: Protocols, events: GossipEvents, log: NetworkLog) {
    this.#service = service as GossipSubClass;
    this.#protocols = protocols;
    this.#events = events;
    this.#log = log;
    this.#topicNames = new Map([
      [protocols.topics.lanes, 'lanes'],
      [protocols.topics.final, 'final'],
    ]);
  }

  start(): void {
    for (const [topic, name] of this.#topicNames) {
      this.#service.topicValidators.set(topic, (peer, message) => this.#verdict(name, peer.toString(), message.data));
      this.#service.subscribe(topic);
    }
    this.#service.addEventListener('gossipsub:message', this.#onMessage);
  }

  stop(): void {
    this.#service.removeEventListener('gossipsub:message', this.#onMessage);
  }

  publish(topic: GossipTopic, bytes: Uint8Array): void {
    this.#service.publish(this.#protocols.topics[topic], bytes).catch((error: unknown) => {
      this.#log.warn({ topic, reason: (error as Error).message }, 'gossip message not published');
    });
  }

  /** False while the peer cannot be sent gossip. gossipsub does not open a stream again that broke on a living connection. */
  hasStream(peerId: string): boolean {
    return this.#service.streamsOutbound.has(peerId);
  }

  /** Peers known to read the topic. */
  subscribers(topic: GossipTopic): string[] {
    return this.#service.getSubscribers(this.#protocols.topics[topic]).map((peer) => peer.toString());
  }

  #verdict(topic: GossipTopic, peerId: string, bytes: Uint8Array): TopicValidatorResult {
    let verdict: 'accept' | 'ignore' | 'reject';
    try {
      verdict = bytes.length > limits.frameBytesMax ? 'reject' : this.#events.verify(topic, bytes);
    } catch (error) {
      this.#log.error({ topic, error }, 'gossip verification failed');
      verdict = 'ignore';
    }
    if (verdict === 'accept') return TopicValidatorResult.Accept;
    this.#events.onVerdict(verdict, peerId);
    return verdict === 'reject' ? TopicValidatorResult.Reject : TopicValidatorResult.Ignore;
  }

  // A throw in a listener would end the process: the events' handlers are guarded by their owner.
  readonly #onMessage = (event: CustomEvent<GossipsubMessage>): void => {
    const { msg, propagationSource } = event.detail;
    const topic = this.#topicNames.get(msg.topic);
    if (topic !== undefined) this.#events.onMessage(topic, propagationSource.toString(), msg.data);
  };
}
