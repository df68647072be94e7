import { toHex } from '@hansa/protocol';
import { portableCrypto } from '@hansa/protocol/crypto';

/** SHA-256 in hexadecimal. Not the browser's own: without TLS it has none. */
export function sha256Hex(bytes: Uint8Array): string {
  return toHex(portableCrypto.sha256(bytes));
}
