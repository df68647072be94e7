import '../polyfill.ts';
import { rm } from 'node:fs/promises';
import { World } from '../testbed/world.ts';
import { measureFloors } from './floors.ts';
import { catchUp, idle, interactive, lightClient, sizes, throughput } from './phases.ts';
import { RecordMill } from './records.ts';

/**
 * `pnpm bench`: the figures of the day, each beside its goal and the floor measured in the same run. A table on
 * stderr, one JSON object on stdout. Four daemons as four processes, durable, real TCP, one machine.
 */
const BATCH_RECORDS = 500;
const THROUGHPUT_SECONDS = 60;

interface Row {
  readonly what: string;
  readonly figure: string;
  readonly goal: string;
  readonly floor: string;
}

const say = (text: string) => process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const quick = process.argv.includes('--quick');
  const seconds = quick ? 10 : THROUGHPUT_SECONDS;
  const recordBytes = new RecordMill(Date.now()).recordBytes;
  say('floors…');
  const floors = await measureFloors(recordBytes, BATCH_RECORDS);
  const world = await World.create();
  try {
    say('four daemons…');
    await world.startAll();
    say('idle…');
    const quiet = await idle(world, quick ? 5 : 20);
    say('interactive…');
    const latency = await interactive(world, quick ? 5 : 20);
    say('throughput…');
    const plain = await throughput(world, { seconds, batchRecords: BATCH_RECORDS, signed: false });
    const size = await sizes(world);
    say('throughput, every record signed by an actor…');
    const signed = await throughput(world, { seconds: seconds / 4, batchRecords: BATCH_RECORDS, signed: true });
    say('catch-up…');
    const lag = await catchUp(world, quick ? 20_000 : 100_000);
    say('light client…');
    const light = await lightClient(world);
    const rows: Row[] = [
      {
        what: `throughput, ${plain.recordBytes} B records`,
        figure: `${plain.recordsPerSecond}/s (${plain.daemonCpu.toFixed(2)} cores, ${plain.blocks} blocks)`,
        goal: '>= 20000/s',
        floor: `SHA-256 ${floors.sha256PerSecond}/s a core; TCP ${floors.tcpRecordsPerSecond}/s; durable ${floors.durableRecordsPerSecond}/s`,
      },
      {
        what: `throughput, actor-signed ${signed.recordBytes} B`,
        figure: `${signed.recordsPerSecond}/s (${signed.daemonCpu.toFixed(2)} cores)`,
        goal: '>= 5000/s',
        floor: `Ed25519 verify ${floors.ed25519VerifyPerSecond}/s a core, four verifiers on two`,
      },
      {
        what: 'interactive at 50/s, request to final',
        figure: `p50 ${ms(latency.finalMs.p50)}, p99 ${ms(latency.finalMs.p99)}`,
        goal: 'p50 <= 15 ms, p99 <= 50 ms',
        floor: `flush ${ms(floors.flushMs)}, BLS sign ${ms(floors.blsSignMs)}, verify ${ms(floors.blsVerifyMs)}`,
      },
      {
        what: 'one record to provable, idle',
        figure: `p50 ${ms(latency.provableMs.p50)}, p99 ${ms(latency.provableMs.p99)}`,
        goal: 'reported',
        floor: '',
      },
      {
        what: `catch-up of ${lag.records} records`,
        figure: `${lag.caughtUpPerSecond}/s = ${lag.ratio.toFixed(1)} x made (${lag.madePerSecond}/s)`,
        goal: '>= 3 x',
        floor: `TCP ${floors.tcpRecordsPerSecond}/s`,
      },
      {
        what: 'bytes on the wire over own bytes',
        figure: plain.wireOverhead.toFixed(2),
        goal: '<= 1.5',
        floor: '1.00',
      },
      {
        what: 'idle, per city',
        figure: `${(100 * quiet.cpuPerCity).toFixed(2)}% of a core, ${quiet.bytesPerSecondAndCity} B/s`,
        goal: '<= 2%',
        floor: '',
      },
      {
        what: `memory after ${size.records} records`,
        figure: `${size.residentMegabytes} MB`,
        goal: '<= 400 MB at 1000000',
        floor: '',
      },
      { what: 'disk per record', figure: `${size.diskBytesPerRecord} B`, goal: 'reported', floor: `${recordBytes} B` },
      {
        what: 'receipt',
        figure: `${light.receiptBytes} B, ${light.verificationsPerSecond} verified/s`,
        goal: '<= 3000 B',
        floor: `BLS verify ${ms(floors.blsVerifyMs)}`,
      },
    ];
    say(`\n${table(rows)}`);
    const node = process.version;
    process.stdout.write(
      `${JSON.stringify({ node, floors, idle: quiet, interactive: latency, throughput: plain, signed, catchUp: lag, sizes: size, lightClient: light })}\n`,
    );
  } finally {
    await world.stopAll();
    await rm(world.directory, { recursive: true, force: true });
  }
}

function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}

function table(rows: readonly Row[]): string {
  const cells = [
    ['what', 'figure', 'goal', 'floor'],
    ...rows.map(({ what, figure, goal, floor }) => [what, figure, goal, floor]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

await main();
