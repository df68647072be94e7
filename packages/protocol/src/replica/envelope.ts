import { concatBytes } from '../bytes.ts';
import { accept, type Result, reject } from '../errors.ts';
import { limits } from '../limits.ts';

/**
 * The frame of direct streams and gossip: a `PeerMessage`, which is one field of a oneof. It is split by hand so that
 * the inner bytes, which are persisted and hashed, are the carried ones and are not copied (R1).
 */
export const envelopeFields = ['proposal', 'vote', 'certificate', 'entry', 'evidence'] as const;
export type EnvelopeKind = (typeof envelopeFields)[number];

/** `PeerMessage` bytes around an encoded inner message. */
export function wrapEnvelope(kind: EnvelopeKind, payload: Uint8Array): Uint8Array {
  const head: number[] = [((envelopeFields.indexOf(kind) + 1) << 3) | 2];
  let length = payload.length;
  while (length > 127) {
    head.push((length & 127) | 128);
    length >>>= 7;
  }
  head.push(length);
  return concatBytes(new Uint8Array(head), payload);
}

/** The kind and the inner bytes (a view) of a frame. */
export function splitEnvelope(bytes: Uint8Array): Result<{ kind: EnvelopeKind; payload: Uint8Array }> {
  if (bytes.length > limits.frameBytesMax) return malformed;
  const tag = bytes[0] ?? 0;
  const kind = (tag & 7) === 2 && tag < 128 ? envelopeFields[(tag >>> 3) - 1] : undefined;
  if (kind === undefined) return malformed;
  let length = 0;
  let offset = 1;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[offset++];
    if (byte === undefined || shift > 21) return malformed;
    length += (byte & 127) * 2 ** shift;
    if (byte < 128) {
      if (byte === 0 && shift > 0) return malformed;
      break;
    }
  }
  if (offset + length !== bytes.length) return malformed;
  return accept({ kind, payload: bytes.subarray(offset) });
}

const malformed = reject(
  'MALFORMED',
  'The frame is not one PeerMessage; its sender must be fixed, the frame is ignored.',
);
