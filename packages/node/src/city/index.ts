export { City, type CityOptions } from './city.ts';
export { Emitter } from './emitter.ts';
export { openCity } from './open-city.ts';
export type { LoopFailure } from './turn-loop.ts';
