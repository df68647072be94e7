export { City, type CityOptions } from './city.ts';
export { Emitter } from './emitter.ts';
export { type LedgerObserver, openCity, openObserver } from './open-city.ts';
export type { LoopFailure } from './turn-loop.ts';
