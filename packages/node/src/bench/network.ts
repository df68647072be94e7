import '../polyfill.ts';
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Genesis } from '@hansa/protocol/genesis';
import type { Channel } from '@hansa/protocol/replica';
import { createNetwork, peerIdOf } from '../network/index.ts';

/**
 * Cost of the network alone: four processes, everyone sends to everyone over the direct streams (or gossip), as fast as
 * the slowest receives. Prints messages per second and the CPU time per message of all four together, which is the
 * measure that docs/adr/0001 compares.
 *
 *   pnpm --filter @hansa/node run bench:network [seconds]
 */

const CITIES = 4;
const BASE_PORT = 41_700;
interface Task {
  readonly way: Channel | 'lanes';
  readonly bytes: number;
  readonly seconds: number;
  /** Messages that a sender may be ahead of what it has received from the slowest other. One: none shares its packet. */
  readonly window: number;
}

interface Outcome {
  readonly sent: number;
  readonly cpuMs: number;
  readonly wireBytes: number;
  readonly latenciesMs: readonly number[];
}

function secretOf(index: number): Uint8Array {
  return createHash('sha256').update(`bench network ${index}`).digest();
}

async function benchGenesis(): Promise<Genesis> {
  const authorities = await Promise.all(
    Array.from({ length: CITIES }, async (_, index) => ({
      index,
      name: `city${index}`,
      displayName: `city${index}`,
      laneKey: new Uint8Array(32),
      voteKey: new Uint8Array(48),
      voteKeyProof: new Uint8Array(96),
      exchangeKey: new Uint8Array(32),
      credentialKey: new Uint8Array(32),
      peerId: await peerIdOf(secretOf(index)),
      addresses: [`/ip4/127.0.0.1/tcp/${BASE_PORT + index}`],
    })),
  );
  // The network reads nothing else of a genesis.
  return { federationId: new Uint8Array(32).fill(7), authorities, observers: [] } as unknown as Genesis;
}

async function runCity(index: number): Promise<void> {
  const genesis = await benchGenesis();
  const received = new Array<number>(CITIES).fill(0);
  const latenciesMs: number[] = [];
  let onProgress = (): void => {};
  const silence = () => undefined;
  const network = await createNetwork({
    genesis,
    self: `city${index}`,
    networkSecret: secretOf(index),
    listen: [`/ip4/127.0.0.1/tcp/${BASE_PORT + index}`],
    peers: {},
    log: { debug: silence, info: silence, warn: console.warn, error: console.error },
    handlers: {
      onMessage: (_from, bytes) => {
        const view = new DataView(bytes.buffer, bytes.byteOffset);
        const author = view.getUint32(0);
        received[author] = (received[author] ?? 0) + 1;
        // The clock counts microseconds since a start that all processes of a machine share.
        if (latenciesMs.length < 200_000)
          latenciesMs.push((Number(process.hrtime.bigint() / 1000n) - view.getFloat64(8)) / 1000);
        onProgress();
      },
      onRequest: async () => new Uint8Array(1),
      verifyGossip: () => 'accept',
      onPeersChanged: silence,
    },
  });
  await network.start();
  let number = 0;

  const measure = async (task: Task): Promise<Outcome> => {
    received.fill(0);
    latenciesMs.length = 0;
    let sent = 0;
    const sendOne = (): void => {
      const bytes = new Uint8Array(task.bytes);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, index);
      view.setUint32(4, number);
      number += 1;
      view.setFloat64(8, Number(process.hrtime.bigint() / 1000n));
      if (task.way === 'lanes') network.publish('lanes', bytes);
      else network.broadcast(task.way, bytes);
      sent += 1;
    };
    const slowest = (): number => Math.min(...received.filter((_, author) => author !== index));
    const cpu = process.cpuUsage();
    const wireBefore = network.traffic().bytesOut;
    let ended = false;
    onProgress = () => {
      while (!ended && sent < slowest() + task.window) sendOne();
    };
    onProgress();
    await new Promise((resolve) => setTimeout(resolve, task.seconds * 1000));
    ended = true;
    const { user, system } = process.cpuUsage(cpu);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return {
      sent,
      cpuMs: (user + system) / 1000,
      wireBytes: network.traffic().bytesOut - wireBefore,
      latenciesMs: quantiles(latenciesMs),
    };
  };

  process.on('message', (message: Task | 'status' | 'stop') => {
    if (message === 'status') process.send?.(network.peers().every((peer) => peer.connected));
    else if (message === 'stop') void network.stop().then(() => process.exit(0));
    else void measure(message).then((outcome) => process.send?.(outcome));
  });
}

function quantiles(values: number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.5, 0.99].map((q) => sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN);
}

function ask<T>(child: ChildProcess, message: Task | 'status'): Promise<T> {
  return new Promise((resolve) => {
    child.once('message', (answer) => resolve(answer as T));
    child.send(message);
  });
}

async function main(seconds: number): Promise<void> {
  const cities = Array.from({ length: CITIES }, (_, index) =>
    fork(fileURLToPath(import.meta.url), ['city', String(index)]),
  );
  for (;;) {
    const connected = await Promise.all(cities.map((city) => ask<boolean>(city, 'status')));
    if (connected.every(Boolean)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // Subscriptions and streams settle after the connections.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const rows: object[] = [];
  const tasks: [Task['way'], number, number][] = [
    ['consensus', 300, 1],
    ['consensus', 300, 64],
    ['consensus', 4096, 1],
    ['consensus', 4096, 64],
    ['entries', 65_536, 1],
    ['entries', 65_536, 16],
    ['entries', 262_144, 8],
    ['lanes', 300, 1],
    ['lanes', 300, 64],
    ['lanes', 4096, 16],
  ];
  for (const [way, bytes, window] of tasks) {
    const outcomes = await Promise.all(cities.map((city) => ask<Outcome>(city, { way, bytes, seconds, window })));
    const sent = outcomes.reduce((sum, outcome) => sum + outcome.sent, 0);
    const cpuMs = outcomes.reduce((sum, outcome) => sum + outcome.cpuMs, 0);
    const wire = outcomes.reduce((sum, outcome) => sum + outcome.wireBytes, 0);
    const [p50, p99] = outcomes[0]?.latenciesMs ?? [];
    rows.push({
      way,
      bytes,
      window,
      perSecond: Math.round(sent / seconds),
      cpuMsPerMessage: Number((cpuMs / sent).toFixed(3)),
      wireOverPayload: Number((wire / (sent * bytes * (CITIES - 1))).toFixed(2)),
      p50Ms: Number(p50?.toFixed(2)),
      p99Ms: Number(p99?.toFixed(2)),
    });
  }
  console.table(rows);
  for (const city of cities) city.send('stop');
}

if (process.argv[2] === 'city') await runCity(Number(process.argv[3]));
else await main(Number(process.argv[2] ?? 5));
