import { fromHex, toHex, unwrap } from '@hansa/protocol';
import { decodeAccessRequest } from '@hansa/protocol/access';
import type { Genesis } from '@hansa/protocol/genesis';
import type { OpenRequest } from './receipt-desk.ts';

/** A signed request as the store keeps it, so that it is asked again as it was: one request has one receipt. In hex. */
export interface SignedRow {
  readonly bytes: string;
  readonly signature: string;
}

export function signedRow({ bytes, signature }: OpenRequest): SignedRow {
  return { bytes: toHex(bytes), signature: toHex(signature) };
}

/** What `signedRow` was made of. */
export function requestOf(genesis: Genesis, row: SignedRow): OpenRequest {
  const bytes = fromHex(row.bytes) ?? new Uint8Array(0);
  const asked = unwrap(decodeAccessRequest(genesis, bytes));
  return { asked, bytes, signature: fromHex(row.signature) ?? new Uint8Array(0) };
}
