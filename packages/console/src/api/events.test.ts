import { expect, test } from 'vitest';
import { EventParser, followEvents, type ServerEvent } from './events.ts';

test('events come out whole, however the stream is cut; comments and empty parts are none', () => {
  const text =
    'retry: 1000\n\nid: a-1\nevent: finalized\ndata: {"height":1}\n\n: still here\n\nid: a-2\nevent: executed\ndata: {"height":1,"x":"a:b"}\n\n';
  for (const size of [1, 7, text.length]) {
    const parser = new EventParser();
    const events: ServerEvent[] = [];
    for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)));
    expect(events).toEqual([
      { id: 'a-1', name: 'finalized', data: { height: 1 } },
      { id: 'a-2', name: 'executed', data: { height: 1, x: 'a:b' } },
    ]);
    expect(parser.lastEventId).toBe('a-2');
  }
});

test('a stream that ends is opened again with the id of the last whole event, later each time it fails', async () => {
  const stopped = new AbortController();
  const opened: Record<string, string>[] = [];
  const pauses: number[] = [];
  const states: string[] = [];
  const events: ServerEvent[] = [];
  const streams = [
    'id: a-1\nevent: finalized\ndata: {}\n\nid: a-2\nevent: cut',
    undefined,
    undefined,
    'id: a-2\nevent: executed\ndata: {}\n\n',
  ];
  await followEvents(
    {
      open: async (headers) => {
        opened.push(headers);
        const text = streams[opened.length - 1];
        if (text === undefined) throw new Error('no daemon');
        return new Response(text);
      },
      onEvent: (event) => events.push(event),
      onState: (state) => states.push(state),
      pause: async (ms) => {
        pauses.push(ms);
        if (opened.length === streams.length) stopped.abort();
      },
    },
    stopped.signal,
  );
  expect(opened).toEqual([{}, { 'last-event-id': 'a-1' }, { 'last-event-id': 'a-1' }, { 'last-event-id': 'a-1' }]);
  expect(events.map(({ id }) => id)).toEqual(['a-1', 'a-2']);
  expect(pauses).toEqual([500, 1000, 2000, 500]);
  expect(states.filter((state) => state === 'live').length).toBe(2);
});
