import { type Crypto, portableCrypto } from '@hansa/protocol/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import blsVectors from '../../../../test/vectors/crypto-bls.json' with { type: 'json' };
import ed25519Vectors from '../../../../test/vectors/crypto-ed25519.json' with { type: 'json' };
import p256Vectors from '../../../../test/vectors/crypto-p256.json' with { type: 'json' };
import x25519Vectors from '../../../../test/vectors/crypto-x25519.json' with { type: 'json' };
import { nativeCrypto } from './index.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array | undefined): string | null =>
  data === undefined ? null : Buffer.from(data).toString('hex');
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

const implementations: readonly (readonly [string, Crypto])[] = [
  ['portable (@noble)', portableCrypto],
  ['native (libsodium, blst, hashtree)', nativeCrypto],
];

describe.each(implementations)('%s Ed25519', (_, { ed25519 }) => {
  it.each(ed25519Vectors.rfc8032)(
    'signs and verifies RFC 8032 $name',
    ({ secretKey, publicKey, message, signature }) => {
      expect(hex(ed25519.publicKey(bytes(secretKey)))).toBe(publicKey);
      expect(hex(ed25519.sign(bytes(message), bytes(secretKey)))).toBe(signature);
      expect(ed25519.verify(bytes(signature), bytes(message), bytes(publicKey))).toBe(true);
    },
  );

  it.each(ed25519Vectors.speccheck)(
    'judges "Taming the many EdDSAs" $name: $valid',
    ({ publicKey, message, signature, valid }) => {
      expect(ed25519.verify(bytes(signature), bytes(message), bytes(publicKey))).toBe(valid);
    },
  );

  it('judges the Wycheproof signatures as published', () => {
    const judged = ed25519Vectors.wycheproof.map((vector) => {
      const valid = ed25519.verify(bytes(vector.signature), bytes(vector.message), bytes(vector.publicKey));
      return { ...vector, valid };
    });
    expect(judged).toEqual(ed25519Vectors.wycheproof);
  });

  it('judges every edge case by the strict rule (R1)', () => {
    const judged = ed25519Vectors.edges.map((vector) => {
      const valid = ed25519.verify(bytes(vector.signature), bytes(vector.message), bytes(vector.publicKey));
      return { ...vector, valid };
    });
    expect(judged).toEqual(ed25519Vectors.edges);
    expect(judged.some(({ valid }) => valid)).toBe(true);
  });

  it('refuses a signature with any bit flipped, for its message and key', () => {
    const secretKey = bytes('11'.repeat(32));
    const message = bytes('68616e7361');
    const signature = ed25519.sign(message, secretKey);
    const publicKey = ed25519.publicKey(secretKey);
    for (let bit = 0; bit < 512; bit++) {
      const wrong = signature.slice();
      wrong[bit >>> 3] = (wrong[bit >>> 3] as number) ^ (1 << (bit & 7));
      expect(ed25519.verify(wrong, message, publicKey)).toBe(false);
    }
    expect(ed25519.verify(signature, message, publicKey)).toBe(true);
  });

  it('takes views into larger buffers', () => {
    const secretKey = bytes('22'.repeat(32));
    const buffer = Buffer.concat([
      Buffer.from([9]),
      ed25519.sign(bytes('aa'), secretKey),
      ed25519.publicKey(secretKey),
      bytes('aa'),
    ]);
    expect(ed25519.verify(buffer.subarray(1, 65), buffer.subarray(97), buffer.subarray(65, 97))).toBe(true);
    expect(ed25519.verify(buffer.subarray(0, 64), buffer.subarray(97), buffer.subarray(65, 97))).toBe(false);
  });
});

