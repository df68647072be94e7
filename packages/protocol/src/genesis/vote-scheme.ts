import { concatBytes } from '../bytes.ts';
import type { ReceiptCrypto } from '../crypto/types.ts';
import type { Authority, VoteSchemeName } from './types.ts';

/** How votes are signed and certificates proven. The federation's genesis names one scheme for all its authorities. */
export interface VoteScheme {
  sign(message: Uint8Array, secrets: { readonly laneSecret: Uint8Array; readonly voteSecret: Uint8Array }): Uint8Array;
  /** False for anything malformed; never throws. */
  verify(signature: Uint8Array, message: Uint8Array, voter: Authority): boolean;
  /** The certificate's proof made of single signatures, in the order of the voters. */
  aggregate(signatures: readonly Uint8Array[]): Uint8Array | undefined;
  /** Whether all voters signed the message; `voters` in ascending order of index. */
  verifyAggregate(proof: Uint8Array, message: Uint8Array, voters: readonly Authority[]): boolean;
}

const ED25519_SIGNATURE_BYTES = 64;

/**
 * `bls12381`: one aggregate signature and one pairing check, whatever the number of voters. `ed25519`: the voters'
 * lane keys, their signatures side by side; for a few cities many times cheaper (ADR 0008).
 */
export function voteScheme(crypto: ReceiptCrypto, name: VoteSchemeName): VoteScheme {
  return name === 'ed25519' ? ed25519List(crypto) : bls12381(crypto);
}

function bls12381({ bls }: ReceiptCrypto): VoteScheme {
  return {
    sign: (message, { voteSecret }) => bls.sign(message, voteSecret),
    verify: (signature, message, { voteKey }) => bls.verify(signature, message, voteKey),
    aggregate: (signatures) => bls.aggregate(signatures),
    verifyAggregate: (proof, message, voters) =>
      bls.verifyAggregate(
        proof,
        message,
        voters.map(({ voteKey }) => voteKey),
      ),
  };
}

function ed25519List({ ed25519 }: ReceiptCrypto): VoteScheme {
  return {
    sign: (message, { laneSecret }) => ed25519.sign(message, laneSecret),
    verify: (signature, message, { laneKey }) => ed25519.verify(signature, message, laneKey),
    // Signatures of other lengths would shift those behind them: whoever sends one is looked at alone.
    aggregate: (signatures) =>
      signatures.length > 0 && signatures.every(({ length }) => length === ED25519_SIGNATURE_BYTES)
        ? concatBytes(...signatures)
        : undefined,
    verifyAggregate: (proof, message, voters) =>
      voters.length > 0 &&
      proof.length === voters.length * ED25519_SIGNATURE_BYTES &&
      voters.every(({ laneKey }, place) => {
        const start = place * ED25519_SIGNATURE_BYTES;
        return ed25519.verify(proof.subarray(start, start + ED25519_SIGNATURE_BYTES), message, laneKey);
      }),
  };
}
