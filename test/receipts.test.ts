import { nativeCrypto } from '@hansa/node/crypto';
import { encodeReceipt, explainSubject, verifyReceipt } from '@hansa/protocol/receipt';
import { describe, expect, it } from 'vitest';
import { testFederation } from '../packages/protocol/test/federation.ts';
import { SampleLedger } from '../packages/protocol/test/sample-receipt.ts';

const federation = testFederation(nativeCrypto, 4);
const ledger = new SampleLedger(federation);
const presence = encodeReceipt(nativeCrypto, ledger.listingReceipt());
const absence = encodeReceipt(nativeCrypto, {
  ...ledger.emptyReceipt(),
  facts: [ledger.blacklistProof(ledger.absentTag)],
});

const verdicts = new Map<string, boolean>();

/** The same cryptography, which remembers its verdicts on quorums: most inversions leave the finalization alone. */
const context = {
  genesis: federation.genesis,
  crypto: {
    ...nativeCrypto,
    bls: {
      ...nativeCrypto.bls,
      verifyAggregate: (signature: Uint8Array, message: Uint8Array, publicKeys: readonly Uint8Array[]) => {
        const question = [signature, message, ...publicKeys].map((bytes) => Buffer.from(bytes).toString('hex')).join();
        const verdict = verdicts.get(question) ?? nativeCrypto.bls.verifyAggregate(signature, message, publicKeys);
        verdicts.set(question, verdict);
        return verdict;
      },
    },
  },
};

/** The receipt with bit `bit` inverted. */
function flipped(receipt: Uint8Array, bit: number): Uint8Array {
  const out = receipt.slice();
  const byte = bit >> 3;
  out[byte] = (out[byte] as number) ^ (1 << (bit & 7));
  return out;
}

/** The same with a checksum that fits again, as a liar would send it. */
function resealed(receipt: Uint8Array, bit: number): Uint8Array {
  const out = flipped(receipt, bit);
  out.set(nativeCrypto.sha256(out.subarray(0, -34)), out.length - 32);
  return out;
}

/** Numbers of the bits whose inversion is not noticed. */
function unnoticed(receipt: Uint8Array, invert: (receipt: Uint8Array, bit: number) => Uint8Array): number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < 8 * receipt.length; bit++) {
    if (verifyReceipt(context, invert(receipt, bit)).ok) bits.push(bit);
  }
  return bits;
}

describe('a receipt with one inverted bit', () => {
  it('is refused, whichever bit it is', () => {
    expect(verifyReceipt(federation, presence).ok && verifyReceipt(federation, absence).ok).toBe(true);
    expect(unnoticed(presence, flipped)).toEqual([]);
    expect(unnoticed(absence, flipped)).toEqual([]);
  });

  it('is refused by its proofs even when a liar makes the checksum fit', () => {
    // The checksum itself: making it fit undoes the inversion.
    const checksumBits = 8 * (presence.length - 32);
    expect(unnoticed(presence, resealed).filter((bit) => bit < checksumBits)).toEqual([]);
  });

  it('of absence can at most become the absence of somebody else, about whom nobody asked', () => {
    const { key } = ledger.blacklistProof(ledger.absentTag);
    const keyStart = Buffer.from(absence).indexOf(key);
    const bits = unnoticed(absence, resealed).filter((bit) => bit < 8 * (absence.length - 32));
    expect(bits.every((bit) => bit >> 3 >= keyStart && bit >> 3 < keyStart + key.length)).toBe(true);
    for (const bit of bits) {
      const receipt = verifyReceipt(context, resealed(absence, bit));
      if (!receipt.ok) throw new Error('verified a moment ago');
      const answer = explainSubject(federation, receipt.value, ledger.absentTag, ledger.block.timestampMs);
      expect(answer).toMatchObject({ ok: false, error: { code: 'RECEIPT_LACKS_FACT' } });
    }
  });
});
