import { fromHex, toHex, utf8 } from '@hansa/protocol';
import { portableX25519 } from '@hansa/protocol/crypto';
import { describe, expect, it } from 'vitest';
import { openSealed, seal, sealSuite } from './seal.ts';

const hex = (text: string) => fromHex(text) as Uint8Array;
const bufferOf = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;

/** RFC 9180, appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode. */
const rfc = {
  info: hex('4f6465206f6e2061204772656369616e2055726e'),
  secret: hex('8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb'),
  public: hex('4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a'),
  encapsulated: hex('1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a'),
  plain: hex('4265617574792069732074727574682c20747275746820626561757479'),
  aad: hex('436f756e742d30'),
  ciphertext: hex('1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28'),
};

describe('a sealed box', () => {
  it('opens the vector of RFC 9180 A.2.1', async () => {
    const recipient = await sealSuite.createRecipientContext({
      recipientKey: await sealSuite.kem.importKey('raw', bufferOf(rfc.secret), false),
      enc: bufferOf(rfc.encapsulated),
      info: bufferOf(rfc.info),
    });
    const plain = await recipient.open(bufferOf(rfc.ciphertext), bufferOf(rfc.aad));
    expect(toHex(new Uint8Array(plain))).toBe(toHex(rfc.plain));
    expect(toHex(portableX25519.publicKey(rfc.secret))).toBe(toHex(rfc.public));
  });

  it('opens for its city and purpose only, and 48 bytes longer (P3)', async () => {
    const info = utf8('for sanya');
    const plain = utf8('a private payload');
    const box = await seal(rfc.public, info, plain);
    expect(box.encapsulatedKey.length + box.ciphertext.length).toBe(plain.length + 48);
    expect(await openSealed(rfc.secret, info, box)).toEqual(plain);
    expect(await openSealed(rfc.secret, utf8('for danzhou'), box)).toBeUndefined();
    expect(await openSealed(new Uint8Array(32).fill(7), info, box)).toBeUndefined();
    expect(toHex(box.ciphertext)).not.toContain(toHex(plain));
  });

  it('that was changed in any part does not open', async () => {
    const info = utf8('for sanya');
    const box = await seal(rfc.public, info, utf8('a private payload'));
    const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
    for (const at of [0, 5, box.ciphertext.length - 1]) {
      expect(await openSealed(rfc.secret, info, { ...box, ciphertext: flip(box.ciphertext, at) })).toBeUndefined();
    }
    expect(
      await openSealed(rfc.secret, info, { ...box, encapsulatedKey: flip(box.encapsulatedKey, 3) }),
    ).toBeUndefined();
    for (const broken of [new Uint8Array(0), new Uint8Array(31), new Uint8Array(32)]) {
      expect(await openSealed(rfc.secret, info, { ...box, encapsulatedKey: broken })).toBeUndefined();
    }
    expect(await openSealed(rfc.secret, info, { ...box, ciphertext: new Uint8Array(3) })).toBeUndefined();
  });
});
