import { HansaError } from '@hansa/protocol';
import type { Connection, Stream } from '@libp2p/interface';
import { messageStreamToDuplex } from '@libp2p/utils';
import { decode, encode } from 'it-length-prefixed';
import { pipe } from 'it-pipe';
import { AsyncQueue } from './async-queue.ts';
import type { RequestBounds } from './settings.ts';
import type { Strikes } from './strikes.ts';
import { isFramingError } from './sync-server.ts';
import { decodeReply, encodeRequest, SYNC_HEADER_BYTES_MAX } from './sync-wire.ts';

interface Pending {
  readonly bytes: Uint8Array;
  readonly resolve: (reply: Uint8Array) => void;
  readonly reject: (error: HansaError) => void;
  readonly timer: NodeJS.Timeout;
  /** Set once the request is on its way. */
  sentId: number | undefined;
}

interface OpenStream {
  readonly stream: Stream;
  readonly requests: AsyncQueue<Uint8Array>;
}

/** Late replies that are still expected after their request timed out. More of them, and the stream is made anew. */
const LATE_MAX = 64;

/** Asks one peer (G2): one stream, opened at the first request and kept; a bounded number of requests in flight, the others wait. */
export class SyncClient {
  readonly #name: string;
  readonly #protocol: string;
  readonly #bounds: RequestBounds;
  readonly #strikes: Strikes;
  readonly #onMalformed: (reason: string) => void;
  #connection: Connection | undefined;
  #open: OpenStream | undefined;
  #opening = false;
  #nextId = 1;
  readonly #waiting = new Set<Pending>();
  readonly #flying = new Map<number, Pending>();
  #late = new Set<number>();

  constructor(options: {
    name: string;
    protocol: string;
    bounds: RequestBounds;
    strikes: Strikes;
    onMalformed: (reason: string) => void;
  }) {
    this.#name = options.name;
    this.#protocol = options.protocol;
    this.#bounds = options.bounds;
    this.#strikes = options.strikes;
    this.#onMalformed = options.onMalformed;
  }

  attach(connection: Connection): void {
    this.detach('PEER_NOT_CONNECTED');
    this.#connection = connection;
  }

