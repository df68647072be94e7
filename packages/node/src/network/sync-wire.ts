/**
 * Messages of the sync stream, each in one length-prefixed frame (G2). The asking side opens the stream once and writes
 * requests; replies come back on it in any order.
 *
 *   request   id (u32 big endian) | bytes
 *   reply     id (u32 big endian) | 0 | bytes
 *   refusal   id (u32 big endian) | 1 | retryAfterMs (u32 big endian, 0: do not) | code (ASCII)
 */

const ID_BYTES = 4;
export const SYNC_HEADER_BYTES_MAX = 5;
const REFUSAL_BYTES_MAX = 64;

export interface SyncRequestFrame {
  readonly id: number;
  readonly bytes: Uint8Array;
}

export type SyncReplyFrame =
  | { readonly id: number; readonly kind: 'reply'; readonly bytes: Uint8Array }
  | { readonly id: number; readonly kind: 'refusal'; readonly code: string; readonly retryAfterMs: number };

function put32(target: Uint8Array, offset: number, value: number): void {
  new DataView(target.buffer, target.byteOffset).setUint32(offset, value);
}

function get32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset);
}

export function encodeRequest(id: number, bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(ID_BYTES + bytes.length);
  put32(out, 0, id);
  out.set(bytes, ID_BYTES);
  return out;
}

export function decodeRequest(frame: Uint8Array): SyncRequestFrame | undefined {
  if (frame.length <= ID_BYTES) return undefined;
  return { id: get32(frame, 0), bytes: frame.subarray(ID_BYTES) };
}

export function encodeReply(id: number, bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(SYNC_HEADER_BYTES_MAX + bytes.length);
  put32(out, 0, id);
  out.set(bytes, SYNC_HEADER_BYTES_MAX);
  return out;
}

export function encodeRefusal(id: number, code: string, retryAfterMs: number): Uint8Array {
  const out = new Uint8Array(SYNC_HEADER_BYTES_MAX + 4 + code.length);
  put32(out, 0, id);
  out[4] = 1;
  put32(out, SYNC_HEADER_BYTES_MAX, retryAfterMs);
  for (let i = 0; i < code.length; i++) out[SYNC_HEADER_BYTES_MAX + 4 + i] = code.charCodeAt(i);
  return out;
}

export function decodeReply(frame: Uint8Array): SyncReplyFrame | undefined {
  if (frame.length < SYNC_HEADER_BYTES_MAX) return undefined;
  const id = get32(frame, 0);
  const body = frame.subarray(SYNC_HEADER_BYTES_MAX);
  if (frame[4] === 0) return { id, kind: 'reply', bytes: body };
  if (frame[4] !== 1 || body.length < 5 || body.length > REFUSAL_BYTES_MAX) return undefined;
  const code = String.fromCharCode(...body.subarray(4));
  if (!/^[A-Z][A-Z_]*$/.test(code)) return undefined;
  return { id, kind: 'refusal', code, retryAfterMs: get32(body, 0) };
}
