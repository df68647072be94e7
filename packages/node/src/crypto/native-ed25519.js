import { isStrictPoint, isStrictSignature } from '@hansa/protocol/crypto';
import { sodium } from "./sodium.js";
/** Expanded seeds by the identity of their array; the owner of a seed never writes to it while it signs. */
const keyPairs = new WeakMap();
function keyPair(seed) {
    const known = keyPairs.get(seed);
    if (known !== undefined)
        return known;
    const pair = { publicKey: new Uint8Array(32), signingKey: new Uint8Array(64) };
    sodium.crypto_sign_seed_keypair(pair.publicKey, pair.signingKey, seed);
    keyPairs.set(seed, pair);
    return pair;
}
/** Ed25519 by libsodium, by the strict rule that all implementations share. */
export const nativeEd25519 = {
    publicKey: (secretKey) => keyPair(secretKey).publicKey.slice(),
    sign: (message, secretKey) => {
        const signature = new Uint8Array(64);
        sodium.crypto_sign_detached(signature, message, keyPair(secretKey).signingKey);
        return signature;
    },
    verify: (signature, message, publicKey) => isStrictSignature(signature) &&
        isStrictPoint(publicKey) &&
        sodium.crypto_sign_verify_detached(signature, message, publicKey),
};
//# sourceMappingURL=native-ed25519.js.map