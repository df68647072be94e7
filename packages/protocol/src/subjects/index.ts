export * from './tagger.ts';
