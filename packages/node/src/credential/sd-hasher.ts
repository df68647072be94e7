import { utf8 } from '@hansa/protocol';
import type { Hasher } from '@hansa/protocol/crypto';

/** SHA-256 in the shape that `@sd-jwt` asks for. */
export function sdHasher(hasher: Hasher): (data: string | ArrayBuffer) => Uint8Array {
  return (data) => hasher.sha256(typeof data === 'string' ? utf8(data) : new Uint8Array(data));
}
