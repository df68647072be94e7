export { END_OF_TIME_MS } from './access-book.ts';
export * from './exchange.ts';
export { openingWrite, type ToldOpening } from './outgoing.ts';
export type { ExchangeCity, ExchangeLog, PrivateSide } from './ports.ts';
