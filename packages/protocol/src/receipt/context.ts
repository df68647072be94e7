import type { ReceiptCrypto } from '../crypto/index.ts';
import type { Genesis } from '../genesis/types.ts';

/** All that a verifier needs; neither a network nor a clock. */
export interface ReceiptContext {
  readonly genesis: Genesis;
  readonly crypto: ReceiptCrypto;
}
