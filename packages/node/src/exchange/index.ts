export * from './exchange.ts';
export { openingWrite } from './outgoing.ts';
export type { ExchangeCity, ExchangeLog, PrivateSide } from './ports.ts';
