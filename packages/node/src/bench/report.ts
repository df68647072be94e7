import type { CredentialFigures } from './credentials.ts';
import type { ExchangeFigures, ImportFigures, LookupFigures } from './desk.ts';
import type { Floors } from './floors.ts';
import type { MemoryFigures } from './memory.ts';
import type { CatchUpFigures, IdleFigures, LatencyFigures, LightClientFigures, ThroughputFigures } from './phases.ts';

/** What a run measured: every phase that was asked for. */
export interface Figures {
  idle?: IdleFigures;
  interactive?: LatencyFigures;
  lookups?: LookupFigures;
  exchange?: ExchangeFigures;
  import?: ImportFigures;
  throughput?: ThroughputFigures;
  memory?: MemoryFigures;
  diskBytesPerRecord?: number;
  signed?: ThroughputFigures;
  catchUp?: CatchUpFigures;
  lightClient?: LightClientFigures;
  credentials?: CredentialFigures;
}

interface Row {
  readonly what: string;
  readonly figure: string;
  readonly goal: string;
  readonly floor: string;
}

/** The figures as a table, each beside its goal and the floor of the same run. */
export function report(figures: Figures, floors: Floors): string {
  return table([
    ...throughputRows(figures, floors),
    ...latencyRows(figures, floors),
    ...deskRows(figures, floors),
    ...catchUpRows(figures, floors),
    ...restRows(figures, floors),
    ...credentialRows(figures, floors),
  ]);
}

function throughputRows({ throughput, signed }: Figures, floors: Floors): Row[] {
  const rows: Row[] = [];
  if (throughput !== undefined) {
    rows.push({
      what: `throughput, ${throughput.recordBytes} B records`,
      figure: `${throughput.recordsPerSecond}/s (${coresOf(throughput)}, ${throughput.blocks} blocks)`,
      goal: '>= 20000/s',
      floor: `SHA-256 ${floors.sha256PerSecond}/s a core; TCP ${floors.tcpRecordsPerSecond}/s; durable ${floors.durableRecordsPerSecond}/s`,
    });
    rows.push({
      what: 'bytes on the wire over own bytes',
      figure: throughput.wireOverhead.toFixed(2),
      goal: '<= 1.5',
      floor: '1.00',
    });
  }
  if (signed !== undefined) {
    rows.push({
      what: `throughput, actor-signed ${signed.recordBytes} B`,
      figure: `${signed.recordsPerSecond}/s (${coresOf(signed)})`,
      goal: '>= 5000/s',
      floor: `Ed25519 verify ${floors.ed25519VerifyPerSecond}/s a core, four verifiers on two`,
    });
  }
  return rows;
}

function latencyRows({ interactive }: Figures, floors: Floors): Row[] {
  if (interactive === undefined) return [];
  const { finalMs, provableMs, daemonCpu } = interactive;
  return [
    {
      what: 'interactive at 50/s, request to final',
      figure: `p50 ${ms(finalMs.p50)}, p99 ${ms(finalMs.p99)} (${daemonCpu.toFixed(2)} cores)`,
      goal: 'p50 <= 15 ms, p99 <= 50 ms',
      floor: `flush ${ms(floors.flushMs)}, BLS sign ${ms(floors.blsSignMs)}, verify ${ms(floors.blsVerifyMs)}`,
    },
    {
      what: 'one record to provable, idle',
      figure: `p50 ${ms(provableMs.p50)}, p99 ${ms(provableMs.p99)}`,
      goal: 'reported',
      floor: `flush ${ms(floors.flushMs)}`,
    },
  ];
}

