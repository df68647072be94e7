export * from './domains.ts';
export * from './portable.ts';
export * from './types.ts';
