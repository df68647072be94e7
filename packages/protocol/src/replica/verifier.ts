import { concatBytes, toHex } from '../bytes.ts';
import type { Crypto, Domains } from '../crypto/index.ts';
import type { Genesis } from '../genesis/types.ts';
import { type CarriedHeader, verifyHeaderSignature } from '../lanes/index.ts';
import { verifyCarriedCertificate } from './catch-up.ts';

/** What verification needs to know of the federation. */
export interface ProtocolContext {
  readonly genesis: Genesis;
  readonly crypto: Crypto;
  readonly domains: Domains;
}

/** Messages reach a city several times (gossip, relays): their signatures are verified once. */
const REMEMBERED_MAX = 4096;

/** Verifies headers and certificates; successes are remembered, failures never are. */
export class Verifier {
  readonly #context: ProtocolContext;
  readonly #verified = new Set<string>();

  constructor(context: ProtocolContext) {
    this.#context = context;
  }

  header(header: CarriedHeader): boolean {
    const { crypto, domains, genesis } = this.#context;
    const name = crypto.sha256(concatBytes(header.digest, header.signature));
    return this.#once(name, () => verifyHeaderSignature(crypto, domains, genesis, header));
  }

  certificate(bytes: Uint8Array): boolean {
    const name = this.#context.crypto.sha256(bytes);
    return this.#once(name, () => verifyCarriedCertificate(this.#context, bytes) !== undefined);
  }

  /** C12: what the last epoch's keys signed is nothing to the next. */
  forget(): void {
    this.#verified.clear();
  }

  #once(name: Uint8Array, verify: () => boolean): boolean {
    const hex = toHex(name);
    if (this.#verified.has(hex)) return true;
    if (!verify()) return false;
    if (this.#verified.size >= REMEMBERED_MAX) {
      const oldest = this.#verified.values().next().value;
      if (oldest !== undefined) this.#verified.delete(oldest);
    }
    this.#verified.add(hex);
    return true;
  }
}
