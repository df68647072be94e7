import { pippenger } from '@noble/curves/abstract/curve.js';
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import type { Group } from './group.ts';
import { decodeScalar } from './scalar.ts';

const { Point } = ristretto255;
type Element = InstanceType<typeof Point>;

/** From so many summands on, buckets are cheaper than one multiplication each. */
const BUCKETS_FROM = 8;

/** ristretto255 by noble. Slow (milliseconds a multiplication), and everywhere the same. */
export const portableGroup: Group = {
  fromUniform: (uniform) => ristretto255_hasher.deriveToCurve?.(uniform).toBytes() ?? missing(),
  isElement: (bytes) => decode(bytes) !== undefined,
  combine: (elements, scalars) => {
    const points: Element[] = [];
    const factors: bigint[] = [];
    for (const [i, bytes] of elements.entries()) {
      const point = decode(bytes);
      const factor = decodeScalar(scalars[i] ?? NOTHING);
      if (point === undefined || factor === undefined) return undefined;
      if (factor === 0n) continue;
      points.push(point);
      factors.push(factor);
    }
    return encode(
      points.length >= BUCKETS_FROM
        ? pippenger(Point, points, factors)
        : points.reduce((sum, point, i) => sum.add(point.multiply(factors[i] as bigint)), Point.ZERO),
    );
  },
  multiplyBase: (scalar) => {
    const factor = decodeScalar(scalar);
    return factor === undefined || factor === 0n ? undefined : encode(Point.BASE.multiply(factor));
  },
};

const NOTHING = new Uint8Array(0);

function decode(bytes: Uint8Array): Element | undefined {
  try {
    const point = Point.fromBytes(bytes);
    return point.is0() ? undefined : point;
  } catch {
    return undefined;
  }
}

function encode(point: Element): Uint8Array | undefined {
  return point.is0() ? undefined : point.toBytes();
}

function missing(): never {
  throw new Error('invariant broken: noble has no one-way map of ristretto255');
}
