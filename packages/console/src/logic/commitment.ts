import { fromHex } from '@hansa/protocol';
import { isCommitted } from '@hansa/protocol/access';
import { portableCrypto } from '@hansa/protocol/crypto';
import { fromBase64 } from './base64.ts';

/** P1: whether what was opened is what the ledger has a commitment to, computed here. Salt and commitment in hex. */
export function holdsCommitment(
  opened: { readonly salt: string; readonly payload: string },
  commitment: string,
): boolean {
  const payload = fromBase64(opened.payload);
  const none = new Uint8Array(0);
  return isCommitted(portableCrypto, { salt: fromHex(opened.salt) ?? none, payload }, fromHex(commitment) ?? none);
}
