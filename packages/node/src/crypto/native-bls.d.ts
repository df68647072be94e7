import { type AggregateScheme } from '@hansa/protocol/crypto';
/**
 * BLS12-381 by blst. Its binding signs under the signature ciphersuite alone, so proofs of possession, which have their own
 * and are checked once a key, are made and checked by the portable implementation.
 */
export declare const nativeBls: AggregateScheme;
//# sourceMappingURL=native-bls.d.ts.map