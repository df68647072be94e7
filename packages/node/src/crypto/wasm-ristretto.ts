import type { Group } from '@hansa/protocol/oprf';
import sodium from 'libsodium-wrappers-sumo';

/** What the library throws at, and what no honest party sends, is undefined here. */
function orUndefined<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const ZERO = new Uint8Array(32);

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** As many summands as scalars; a scalar of zero leaves its element out, but the element must be one. */
function combine(elements: readonly Uint8Array[], scalars: readonly Uint8Array[]): Uint8Array | undefined {
  let sum: Uint8Array | undefined;
  for (const [i, element] of elements.entries()) {
    const scalar = scalars[i];
    if (scalar === undefined || scalar.length !== 32 || !isElement(element)) return undefined;
    if (isZero(scalar)) continue;
    const product = sodium.crypto_scalarmult_ristretto255(scalar, element);
    sum = sum === undefined ? product : sodium.crypto_core_ristretto255_add(sum, product);
  }
  return sum === undefined || isZero(sum) ? undefined : sum;
}

function isElement(bytes: Uint8Array): boolean {
  return bytes.length === 32 && !isZero(bytes) && sodium.crypto_core_ristretto255_is_valid_point(bytes);
}

/**
 * ristretto255 by libsodium in WebAssembly: ten times as fast as in JavaScript. sodium-native, which signs for the
 * daemon, has the same code but does not export it.
 */
export async function loadWasmGroup(): Promise<Group> {
  await sodium.ready;
  return {
    fromUniform: (uniform) => sodium.crypto_core_ristretto255_from_hash(uniform),
    isElement,
    combine: (elements, scalars) => orUndefined(() => combine(elements, scalars)),
    multiplyBase: (scalar) =>
      scalar.length !== ZERO.length || isZero(scalar)
        ? undefined
        : orUndefined(() => sodium.crypto_scalarmult_ristretto255_base(scalar)),
  };
}
