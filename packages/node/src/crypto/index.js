import { nativeBls } from "./native-bls.js";
import { nativeEd25519 } from "./native-ed25519.js";
import { nativeHasher } from "./native-hash.js";
/** All of the protocol's cryptography by native code: libsodium, blst and hashtree. */
export const nativeCrypto = {
    sha256: nativeHasher.sha256,
    sha256Pairs: nativeHasher.sha256Pairs,
    ed25519: nativeEd25519,
    bls: nativeBls,
};
export { nativeBls } from "./native-bls.js";
export { nativeEd25519 } from "./native-ed25519.js";
export { nativeHasher } from "./native-hash.js";
//# sourceMappingURL=index.js.map