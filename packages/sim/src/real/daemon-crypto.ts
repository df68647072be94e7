/** The daemon's native cryptography, for crypto mode `real` and for hashes. Only this folder knows the daemon. */
export { nativeCrypto as daemonCrypto } from '@hansa/node/crypto';
