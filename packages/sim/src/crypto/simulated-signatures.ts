import type { AggregateScheme, SignatureScheme } from '@hansa/protocol/crypto';
import type { Random } from '../kernel/random.ts';

/**
 * Signatures that cost next to nothing to compute and cannot be forged inside a run: a keyed hash of public key and
 * message under a secret of the run, which only this closure holds. Whoever verifies computes it again. An aggregate is
 * the sum of its signatures word by word, so it is right for exactly one message and one list of voters. The sizes are
 * those of Ed25519 and BLS12-381, so that messages weigh what they weigh.
 */
export interface SimulatedSignatures {
  readonly ed25519: SignatureScheme;
  readonly bls: AggregateScheme;
}

interface Shape {
  readonly tag: number;
  readonly keyBytes: number;
  readonly signatureBytes: number;
}

const lanes: Shape = { tag: 0x1ed2, keyBytes: 32, signatureBytes: 64 };
const votes: Shape = { tag: 0x0b15, keyBytes: 48, signatureBytes: 96 };
const possession: Shape = { tag: 0x0b0b, keyBytes: 48, signatureBytes: 96 };

export function simulatedSignatures(random: Random): SimulatedSignatures {
  const secret = Int32Array.from({ length: 4 }, () => random.integer(0x1_0000_0000));
  // One computation at a time: scratch memory is shared.
  const statement = new Int32Array(4);
  const mac = new Int32Array(4);
  const sum = new Int32Array(4);

  /** What is signed, as `statement`. */
  function state(message: Uint8Array, tag: number): void {
    statement.set(secret);
    absorb(statement, message, tag);
  }

  /** `mac`: what the holder of the key says about `statement`. */
  function bind(publicKey: Uint8Array): void {
    for (let i = 0; i < 4; i++) mac[i] = (statement[i] as number) ^ (secret[3 - i] as number);
    absorb(mac, publicKey, 0);
  }

  function publicKey(secretKey: Uint8Array, { tag, keyBytes }: Shape): Uint8Array {
    state(secretKey, ~tag);
    return spread(statement, keyBytes);
  }

  function sign(message: Uint8Array, key: Uint8Array, { tag, signatureBytes }: Shape): Uint8Array {
    state(message, tag);
    bind(key);
    return spread(mac, signatureBytes);
  }

  function verify(signature: Uint8Array, message: Uint8Array, key: Uint8Array, shape: Shape): boolean {
    if (signature.length !== shape.signatureBytes || key.length !== shape.keyBytes) return false;
    state(message, shape.tag);
    bind(key);
    return isSpread(signature, mac);
  }

  return {
    ed25519: {
      publicKey: (secretKey) => publicKey(secretKey, lanes),
      sign: (message, secretKey) => sign(message, publicKey(secretKey, lanes), lanes),
      verify: (signature, message, key) => verify(signature, message, key, lanes),
    },
    bls: {
      publicKey: (secretKey) => publicKey(secretKey, votes),
      sign: (message, secretKey) => sign(message, publicKey(secretKey, votes), votes),
      verify: (signature, message, key) => verify(signature, message, key, votes),
      aggregate: (signatures) => {
        if (signatures.length === 0) return undefined;
        sum.fill(0);
        for (const signature of signatures) {
          if (!isOfOneMac(signature)) return undefined;
          for (let i = 0; i < 4; i++) sum[i] = (sum[i] as number) + word(signature, i);
        }
        return spread(sum, votes.signatureBytes);
      },
      verifyAggregate: (signature, message, keys) => {
        if (signature.length !== votes.signatureBytes || keys.length === 0) return false;
        state(message, votes.tag);
        sum.fill(0);
        for (const key of keys) {
          if (key.length !== votes.keyBytes) return false;
          bind(key);
          for (let i = 0; i < 4; i++) sum[i] = (sum[i] as number) + (mac[i] as number);
        }
        return isSpread(signature, sum);
      },
      provePossession: (secretKey) => {
        const key = publicKey(secretKey, votes);
        return sign(key, key, possession);
      },
      verifyPossession: (proof, key) => verify(proof, key, key, possession),
    },
  };
}

/** Mixes all bytes into four words; in the end each depends on all of them. */
function absorb(words: Int32Array, bytes: Uint8Array, tag: number): void {
  let a = (words[0] as number) ^ bytes.length;
  let b = (words[1] as number) ^ tag;
  let c = words[2] as number;
  let d = words[3] as number;
  const count = (bytes.length + 3) >> 2;
  for (let place = 0; place < count; place++) {
    a = Math.imul(a ^ word(bytes, place), 0x9e3779b1);
    b = Math.imul(b ^ a ^ (a >>> 15), 0x85ebca77);
    c = Math.imul(c ^ b ^ (b >>> 13), 0xc2b2ae3d);
    d = Math.imul(d ^ c ^ (c >>> 16), 0x27d4eb2f);
    a ^= d >>> 14;
  }
  for (let round = 0; round < 3; round++) {
    a = Math.imul(a ^ (d >>> 15), 0x85ebca77);
    b = Math.imul(b ^ a ^ (a >>> 13), 0xc2b2ae3d);
    c = Math.imul(c ^ b ^ (b >>> 16), 0x27d4eb2f);
    d = Math.imul(d ^ c ^ (c >>> 15), 0x165667b1);
  }
  words[0] = a;
  words[1] = b;
  words[2] = c;
  words[3] = d;
}

/** Four words made as long as the real thing, so that every byte of it counts. */
function spread(words: Int32Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let place = 0; place < length >> 2; place++) {
    const value = spreadWord(words[place & 3] as number, place);
    out[place * 4] = value;
    out[place * 4 + 1] = value >>> 8;
    out[place * 4 + 2] = value >>> 16;
    out[place * 4 + 3] = value >>> 24;
  }
  return out;
}

function spreadWord(value: number, place: number): number {
  return value ^ Math.imul(place >> 2, 0x9e3779b1);
}

function isSpread(bytes: Uint8Array, words: Int32Array): boolean {
  for (let place = 0; place < bytes.length >> 2; place++) {
    if (word(bytes, place) !== spreadWord(words[place & 3] as number, place)) return false;
  }
  return true;
}

/** Whether a signature has the form that `spread` gives; what it says is for verification to judge. */
function isOfOneMac(bytes: Uint8Array): boolean {
  if (bytes.length !== votes.signatureBytes) return false;
  for (let place = 4; place < bytes.length >> 2; place++) {
    if (word(bytes, place) !== spreadWord(word(bytes, place & 3), place)) return false;
  }
  return true;
}

/** Little endian; bytes beyond the end count as zero. */
function word(bytes: Uint8Array, place: number): number {
  const offset = place * 4;
  return (
    (bytes[offset] as number) |
    ((bytes[offset + 1] as number) << 8) |
    ((bytes[offset + 2] as number) << 16) |
    ((bytes[offset + 3] as number) << 24)
  );
}
