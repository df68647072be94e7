import { type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import { accept, type Result, reject } from '../errors.ts';
import { limits } from '../limits.ts';
import { WireScanner } from './scanner.ts';
import { messageRule } from './wire-table.ts';

const readOptions = { readUnknownFields: false };
const writeOptions = { writeUnknownFields: false };

/**
 * R1: decodes exactly the bytes that `encodeMessage` gives for the decoded message, and refuses all others (MALFORMED),
 * so that one message has one digest in every implementation.
 *
 * The message's byte fields are views of `bytes`, not copies: copy what must outlive a large frame.
 *
 * @param bytesMax longest accepted input, for a caller with a tighter bound than a sync reply
 */
export function decodeStrict<S extends DescMessage>(
  schema: S,
  bytes: Uint8Array,
  bytesMax: number = limits.syncReplyBytesMax,
): Result<MessageShape<S>> {
  if (bytes.length > bytesMax) {
    return reject('MALFORMED', `${schema.typeName} has ${bytes.length} bytes; send at most ${bytesMax}.`);
  }
  const scanner = new WireScanner(bytes);
  if (!scanner.scan(messageRule(schema))) {
    return reject('MALFORMED', `${scanner.faultAt} ${scanner.fault}; send the canonical encoding of the message.`);
  }
  return accept(fromBinary(schema, bytes, readOptions));
}

/** The canonical bytes of a message: fields ascending, zeros left out, varints in their shortest form. */
export function encodeMessage<S extends DescMessage>(schema: S, message: MessageShape<S>): Uint8Array {
  return toBinary(schema, message, writeOptions);
}

/** A 64-bit field as a number, or undefined above 2^53 - 1, where a number would no longer be exact. */
export function safeNumber(value: bigint): number | undefined {
  return value >= 0n && value <= MAX_SAFE ? Number(value) : undefined;
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
