import { EventSourceParserStream } from 'eventsource-parser/stream';
import { authorization, type Connection } from './connection.ts';
import { problemOf } from './problem.ts';

/** What a city sees happen. Times are RFC 3339. */
export type CityEvent = { readonly id: string } & (
  | {
      readonly name: 'finalized';
      readonly data: { readonly height: number; readonly view: number; readonly timestamp: string };
    }
  | {
      readonly name: 'executed';
      readonly data: {
        readonly height: number;
        readonly timestamp: string;
        readonly records: number;
        readonly rejected: number;
      };
    }
  | { readonly name: 'checkpointed'; readonly data: { readonly height: number } }
  | { readonly name: 'evidence'; readonly data: { readonly city: string; readonly kind: string } }
  | { readonly name: 'epoch'; readonly data: { readonly epoch: number; readonly height: number } }
  | { readonly name: 'alarm'; readonly data: { readonly code: string; readonly message: string } }
);

export interface EventsOptions {
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** `id` of the last event that was dealt with: those after it come again, as far as the city remembers them. */
  readonly lastEventId?: string;
  /** Told of each lost connection; the stream goes on by itself. */
  readonly onLost?: (cause: unknown) => void;
}

const retryMsDefault = 1000;

/**
 * Server-sent events of a city, for as long as `signal` lets it. A lost connection is made again, and goes on after the
 * last event seen. Throws `ApiProblem` when the city refuses for good, as with a wrong token.
 */
export async function* cityEvents(connection: Connection, options: EventsOptions): AsyncGenerator<CityEvent, void> {
  const { signal } = options;
  let lastEventId = options.lastEventId;
  let retryMs = retryMsDefault;
  while (!signal.aborted) {
    try {
      const parser = new EventSourceParserStream({
        onRetry: (ms) => {
          retryMs = ms;
        },
      });
      for await (const { id, event, data } of (await open(connection, lastEventId, signal)).pipeThrough(parser)) {
        if (id === undefined || event === undefined) continue;
        // What had come before the end was wanted is not told any more.
        if (signal.aborted) return;
        lastEventId = id;
        yield { id, name: event, data: JSON.parse(data) } as CityEvent;
      }
    } catch (cause) {
      if (signal.aborted) return;
      if (isFinal(cause)) throw cause;
      options.onLost?.(cause);
    }
    await pause(retryMs, signal);
  }
}

async function open(
  connection: Connection,
  lastEventId: string | undefined,
  signal: AbortSignal,
): Promise<ReadableStream<string>> {
  const fetch = connection.fetch ?? globalThis.fetch;
  const answer = await fetch(new URL('/v1/events', connection.url), {
    headers: {
      accept: 'text/event-stream',
      ...authorization(connection),
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal,
  });
  if (!answer.ok) throw await problemOf(answer);
  if (answer.body === null) throw new TypeError('The answer has no body.');
  return answer.body.pipeThrough(new TextDecoderStream());
}

/** A refusal that the next attempt would get again. */
function isFinal(cause: unknown): boolean {
  const status = (cause as { readonly status?: unknown }).status;
  return typeof status === 'number' && status >= 400 && status < 500 && status !== 429;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
