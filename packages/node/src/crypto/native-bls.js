import { aggregateSignatures, fastAggregateVerify, PublicKey, SecretKey, Signature, verify } from '@chainsafe/blst';
import { isFiniteCompressed, portableBls } from '@hansa/protocol/crypto';
/** Parsed keys by the identity of their array; callers never write to a key. */
const publicKeys = new WeakMap();
const secretKeys = new WeakMap();
function publicKeyOf(bytes) {
    const known = publicKeys.get(bytes);
    if (known !== undefined)
        return known;
    if (!isFiniteCompressed(bytes, 48))
        return undefined;
    try {
        // Checks the encoding, the curve and the group, once.
        const key = PublicKey.fromBytes(bytes, true);
        publicKeys.set(bytes, key);
        return key;
    }
    catch {
        return undefined;
    }
}
function secretKeyOf(bytes) {
    const known = secretKeys.get(bytes);
    if (known !== undefined)
        return known;
    const key = SecretKey.fromBytes(bytes);
    secretKeys.set(bytes, key);
    return key;
}
/** A point on the curve; whether it is in the group is left to verification, which costs a tenth of the pairing. */
function signatureOf(bytes) {
    if (!isFiniteCompressed(bytes, 96))
        return undefined;
    try {
        return Signature.fromBytes(bytes, false);
    }
    catch {
        return undefined;
    }
}
/**
 * BLS12-381 by blst. Its binding signs under the signature ciphersuite alone, so proofs of possession, which have their own
 * and are checked once a key, are made and checked by the portable implementation.
 */
export const nativeBls = {
    publicKey: (secretKey) => secretKeyOf(secretKey).toPublicKey().toBytes(),
    sign: (message, secretKey) => secretKeyOf(secretKey).sign(message).toBytes(),
    verify: (signatureBytes, message, publicKey) => {
        const signature = signatureOf(signatureBytes);
        const key = publicKeyOf(publicKey);
        if (signature === undefined || key === undefined)
            return false;
        try {
            return verify(message, key, signature, false, true);
        }
        catch {
            return false;
        }
    },
    aggregate: (signatures) => {
        const parsed = [];
        for (const bytes of signatures) {
            const signature = signatureOf(bytes);
            if (signature === undefined)
                return undefined;
            parsed.push(signature);
        }
        if (parsed.length === 0)
            return undefined;
        const sum = aggregateSignatures(parsed, false).toBytes();
        return isFiniteCompressed(sum, 96) ? sum : undefined;
    },
    verifyAggregate: (signatureBytes, message, keys) => {
        const signature = signatureOf(signatureBytes);
        if (signature === undefined || keys.length === 0)
            return false;
        const parsed = [];
        for (const bytes of keys) {
            const key = publicKeyOf(bytes);
            if (key === undefined)
                return false;
            parsed.push(key);
        }
        try {
            return fastAggregateVerify(message, parsed, signature, true);
        }
        catch {
            return false;
        }
    },
    provePossession: portableBls.provePossession,
    verifyPossession: portableBls.verifyPossession,
};
//# sourceMappingURL=native-bls.js.map