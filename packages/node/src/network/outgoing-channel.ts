import type { Connection, Stream } from '@libp2p/interface';
import { BackOff } from '../back-off.ts';
import { FrameQueue, type QueueBounds } from './frame-queue.ts';
import { type Frame, joinFrames } from './frames.ts';
import type { NetworkSettings } from './settings.ts';
import type { NetworkLog } from './types.ts';

/** Runs the flushes of all channels once, after the current tick's work. */
export class FlushSchedule {
  #waiting: OutgoingChannel[] = [];
  readonly #flush = (): void => {
    const channels = this.#waiting;
    this.#waiting = [];
    for (const channel of channels) channel.flush();
  };

  add(channel: OutgoingChannel): void {
    if (this.#waiting.push(channel) === 1) setImmediate(this.#flush);
  }
}

/**
 * Our one long-lived stream of one channel to one peer. It is opened when the peer connects, opened again with back-off
 * when it breaks, and takes frames only while the peer is connected: what an absent peer missed, it asks for (C7, G3).
 */
export class OutgoingChannel {
  readonly queue: FrameQueue;
  readonly #protocol: string;
  readonly #settings: NetworkSettings;
  readonly #schedule: FlushSchedule;
  readonly #log: NetworkLog;
  readonly #backOff: BackOff;
  #connection: Connection | undefined;
  #stream: Stream | undefined;
  #retry: NodeJS.Timeout | undefined;
  #scheduled = false;

  constructor(options: {
    protocol: string;
    bounds: QueueBounds;
    settings: NetworkSettings;
    schedule: FlushSchedule;
    log: NetworkLog;
  }) {
    this.#protocol = options.protocol;
    this.#settings = options.settings;
    this.#schedule = options.schedule;
    this.#log = options.log;
    this.queue = new FrameQueue(options.bounds);
    this.#backOff = new BackOff(options.settings.backOffMs, options.settings.backOffCapMs);
  }

  attach(connection: Connection): void {
    this.detach();
    this.#connection = connection;
    this.#backOff.reset();
    void this.#open(connection);
  }

  detach(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const stream = this.#stream;
    this.#connection = undefined;
    this.#stream = undefined;
    this.queue.clear();
    stream?.abort(new Error('no longer used'));
  }

  /** False when the peer is not connected. */
  send(frame: Frame): boolean {
    if (this.#connection === undefined) return false;
    this.queue.push(frame);
    this.#wantFlush();
    return true;
  }

  /** Hands frames to the stream until it says that it is full; the rest waits in our queue, where it can be dropped. */
  flush(): void {
    this.#scheduled = false;
    const stream = this.#stream;
    if (stream === undefined) return;
    try {
      while (!stream.writableNeedsDrain && this.queue.length > 0) {
        for (const segment of joinFrames(this.queue.take(this.#settings.flushBytesMax))) stream.send(segment);
      }
    } catch (error) {
      // The stream closed under our hands; its close event opens the next one.
      stream.abort(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #wantFlush(): void {
    if (this.#scheduled || this.#stream === undefined || this.#stream.writableNeedsDrain) return;
    this.#scheduled = true;
    this.#schedule.add(this);
  }

  async #open(connection: Connection): Promise<void> {
    let stream: Stream;
    try {
      stream = await connection.newStream([this.#protocol], {
        signal: AbortSignal.timeout(this.#settings.dialTimeoutMs),
      });
    } catch (error) {
      this.#log.debug({ protocol: this.#protocol, reason: (error as Error).name }, 'stream not opened, will try again');
      this.#reopen(connection);
      return;
    }
    if (this.#connection !== connection) {
      stream.abort(new Error('connection was replaced'));
      return;
    }
    this.#stream = stream;
    const openedAt = performance.now();
    stream.addEventListener('drain', () => this.#wantFlush());
    stream.addEventListener('close', () => {
      if (this.#stream !== stream) return;
      this.#stream = undefined;
      if (performance.now() - openedAt > this.#settings.settledMs) this.#backOff.reset();
      this.#reopen(connection);
    });
    // Nothing is said on this stream in the other direction. A peer that ends it has stopped reading.
    stream.addEventListener('remoteCloseWrite', () => stream.abort(new Error('closed by the peer')));
    if (stream.status !== 'open') {
      this.#stream = undefined;
      this.#reopen(connection);
      return;
    }
    this.#wantFlush();
  }

  #reopen(connection: Connection): void {
    if (this.#connection !== connection || connection.status !== 'open') return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      if (this.#connection === connection) void this.#open(connection);
    }, this.#backOff.next());
  }
}
