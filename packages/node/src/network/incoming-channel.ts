import type { Stream } from '@libp2p/interface';
import { FrameReader } from './frames.ts';
import type { Strikes } from './strikes.ts';

/** What a reader tells: messages, and that the peer broke the framing. */
export interface IncomingEvents {
  onMessage(message: Uint8Array): void;
  onMalformed(reason: string): void;
}

/** Reads one channel of one peer. A newer stream replaces an older one: the peer has restarted, or its stream broke. */
export class IncomingChannel {
  readonly #bytesMax: number;
  readonly #strikes: Strikes;
  readonly #events: IncomingEvents;
  #stream: Stream | undefined;

  constructor(options: { bytesMax: number; strikes: Strikes; events: IncomingEvents }) {
    this.#bytesMax = options.bytesMax;
    this.#strikes = options.strikes;
    this.#events = options.events;
  }

  /** False when the peer has to wait after it misbehaved. */
  accept(stream: Stream): boolean {
    // guard: G1 kept away after it misbehaved
    if (this.#strikes.refused) {
      stream.abort(new Error('refused for a while after misbehaviour'));
      return false;
    }
    const former = this.#stream;
    this.#stream = stream;
    former?.abort(new Error('replaced by a newer stream'));

    const reader = new FrameReader(this.#bytesMax, (message) => this.#events.onMessage(message));
    const fail = (reason: string): void => {
      this.#events.onMalformed(reason);
      this.#strike(stream, reason);
    };
    stream.addEventListener('message', (event) => {
      if (stream !== this.#stream) return;
      const chunks = event.data instanceof Uint8Array ? [event.data] : event.data;
      for (const chunk of chunks) {
        // guard: G1 bounded frames
        if (!reader.push(chunk)) {
          fail('frame length is zero, too large or malformed');
          return;
        }
      }
    });
    stream.addEventListener('end', () => {
      // Still open: an orderly end. A stream that ends with its connection is nobody's fault.
      if (stream.status !== 'open') return;
      // guard: G1 whole frames
      if (stream === this.#stream && reader.midFrame) fail('stream ended inside a frame');
      else stream.close().catch((error: Error) => stream.abort(error));
    });
    stream.addEventListener('close', () => {
      if (this.#stream === stream) this.#stream = undefined;
    });
    return true;
  }

  /** The peer sent what no honest peer sends: it has to wait. */
  keepAway(reason: string): void {
    const stream = this.#stream;
    this.#stream = undefined;
    this.#strike(stream, reason);
  }

  #strike(stream: Stream | undefined, reason: string): void {
    this.#strikes.strike();
    stream?.abort(new Error(reason));
  }

  close(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.abort(new Error('no longer used'));
  }
}