describe.each(implementations)('%s P-256', (_, { p256 }) => {
  it.each(p256Vectors.rfc6979)('signs "$name" as RFC 6979 says, with the lower s', (vector) => {
    const [message, publicKey] = [bytes(vector.message), bytes(vector.publicKey)];
    expect(hex(p256.publicKey(bytes(vector.secretKey)))).toBe(vector.publicKey);
    expect(hex(p256.sign(message, bytes(vector.secretKey)))).toBe(vector.signature);
    expect(p256.verify(bytes(vector.signature), message, publicKey)).toBe(true);
    expect(p256.verify(bytes(vector.published), message, publicKey)).toBe(vector.published === vector.signature);
  });

  it.each(['wycheproof', 'edges'] as const)('judges the %s by the strict rule (R1)', (name) => {
    const judged = p256Vectors[name].map((vector) => {
      const valid = p256.verify(bytes(vector.signature), bytes(vector.message), bytes(vector.publicKey));
      return { ...vector, valid };
    });
    expect(judged).toEqual(p256Vectors[name]);
    expect(judged.some(({ valid }) => valid)).toBe(true);
    expect(judged.some(({ valid }) => !valid)).toBe(true);
  });

  it('refuses a signature with any bit flipped', () => {
    const secretKey = bytes('11'.repeat(32));
    const message = bytes('68616e7361');
    const signature = p256.sign(message, secretKey);
    const publicKey = p256.publicKey(secretKey);
    for (let bit = 0; bit < 512; bit += 3) {
      const wrong = signature.slice();
      wrong[bit >>> 3] = (wrong[bit >>> 3] as number) ^ (1 << (bit & 7));
      expect(p256.verify(wrong, message, publicKey)).toBe(false);
    }
    expect(p256.verify(signature, message, publicKey)).toBe(true);
  });
});

it('native and portable P-256 sign alike, and judge alike what they and others sign', () => {
  const changes = fc.record({ part: fc.constantFrom(0, 1, 2), bit: fc.nat(), flip: fc.boolean() });
  fc.assert(
    fc.property(seeds, fc.uint8Array({ maxLength: 200 }), changes, (seed, message, { part, bit, flip }) => {
      // Below the group's order, and not zero.
      const secretKey = Uint8Array.of(0, ...seed.subarray(2), 1);
      const signature = portableCrypto.p256.sign(message, secretKey);
      expect(hex(nativeCrypto.p256.sign(message, secretKey))).toBe(hex(signature));
      const parts = [signature, message.slice(), portableCrypto.p256.publicKey(secretKey)] as const;
      const target = parts[part] as Uint8Array;
      const changed = flip && target.length > 0;
      if (changed) target[bit % target.length] = (target[bit % target.length] as number) ^ (1 << (bit & 7));
      const verdicts = implementations.map(([, { p256 }]) => p256.verify(...parts));
      expect(verdicts).toEqual([!changed, !changed]);
    }),
    { numRuns: 60 },
  );
});

describe.each(implementations)('%s X25519', (_, { x25519 }) => {
  it.each(x25519Vectors.agreements)('agrees as RFC 7748 says, $publicKey', (vector) => {
    expect(hex(x25519.publicKey(bytes(vector.secretKey)))).toBe(vector.publicKey);
    expect(hex(x25519.sharedSecret(bytes(vector.secretKey), bytes(vector.otherPublicKey)))).toBe(vector.sharedSecret);
  });

  it('has no secret with keys of small order or another length', () => {
    const secretKey = bytes('33'.repeat(32));
    for (const publicKey of [...x25519Vectors.smallOrder, '09', '09'.repeat(33)]) {
      expect(x25519.sharedSecret(secretKey, bytes(publicKey)), publicKey).toBeUndefined();
    }
  });
});

