import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { unwrap } from '@hansa/protocol';
import { Domains } from '@hansa/protocol/crypto';
import { parseGenesis } from '@hansa/protocol/genesis';
import { verifyReceipt } from '@hansa/protocol/receipt';
import { joinRecords, recordsType } from '../api/record-stream.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { type Percentiles, percentiles } from '../testbed/checks.ts';
import type { Daemon } from '../testbed/daemon.ts';
import { until } from '../testbed/until.ts';
import type { StatusAnswer, World } from '../testbed/world.ts';
import { beat, keepBusy } from './load.ts';
import { cpuSeconds, diskBytes } from './processes.ts';
import { RecordMill, signedRecord } from './records.ts';

/** Each phase measures one thing on a running federation of four daemons. */

export interface ThroughputFigures {
  readonly seconds: number;
  readonly records: number;
  readonly recordsPerSecond: number;
  readonly recordBytes: number;
  /** Bytes that came in over all cities, over the records' own bytes times the three other cities. */
  readonly wireOverhead: number;
  /** CPU seconds of the four daemons per wall second. */
  readonly daemonCpu: number;
  /** CPU seconds of this process, which makes the load, per wall second: they are missing to the daemons. */
  readonly loadCpu: number;
  /** CPU microseconds that one city spends on one record: unlike the speed, it hardly depends on what else runs. */
  readonly cpuMicrosPerRecord: number;
  readonly blocks: number;
}

/** Records submitted to all four cities in batches; what counts is final, executed and indexed in the slowest city. */
export async function throughput(
  world: World,
  options: { readonly seconds: number; readonly batchRecords: number; readonly signed: boolean },
): Promise<ThroughputFigures> {
  const mill = new RecordMill(Date.now());
  const make = options.signed ? await signedStock(world, options.seconds) : () => mill.next();
  const batch = () => Array.from({ length: options.batchRecords }, make);
  const before = await world.settled();
  const cpuBefore = await totalCpu(world);
  const loadBefore = await cpuSeconds(process.pid);
  const startMs = performance.now();
  const endMs = startMs + 1000 * options.seconds;
  await Promise.all(
    world.daemons.map((daemon) => keepBusy(daemon, { batch, inFlight: 2, until: () => performance.now() >= endMs })),
  );
  const after = await Promise.all(world.daemons.map((daemon) => world.status(daemon)));
  const seconds = (performance.now() - startMs) / 1000;
  const cpu = (await totalCpu(world)) - cpuBefore;
  const loadCpu = (await cpuSeconds(process.pid)) - loadBefore;
  const records = Math.min(...after.map((status) => status.records - status.rejectedRecords)) - accepted(before);
  const settled = await world.settled();
  const recordBytes = make().length;
  const bytesIn = settled.reduce((sum, status, index) => sum + status.bytesIn - (before[index]?.bytesIn ?? 0), 0);
  const total = accepted(settled) - accepted(before);
  return {
    seconds,
    records,
    recordsPerSecond: Math.round(records / seconds),
    recordBytes,
    wireOverhead: bytesIn / (total * recordBytes * (world.daemons.length - 1)),
    daemonCpu: cpu / seconds,
    loadCpu: loadCpu / seconds,
    cpuMicrosPerRecord: (1e6 * cpu) / records / world.daemons.length,
    blocks: (after[0]?.finalizedHeight ?? 0) - (before[0]?.finalizedHeight ?? 0),
  };
}

export interface LatencyFigures {
  readonly count: number;
  readonly finalMs: Percentiles;
  readonly provableMs: Percentiles;
  /** CPU seconds of the four daemons per wall second while the records came: the tail grows as the machine fills up. */
  readonly daemonCpu: number;
}

/** So long the engine compiles what a started daemon runs: a city that has served for a while has that behind it. */
const WARM_UP_SECONDS = 20;

/** Interactive records at 50 a second: from the request until final; and until a final checkpoint proves it. */
export async function interactive(world: World, seconds: number): Promise<LatencyFigures> {
  const mill = new RecordMill(Date.now());
  const perSecond = 50;
  await beat(world.daemons, { record: () => mill.next(), perSecond, count: perSecond * WARM_UP_SECONDS });
  const cpuBefore = await totalCpu(world);
  const final = await beat(world.daemons, { record: () => mill.next(), perSecond, count: perSecond * seconds });
  const daemonCpu = ((await totalCpu(world)) - cpuBefore) / seconds;
  const provable: number[] = [];
  const haikou = world.city('haikou');
  for (let i = 0; i < 40; i++) provable.push(await provableMs(haikou, mill.next()));
  return {
    count: final.length,
    daemonCpu,
    finalMs: percentiles(final),
    provableMs: percentiles(provable),
  };
}

/** From the request until the city can give a receipt. */
async function provableMs(daemon: Daemon, record: Uint8Array): Promise<number> {
  const operator = await daemon.as('operator');
  const startMs = performance.now();
  const answer = await operator.upload('/v1/records?wait=final', joinRecords([record]), recordsType);
  const { sealed } = (await answer.json()) as { sealed: { first: string }[] };
  for (;;) {
    const { provable } = await operator.get<{ provable: boolean }>(`/v1/records/${sealed[0]?.first}`);
    if (provable) return performance.now() - startMs;
    await sleep(1);
  }
}

