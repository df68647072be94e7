import { toHex } from '@hansa/protocol';
import { portableCrypto } from '@hansa/protocol/crypto';
import type { Genesis } from '@hansa/protocol/genesis';
import { readFederation } from '@hansa/protocol/receipt';

/**
 * What verifies a citizen's copy is what the page for counters consists of (`hansa certificate page`). It has a reader of QR
 * codes in it, so that it is loaded when somebody verifies a copy and not before.
 */
export { drawVerdict } from '../../../node/src/verify-page/client/answer.ts';
export { Camera, readPhoto } from '../../../node/src/verify-page/client/scan.ts';
export { judge, type Verdict } from '../../../node/src/verify-page/client/verdict.ts';

export function federationOf(file: Uint8Array): Genesis | undefined {
  const parsed = readFederation(portableCrypto, file);
  return parsed.ok ? parsed.value : undefined;
}

/** As it is looked up. */
export function codeOf(certificateId: Uint8Array): string {
  return toHex(certificateId);
}
