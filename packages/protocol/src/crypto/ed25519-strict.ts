/**
 * The one rule by which every implementation refuses edge cases of Ed25519 (PRIMITIVES: consensus hazard). It is checked
 * on the bytes, before any library sees them, so that no library's own idea of the edges can split the federation:
 * S below the group order, A and R canonical and not of small order. Beyond it the cofactorless equation decides.
 */

/** y-coordinates, sign bit cleared, of the eight points of order 1, 2, 4 and 8 (two share each but the first two). */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
  // Order 4: y = 0.
  littleEndian('0000000000000000000000000000000000000000000000000000000000000000'),
  // Order 1: y = 1.
  littleEndian('0000000000000000000000000000000000000000000000000000000000000001'),
  // Order 2: y = p - 1.
  littleEndian('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec'),
  // Order 8.
  littleEndian('05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826'),
  littleEndian('7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7'),
];

/** L = 2^252 + 27742317777372353535851937790883648493. */
const GROUP_ORDER = littleEndian('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed');
/** p = 2^255 - 19. */
const FIELD_ORDER = littleEndian('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed');

/** 32 bytes that encode a point canonically, and not one of small order. Says nothing about being on the curve. */
export function isStrictPoint(point: Uint8Array): boolean {
  if (point.length !== 32) return false;
  if (!isBelow(point, 0, FIELD_ORDER, 0x7f)) return false;
  return !SMALL_ORDER_Y.some((y) => hasY(point, y));
}

/** 64 bytes whose R is a strict point and whose S is below the group order. */
export function isStrictSignature(signature: Uint8Array): boolean {
  return (
    signature.length === 64 && isBelow(signature, 32, GROUP_ORDER, 0xff) && isStrictPoint(signature.subarray(0, 32))
  );
}

/** Little-endian comparison of 32 bytes at `start` with a bound; `topMask` selects the bits of the highest byte. */
function isBelow(bytes: Uint8Array, start: number, bound: Uint8Array, topMask: number): boolean {
  for (let i = 31; i >= 0; i--) {
    const byte = (bytes[start + i] as number) & (i === 31 ? topMask : 0xff);
    const limit = bound[i] as number;
    if (byte !== limit) return byte < limit;
  }
  return false;
}

function hasY(point: Uint8Array, y: Uint8Array): boolean {
  for (let i = 0; i < 31; i++) if (point[i] !== y[i]) return false;
  return ((point[31] as number) & 0x7f) === y[31];
}

function littleEndian(hex: string): Uint8Array {
  const out = new Uint8Array(32);
  for (let i = 0; i < 32; i++) out[31 - i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return out;
}
