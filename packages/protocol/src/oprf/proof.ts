import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes, utf8 } from '../bytes.ts';
import { invariant } from '../errors.ts';
import type { Group } from './group.ts';
import {
  decodeScalar,
  ELEMENT_BYTES,
  encodeScalar,
  multiplyScalars,
  SCALAR_BYTES,
  type Scalar,
  subtractScalars,
} from './scalar.ts';
import { hashToScalar, lengthPrefixed, seedTag, u16be } from './suite.ts';

/** Challenge and response, a scalar each. */
export const PROOF_BYTES = 2 * SCALAR_BYTES;

/** What one proof is about: every `evaluated[i]` is `blinded[i]` times the secret behind `publicKey`. */
export interface Statement {
  /** The public share: secret times the generator. */
  readonly publicKey: Uint8Array;
  readonly blinded: readonly Uint8Array[];
  readonly evaluated: readonly Uint8Array[];
  /**
   * What the batch is an answer to. With it, the weights depend on it and on every element of the batch; without it they
   * are RFC 9497's own, each of which depends on its own pair only. A liar who may choose each answer of a large batch
   * with such weights can search for lies that cancel (Wagner's generalised birthday, some 2^33 steps at 1,000 elements),
   * so that Hansa never leaves it out.
   */
  readonly context?: Uint8Array;
}

/** Elements of one statement: the index of a weight has two bytes. */
const STATEMENT_ELEMENTS_MAX = 0xffff;

/**
 * RFC 9497, GenerateProof with ComputeCompositesFast, mode VOPRF: one proof for the whole batch. `nonce` is a fresh
 * uniform scalar; used twice, it gives the secret away. Throws when an element is none.
 */
export function prove(group: Group, secret: Scalar, statement: Statement, nonce: Scalar): Uint8Array {
  const weighted = weights(statement);
  const blinded = group.combine(statement.blinded, weighted);
  invariant(blinded !== undefined && nonce !== 0n, 'a proof is made of valid elements and a fresh nonce');
  const evaluated = group.combine([blinded], [encodeScalar(secret)]);
  const commitments = [group.multiplyBase(encodeScalar(nonce)), group.combine([blinded], [encodeScalar(nonce)])];
  const challenge = challengeOf([statement.publicKey, blinded, evaluated, ...commitments]);
  const response = subtractScalars(nonce, multiplyScalars(challenge, secret));
  return concatBytes(encodeScalar(challenge), encodeScalar(response));
}

/** RFC 9497, VerifyProof, mode VOPRF. False for anything malformed; never throws. */
export function verifyProof(group: Group, statement: Statement, proof: Uint8Array): boolean {
  const { publicKey, blinded, evaluated } = statement;
  if (proof.length !== PROOF_BYTES) return false;
  if (blinded.length === 0 || blinded.length !== evaluated.length) return false;
  if (blinded.length > STATEMENT_ELEMENTS_MAX) return false;
  const challenge = proof.slice(0, SCALAR_BYTES);
  const response = proof.slice(SCALAR_BYTES);
  if (decodeScalar(challenge) === undefined || decodeScalar(response) === undefined) return false;
  const weighted = weights(statement);
  const m = group.combine(blinded, weighted);
  const z = group.combine(evaluated, weighted);
  const base = group.multiplyBase(response);
  if (m === undefined || z === undefined) return false;
  const key = group.combine([publicKey], [challenge]);
  // A sum with the generator: a response of zero leaves the key's part alone.
  const first = base === undefined ? key : key === undefined ? undefined : group.combine([base, key], [ONE, ONE]);
  const second = group.combine([m, z], [response, challenge]);
  return equalBytes(encodeScalar(challengeOf([publicKey, m, z, first, second])), challenge);
}

const ONE = encodeScalar(1n);
/** Stands for the identity, which has no other place in a transcript. */
const IDENTITY = new Uint8Array(ELEMENT_BYTES);

function challengeOf(elements: readonly (Uint8Array | undefined)[]): Scalar {
  const parts = elements.map((element) => element ?? IDENTITY);
  return hashToScalar(concatBytes(lengthPrefixed(...parts), utf8('Challenge')));
}

/** The weights of ComputeComposites. */
function weights({ publicKey, blinded, evaluated, context }: Statement): Uint8Array[] {
  const all = context === undefined ? [] : [lengthPrefixed(context), ...blinded, ...evaluated]; // guard: P2 no lies that cancel
  const seed = lengthPrefixed(sha512(concatBytes(lengthPrefixed(publicKey, seedTag), ...all)));
  return blinded.map((element, i) => {
    const pair = lengthPrefixed(element, evaluated[i] ?? IDENTITY);
    return encodeScalar(hashToScalar(concatBytes(seed, u16be(i), pair, utf8('Composite'))));
  });
}
