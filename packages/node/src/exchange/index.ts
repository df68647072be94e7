export * from './exchange.ts';
export type { ExchangeCity, ExchangeLog, PrivateSide } from './ports.ts';
