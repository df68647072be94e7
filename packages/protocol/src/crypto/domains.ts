import { concatBytes, utf8 } from '../bytes.ts';
import type { Digest, Hasher } from './types.ts';

/**
 * R1: every digest and signature has a domain tag and the federationId in it.
 * domain(tag) = SHA-256(utf8("hansa/1/" || tag) || 0x00 || federationId); digest = SHA-256(domain || data).
 */
export type DomainTag =
  | 'record'
  | 'actor'
  | 'oprf-request'
  | 'entry'
  | 'entry-signature'
  | 'block'
  | 'proposal'
  | 'vote'
  | 'state'
  | 'requests'
  | 'genesis-block'
  | 'authority-set'
  | 'access-request'
  | 'access-answer'
  | 'access-receipt'
  | 'access-seal'
  | `fact/${string}`
  | `subject/${string}`;

const PREFIX_BYTES = 32;
/** Longer than nearly every record. */
const SCRATCH_BYTES = 1024;

export class Domains {
  readonly federationId: Digest;
  readonly #hasher: Hasher;
  readonly #prefixes = new Map<string, Uint8Array>();
  readonly #scratch = new Uint8Array(SCRATCH_BYTES);

  constructor(hasher: Hasher, federationId: Digest) {
    this.#hasher = hasher;
    this.federationId = federationId;
  }

  /** The 32-byte prefix of a domain. */
  prefix(tag: DomainTag): Uint8Array {
    let prefix = this.#prefixes.get(tag);
    if (prefix === undefined) {
      prefix = this.#hasher.sha256(concatBytes(utf8(`hansa/1/${tag}`), new Uint8Array(1), this.federationId));
      this.#prefixes.set(tag, prefix);
    }
    return prefix;
  }

  digest(tag: DomainTag, data: Uint8Array): Digest {
    const length = PREFIX_BYTES + data.length;
    if (length > this.#scratch.length) return this.#hasher.sha256(this.message(tag, data));
    // Every record is digested several times: one piece of memory serves for all of them.
    this.#scratch.set(this.prefix(tag));
    this.#scratch.set(data, PREFIX_BYTES);
    return this.#hasher.sha256(this.#scratch.subarray(0, length));
  }

  /** The digests of many messages, side by side. */
  digestEach(tag: DomainTag, messages: readonly Uint8Array[]): Uint8Array {
    return this.#hasher.sha256Each(this.prefix(tag), messages);
  }

  /** The digests of rows of `rowBytes` bytes, side by side. */
  digestRows(tag: DomainTag, rows: Uint8Array, rowBytes: number): Uint8Array {
    return this.#hasher.sha256Rows(this.prefix(tag), rows, rowBytes);
  }

  /** What a signature of this domain signs: prefix || data. */
  message(tag: DomainTag, data: Uint8Array): Uint8Array {
    const prefix = this.prefix(tag);
    const out = new Uint8Array(prefix.length + data.length);
    out.set(prefix);
    out.set(data, prefix.length);
    return out;
  }
}
