export * from './normalise.ts';
export * from './tag.ts';
export * from './tagger.ts';