  /** Fails all that is pending with `code`. */
  detach(code: 'PEER_NOT_CONNECTED' | 'NETWORK_STOPPED'): void {
    this.#connection = undefined;
    const open = this.#open;
    this.#open = undefined;
    open?.stream.abort(new Error('no longer used'));
    const error = this.#error(
      code,
      code === 'NETWORK_STOPPED' ? 'this city is stopping' : `${this.#name} is not connected; ask another member`,
    );
    for (const pending of [...this.#waiting, ...this.#flying.values()]) this.#settle(pending, error);
  }

  request(bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (bytes.length === 0 || bytes.length > this.#bounds.requestBytesMax) {
        reject(
          this.#error(
            'REQUEST_TOO_LARGE',
            `a request has 1 to ${this.#bounds.requestBytesMax} bytes; ask for less at a time`,
          ),
        );
        return;
      }
      if (this.#connection === undefined) {
        reject(this.#error('PEER_NOT_CONNECTED', `${this.#name} is not connected; ask another member`));
        return;
      }
      const timer = setTimeout(() => {
        this.#expire(pending);
      }, timeoutMs);
      const pending: Pending = { bytes, resolve, reject, timer, sentId: undefined };
      this.#waiting.add(pending);
      this.#send();
    });
  }

  #send(): void {
    const open = this.#open;
    if (open === undefined) {
      if (this.#waiting.size > 0 && !this.#opening && this.#connection !== undefined)
        void this.#openStream(this.#connection);
      return;
    }
    for (const pending of this.#waiting) {
      if (this.#flying.size >= this.#bounds.concurrencyMax) return;
      this.#waiting.delete(pending);
      const id = this.#nextId;
      this.#nextId = (id % 0xffffffff) + 1;
      pending.sentId = id;
      this.#flying.set(id, pending);
      open.requests.push(encodeRequest(id, pending.bytes));
    }
  }

  async #openStream(connection: Connection): Promise<void> {
    this.#opening = true;
    let stream: Stream | undefined;
    try {
      if (this.#strikes.refused) throw new Error('kept away after a malformed reply');
      stream = await connection.newStream([this.#protocol], {
        signal: AbortSignal.timeout(this.#bounds.openTimeoutMs),
      });
    } catch {
      // The next request tries again.
      const error = this.#error('PEER_NOT_CONNECTED', `${this.#name} does not take requests now; ask another member`);
      if (this.#connection === connection) for (const pending of [...this.#waiting]) this.#settle(pending, error);
    } finally {
      this.#opening = false;
    }
    if (stream === undefined) {
      this.#send();
      return;
    }
    if (this.#connection !== connection) {
      stream.abort(new Error('connection was replaced'));
      this.#send();
      return;
    }
    const open = { stream, requests: new AsyncQueue<Uint8Array>() };
    this.#open = open;
    this.#late = new Set();
    this.#send();
    await this.#run(open);
  }

  async #run(open: OpenStream): Promise<void> {
    const duplex = messageStreamToDuplex(open.stream);
    const write = pipe(open.requests, (source) => encode(source), duplex.sink);
    write.catch((error: Error) => open.stream.abort(error));
    try {
      await pipe(
        duplex.source,
        (source) => decode(source, { maxDataLength: this.#bounds.replyBytesMax + SYNC_HEADER_BYTES_MAX }),
        async (source) => {
          for await (const frame of source) this.#receive(frame.subarray());
        },
      );
    } catch (error) {
      if (error instanceof MalformedReply || isFramingError(error)) {
        this.#strikes.strike();
        this.#onMalformed((error as Error).message);
      }
    }
    open.requests.end();
    open.stream.abort(new Error('sync stream ended'));
    if (this.#open !== open) return;
    this.#open = undefined;
    const error = this.#error('PEER_NOT_CONNECTED', `${this.#name} closed the stream; ask another member`);
    for (const pending of [...this.#flying.values()]) this.#settle(pending, error);
    this.#send();
  }

  #receive(frame: Uint8Array): void {
    const reply = decodeReply(frame);
    if (reply === undefined) throw new MalformedReply('reply cannot be read');
    const pending = this.#flying.get(reply.id);
    if (pending === undefined) {
      // guard: G2 only what was asked
      if (!this.#late.delete(reply.id)) throw new MalformedReply('reply to nothing that was asked');
      return;
    }
    if (reply.kind === 'reply') {
      this.#settle(pending, undefined, reply.bytes);
    } else {
      const message = `${this.#name} refused the request; ${reply.retryAfterMs > 0 ? `try again in ${reply.retryAfterMs} ms` : 'ask another member'}`;
      this.#settle(pending, this.#error(reply.code, message, reply.retryAfterMs));
    }
    this.#send();
  }

  #expire(pending: Pending): void {
    if (pending.sentId !== undefined) this.#late.add(pending.sentId);
    this.#settle(pending, this.#error('REQUEST_TIMEOUT', `${this.#name} did not answer in time; ask another member`));
    // guard: G2 a peer that does not answer
    if (this.#late.size > LATE_MAX) this.#open?.stream.abort(new Error('too many requests without a reply'));
    this.#send();
  }

  #settle(pending: Pending, error: HansaError | undefined, reply?: Uint8Array): void {
    clearTimeout(pending.timer);
    this.#waiting.delete(pending);
    if (pending.sentId !== undefined) this.#flying.delete(pending.sentId);
    if (reply !== undefined) pending.resolve(reply);
    else if (error !== undefined) pending.reject(error);
  }

  #error(code: string, message: string, retryAfterMs = 0): HansaError {
    return new HansaError(code, message, retryAfterMs > 0 ? { retryAfterMs } : undefined);
  }
}

class MalformedReply extends Error {}
