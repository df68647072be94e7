export * from './interim.ts';
export * from './normalise.ts';
export * from './tagger.ts';
