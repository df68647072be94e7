export * from './chain.ts';
export { addShare, type CutShare, fitsCut, fitsEntry, NO_SHARE } from './cut-share.ts';
export * from './header.ts';
export * from './lane-book.ts';
