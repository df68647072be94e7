import { limits } from '@hansa/protocol';
import type { Door } from './door.ts';

/** Bounds of one kind of requests, for each peer and each direction. */
export interface RequestBounds {
  readonly requestBytesMax: number;
  readonly replyBytesMax: number;
  /** Requests of one peer that are answered at a time; as many are sent at a time. */
  readonly concurrencyMax: number;
  /** Token bucket of requests. */
  readonly perSecond: number;
  readonly burst: number;
  /** Refusals that a peer may leave unread before its stream is closed. */
  readonly refusalsUnreadMax: number;
  /** How long opening the stream may take. */
  readonly openTimeoutMs: number;
}

/** Every local bound and time of the network, each with its reason. None is part of the agreement between cities. */
export interface NetworkSettings {
  /** Waiting votes, proposals and certificates of one peer; beyond, the oldest goes: C7 re-sends what still matters. */
  readonly consensusQueueFramesMax: number;
  readonly consensusQueueBytesMax: number;
  /** Waiting entries of one peer; beyond, the newest goes, so that the receiver keeps a gapless start and pulls the rest (G1). */
  readonly entriesQueueFramesMax: number;
  readonly entriesQueueBytesMax: number;
  /** Bytes handed to a stream at once: what is behind them can still be dropped. */
  readonly flushBytesMax: number;

  /** First wait after a failed dial or stream; doubles, with jitter, up to the cap; never gives up. */
  readonly backOffMs: number;
  readonly backOffCapMs: number;
  readonly dialTimeoutMs: number;
  /**
   * How long the authority that is to be dialed waits for it, less up to a half at random, before it dials itself; twice that
   * from the second time on. The other one may not reach it (a firewall, an old address). Longer than a dial takes.
   */
  readonly patienceMs: number;
  /** A connection that lasted this long proves the address good: the next wait is short again. */
  readonly settledMs: number;

  /** A peer that misbehaved may not open its direct streams again for this long; doubles at each repetition up to the cap. */
  readonly strikeMs: number;
  readonly strikeCapMs: number;

  /** A sync request is one of a few numbers and digests (G2: at most 1 KiB). */
  readonly syncRequestBytesMax: number;
  /** Requests of one peer that are answered at a time; as many are sent at a time. Bounds the reply bytes held for a slow reader. */
  readonly syncConcurrencyMax: number;
  /** Token bucket of requests per peer: catching up asks 20 replies of 2 MiB a second at most; single entries come in bursts. */
  readonly syncRequestsPerSecond: number;
  readonly syncRequestsBurst: number;
  /** Refusals that a peer may leave unread before its stream is closed. */
  readonly syncRefusalsUnreadMax: number;

  /** Requests between the services of two authorities, each kind with a stream of its own beside the sync. */
  readonly doors: Readonly<Record<Door, RequestBounds>>;

  /** Bytes of one peer's gossip that may wait; beyond, its stream and with it the connection is made anew. */
  readonly gossipBufferBytesMax: number;
  /** How often the gossip streams are looked after, and how long a connection may be without one. */
  readonly gossipCheckMs: number;
  readonly gossipMissingMs: number;

  /** Between liveness pings of a connection; a ping without answer for 5 s closes it. */
  readonly pingIntervalMs: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const defaultNetworkSettings: NetworkSettings = {
  consensusQueueFramesMax: 4096,
  consensusQueueBytesMax: 4 * MIB,
  entriesQueueFramesMax: 4096,
  // A lane's window: what a peer misses beyond, it pulls by sync.
  entriesQueueBytesMax: limits.laneWindowBytes,
  flushBytesMax: 256 * KIB,
  backOffMs: 100,
  backOffCapMs: 2_000,
  dialTimeoutMs: 5_000,
  patienceMs: 15_000,
  settledMs: 5_000,
  strikeMs: 1_000,
  strikeCapMs: 60_000,
  syncRequestBytesMax: KIB,
  syncConcurrencyMax: 8,
  syncRequestsPerSecond: 200,
  syncRequestsBurst: 400,
  syncRefusalsUnreadMax: 256,
  doors: {
    // A payload with its request. People ask at counters: 20 a second and city are more than there are.
    exchange: {
      requestBytesMax: limits.exchangeFrameBytesMax,
      replyBytesMax: limits.exchangeFrameBytesMax,
      concurrencyMax: 4,
      perSecond: 20,
      burst: 100,
      refusalsUnreadMax: 64,
      openTimeoutMs: 5_000,
    },
    // An import of 10,000 subjects is 313 requests, as fast as they are answered; each costs some 10 ms.
    oprf: {
      requestBytesMax: limits.oprfFrameBytesMax,
      replyBytesMax: limits.oprfFrameBytesMax,
      concurrencyMax: 4,
      perSecond: 100,
      burst: 400,
      refusalsUnreadMax: 64,
      openTimeoutMs: 5_000,
    },
  },
  gossipBufferBytesMax: 8 * MIB,
  gossipCheckMs: 5_000,
  gossipMissingMs: 15_000,
  pingIntervalMs: 10_000,
};

/** Settings for a federation of `members`: with hundreds of peers, dialing and pinging must not eat the machine. */
export function settingsFor(members: number, changes: Partial<NetworkSettings> = {}): NetworkSettings {
  return {
    ...defaultNetworkSettings,
    backOffCapMs: Math.min(10_000, Math.max(defaultNetworkSettings.backOffCapMs, 20 * members)),
    patienceMs: Math.max(defaultNetworkSettings.patienceMs, 100 * members),
    pingIntervalMs: Math.min(30_000, Math.max(defaultNetworkSettings.pingIntervalMs, 100 * members)),
    ...changes,
  };
}

/** The sync's own bounds in the form of every door's. */
export function syncBounds(settings: NetworkSettings): RequestBounds {
  return {
    requestBytesMax: settings.syncRequestBytesMax,
    replyBytesMax: limits.syncReplyBytesMax,
    concurrencyMax: settings.syncConcurrencyMax,
    perSecond: settings.syncRequestsPerSecond,
    burst: settings.syncRequestsBurst,
    refusalsUnreadMax: settings.syncRefusalsUnreadMax,
    openTimeoutMs: settings.dialTimeoutMs,
  };
}
