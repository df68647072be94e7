import { create } from '@bufbuild/protobuf';
import { concatBytes } from '../bytes.ts';
import { decodeStrict, encodeMessage, safeNumber } from '../codec/index.ts';
import { DIGEST_BYTES, type Digest } from '../crypto/index.ts';
import { rejection } from '../error-codes.ts';
import { HansaError } from '../errors.ts';
import { ExecutionLogSchema } from '../gen/hansa/v1/store_pb.ts';
import type { MapChanges } from '../merkle/index.ts';
import { REQUEST_KEY_BYTES } from '../records/index.ts';

/** A record that had no effect, by the place of its entry in the block and its position in the entry. */
export interface RejectedRecord {
  readonly entryIndex: number;
  readonly position: number;
  readonly code: string;
}

/** What executing one block changed. */
export interface ExecutionLog {
  readonly height: number;
  readonly timestampMs: number;
  readonly epoch: number;
  readonly firstHistoryIndex: number;
  readonly entryDigests: readonly Uint8Array[];
  readonly changes: MapChanges;
  /** 16 bytes each, concatenated. */
  readonly requestKeys: Uint8Array;
  readonly rejected: readonly RejectedRecord[];
  readonly historyRoot: Digest;
  readonly stateRoot: Digest;
}

/** Bytes of a log; far above what a block within its byte cap can change, and below what would hurt. */
const LOG_BYTES_MAX = 256 * 1024 * 1024;

export function encodeExecutionLog(log: ExecutionLog): Uint8Array {
  const codes = [...new Set(log.rejected.map(({ code }) => code))];
  const codeNumbers = new Map(codes.map((code, index) => [code, index]));
  return encodeMessage(
    ExecutionLogSchema,
    create(ExecutionLogSchema, {
      height: BigInt(log.height),
      timestampMs: BigInt(log.timestampMs),
      epoch: BigInt(log.epoch),
      firstHistoryIndex: BigInt(log.firstHistoryIndex),
      entryDigests: concatBytes(...log.entryDigests),
      factKeys: log.changes.keys,
      factLengths: log.changes.lengths as number[],
      factValues: log.changes.values,
      requestKeys: log.requestKeys,
      rejectedEntries: log.rejected.map(({ entryIndex }) => entryIndex),
      rejectedPositions: log.rejected.map(({ position }) => position),
      rejectedCodes: log.rejected.map(({ code }) => codeNumbers.get(code) as number),
      codes,
      historyRoot: log.historyRoot,
      stateRoot: log.stateRoot,
    }),
  );
}

/** Reads what `encodeExecutionLog` wrote; throws LOG_DAMAGED on anything else. Byte fields are views of `bytes`. */
export function readExecutionLog(bytes: Uint8Array): ExecutionLog {
  const decoded = decodeStrict(ExecutionLogSchema, bytes, LOG_BYTES_MAX);
  if (!decoded.ok) throw damagedLog();
  const log = decoded.value;
  const height = safeNumber(log.height);
  const timestampMs = safeNumber(log.timestampMs);
  const firstHistoryIndex = safeNumber(log.firstHistoryIndex);
  const epoch = safeNumber(log.epoch);
  if (epoch === undefined) throw damagedLog();
  if (height === undefined || timestampMs === undefined || firstHistoryIndex === undefined) throw damagedLog();
  if (log.requestKeys.length % REQUEST_KEY_BYTES !== 0) throw damagedLog();
  if (log.historyRoot.length !== DIGEST_BYTES || log.stateRoot.length !== DIGEST_BYTES) throw damagedLog();
  return {
    height,
    timestampMs,
    epoch,
    firstHistoryIndex,
    entryDigests: split(log.entryDigests, DIGEST_BYTES),
    changes: readChanges(log.factKeys, log.factLengths, log.factValues),
    requestKeys: log.requestKeys,
    rejected: readRejected(log.rejectedEntries, log.rejectedPositions, log.rejectedCodes, log.codes),
    historyRoot: log.historyRoot,
    stateRoot: log.stateRoot,
  };
}

export function damagedLog(): HansaError {
  const { code, message } = rejection('LOG_DAMAGED');
  return new HansaError(code, message);
}

function split(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length % width !== 0) throw damagedLog();
  const parts: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length; offset += width) parts.push(bytes.subarray(offset, offset + width));
  return parts;
}

function readChanges(keys: Uint8Array, lengths: readonly number[], values: Uint8Array): MapChanges {
  const valueBytes = lengths.reduce((sum, length) => sum + length, 0);
  if (keys.length !== lengths.length * DIGEST_BYTES || valueBytes !== values.length) throw damagedLog();
  return { keys, lengths, values };
}

function readRejected(
  entries: readonly number[],
  positions: readonly number[],
  codeNumbers: readonly number[],
  codes: readonly string[],
): RejectedRecord[] {
  if (entries.length !== positions.length || entries.length !== codeNumbers.length) throw damagedLog();
  return entries.map((entryIndex, index) => {
    const code = codes[codeNumbers[index] as number];
    if (code === undefined) throw damagedLog();
    return { entryIndex, position: positions[index] as number, code };
  });
}
