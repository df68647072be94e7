export * from './actors.ts';
export * from './location.ts';
export * from './record.ts';