function deskRows({ lookups, exchange, import: tagged, interactive }: Figures, floors: Floors): Row[] {
  const rows: Row[] = [];
  if (lookups !== undefined) {
    const { answerMs, perSecond } = lookups;
    rows.push({
      what: 'lookup of a person, request to answer',
      figure: `p50 ${ms(answerMs.p50)}, p99 ${ms(answerMs.p99)}`,
      goal: 'p50 <= 150 ms',
      floor: `flush ${ms(floors.flushMs)}, once in two cities`,
    });
    rows.push({ what: 'lookups across the federation', figure: `${perSecond}/s`, goal: '>= 200/s', floor: '' });
  }
  if (exchange !== undefined) {
    const { count, readMs } = exchange;
    rows.push({
      what: `papers of another city, ${count} times`,
      figure: `p50 ${ms(readMs.p50)}, p99 ${ms(readMs.p99)}`,
      goal: 'reported',
      floor: `flush ${ms(floors.flushMs)}, three times in a row`,
    });
  }
  if (tagged !== undefined) {
    const { subjects, seconds, recordsPerSecond, finalMs } = tagged;
    rows.push({
      what: `import of ${subjects} persons with tags, to final`,
      figure: `${recordsPerSecond}/s = ${seconds.toFixed(1)} s`,
      goal: 'seconds',
      floor: '',
    });
    rows.push({
      what: 'interactive at 20/s while it runs',
      figure: `p50 ${ms(finalMs.p50)}, p99 ${ms(finalMs.p99)}`,
      goal: 'reported',
      floor: interactive === undefined ? '' : `without it p99 ${ms(interactive.finalMs.p99)}`,
    });
  }
  return rows;
}

function catchUpRows({ catchUp }: Figures, floors: Floors): Row[] {
  if (catchUp === undefined) return [];
  const { records, caughtUpPerSecond, ratio, madePerSecond } = catchUp;
  return [
    {
      what: `catch-up of ${records} records`,
      figure: `${caughtUpPerSecond}/s = ${ratio.toFixed(1)} x made (${madePerSecond}/s)`,
      goal: '>= 3 x',
      floor: `TCP ${floors.tcpRecordsPerSecond}/s`,
    },
  ];
}

function restRows({ idle, memory, diskBytesPerRecord, lightClient }: Figures, floors: Floors): Row[] {
  const rows: Row[] = [];
  if (idle !== undefined) {
    rows.push({
      what: 'idle, per city',
      figure: `${(100 * idle.cpuPerCity).toFixed(2)}% of a core, ${idle.bytesPerSecondAndCity} B/s`,
      goal: '<= 2%',
      floor: '0',
    });
  }
  if (memory !== undefined) {
    rows.push({
      what: `memory after ${memory.records} records, loaded`,
      figure: `${memory.residentMegabytes} MB`,
      goal: '<= 400 MB at 1000000',
      floor: `${floors.residentMegabytes} MB, Node alone`,
    });
  }
  if (diskBytesPerRecord !== undefined) {
    rows.push({
      what: 'disk per record',
      figure: `${diskBytesPerRecord} B`,
      goal: 'reported',
      floor: `${floors.recordBytes} B`,
    });
  }
  if (lightClient !== undefined) {
    rows.push({
      what: 'receipt',
      figure: `${lightClient.receiptBytes} B, ${lightClient.verificationsPerSecond} verified/s`,
      goal: '<= 3000 B',
      floor: `BLS verify ${ms(floors.blsVerifyMs)}`,
    });
  }
  return rows;
}

function credentialRows({ credentials }: Figures, floors: Floors): Row[] {
  if (credentials === undefined) return [];
  const { issuedPerSecond, presentedPerSecond, verifiedPerSecond, verifiedEs256PerSecond } = credentials;
  const floor = `Ed25519 verify ${floors.ed25519VerifyPerSecond}/s a core, two a presentation`;
  return [
    {
      what: `SD-JWT issued, ${credentials.credentialCharacters} characters`,
      figure: `${issuedPerSecond}/s a core; presented ${presentedPerSecond}/s`,
      goal: 'reported',
      floor,
    },
    {
      what: `SD-JWT verified, ${credentials.presentationCharacters} characters`,
      figure: `${verifiedPerSecond}/s a core; ES256 ${verifiedEs256PerSecond}/s`,
      goal: 'reported',
      floor,
    },
  ];
}

function coresOf({ daemonCpu, loadCpu, cpuMicrosPerRecord }: ThroughputFigures): string {
  const each = cpuMicrosPerRecord.toFixed(1);
  return `${daemonCpu.toFixed(2)} cores, ${each} µs a record and city; ${loadCpu.toFixed(2)} cores for the load`;
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
