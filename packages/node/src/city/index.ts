export { City, type CityOptions } from './city.ts';
export { Emitter } from './emitter.ts';
export { type LedgerObserver, openCity, openNewcomer, openObserver, waitsForSeat } from './open-city.ts';
export { seatOf, takeSeat } from './seat.ts';
export type { LoopFailure } from './turn-loop.ts';
