import type { GossipSub, GossipsubOpts } from '@chainsafe/libp2p-gossipsub';
import { noise } from '@chainsafe/libp2p-noise';
import { type Identify, identify } from '@libp2p/identify';
import type { ComponentLogger, ConnectionGater, Libp2p, Logger, PrivateKey } from '@libp2p/interface';
import { tcp } from '@libp2p/tcp';
import { createLibp2p } from 'libp2p';
import { gossipService } from './gossip.ts';
import { boundedYamux } from './muxer.ts';
import type { NetworkSettings } from './settings.ts';
import type { ConnectionMetrics } from './traffic.ts';

export type Host = Libp2p<{ identify: Identify; gossip: GossipSub }>;

export interface HostOptions {
  readonly privateKey: PrivateKey;
  readonly listen: readonly string[];
  readonly federationId: Uint8Array;
  /** Other members. */
  readonly peers: number;
  readonly gater: ConnectionGater;
  readonly metrics: ConnectionMetrics;
  readonly gossip: Partial<GossipsubOpts>;
  readonly isSilent: (peerId: string) => boolean;
  readonly settings: NetworkSettings;
}

/** Socket buffer in front of the kernel's: enough to keep a link busy, little enough that bulk does not delay a vote. */
const SOCKET_BUFFER_BYTES = 64 * 1024;

/** A libp2p node, not yet started: TCP, Noise, yamux, identify, gossipsub, members only. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { settings, peers } = options;
  return createLibp2p({
    start: false,
    privateKey: options.privateKey,
    addresses: { listen: [...options.listen] },
    transports: [
      tcp({
        dialOpts: { noDelay: true, highWaterMark: SOCKET_BUFFER_BYTES } as object,
        listenOpts: { noDelay: true, highWaterMark: SOCKET_BUFFER_BYTES } as object,
      }),
    ],
    // The federation's id is the Noise prologue: members of another federation do not get through the handshake.
    connectionEncrypters: [noise({ prologueBytes: options.federationId })],
    streamMuxers: [boundedYamux()],
    connectionGater: options.gater,
    connectionManager: {
      // One connection a pair; twice that while some are being replaced.
      maxConnections: 2 * peers + 16,
      maxParallelDials: Math.min(64, peers + 8),
      maxDialQueueLength: 2 * peers + 16,
      dialTimeout: settings.dialTimeoutMs,
      // Members may stand behind one address, and all come back at once after an outage.
      inboundConnectionThreshold: Math.max(32, 2 * peers),
      maxIncomingPendingConnections: Math.max(16, Math.min(128, peers)),
      // Our own dial loop does it.
      reconnectRetries: 0,
    },
    connectionMonitor: { protocolPrefix: 'hansa', pingInterval: settings.pingIntervalMs },
    metrics: () => options.metrics,
    ...(process.env.DEBUG === undefined ? { logger: silentLogger } : {}),
    services: {
      identify: identify({ protocolPrefix: 'hansa', agentVersion: 'hansa/1' } as object),
      gossip: gossipService(options.gossip, options.isSilent),
    },
  });
}

const silent: Logger = Object.assign(() => undefined, {
  error: () => undefined,
  trace: () => undefined,
  enabled: false,
  newScope: () => silent,
}) as Logger;

/** libp2p logs every packet; making up the names of those loggers costs more than the votes. `DEBUG=libp2p:*` turns it on. */
const silentLogger: ComponentLogger = { forComponent: () => silent };
