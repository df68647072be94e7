export * from './defaults.ts';
export * from './encode.ts';
export * from './parse.ts';
export * from './types.ts';
export * from './vote-scheme.ts';
