export * from './header.ts';
export * from './lane-book.ts';