describe.each(implementations)('%s BLS12-381', (_, { bls }) => {
  it('derives the published keys and makes the published signatures', () => {
    for (const { secretKey, publicKey, message, signature } of blsVectors.sign) {
      expect(hex(bls.publicKey(bytes(secretKey)))).toBe(publicKey);
      expect(hex(bls.sign(bytes(message), bytes(secretKey)))).toBe(signature);
    }
  });

  it('judges every published and edge-case signature', () => {
    const judged = blsVectors.verify.map((vector) => {
      const valid = bls.verify(bytes(vector.signature), bytes(vector.message), bytes(vector.publicKey));
      return { ...vector, valid };
    });
    expect(judged).toEqual(blsVectors.verify);
  });

  it('aggregates to the published sums and refuses what is malformed', () => {
    const sums = blsVectors.aggregate.map((vector) => ({
      ...vector,
      aggregate: hex(bls.aggregate(vector.signatures.map(bytes))),
    }));
    expect(sums).toEqual(blsVectors.aggregate);
  });

  it('judges every published and edge-case aggregate', () => {
    const judged = blsVectors.fastAggregateVerify.map((vector) => {
      const valid = bls.verifyAggregate(bytes(vector.signature), bytes(vector.message), vector.publicKeys.map(bytes));
      return { ...vector, valid };
    });
    expect(judged).toEqual(blsVectors.fastAggregateVerify);
  });

  it('makes and judges proofs of possession, which no signature can stand in for', () => {
    for (const vector of blsVectors.possession) {
      if (vector.secretKey !== undefined) expect(hex(bls.provePossession(bytes(vector.secretKey)))).toBe(vector.proof);
      const valid = bls.verifyPossession(bytes(vector.proof), bytes(vector.publicKey));
      expect({ ...vector, valid }).toEqual(vector);
    }
  });

  it('judges a key of the same array the same way each time', () => {
    const [first] = blsVectors.sign as [(typeof blsVectors.sign)[number]];
    const key = bytes(first.publicKey);
    const malformed = bytes(`c0${'00'.repeat(47)}`);
    for (let i = 0; i < 3; i++) {
      expect(bls.verify(bytes(first.signature), bytes(first.message), key)).toBe(true);
      expect(bls.verify(bytes(first.signature), bytes(`${first.message}00`), key)).toBe(false);
      expect(bls.verify(bytes(first.signature), bytes(first.message), malformed)).toBe(false);
    }
  });
});

describe.each(implementations)('%s SHA-256', (_, crypto) => {
  it('gives the digests of FIPS 180-4', () => {
    expect(hex(crypto.sha256(new Uint8Array(0)))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(hex(crypto.sha256(Buffer.from('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(hex(crypto.sha256(new Uint8Array(1_000_000).fill(97)))).toBe(
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    );
  });

  it('gives a digest of its own each time, which no later call changes', () => {
    const first = crypto.sha256(bytes('01'));
    const copy = first.slice();
    const large = crypto.sha256(new Uint8Array(500));
    crypto.sha256(bytes('02'));
    crypto.sha256(new Uint8Array(500).fill(1));
    expect(first).toEqual(copy);
    expect(hex(large)).toBe(hex(crypto.sha256(new Uint8Array(500))));
    expect(Object.getPrototypeOf(large)).toBe(Uint8Array.prototype);
  });

  it('hashes rows of pairs as each pair alone', () => {
    expect(crypto.sha256Pairs(new Uint8Array(0))).toEqual(new Uint8Array(0));
    expect(() => crypto.sha256Pairs(new Uint8Array(65))).toThrow(RangeError);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 5 }),
        fc.nat(255),
        (count, offset, fill) => {
          const pairs = new Uint8Array(count * 64 + offset).map((__, i) => i * 7 + fill).subarray(offset);
          const expected = Array.from({ length: count }, (__, i) =>
            hex(crypto.sha256(pairs.subarray(i * 64, i * 64 + 64))),
          ).join('');
          expect(hex(crypto.sha256Pairs(pairs))).toBe(expected);
        },
      ),
    );
  });
});

