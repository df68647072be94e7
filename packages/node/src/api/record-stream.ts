import { HansaError, limits } from '@hansa/protocol';

/** `application/vnd.hansa.records`: each record's bytes behind their length (unsigned LEB128, as protobuf delimits). */
export const recordsType = 'application/vnd.hansa.records';

/** A length below 2^21 is enough: a record has at most 8 KiB. */
const LENGTH_BYTES_MAX = 3;

/**
 * The records of a body, as views of it. No copy and no schema work: thousands of records a request are cheap.
 * Errors: RECORDS_EMPTY, RECORDS_TRUNCATED, RECORD_TOO_LARGE, RECORDS_TOO_MANY.
 */
export function splitRecords(request: Uint8Array): Uint8Array[] {
  // Not a Buffer, whose views are made slowly, and whose kind would spread through all code that meets its records.
  const body = new Uint8Array(request.buffer, request.byteOffset, request.length);
  const records: Uint8Array[] = [];
  let offset = 0;
  while (offset < body.length) {
    if (records.length === limits.entryRecordsMax) throw tooMany();
    let length = 0;
    let shift = 0;
    for (;;) {
      const byte = body[offset++];
      if (byte === undefined || shift === 7 * LENGTH_BYTES_MAX) throw truncated(records.length);
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
      shift += 7;
    }
    if (length > limits.recordBytesMax) throw tooLarge(records.length);
    const end = offset + length;
    if (length === 0 || end > body.length) throw truncated(records.length);
    records.push(body.subarray(offset, end));
    offset = end;
  }
  if (records.length === 0) {
    throw new HansaError('RECORDS_EMPTY', 'The body has no record. Send at least one.');
  }
  return records;
}

/** The body that `splitRecords` reads. */
export function joinRecords(records: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const record of records) {
    const prefix: number[] = [];
    let rest = record.length;
    for (; rest >= 0x80; rest >>>= 7) prefix.push((rest & 0x7f) | 0x80);
    prefix.push(rest);
    parts.push(Uint8Array.from(prefix), record);
  }
  return Buffer.concat(parts);
}

function truncated(index: number): HansaError {
  return new HansaError(
    'RECORDS_TRUNCATED',
    `Record ${index} is cut off or its length is not one. Put each record's length before it as a varint, and send the whole body.`,
  );
}

function tooLarge(index: number): HansaError {
  return new HansaError(
    'RECORD_TOO_LARGE',
    `Record ${index} has more than ${limits.recordBytesMax} bytes. Private data belongs in the registry; send its commitment.`,
  );
}

function tooMany(): HansaError {
  return new HansaError(
    'RECORDS_TOO_MANY',
    `A request takes at most ${limits.entryRecordsMax} records and ${limits.entryBytesMax} bytes, because it becomes one entry, whole or not at all. Split it.`,
  );
}
