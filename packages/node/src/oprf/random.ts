import { randomBytes } from 'node:crypto';
import { setImmediate as immediate } from 'node:timers/promises';
import { type Scalar, scalarFromUniform, UNIFORM_BYTES } from '@hansa/protocol/oprf';

/** A uniform scalar that is not zero, from the system's randomness. */
export function drawScalar(): Scalar {
  for (;;) {
    const scalar = scalarFromUniform(new Uint8Array(randomBytes(UNIFORM_BYTES)));
    if (scalar !== 0n) return scalar;
  }
}

/** Lets the city's turns and its sockets have their share between two pieces of arithmetic. */
export async function breathe(): Promise<void> {
  await immediate();
}
