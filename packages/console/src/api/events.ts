/** Server-sent events over `fetch`, because `EventSource` cannot send the token in a header. */

export interface ServerEvent {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
}

/** Takes text as it comes and gives whole events (WHATWG HTML section 9.2.6, without what the daemon does not send). */
export class EventParser {
  #rest = '';
  #id = '';

  /** Id of the newest event: what a new connection sends as Last-Event-ID. */
  get lastEventId(): string {
    return this.#id;
  }

  push(text: string): ServerEvent[] {
    this.#rest += text;
    const parts = this.#rest.split('\n\n');
    this.#rest = parts.pop() ?? '';
    return parts.flatMap((part) => this.#read(part));
  }

  /** What came of an event that was cut off is forgotten: the next connection gets it whole. */
  cut(): void {
    this.#rest = '';
  }

  #read(part: string): ServerEvent[] {
    let name = '';
    let data = '';
    let id: string | undefined;
    for (const line of part.split('\n')) {
      const colon = line.indexOf(':');
      if (colon <= 0) continue;
      const value = line.slice(colon + 1).replace(/^ /, '');
      const field = line.slice(0, colon);
      if (field === 'event') name = value;
      else if (field === 'data') data += value;
      else if (field === 'id') id = value;
    }
    if (id !== undefined) this.#id = id;
    if (name === '' || data === '') return [];
    return [{ id: this.#id, name, data: JSON.parse(data) as unknown }];
  }
}

export interface EventSourceOptions {
  /** Opens the stream; rejects when there is none. */
  readonly open: (headers: Record<string, string>, signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: ServerEvent) => void;
  readonly onState: (state: 'live' | 'lost') => void;
  /** Waits; its promise never rejects. */
  readonly pause: (ms: number) => Promise<void>;
}

const pauseMsMin = 500;
const pauseMsMax = 15_000;

/** Reads events until the signal, and comes back with Last-Event-ID when the stream ends, slower each time it fails. */
export async function followEvents(options: EventSourceOptions, signal: AbortSignal): Promise<void> {
  const parser = new EventParser();
  let pauseMs = pauseMsMin;
  while (!signal.aborted) {
    try {
      const { lastEventId } = parser;
      const answer = await options.open(lastEventId === '' ? {} : { 'last-event-id': lastEventId }, signal);
      options.onState('live');
      pauseMs = pauseMsMin;
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        for (const event of parser.push(decoder.decode(value, { stream: true }))) options.onEvent(event);
      }
    } catch {
      // Whatever ended it: the stream is opened again.
    }
    parser.cut();
    if (signal.aborted) return;
    options.onState('lost');
    await options.pause(pauseMs);
    pauseMs = Math.min(2 * pauseMs, pauseMsMax);
  }
}
