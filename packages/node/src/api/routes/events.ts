import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { HansaError } from '@hansa/protocol';
import { Type } from 'typebox';
import { cityName } from '../../city-names.ts';
import { timeView } from '../../services/views.ts';
import type { CityEvents } from '../ports.ts';
import type { ReadContext } from '../route-context.ts';
import { problemAnswer } from '../schemas.ts';
import { finalAfterMs } from './finality.ts';

const heartbeatMs = 15_000;
const streamsMax = 64;
/** Events that a client which comes back may have missed. */
const rememberedMax = 512;
/** A client this far behind is cut off; it comes back with Last-Event-ID. */
const backlogBytesMax = 1024 * 1024;

const eventExample =
  'id: 5d0e7bb1c2a4-17\nevent: executed\ndata: {"height":12,"timestamp":"2026-11-24T09:00:00.000Z","records":40,"rejected":1}\n\n';

/** Server-sent events (WHATWG HTML section 9.2) of what the city sees happen. */
export class EventStreams {
  /** Ids of another start of the daemon name other events. */
  readonly #start = randomBytes(6).toString('hex');
  readonly #remembered: { readonly number: number; readonly text: string }[] = [];
  readonly #streams = new Set<ServerResponse>();
  #number = 0;
  #heartbeat: NodeJS.Timeout | undefined;

  publish(name: keyof CityEvents, data: object): void {
    const number = ++this.#number;
    const text = `id: ${this.#start}-${number}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#remembered.push({ number, text });
    if (this.#remembered.length > rememberedMax) this.#remembered.shift();
    for (const stream of this.#streams) this.#write(stream, text);
  }

  /** Throws STREAMS_TOO_MANY. */
  open(stream: ServerResponse, lastEventId: string | undefined): void {
    if (this.#streams.size >= streamsMax) {
      throw new HansaError('STREAMS_TOO_MANY', 'Too many event streams are open. Close one, or try again later.', {
        retryAfterMs: 5000,
      });
    }
    stream.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    stream.write('retry: 1000\n\n');
    const [start, seen] = (lastEventId ?? '').split('-');
    if (start === this.#start) {
      for (const { number, text } of this.#remembered) if (number > Number(seen)) this.#write(stream, text);
    }
    this.#streams.add(stream);
    stream.once('close', () => this.#forget(stream));
    this.#heartbeat ??= setInterval(() => this.#beat(), heartbeatMs).unref();
  }

  close(): void {
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
  }

  #beat(): void {
    for (const stream of this.#streams) this.#write(stream, ': still here\n\n');
  }

  #write(stream: ServerResponse, text: string): void {
    if (stream.writableLength > backlogBytesMax) stream.destroy();
    else stream.write(text);
  }

  #forget(stream: ServerResponse): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
  }
}

export function addEventRoutes({ app, city, nowMs }: ReadContext): void {
  const streams = new EventStreams();
  const listeners: { readonly [Name in keyof CityEvents]: (event: CityEvents[Name]) => void } = {
    finalized: ({ height, view, timestampMs }) =>
      streams.publish('finalized', {
        height,
        view,
        timestamp: timeView(timestampMs),
        afterMs: finalAfterMs(nowMs(), timestampMs),
      }),
    executed: ({ height, timestampMs, records, rejected }) =>
      streams.publish('executed', { height, timestamp: timeView(timestampMs), records, rejected }),
    checkpointed: ({ height }) => streams.publish('checkpointed', { height }),
    evidence: ({ accused, type }) => streams.publish('evidence', { city: cityName(city.genesis, accused), kind: type }),
    epoch: ({ epoch, height }) => streams.publish('epoch', { epoch, height }),
    alarm: ({ code, message }) => streams.publish('alarm', { code, message }),
  };
  const names = Object.keys(listeners) as (keyof CityEvents)[];
  for (const name of names) city.events.on(name, listeners[name] as (event: unknown) => void);
  // Before the server waits for its requests to end: an event stream never ends by itself.
  app.addHook('preClose', async () => {
    for (const name of names) city.events.off(name, listeners[name] as (event: unknown) => void);
    streams.close();
  });

  app.route({
    method: 'GET',
    url: '/v1/events',
    config: { route: 'GET /v1/events' },
    schema: {
      summary: 'Server-sent events: finalized, executed, checkpointed, evidence, epoch, alarm.',
      description:
        'A comment every 15 s keeps the connection alive. Last-Event-ID gives again what was missed, if not too much.',
      response: {
        200: {
          description: 'The stream.',
          content: { 'text/event-stream': { schema: Type.String({ examples: [eventExample] }) } },
        },
        '4xx': problemAnswer,
        '5xx': problemAnswer,
      },
    },
    handler: async (request, reply) => {
      const lastEventId = request.headers['last-event-id'];
      streams.open(reply.raw, typeof lastEventId === 'string' ? lastEventId : undefined);
      reply.hijack();
    },
  });
}