describe.each([
  ['portable', portableCrypto],
  ['native', nativeCrypto],
])('the %s implementation', (_, crypto) => {
  it('hashes many messages behind a prefix as each alone, the longest too', () => {
    const sizes = fc.array(fc.oneof(fc.nat(400), fc.constantFrom(9_000, 16_000, 70_000)), { maxLength: 6 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), sizes, fc.nat(255), (prefix, lengths, seed) => {
        const messages = lengths.map((length) => new Uint8Array(length).map((__, i) => i * 7 + seed));
        const expected = messages.map((message) => hex(crypto.sha256(new Uint8Array([...prefix, ...message]))));
        expect(hex(crypto.sha256Each(prefix, messages))).toBe(expected.join(''));
      }),
      { numRuns: 30 },
    );
  });

  it('hashes rows behind a prefix as each alone', () => {
    expect(() => crypto.sha256Rows(new Uint8Array(1), new Uint8Array(65), 32)).toThrow(RangeError);
    for (const rowBytes of [1, 20, 32, 64, 20_000]) {
      const prefix = new Uint8Array([1, 2, 3]);
      const rows = new Uint8Array(7 * rowBytes).map((__, i) => i * 31 + rowBytes);
      const each = Array.from({ length: 7 }, (__, i) => rows.subarray(i * rowBytes, (i + 1) * rowBytes));
      expect(hex(crypto.sha256Rows(prefix, rows, rowBytes))).toBe(hex(crypto.sha256Each(prefix, each)));
    }
  });
});

describe('the portable and the native implementation agree', () => {
  it('on SHA-256 of every length around their block and scratch sizes', () => {
    for (let length = 0; length < 400; length++) {
      const data = new Uint8Array(length).map((_, i) => i * 31 + length);
      expect(nativeCrypto.sha256(data)).toEqual(portableCrypto.sha256(data));
    }
  });

  it('on Ed25519 keys and signatures, and on damaged ones', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(95),
        fc.integer({ min: 1, max: 255 }),
        (seed, message, at, mask) => {
          const publicKey = nativeCrypto.ed25519.publicKey(seed);
          const signature = nativeCrypto.ed25519.sign(message, seed);
          expect(portableCrypto.ed25519.publicKey(seed)).toEqual(publicKey);
          expect(portableCrypto.ed25519.sign(message, seed)).toEqual(signature);
          const damaged = Uint8Array.from([...signature, ...publicKey]);
          damaged[at] = (damaged[at] as number) ^ mask;
          const judge = ({ ed25519 }: Crypto) => ed25519.verify(damaged.slice(0, 64), message, damaged.slice(64));
          expect(judge(portableCrypto)).toBe(judge(nativeCrypto));
          expect(judge(nativeCrypto)).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('on BLS keys, signatures, aggregates and possession of any key', () => {
    fc.assert(
      fc.property(
        fc.array(seeds, { minLength: 1, maxLength: 4 }),
        fc.uint8Array({ maxLength: 100 }),
        (raw, message) => {
          const secretKeys = raw.map((seed) => seed.with(0, (seed[0] as number) & 0x3f).with(31, 1));
          const keys = secretKeys.map((secretKey) => nativeCrypto.bls.publicKey(secretKey));
          expect(secretKeys.map((secretKey) => portableCrypto.bls.publicKey(secretKey))).toEqual(keys);
          const signatures = secretKeys.map((secretKey) => nativeCrypto.bls.sign(message, secretKey));
          expect(secretKeys.map((secretKey) => portableCrypto.bls.sign(message, secretKey))).toEqual(signatures);
          const sum = nativeCrypto.bls.aggregate(signatures) as Uint8Array;
          expect(portableCrypto.bls.aggregate(signatures)).toEqual(sum);
          for (const { bls } of [portableCrypto, nativeCrypto]) {
            expect(bls.verifyAggregate(sum, message, keys)).toBe(true);
            expect(bls.verifyAggregate(sum, message, [...keys, keys[0] as Uint8Array])).toBe(false);
          }
        },
      ),
      { numRuns: 5 },
    );
  });
});
