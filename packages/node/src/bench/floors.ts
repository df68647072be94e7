import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeCrypto } from '../crypto/index.ts';
import { openStore } from '../store/index.ts';
import { residentMegabytes } from './processes.ts';

/** What the bare machine does in this very run: the least that any design must pay for the same bytes. */
export interface Floors {
  /** The record that the others are about. */
  readonly recordBytes: number;
  /** A Node process that does nothing. */
  readonly residentMegabytes: number;
  /** SHA-256 of one record, records a second on one core. */
  readonly sha256PerSecond: number;
  /** One Ed25519 signature and its verification per batch, in records a second. */
  readonly signedBatchesPerSecond: number;
  /** Verifying one Ed25519 signature, a second. */
  readonly ed25519VerifyPerSecond: number;
  /** One durable commit per batch, in records a second. */
  readonly durableRecordsPerSecond: number;
  /** Milliseconds of one flushed commit of one record, median. */
  readonly flushMs: number;
  /** The same bytes as raw TCP frames on loopback, in records a second to one receiver. */
  readonly tcpRecordsPerSecond: number;
  /** A single BLS signature, and verifying an aggregate, in milliseconds. */
  readonly blsSignMs: number;
  readonly blsVerifyMs: number;
}

const MEASURE_MS = 1000;

export async function measureFloors(recordBytes: number, batchRecords: number): Promise<Floors> {
  const record = randomBytes(recordBytes);
  const batch = randomBytes(recordBytes * batchRecords);
  const secret = randomBytes(32);
  const publicKey = nativeCrypto.ed25519.publicKey(secret);
  const digest = createHash('sha256').update(batch).digest();
  const signature = nativeCrypto.ed25519.sign(digest, secret);
  const voteSecret = randomBytes(32).fill(0, 0, 1);
  const voteKey = nativeCrypto.bls.publicKey(voteSecret);
  const vote = nativeCrypto.bls.sign(digest, voteSecret);
  const durable = await durableCommits(record, batchRecords);
  return {
    recordBytes,
    residentMegabytes: await bareProcess(),
    sha256PerSecond: perSecond(() => nativeCrypto.sha256(record)),
    signedBatchesPerSecond:
      batchRecords *
      perSecond(() => {
        nativeCrypto.ed25519.verify(nativeCrypto.ed25519.sign(digest, secret), digest, publicKey);
      }),
    ed25519VerifyPerSecond: perSecond(() => nativeCrypto.ed25519.verify(signature, digest, publicKey)),
    ...durable,
    tcpRecordsPerSecond: await tcpFrames(batch, batchRecords),
    blsSignMs: 1000 / perSecond(() => nativeCrypto.bls.sign(digest, voteSecret)),
    blsVerifyMs: 1000 / perSecond(() => nativeCrypto.bls.verifyAggregate(vote, digest, [voteKey])),
  };
}

function perSecond(work: () => unknown): number {
  const startMs = performance.now();
  let count = 0;
  while (performance.now() - startMs < MEASURE_MS) {
    for (let i = 0; i < 16; i++) work();
    count += 16;
  }
  return Math.round((1000 * count) / (performance.now() - startMs));
}

async function bareProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000); console.log("up")']);
  await once(child.stdout, 'data');
  const resident = Math.round(await residentMegabytes(child.pid ?? 0));
  child.kill();
  await once(child, 'exit');
  return resident;
}

async function durableCommits(record: Uint8Array, batchRecords: number) {
  const directory = await mkdtemp(join(tmpdir(), 'hansa-floor-'));
  const store = await openStore(join(directory, 'store'));
  const key = (number: number) =>
    new Uint8Array([1, number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255]);
  const batch = randomBytes(record.length * batchRecords);
  let number = 0;
  const startMs = performance.now();
  while (performance.now() - startMs < MEASURE_MS) {
    await store.commit([{ key: key(number++), value: batch }], true);
  }
  const durableRecordsPerSecond = Math.round((1000 * number * batchRecords) / (performance.now() - startMs));
  const samples: number[] = [];
  for (let i = 0; i < 200; i++) {
    const beforeMs = performance.now();
    await store.commit([{ key: key(number++), value: record }], true);
    samples.push(performance.now() - beforeMs);
  }
  await store.close();
  await rm(directory, { recursive: true, force: true });
  samples.sort((a, b) => a - b);
  return { durableRecordsPerSecond, flushMs: samples[samples.length / 2] ?? 0 };
}

async function tcpFrames(batch: Uint8Array, batchRecords: number): Promise<number> {
  let received = 0;
  const server = createServer((socket) =>
    socket.on('data', (chunk) => {
      received += chunk.length;
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const socket: Socket = connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const startMs = performance.now();
  while (performance.now() - startMs < MEASURE_MS) {
    if (!socket.write(batch)) await new Promise((resolve) => socket.once('drain', resolve));
  }
  const perSecond = (1000 * received) / batch.length / (performance.now() - startMs);
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  return Math.round(perSecond * batchRecords);
}
