import { createHmac } from 'node:crypto';
import { u32be, utf8 } from '@hansa/protocol';

export type SecretPurpose = 'account' | 'holder' | 'officer' | 'blacklist' | 'content' | 'case';

/** 16 bytes: what the city's secret makes of private values, so that nobody without it can try them out. */
export class CitySecret {
  readonly #key: Uint8Array;

  /** `key`: at least 32 bytes. */
  constructor(key: Uint8Array) {
    if (key.length < 32) throw new RangeError('the city secret has fewer than 32 bytes');
    this.#key = key.slice();
  }

  /** First 16 bytes of the commitment. */
  pseudonym(purpose: SecretPurpose, ...parts: readonly string[]): Uint8Array {
    return this.commitment(purpose, ...parts).slice(0, 16);
  }

  /** 32 bytes: HMAC-SHA256(secret, purpose || 0x00 || parts, each behind its length). */
  commitment(purpose: SecretPurpose, ...parts: readonly string[]): Uint8Array {
    const hmac = createHmac('sha256', this.#key).update(`hansa/1/${purpose}\0`);
    for (const part of parts) {
      const bytes = utf8(part);
      hmac.update(u32be(bytes.length)).update(bytes);
    }
    return new Uint8Array(hmac.digest());
  }
}
