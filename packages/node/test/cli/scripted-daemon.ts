import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Scripted {
  readonly status?: number;
  readonly body: unknown;
}

interface Seen {
  port: string;
  asked: number;
  /** Idempotency-Keys of the requests. */
  readonly keys: (string | undefined)[];
}

/** What `/v1/status` says of a city that takes part. */
export const standing = {
  city: 'haikou',
  displayName: '测试城市',
  federation: 'a test federation',
  federationId: '0'.repeat(64),
  epoch: 1,
  joined: true,
  votes: true,
  voters: 1,
  quorum: 1,
  halted: false,
  behind: false,
  view: 3,
  finalizedHeight: 2,
  executedHeight: 2,
  asOf: '2026-11-23T02:10:00.000Z',
  historyRoot: 'ab',
  stateRoot: 'cd',
  records: 1,
  rejectedRecords: 0,
  peers: [],
  evidence: 0,
  lookupAlarms: 0,
  alarm: null,
};
/** A connected or absent city of `peers`. */
export const voter = { kind: 'authority', votes: true };

let server: Server | undefined;

export async function stopScripted(): Promise<void> {
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
}

/** A daemon that gives these answers one after the other, the last of them for ever; gives its port. */
export function daemonThatSays(...answers: readonly [Scripted, ...Scripted[]]): Promise<Seen> {
  return daemonThatSaysAt(0, ...answers);
}

/** `at`: its port; 0: any. */
export async function daemonThatSaysAt(at: number, ...answers: readonly [Scripted, ...Scripted[]]): Promise<Seen> {
  const seen: Seen = { port: '', asked: 0, keys: [] };
  server = createServer((request, response) => {
    const { status = 200, body } = answers[Math.min(seen.asked++, answers.length - 1)] as Scripted;
    request.resume();
    seen.keys.push(request.headers['idempotency-key'] as string | undefined);
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(at, '127.0.0.1', resolve));
  seen.port = String((listening.address() as AddressInfo).port);
  return seen;
}
