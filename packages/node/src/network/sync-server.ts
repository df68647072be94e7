import type { Stream } from '@libp2p/interface';
import { messageStreamToDuplex } from '@libp2p/utils';
import { decode, encode } from 'it-length-prefixed';
import { pipe } from 'it-pipe';
import { AsyncQueue } from './async-queue.ts';
import type { RequestBounds } from './settings.ts';
import type { Strikes } from './strikes.ts';
import { decodeRequest, encodeRefusal, encodeReply, SYNC_HEADER_BYTES_MAX } from './sync-wire.ts';
import { TokenBucket } from './token-bucket.ts';

export interface SyncServerEvents {
  onRequest(bytes: Uint8Array): Promise<Uint8Array>;
  onMalformed(reason: string): void;
  onRefused(code: string): void;
  /** Bytes of a reply that left. */
  onReplied(bytes: number): void;
  /** The handler rejected, or its reply is too large: a fault of this city, answered with REQUEST_FAILED. */
  onFailed(error: unknown): void;
}

interface Outgoing {
  readonly frame: Uint8Array;
  readonly reply: boolean;
}

interface Session {
  readonly outgoing: AsyncQueue<Outgoing>;
  /** Replies made and not yet written. They keep their places: a peer that does not read gets no more answers. */
  unwritten: number;
}

const BUSY_RETRY_MS = 100;

/** Answers one peer's requests (G2). Its limits hold for the peer, whatever number of streams it opens. */
export class SyncServer {
  readonly #bounds: RequestBounds;
  readonly #strikes: Strikes;
  readonly #events: SyncServerEvents;
  readonly #bucket: TokenBucket;
  #answering = 0;
  #stream: Stream | undefined;

  constructor(options: { bounds: RequestBounds; strikes: Strikes; events: SyncServerEvents }) {
    this.#bounds = options.bounds;
    this.#strikes = options.strikes;
    this.#events = options.events;
    this.#bucket = new TokenBucket(options.bounds.perSecond, options.bounds.burst);
  }

  /** False when the peer has to wait after a malformed request. */
  accept(stream: Stream): boolean {
    // guard: G2 kept away after a malformed request
    if (this.#strikes.refused) {
      stream.abort(new Error('refused for a while after a malformed request'));
      return false;
    }
    const former = this.#stream;
    this.#stream = stream;
    former?.abort(new Error('replaced by a newer stream'));
    void this.#serve(stream);
    return true;
  }

  close(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.abort(new Error('no longer used'));
  }

  async #serve(stream: Stream): Promise<void> {
    const session: Session = { outgoing: new AsyncQueue(), unwritten: 0 };
    const duplex = messageStreamToDuplex(stream);
    const events = this.#events;
    const bounds = this.#bounds;

    const write = pipe(
      async function* () {
        for await (const { frame, reply } of session.outgoing) {
          // Asked for the next one only when the stream had room for this one.
          yield frame;
          if (!reply) continue;
          session.unwritten -= 1;
          events.onReplied(frame.length);
        }
      },
      (source) => encode(source, { maxDataLength: bounds.replyBytesMax + SYNC_HEADER_BYTES_MAX }),
      duplex.sink,
    );
    // Ends the reading side too.
    write.catch((error: Error) => stream.abort(error));

    try {
      await pipe(
        duplex.source,
        (source) => decode(source, { maxDataLength: this.#bounds.requestBytesMax + SYNC_HEADER_BYTES_MAX }),
        async (source) => {
          for await (const frame of source) this.#take(frame.subarray(), session);
        },
      );
    } catch (error) {
      if (error instanceof MalformedRequest || isFramingError(error)) {
        this.#strikes.strike();
        this.#events.onMalformed((error as Error).message);
      }
      stream.abort(error as Error);
    }
    // Ends the writing side, which closes the stream.
    session.outgoing.end();
    if (this.#stream === stream) this.#stream = undefined;
  }

  #take(frame: Uint8Array, session: Session): void {
    const request = decodeRequest(frame);
    if (request === undefined) throw new MalformedRequest('empty request');
    const refuse = (code: string, retryAfterMs: number): void => {
      this.#events.onRefused(code);
      if (session.outgoing.length >= this.#bounds.refusalsUnreadMax)
        throw new MalformedRequest('asks on without reading the refusals');
      session.outgoing.push({ frame: encodeRefusal(request.id, code, retryAfterMs), reply: false });
    };
    const waitMs = this.#bucket.take();
    // guard: G2 rate-limited
    if (waitMs > 0) {
      refuse('RATE_LIMITED', waitMs);
      return;
    }
    // guard: G2 a bounded number at a time, unread replies counted
    if (this.#answering + session.unwritten >= this.#bounds.concurrencyMax) {
      refuse('BUSY', BUSY_RETRY_MS);
      return;
    }
    this.#answering += 1;
    void this.#answer(request.bytes).then((reply) => {
      this.#answering -= 1;
      session.unwritten += 1;
      session.outgoing.push({
        frame: reply === undefined ? encodeRefusal(request.id, 'REQUEST_FAILED', 0) : encodeReply(request.id, reply),
        reply: true,
      });
    });
  }

  async #answer(bytes: Uint8Array): Promise<Uint8Array | undefined> {
    try {
      const reply = await this.#events.onRequest(bytes);
      // guard: G2 bounded
      if (reply.length > this.#bounds.replyBytesMax) throw new Error('reply larger than its bound');
      return reply;
    } catch (error) {
      this.#events.onFailed(error);
      return undefined;
    }
  }
}

class MalformedRequest extends Error {}

const FRAMING_ERRORS = new Set([
  'InvalidMessageLengthError',
  'InvalidDataLengthError',
  'InvalidDataLengthLengthError',
  'UnexpectedEOFError',
]);

/** it-length-prefixed could not go on: a length that is no length or too large, or an end inside a frame. */
export function isFramingError(error: unknown): boolean {
  return error instanceof Error && FRAMING_ERRORS.has(error.name);
}
