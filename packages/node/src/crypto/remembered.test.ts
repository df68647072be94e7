import { describe, expect, test } from 'vitest';
import { nativeCrypto } from './index.ts';
import { rememberingSignatures } from './remembered.ts';

const secret = new Uint8Array(32).fill(7);
const publicKey = nativeCrypto.ed25519.publicKey(secret);
const messageOf = (number: number) => new Uint8Array(64).fill(number);
const signed = (number: number) => nativeCrypto.ed25519.sign(messageOf(number), secret);

function counting(generationMax?: number) {
  let count = 0;
  const verify: typeof nativeCrypto.ed25519.verify = (...parts) => {
    count += 1;
    return nativeCrypto.ed25519.verify(...parts);
  };
  const counted = { ...nativeCrypto, ed25519: { ...nativeCrypto.ed25519, verify } };
  const { door, core } = rememberingSignatures(counted, generationMax);
  return { ed25519: door.ed25519, core: core.ed25519, spent: () => count };
}

describe('remembered signatures (R2)', () => {
  test('of P-256 are verified once, too, and apart from those of Ed25519', () => {
    let count = 0;
    const verify: typeof nativeCrypto.p256.verify = (...parts) => {
      count += 1;
      return nativeCrypto.p256.verify(...parts);
    };
    const { door } = rememberingSignatures({ ...nativeCrypto, p256: { ...nativeCrypto.p256, verify } });
    const { p256, ed25519 } = door;
    const key = p256.publicKey(secret);
    const signature = p256.sign(messageOf(1), secret);
    for (let i = 0; i < 3; i++) expect(p256.verify(signature, messageOf(1), key)).toBe(true);
    expect(count).toBe(1);
    expect(p256.verify(signature, messageOf(2), key)).toBe(false);
    expect(count).toBe(2);
    expect(ed25519.verify(signature, messageOf(1), key)).toBe(false);
    // The same bytes in a row, cut elsewhere.
    const longer = new Uint8Array([...key, ...messageOf(1).subarray(0, 1)]);
    expect(p256.verify(signature, messageOf(1).subarray(1), longer)).toBe(false);
  });

  test('a good signature is verified once, a bad one each time', () => {
    const { ed25519, spent } = counting();
    for (let i = 0; i < 3; i++) expect(ed25519.verify(signed(1), messageOf(1), publicKey)).toBe(true);
    expect(spent()).toBe(1);
    for (let i = 0; i < 3; i++) expect(ed25519.verify(signed(1), messageOf(2), publicKey)).toBe(false);
    expect(spent()).toBe(4);
  });

  test('what was found good at the door is good in execution, where nothing more is remembered', () => {
    const { ed25519, core, spent } = counting();
    expect(core.verify(signed(1), messageOf(1), publicKey)).toBe(true);
    expect(ed25519.verify(signed(1), messageOf(1), publicKey)).toBe(true);
    expect(spent()).toBe(2);
    expect(core.verify(signed(1), messageOf(1), publicKey)).toBe(true);
    expect(spent()).toBe(2);
    for (let i = 0; i < 2; i++) expect(core.verify(signed(1), messageOf(2), publicKey)).toBe(false);
    expect(spent()).toBe(4);
  });

  test('no bit of signature, key or message may differ from what was found good', () => {
    const { ed25519 } = counting();
    const parts = [signed(1), messageOf(1), publicKey] as const;
    expect(ed25519.verify(...parts)).toBe(true);
    parts.forEach((part, index) => {
      for (let bit = 0; bit < part.length * 8; bit++) {
        const changed = part.slice();
        changed[bit >>> 3] = (changed[bit >>> 3] as number) ^ (1 << (bit & 7));
        const [signature, message, key] = parts.map((each, i) => (i === index ? changed : each)) as [
          Uint8Array,
          Uint8Array,
          Uint8Array,
        ];
        expect(ed25519.verify(signature, message, key)).toBe(false);
      }
    });
  });

  test('bytes that move from one part to its neighbour are another signature', () => {
    const { ed25519 } = counting();
    const signature = signed(1);
    const message = messageOf(1);
    expect(ed25519.verify(signature, message, publicKey)).toBe(true);
    // The same 160 bytes in a row, cut elsewhere.
    const key = new Uint8Array([...publicKey, ...message.subarray(0, 1)]);
    expect(ed25519.verify(signature, message.subarray(1), key)).toBe(false);
    const longer = new Uint8Array([...signature, ...publicKey.subarray(0, 1)]);
    expect(ed25519.verify(longer, message, publicKey.subarray(1))).toBe(false);
  });

  test('what was found good long ago is forgotten', () => {
    const { ed25519, spent } = counting(4);
    for (let number = 0; number < 9; number++) ed25519.verify(signed(number), messageOf(number), publicKey);
    ed25519.verify(signed(8), messageOf(8), publicKey);
    expect(spent()).toBe(9);
    ed25519.verify(signed(0), messageOf(0), publicKey);
    expect(spent()).toBe(10);
  });
});
