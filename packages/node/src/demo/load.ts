import { randomBytes } from 'node:crypto';
import { encodeBlacklistList, legalDay } from '@hansa/protocol/families';
import { encodeRecord } from '@hansa/protocol/records';
import { joinRecords, recordsType } from '../api/record-stream.ts';
import type { Daemon } from '../testbed/daemon.ts';

const UTC_OFFSET_MINUTES = 480;

/** A listing of nobody: random tag, valid dates. About as large as a real one. */
export function syntheticListing(nowMs: number): Uint8Array {
  const today = legalDay(nowMs, UTC_OFFSET_MINUTES);
  const body = encodeBlacklistList({
    subjectTag: randomBytes(32),
    severity: 2,
    noticeDate: today - 60,
    objectionUntil: today - 45,
    decidedOn: today - 30,
    effectiveFrom: today,
    publishUntil: today + 100,
    shareUntil: today + 200,
    restrictUntil: today + 300,
    handler: randomBytes(16),
    approver: randomBytes(16),
    commitment: randomBytes(32),
    catalogueRef: 'fund-2025-07',
  });
  return encodeRecord({ family: 1, type: 1, requestId: randomBytes(16), body });
}

async function submit(daemon: Daemon, records: readonly Uint8Array[]): Promise<void> {
  const operator = await daemon.as('operator');
  await operator.upload('/v1/records?wait=final', joinRecords(records), recordsType);
}

/** Single records, one after the other; milliseconds from request to final answer. */
export async function submitPulse(daemon: Daemon, count: number): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < count; i++) {
    const record = syntheticListing(Date.now());
    const startMs = performance.now();
    await submit(daemon, [record]);
    samples.push(performance.now() - startMs);
  }
  return samples;
}

/** Batches at all cities at once; records a second from the first request to the last final answer. */
export async function submitBurst(daemons: readonly Daemon[], batches: number, batchRecords: number): Promise<number> {
  const prepared = daemons.map(() =>
    Array.from({ length: batches }, () => Array.from({ length: batchRecords }, () => syntheticListing(Date.now()))),
  );
  const startMs = performance.now();
  await Promise.all(
    daemons.map((daemon, index) => Promise.all((prepared[index] ?? []).map((records) => submit(daemon, records)))),
  );
  const seconds = (performance.now() - startMs) / 1000;
  return Math.round((daemons.length * batches * batchRecords) / seconds);
}