export interface CatchUpFigures {
  readonly records: number;
  readonly madePerSecond: number;
  readonly caughtUpPerSecond: number;
  readonly ratio: number;
}

/** A city misses records that the other three make at full speed, and comes back. */
export async function catchUp(world: World, records: number): Promise<CatchUpFigures> {
  const mill = new RecordMill(Date.now());
  const away = world.city('qionghai');
  const rest = world.daemons.filter((daemon) => daemon !== away);
  await world.settled();
  await away.stop('SIGKILL');
  const [before] = await world.settled(rest);
  const startMs = performance.now();
  let made = 0;
  const load = {
    batch: () => Array.from({ length: 500 }, () => mill.next()),
    inFlight: 2,
    until: () => made >= records,
    sealed: (count: number) => {
      made += count;
    },
  };
  await Promise.all(rest.map((daemon) => keepBusy(daemon, load)));
  const [after] = await world.settled(rest);
  const madeSeconds = (performance.now() - startMs) / 1000;
  const total = (after?.records ?? 0) - (before?.records ?? 0);
  // From the moment it hears the others: starting a process and dialling is not catching up.
  const stood = before?.records ?? 0;
  await away.start({ ready: false });
  let behind = stood;
  await until('the city hears the others', async () => {
    behind = (await world.status(away)).records;
    return behind > stood;
  });
  const heardMs = performance.now();
  await until('the city has caught up', async () => (await world.status(away)).records >= (after?.records ?? 0));
  const seconds = (performance.now() - heardMs) / 1000;
  const caught = (after?.records ?? 0) - behind;
  const madePerSecond = Math.round(total / madeSeconds);
  const caughtUpPerSecond = Math.round(caught / seconds);
  return { records: total, madePerSecond, caughtUpPerSecond, ratio: caughtUpPerSecond / madePerSecond };
}

export interface IdleFigures {
  readonly seconds: number;
  /** Share of one core, per city. */
  readonly cpuPerCity: number;
  readonly bytesPerSecondAndCity: number;
}

export async function idle(world: World, seconds: number): Promise<IdleFigures> {
  const before = await world.settled();
  const cpuBefore = await totalCpu(world);
  await sleep(1000 * seconds);
  const cpu = (await totalCpu(world)) - cpuBefore;
  const after = await Promise.all(world.daemons.map((daemon) => world.status(daemon)));
  const bytes = after.reduce((sum, status, index) => sum + status.bytesOut - (before[index]?.bytesOut ?? 0), 0);
  const cities = world.daemons.length;
  return { seconds, cpuPerCity: cpu / seconds / cities, bytesPerSecondAndCity: Math.round(bytes / seconds / cities) };
}

/** Disk bytes of a record in the largest store, after all that was submitted so far. */
export async function diskBytesPerRecord(world: World): Promise<number> {
  const [status] = await world.settled();
  const disks = await Promise.all(world.daemons.map(({ directory }) => diskBytes(directory)));
  return Math.round(Math.max(...disks) / Math.max(1, status?.records ?? 0));
}

export interface LightClientFigures {
  readonly receiptBytes: number;
  readonly verificationsPerSecond: number;
}

/** A receipt of one record out of all of them, verified with the genesis file alone. */
export async function lightClient(world: World): Promise<LightClientFigures> {
  const genesisBytes = new Uint8Array(await readFile(world.genesisFile));
  const genesis = unwrap(parseGenesis(nativeCrypto, genesisBytes));
  const auditor = await world.city('sanya').as('auditor');
  const receipt = await auditor.receipt({ record: 'haikou/1/0' });
  unwrap(verifyReceipt({ genesis, crypto: nativeCrypto }, receipt));
  const startMs = performance.now();
  let count = 0;
  while (performance.now() - startMs < 1000) {
    verifyReceipt({ genesis, crypto: nativeCrypto }, receipt);
    count += 1;
  }
  const verificationsPerSecond = Math.round((1000 * count) / (performance.now() - startMs));
  return { receiptBytes: receipt.length, verificationsPerSecond };
}

/** Actors sign elsewhere and before: what is measured are the cities, which share this machine with the load. */
const STOCK_PER_SECOND = 7000;

/** Records with actor signatures, made beforehand as long as they last. */
async function signedStock(world: World, seconds: number): Promise<() => Uint8Array> {
  const make = await signer(world);
  const stock = Array.from({ length: seconds * STOCK_PER_SECOND }, make);
  return () => stock.pop() ?? make();
}

async function signer(world: World): Promise<() => Uint8Array> {
  const genesis = unwrap(parseGenesis(nativeCrypto, new Uint8Array(await readFile(world.genesisFile))));
  const domains = new Domains(nativeCrypto, genesis.federationId);
  const secret = nativeCrypto.sha256(new TextEncoder().encode('an actor of the benchmark')).slice();
  const publicKey = nativeCrypto.ed25519.publicKey(secret);
  return () => signedRecord(domains, Date.now(), secret, publicKey);
}

function accepted(statuses: readonly StatusAnswer[]): number {
  return (statuses[0]?.records ?? 0) - (statuses[0]?.rejectedRecords ?? 0);
}

async function totalCpu(world: World): Promise<number> {
  const seconds = await Promise.all(world.daemons.map(({ pid }) => (pid === undefined ? 0 : cpuSeconds(pid))));
  return seconds.reduce((sum, value) => sum + value, 0);
}
