import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { account, type Door, type Doors, openDoors, tokenOf } from './fixture.ts';

let doors: Doors;
let haikou: Door;
let url: string;
beforeAll(async () => {
  doors = await openDoors(1);
  haikou = doors.doors[0] as Door;
  await haikou.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(haikou.app.server.address() as AddressInfo).port}/v1/events`;
});
afterAll(() => doors.close());

interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Reads events until `enough` is content with them, then hangs up. */
async function listen(
  lastEventId: string | undefined,
  enough: (events: readonly ServerEvent[]) => boolean,
  opened?: () => void,
): Promise<readonly ServerEvent[]> {
  const hangUp = new AbortController();
  const headers = {
    authorization: `Bearer ${tokenOf.auditor}`,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const response = await fetch(url, { headers, signal: hangUp.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  opened?.();
  const events: ServerEvent[] = [];
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) break;
      const fields = Object.fromEntries(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => line.split(/: (.*)/s) as [string, string]),
      );
      text = text.slice(end + 2);
      if (fields.event !== undefined)
        events.push({ id: fields.id ?? '', event: fields.event, data: JSON.parse(fields.data ?? '') });
    }
    if (enough(events)) break;
  }
  hangUp.abort();
  return events;
}

const has = (events: readonly ServerEvent[], name: string) => events.some(({ event }) => event === name);
const issue = () => haikou.call('issuer', 'POST', '/v1/certificates', { payload: { account, handler: 'op08' } });

test('an event stream tells of finality, execution and checkpoints, and Last-Event-ID gives what was missed', async () => {
  const all = ['finalized', 'executed', 'checkpointed'];
  const first = await listen(
    undefined,
    (events) => all.every((name) => has(events, name)),
    () => void issue(),
  );
  const height = first.find(({ event }) => event === 'executed')?.data.height;
  expect(height).toBeGreaterThan(0);
  const seen = first.findIndex(({ event }) => event === 'finalized');
  const again = await listen(first[seen]?.id, (events) => events.length >= first.length - seen - 1);
  expect(again.slice(0, first.length - seen - 1)).toEqual(first.slice(seen + 1));
});

test('an id of another start of the daemon gives nothing again', async () => {
  const before = haikou.city.status().executedHeight;
  const events = await listen(
    '000000000000-1',
    (seen) => has(seen, 'executed'),
    () => {
      void issue();
    },
  );
  for (const { data } of events.filter(({ event }) => event === 'executed'))
    expect(data.height).toBeGreaterThan(before);
});

test('closing the API ends the streams, so that the daemon stops at once', async () => {
  const { openDoor } = await import('./fixture.ts');
  const door = await openDoor(haikou.city, haikou.registry);
  await door.app.listen({ host: '127.0.0.1', port: 0 });
  const port = (door.app.server.address() as AddressInfo).port;
  const response = await fetch(`http://127.0.0.1:${port}/v1/events`, {
    headers: { authorization: `Bearer ${tokenOf.clerk}` },
  });
  const ended = response.text();
  await door.app.close();
  expect(await ended).toContain('retry: 1000');
});
