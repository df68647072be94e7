import type { CounterGroup, Metrics, MultiaddrConnection } from '@libp2p/interface';
import type { ChannelTraffic, TrafficChannel } from './types.ts';

export class ByteCounter {
  bytesIn = 0;
  bytesOut = 0;
}

/** Counts of one channel; adds itself up on the way. */
export class ChannelCounter implements ChannelTraffic {
  messagesIn = 0;
  messagesOut = 0;
  bytesIn = 0;
  bytesOut = 0;

  received(bytes: number): void {
    this.messagesIn += 1;
    this.bytesIn += bytes;
  }

  sent(bytes: number): void {
    this.messagesOut += 1;
    this.bytesOut += bytes;
  }
}

/** All counters of one network. Only ever rising. */
export class TrafficCounters {
  readonly total = new ByteCounter();
  readonly channels: Readonly<Record<TrafficChannel, ChannelCounter>> = {
    consensus: new ChannelCounter(),
    entries: new ChannelCounter(),
    lanes: new ChannelCounter(),
    final: new ChannelCounter(),
    sync: new ChannelCounter(),
    exchange: new ChannelCounter(),
    oprf: new ChannelCounter(),
  };
  unsent = 0;
  malformed = 0;
  refusedConnections = 0;
  refusedStreams = 0;
  gossipRejected = 0;
  gossipIgnored = 0;
  requestsRefused = 0;
}

interface Corkable {
  cork(): void;
  uncork(): void;
}

/** What @libp2p/tcp's connections have beyond the interface. Checked before use: without it nothing is counted or joined. */
interface RawConnection {
  onData?: (data: { byteLength: number }) => void;
  sendData?: (data: { byteLength: number }) => { sentBytes: number; canSendMore: boolean };
  socket?: Corkable;
}

const nothing = (): void => {};
const stopTimer = (): (() => void) => nothing;
const idleGroup = {
  update: nothing,
  increment: nothing,
  decrement: nothing,
  reset: nothing,
  timer: stopTimer,
  observe: nothing,
} satisfies CounterGroup & Record<string, unknown>;

/**
 * A libp2p metrics component that does two things on each raw connection: it counts the bytes, and it joins all writes of
 * one tick of the event loop into one system call (cork). One vote is otherwise three writes: length, ciphertext, tag.
 *
 * `@libp2p/prometheus-metrics` is not used: it was seen to hang at start under load (docs/adr/0001).
 */
export class ConnectionMetrics implements Metrics {
  readonly #counters: TrafficCounters;
  readonly #owners = new WeakMap<MultiaddrConnection, { owner: ByteCounter | undefined; before: ByteCounter }>();

  constructor(counters: TrafficCounters) {
    this.#counters = counters;
  }

  /** From now on the connection's bytes, those of its handshake included, also count for `owner`. */
  assign(connection: MultiaddrConnection, owner: ByteCounter): void {
    const entry = this.#owners.get(connection);
    if (entry === undefined || entry.owner !== undefined) return;
    entry.owner = owner;
    owner.bytesIn += entry.before.bytesIn;
    owner.bytesOut += entry.before.bytesOut;
  }

  trackMultiaddrConnection(connection: MultiaddrConnection): void {
    const raw = connection as unknown as RawConnection;
    const entry: { owner: ByteCounter | undefined; before: ByteCounter } = {
      owner: undefined,
      before: new ByteCounter(),
    };
    this.#owners.set(connection, entry);
    const { total } = this.#counters;

    // Not a listener of `message`: with one, libp2p would hand over bytes before its own reader is there, and lose them.
    const onData = raw.onData?.bind(connection);
    if (onData !== undefined) {
      raw.onData = (data) => {
        total.bytesIn += data.byteLength;
        (entry.owner ?? entry.before).bytesIn += data.byteLength;
        onData(data);
      };
    }

    const sendData = raw.sendData?.bind(connection);
    if (sendData === undefined) return;
    const { socket } = raw;
    const canCork = typeof socket?.cork === 'function' && typeof socket.uncork === 'function';
    let corked = false;
    const uncork = (): void => {
      corked = false;
      socket?.uncork();
    };
    raw.sendData = (data) => {
      if (canCork && !corked) {
        corked = true;
        socket.cork();
        process.nextTick(uncork);
      }
      const result = sendData(data);
      total.bytesOut += result.sentBytes;
      (entry.owner ?? entry.before).bytesOut += result.sentBytes;
      return result;
    };
  }

  trackProtocolStream(): void {}

  registerMetric = () => idleGroup;
  registerMetricGroup = () => idleGroup;
  registerCounter = () => idleGroup;
  registerCounterGroup = () => idleGroup;
  registerHistogram = () => idleGroup;
  registerHistogramGroup = () => idleGroup;
  registerSummary = () => idleGroup;
  registerSummaryGroup = () => idleGroup;

  traceFunction<F>(_name: string, traced: F): F {
    return traced;
  }

  createTrace(): undefined {}
}
