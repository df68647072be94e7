export * from './effects.ts';
export * from './keys.ts';
export * from './store.ts';
