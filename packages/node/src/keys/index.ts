export * from './city-keys.ts';
export { KEY_BYTES, readKeyFile, writeKeyFile } from './key-file.ts';
export * from './member-card.ts';
