import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8 } from '../bytes.ts';
import { invariant } from '../errors.ts';
import type { Group } from './group.ts';
import { prove } from './proof.ts';
import { encodeScalar, invertScalars, multiplyScalars, type Scalar } from './scalar.ts';
import { lagrangeAtZero, placeOf } from './sharing.ts';
import { hashToGroup, lengthPrefixed } from './suite.ts';

/** An input on its way: only whoever knows `blind` can tell which input `blinded` came from. */
export interface Blinded {
  readonly input: Uint8Array;
  /** A fresh uniform scalar; secret. */
  readonly blind: Scalar;
  /** HashToGroup(input); secret. */
  readonly hashed: Uint8Array;
  /** What evaluators see: `hashed` times `blind`. */
  readonly element: Uint8Array;
}

/** RFC 9497, Blind, mode OPRF. Throws on a blind of zero: draw again. */
export function blind(group: Group, input: Uint8Array, scalar: Scalar): Blinded {
  const hashed = hashToGroup(group, input);
  const element = group.combine([hashed], [encodeScalar(scalar)]);
  invariant(element !== undefined, 'a blind is not zero, and no input hashes to the identity');
  return { input, blind: scalar, hashed, element };
}

export interface Evaluation {
  /** One element for each blinded one, in order. */
  readonly evaluated: readonly Uint8Array[];
  /** One proof for all of them. */
  readonly proof: Uint8Array;
}

/**
 * BlindEvaluate with one share of the key, and the proof that it was this share (mode VOPRF, against the share's public
 * commitment). `nonce` is a fresh uniform scalar; `context` as in `Statement`. Undefined when one of the blinded
 * elements is none.
 */
export function evaluatePartially(
  group: Group,
  share: { readonly secret: Scalar; readonly publicKey: Uint8Array },
  blinded: readonly Uint8Array[],
  nonce: Scalar,
  context?: Uint8Array,
): Evaluation | undefined {
  const secret = encodeScalar(share.secret);
  const evaluated: Uint8Array[] = [];
  for (const element of blinded) {
    const result = group.combine([element], [secret]); // guard: P2 only elements of the group are multiplied by a share
    if (result === undefined) return undefined;
    evaluated.push(result);
  }
  const statement = { publicKey: share.publicKey, blinded, evaluated, ...(context === undefined ? {} : { context }) };
  return { evaluated, proof: prove(group, share.secret, statement, nonce) };
}

/** What one evaluator made of a batch; its proof was verified. */
export interface Partial {
  readonly authority: number;
  readonly evaluated: readonly Uint8Array[];
}

/**
 * Lagrange's combination of the evaluations of `threshold` or more authorities, unblinded, and finalized: 64 bytes for
 * each input, equal to RFC 9497's OPRF with the one key that nobody has. An asker that holds a share itself gives it as
 * `own`, and needs one evaluator less. Undefined when an element is malformed.
 */
export function finalize(
  group: Group,
  inputs: readonly Blinded[],
  partials: readonly Partial[],
  own?: { readonly authority: number; readonly secret: Scalar },
): Uint8Array[] | undefined {
  const authorities = partials.map(({ authority }) => authority);
  const weights = lagrangeAtZero([...authorities, ...(own === undefined ? [] : [own.authority])].map(placeOf));
  const ownWeight = own === undefined ? undefined : multiplyScalars(weights[partials.length] as Scalar, own.secret);
  const unblinds = invertScalars(inputs.map((input) => input.blind));
  const outputs: Uint8Array[] = [];
  for (const [i, { input, hashed }] of inputs.entries()) {
    const unblind = unblinds[i] as Scalar;
    const elements = partials.map(({ evaluated }) => evaluated[i] ?? NOTHING);
    const scalars = partials.map((_, k) => encodeScalar(multiplyScalars(weights[k] as Scalar, unblind)));
    // The own share needs no blind: it meets the input itself.
    if (ownWeight !== undefined) {
      elements.push(hashed);
      scalars.push(encodeScalar(ownWeight));
    }
    const unblinded = group.combine(elements, scalars);
    if (unblinded === undefined) return undefined;
    outputs.push(sha512(concatBytes(lengthPrefixed(input, unblinded), utf8('Finalize'))));
  }
  return outputs;
}

const NOTHING = new Uint8Array(0);
